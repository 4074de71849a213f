"""Single rows by their name, for every shelf of the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import RowMapping, select

from midstance.journal.faults import UnknownIdError

if TYPE_CHECKING:
    from sqlalchemy import Connection, CursorResult, Result, Table

__all__ = ["Fields", "affected", "row_of", "unknown"]

Fields = RowMapping | Mapping[str, Any]
"""A row by the names of its columns."""


def unknown(what: str, name: str) -> UnknownIdError:
    """Return the sentence for a name the store does not hold."""
    return UnknownIdError(f"there is no {what} {name[:40]!r} (any more)", "store", "choose another")


def row_of(connection: Connection, table: Table, name: str, what: str, *, lock: bool = False) -> RowMapping:
    """Return one row by its name.

    Parameters
    ----------
    connection
        Within a transaction.
    table
        The table.
    name
        Its `id`.
    what
        What it is, for the sentence when it is not there.
    lock
        Whether others have to wait before they change it.
    """
    query = select(table).where(table.c.id == name)
    row = connection.execute(query.with_for_update() if lock else query).mappings().first()
    if row is None:
        raise unknown(what, name)
    return row


def affected(result: Result[Any]) -> int:
    """Return how many rows a change touched."""
    changed: CursorResult[Any] = result  # type: ignore[assignment]
    return changed.rowcount
