"""One door to SQLite and PostgreSQL: short transactions, one clock, errors in sentences."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event, func, make_url, select
from sqlalchemy.engine import URL

from midstance.errors import MissingExtraError
from midstance.journal.faults import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

__all__ = ["Database", "server_url"]

_WRITES = "midstance_writes"
_OVERFLOW = 50  # SQLite connections are cheap; a web server's threads must not wait for one
_PAUSE_S = 0.05
_AS_JSON = partial(json.dumps, allow_nan=False, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Database:
    """A database and the clock that times in it are told by.

    Parameters
    ----------
    engine
        SQLAlchemy's engine.
    where
        The store as shown to people; never with a password.
    file
        The SQLite file; None on a server.
    clock
        Another clock than the database's own, for tests.
    """

    engine: Engine
    where: str
    file: Path | None = None
    clock: Callable[[], datetime] | None = field(default=None)

    @classmethod
    def of_file(cls, path: Path, patience_s: float, clock: Callable[[], datetime] | None) -> Database:
        """Open a SQLite file, without touching it yet."""
        engine = create_engine(
            URL.create("sqlite+pysqlite", database=str(path)),
            connect_args={"timeout": patience_s, "check_same_thread": False},
            json_serializer=_AS_JSON,
            max_overflow=_OVERFLOW,
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return cls(engine, str(path), path, clock)

    @classmethod
    def of_server(cls, url: URL, patience_s: float, clock: Callable[[], datetime] | None) -> Database:
        """Open a database on a PostgreSQL server, without connecting yet."""
        engine = create_engine(url, json_serializer=_AS_JSON, pool_pre_ping=True, max_overflow=_OVERFLOW // 2)
        event.listen(engine, "connect", partial(_prepare_postgresql, patience_s=patience_s))
        return cls(engine, url.render_as_string(hide_password=True), None, clock)

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is one file."""
        return self.file is not None

    @property
    def backups(self) -> str:
        """Where copies of the store lie, as a sentence; empty where there is none."""
        if self.file is None:
            return ""
        found = sorted((self.file.parent / "backups").glob("*.sqlite"), key=lambda p: p.stat().st_mtime)
        return f"the newest backup is {found[-1]}" if found else ""

    def keep_log(self, patience_s: float) -> None:
        """Let a SQLite file keep a write-ahead log, so that readers never wait; it stays so for good."""
        until = time.monotonic() + patience_s
        with translated(self.where, self.backups), self.engine.connect() as connection:
            while self.is_sqlite and not _log_is_kept(connection.connection.cursor()):
                if time.monotonic() > until:
                    raise _locked()
                time.sleep(_PAUSE_S)

    def now(self, connection: Connection) -> datetime:
        """Return the time by the store's one clock: the server's, or this machine's for a file."""
        if self.clock is not None:
            return self.clock()
        if self.is_sqlite:
            return datetime.now(UTC)
        told: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return told.astimezone(UTC)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that only looks; it never waits for a writer on SQLite."""
        with translated(self.where, self.backups), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that changes; on SQLite it holds the one pen from its first moment."""
        with translated(self.where, self.backups), self.engine.connect() as connection:
            writer = connection.execution_options(**{_WRITES: True})
            with writer.begin():
                yield writer

    @contextmanager
    def bare(self) -> Iterator[Connection]:
        """Open a connection without a transaction, for what the database does on its own."""
        with translated(self.where, self.backups), self.engine.connect() as connection:
            connection.connection.rollback()  # the pool's own question has begun one
            yield connection.execution_options(isolation_level="AUTOCOMMIT")


def server_url(address: str) -> URL:
    """Return the address of a PostgreSQL server with the driver that is installed for it.

    Parameters
    ----------
    address
        `postgresql://name:password@host/database`.
    """
    if find_spec("pg8000") is None:
        raise MissingExtraError(
            "the driver for PostgreSQL is not installed",
            "--store postgresql://…",
            "pip install 'midstance[postgres]', or leave --store out to use a file",
        )
    return make_url(address).set(drivername="postgresql+pg8000")


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  # the driver's
    connection.isolation_level = None  # transactions are begun by us, see _begin_sqlite
    for pragma in ("foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    writes = options.get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_postgresql(connection: Any, _record: object, patience_s: float) -> None:  # noqa: ANN401  # the driver's
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = {round(1000 * patience_s)}")
    cursor.close()
    connection.commit()


def _log_is_kept(cursor: Any) -> bool:  # noqa: ANN401  # the driver's
    """Ask for the log; False while others are in the way, since SQLite does not wait by itself here."""
    try:
        cursor.execute("PRAGMA journal_mode=WAL")  # a file system that cannot keeps the older, slower way
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        raise
    finally:
        cursor.close()
    return True


def _locked() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error
