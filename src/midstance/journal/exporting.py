"""Everything in a zip of open formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from midstance.journal.database import Database
    from midstance.journal.vault import Vault

__all__ = ["write_export"]


def write_export(database: Database, vault: Vault, target: Path, person_id: str | None) -> Path:
    """Write everything, or everything of one person."""
    raise NotImplementedError
