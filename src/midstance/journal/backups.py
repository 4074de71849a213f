"""Copies of the store, taken before it is changed in form."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

from sqlalchemy import MetaData, select

from midstance.journal.faults import disk_trouble

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from midstance.journal.database import Database

__all__ = ["back_up", "forget_backups"]

_FOLDER = "backups"


def back_up(database: Database, connection: Connection, files: Path, name: str) -> Path:
    """Copy the whole store, as it was last committed, into the folder of backups.

    Parameters
    ----------
    database
        The store.
    connection
        An open connection to it.
    files
        The store's folder of files; backups of a server's store lie in it.
    name
        What the copy is called, without its suffix.

    Returns
    -------
    Path
        The copy: a SQLite file, or for a server a zip with one file of JSON lines per table.
    """
    folder = (database.file.parent if database.file else files) / _FOLDER
    suffix = ".sqlite" if database.file else ".zip"
    target, draft = folder / f"{name}{suffix}", folder / f".{name}.draft"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if database.file:
            _copy_file(database.file, draft)
        else:
            _write_rows(connection, draft)
        draft.replace(target)
    except sqlite3.Error as error:
        raise disk_trouble(OSError(None, str(error)), str(target)) from error
    except OSError as error:
        raise disk_trouble(error, str(target)) from error
    finally:
        draft.unlink(missing_ok=True)
    return target


def _copy_file(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _write_rows(connection: Connection, target: Path) -> None:
    """Write each table as lines of JSON, whatever form it has."""
    tables = MetaData()
    tables.reflect(connection)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables.sorted_tables:
            with archive.open(f"{table.name}.jsonl", "w") as lines:
                for row in connection.execute(select(table)).mappings():
                    lines.write(json.dumps(dict(row), default=str).encode() + b"\n")


def forget_backups(database: Database, files: Path) -> None:
    """Remove every copy: what was deleted must not live on in one.

    Parameters
    ----------
    database
        The store.
    files
        The store's folder of files.
    """
    shutil.rmtree((database.file.parent if database.file else files) / _FOLDER, ignore_errors=True)
