"""Writing a file in one piece: it is there whole or not at all."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["replacing"]


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Hand out a temporary path beside `path`; put it in its place if the block ends well.

    Parameters
    ----------
    path
        The file to write; one that is already there stays untouched until the block has ended.

    Yields
    ------
    Path
        A path in the same folder with the same suffix; it is gone afterwards, whatever happens.
    """
    temporary = path.with_name(f".{path.stem}.{secrets.token_hex(4)}{path.suffix}")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
