"""Deleting so that it is really gone: rows first, then files, then the traces in the database's own files.

What is to be removed is written down in the same transaction that takes it out of the tables, and
struck out only when it is gone: a power cut in between leaves nothing behind for good.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, text, union

from midstance.journal.backups import forget_backups
from midstance.journal.columns import METADATA
from midstance.journal.service_tables import doomed, jobs
from midstance.journal.tables import analyses, recordings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    from midstance.journal.database import Database
    from midstance.journal.vault import Vault

__all__ = ["Remover"]

_ORIGINAL, _FOLDER, _TRACES = "original", "folder", "traces"
_STALE_S = 24 * 3600.0  # an upload in progress is younger
_BATCH = 500


class Remover:
    """What takes things out of a store for good."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    def hold(self, connection: Connection) -> None:
        """Keep others from adding recordings or sweeping files until this transaction ends."""
        if not self._database.is_sqlite:  # there the transaction itself does
            connection.execute(text("LOCK TABLE recordings IN SHARE ROW EXCLUSIVE MODE"))

    def doom_recordings(self, connection: Connection, ids: Sequence[str]) -> None:
        """Take recordings with their analyses and jobs out of the tables, and note their files."""
        for start in range(0, len(ids), _BATCH):
            self._doom(connection, ids[start : start + _BATCH])
        self.doom(connection, _TRACES, [""])

    def doom_analysis(self, connection: Connection, analysis_id: str) -> None:
        """Take one analysis with its jobs out of the tables, and note its files."""
        connection.execute(delete(jobs).where(jobs.c.subject == analysis_id))
        connection.execute(delete(analyses).where(analyses.c.id == analysis_id))
        self.doom(connection, _FOLDER, [analysis_id])
        self.doom(connection, _TRACES, [""])

    def doom(self, connection: Connection, what: str, names: Iterable[str]) -> None:
        """Write down what has to be removed."""
        rows = [{"what": what, "name": name} for name in names]
        for start in range(0, len(rows), _BATCH):
            connection.execute(insert(doomed).values(rows[start : start + _BATCH]))

    def _doom(self, connection: Connection, ids: Sequence[str]) -> None:
        owned = analyses.c.recording_id.in_(ids)
        folders = [*ids, *connection.execute(select(analyses.c.id).where(owned)).scalars()]
        hashes = select(recordings.c.sha256).where(recordings.c.id.in_(ids)).distinct()
        self.doom(connection, _ORIGINAL, connection.execute(hashes).scalars().all())
        self.doom(connection, _FOLDER, folders)
        for start in range(0, len(folders), _BATCH):
            subjects = folders[start : start + _BATCH]
            connection.execute(delete(jobs).where(jobs.c.subject.in_(subjects)))
        connection.execute(delete(recordings).where(recordings.c.id.in_(ids)))

    def sweep(self) -> None:
        """Remove every file that is noted, then the traces of rows; what cannot be now, is next time."""
        with self._database.reading() as connection:
            noted = connection.execute(select(doomed.c.what)).scalars().all()
        if not noted:
            return
        self._sweep_files()
        if _TRACES in noted:
            forget_backups(self._database, self._vault.root)
            if self._erase_traces():
                with self._database.writing() as connection:
                    connection.execute(delete(doomed).where(doomed.c.what == _TRACES))

    def _sweep_files(self) -> None:
        with self._database.writing() as connection:
            self.hold(connection)
            rows = connection.execute(select(doomed).where(doomed.c.what != _TRACES)).all()
            names = [row.name for row in rows if row.what == _ORIGINAL]
            kept = _still_used(connection, names)
            for row in rows:
                if row.what == _FOLDER:
                    self._vault.drop_folder(row.name)
                elif row.name not in kept:
                    self._vault.drop_original(row.name)
            for start in range(0, len(rows), _BATCH):
                numbers = [row.number for row in rows[start : start + _BATCH]]
                connection.execute(delete(doomed).where(doomed.c.number.in_(numbers)))

    def _erase_traces(self) -> bool:
        """Rewrite the database's files without what was deleted; False where others are in the way."""
        if self._database.file is not None:
            return _vacuum_file(self._database.file)
        with self._database.bare() as connection:
            connection.execute(text("VACUUM"))
        return True

    def tidy(self) -> None:
        """Finish what a power cut left: noted removals, uploads nobody claimed, folders of nobody."""
        self.sweep()
        known = union(select(analyses.c.id), select(recordings.c.id))
        with self._database.writing() as connection:
            self.hold(connection)
            originals = set(connection.execute(select(recordings.c.sha256)).scalars())
            owners = set(connection.execute(known).scalars())
            for path in self._vault.originals():
                if path.name not in originals and _is_stale(path):
                    path.unlink(missing_ok=True)
            for path in self._vault.folders():
                if path.name not in owners and _is_stale(path):
                    self._vault.drop_folder(path.name)
        for path in self._vault.incoming():
            if _is_stale(path):
                path.unlink(missing_ok=True)

    def erase(self) -> None:
        """Take everything out of every table and folder."""
        with self._database.writing() as connection:
            self.hold(connection)
            ids: list[Any] = list(connection.execute(select(recordings.c.id)).scalars())
            self.doom_recordings(connection, ids)
            for table in reversed(METADATA.sorted_tables):
                if table is not doomed:
                    connection.execute(delete(table))
        self.sweep()


def _still_used(connection: Connection, hashes: Sequence[str]) -> set[str]:
    used: set[str] = set()
    for start in range(0, len(hashes), _BATCH):
        some = recordings.c.sha256.in_(hashes[start : start + _BATCH])
        used.update(connection.execute(select(recordings.c.sha256).where(some)).scalars())
    return used


def _is_stale(path: Path) -> bool:
    try:
        return abs(time.time() - path.stat().st_mtime) > _STALE_S
    except OSError:
        return False


def _vacuum_file(file: Path) -> bool:
    with closing(sqlite3.connect(file, timeout=5.0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA secure_delete=ON").close()
            connection.execute("VACUUM").close()
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
    return not busy
