"""What can go wrong with the store, in sentences; the driver's words turned into ours."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import exc

from midstance.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NoRoomError", "StoreError", "UnknownIdError", "disk_trouble", "translated"]

_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
_SPACE = "make space on the disk, then try again; nothing was half-written"


class StoreError(InputError):
    """The store cannot be read or written: locked, full, corrupt, too new, or not reachable."""


class NoRoomError(StoreError):
    """The disk is full, or the quota of the store is used up."""


class UnknownIdError(InputError):
    """There is nothing under this name in the store (any more)."""


_DISK = ("the disk is full", _SPACE)
_REFUSED = ("the store cannot be read or written", "look at the rights of the folder and at the disk")
_BROKEN = (
    "the store is damaged and cannot be read",
    "leave it as it is and put a backup in its place",
)
_SQLITE: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_FULL: _DISK,
    sqlite3.SQLITE_BUSY: (
        "the store is locked by another program",
        "close the other program, or wait and try again; nothing was half-written",
    ),
    sqlite3.SQLITE_CORRUPT: _BROKEN,
    sqlite3.SQLITE_NOTADB: _BROKEN,
    sqlite3.SQLITE_IOERR: ("the disk did not take or give the data", _SPACE),
    sqlite3.SQLITE_READONLY: ("the store may only be read", _REFUSED[1]),
    sqlite3.SQLITE_CANTOPEN: ("the store cannot be opened", _REFUSED[1]),
    sqlite3.SQLITE_PERM: _REFUSED,
}
_POSTGRESQL: dict[str, tuple[str, str]] = {
    "53100": _DISK,
    "55P03": ("the store is locked by another program", "wait and try again; nothing was half-written"),
    "57P03": ("the database server is starting or stopping", "wait and try again"),
    "28P01": ("the database server refuses this name and password", "look at the address of the store"),
    "3D000": ("the database server has no such database", "make it with createdb, or mend the address"),
}


@contextmanager
def translated(where: str, backup: str = "") -> Iterator[None]:
    """Say what a database refused in a sentence, with the place and what to do.

    Parameters
    ----------
    where
        The store, as shown to people.
    backup
        Where copies of it lie; named when the store is damaged.
    """
    try:
        yield
    except (exc.DBAPIError, sqlite3.Error) as error:
        origin = error.orig if isinstance(error, exc.DBAPIError) else error
        if _is_missing_parent(origin):
            what = "what this belongs to is not in the store, or not any more"
            raise UnknownIdError(what, where, "load the page anew") from error
        if isinstance(origin, sqlite3.IntegrityError):
            raise
        what, remedy = _sentence(origin)
        if (what, remedy) == _BROKEN:
            remedy = f"{remedy}; {backup or 'there is no backup beside it'}"
        kind = NoRoomError if (what, remedy) == _DISK else StoreError
        raise kind(what, where, remedy) from error
    except exc.StatementError as error:
        if not isinstance(error.orig, ValueError | TypeError):
            raise
        what = f"that cannot be kept: {str(error.orig)[:200]}"
        raise InputError(what, where, "numbers must be finite, and times have a zone") from error


def _sentence(origin: BaseException | None) -> tuple[str, str]:
    if isinstance(origin, sqlite3.Error):
        code = getattr(origin, "sqlite_errorcode", None)
        known = _SQLITE.get(code & 0xFF) if code is not None else None
        return known or (_BROKEN if _reads_as_broken(origin) else (f"the store says: {origin}", _REFUSED[1]))
    detail = origin.args[0] if origin is not None and origin.args else ""
    if isinstance(detail, dict):
        known = _POSTGRESQL.get(str(detail.get("C", "")))
        return known or (f"the database server says: {detail.get('M', '')}", "look at the server's log")
    return f"the database server cannot be reached: {detail}", "start it, or mend the address of the store"


def _reads_as_broken(error: sqlite3.Error) -> bool:
    return "malformed" in str(error) or "not a database" in str(error)


def _is_missing_parent(origin: BaseException | None) -> bool:
    if isinstance(origin, sqlite3.Error):
        return getattr(origin, "sqlite_errorcode", None) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
    detail = origin.args[0] if origin is not None and origin.args else {}
    return isinstance(detail, dict) and detail.get("C") == "23503"


def disk_trouble(error: OSError, where: str) -> StoreError:
    """Return what the disk refused as a sentence.

    Parameters
    ----------
    error
        What the system said.
    where
        The file or folder concerned.
    """
    if error.errno in _FULL:
        return NoRoomError(_DISK[0], where, _SPACE)
    return StoreError(f"the file cannot be read or written: {error.strerror}", where, _REFUSED[1])
