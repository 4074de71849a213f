"""The store: everything Midstance remembers, in one place of the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from midstance.errors import InputError
from midstance.journal.accounts import Accounts
from midstance.journal.analyses import Analyses
from midstance.journal.comments import Comments
from midstance.journal.database import Database, server_url
from midstance.journal.exporting import write_export
from midstance.journal.faults import StoreError, disk_trouble
from midstance.journal.jobs import Jobs
from midstance.journal.migrating import bring_up_to_date
from midstance.journal.pains import Pains
from midstance.journal.papers import Papers
from midstance.journal.people import People
from midstance.journal.recordings import Recordings
from midstance.journal.removing import Remover
from midstance.journal.runs import Runs
from midstance.journal.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from types import TracebackType
    from typing import Self

__all__ = ["Store", "default_folder"]

_FILE = "journal.sqlite"
_SERVER = ("postgresql://", "postgres://", "postgresql+pg8000://")


def default_folder() -> Path:
    """Return the folder of the user's own data in which the store lies unless told otherwise.

    Returns
    -------
    Path
        The folder; it need not be there.
    """
    from platformdirs import user_data_path  # noqa: PLC0415  # asked for only here

    return user_data_path("midstance", appauthor=False)


class Store:
    """People, recordings, analyses, diary, jobs and accounts, with their files.

    Parameters
    ----------
    database
        Where the rows are.
    vault
        Where the files are.
    address
        What `Store.open` opens it by again, in another process.

    Notes
    -----
    `people`, `recordings`, `analyses`, `pains`, `runs`, `comments`, `papers`, `jobs`, `accounts` and
    `vault` are its shelves. One store may be used by many threads and opened by many processes.
    """

    def __init__(self, database: Database, vault: Vault, address: str) -> None:
        self._database = database
        self._remover = Remover(database, vault)
        self.address = address
        self.vault = vault
        self.people = People(database, self._remover)
        self.recordings = Recordings(database, vault, self._remover)
        self.analyses = Analyses(database, vault, self._remover)
        self.pains = Pains(database)
        self.runs = Runs(database)
        self.comments = Comments(database)
        self.papers = Papers(database)
        self.jobs = Jobs(database)
        self.accounts = Accounts(database)

    @classmethod
    def open(
        cls,
        where: str | Path | None = None,
        files: str | Path | None = None,
        *,
        quota_bytes: int | None = None,
        patience_s: float = 15.0,
        clock: Callable[[], datetime] | None = None,
    ) -> Store:
        """Open a store, made or brought up to date where that is needed.

        Parameters
        ----------
        where
            A folder, a `.sqlite` file or `postgresql://…`; the user's own data folder where not given.
        files
            Folder of the files; beside the SQLite file where not given.
        quota_bytes
            How much all originals together may take.
        patience_s
            How long to wait for another program that writes [s].
        clock
            Another clock than the database's own, for tests.

        Raises
        ------
        StoreError
            If it is locked, damaged, written by a newer program, or cannot be reached.
        MissingExtraError
            If the driver for PostgreSQL is not installed.
        """
        address = str(where) if where is not None else str(default_folder())
        if address.startswith(_SERVER):
            folder = Path(files) if files is not None else default_folder() / "files"
            database = Database.of_server(server_url(address), patience_s, clock)
        else:
            path = _file_of(address)
            folder = Path(files) if files is not None else path.parent / "files"
            _prepare(path, folder)
            database = Database.of_file(path, patience_s, clock)
        store = cls(database, Vault(folder, quota_bytes), address)
        try:
            store._make_ready(patience_s)
        except BaseException:
            database.engine.dispose()
            raise
        return store

    def _make_ready(self, patience_s: float) -> None:
        self._database.keep_log(patience_s)
        bring_up_to_date(self._database, self.vault.root)
        self._remover.tidy()

    @property
    def files(self) -> Path:
        """Folder of the files."""
        return self.vault.root

    @property
    def where(self) -> str:
        """The store as shown to people; never with a password."""
        return self._database.where

    def close(self) -> None:
        """Let go of the database."""
        self._database.engine.dispose()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def export(self, target: str | Path, person_id: str | None = None) -> Path:
        """Write everything, or everything of one person, as a zip of open formats.

        Parameters
        ----------
        target
            The zip to write; it is there whole or not at all.
        person_id
            Whose; None for everybody.
        """
        return write_export(self._database, self.vault, Path(target), person_id)

    def tidy(self) -> None:
        """Remove what a power cut or a broken upload left; done at each opening too."""
        self._remover.tidy()

    def erase(self) -> None:
        """Remove everything: rows, files, backups."""
        self._remover.erase()


def _file_of(address: str) -> Path:
    if "://" in address:
        scheme = address.split("://", 1)[0]
        raise InputError(f"a store cannot be {scheme}://…", "--store", "give a folder or postgresql://…")
    path = Path(address).expanduser()
    return path if path.suffix in {".sqlite", ".db"} else path / _FILE


def _prepare(path: Path, folder: Path) -> None:
    """Make the folder of a new store; refuse to begin anew where an old one has lost its rows."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        empty = not path.exists() or path.stat().st_size == 0
        orphans = empty and next((folder / "originals").glob("??/*"), None) is not None
    except OSError as error:
        raise disk_trouble(error, str(path)) from error
    if orphans:
        raise StoreError(
            "there are recordings, but the file of the store is gone or empty",
            str(path),
            f"put a backup from {path.parent / 'backups'} in its place, or move {folder} away to begin anew",
        )
