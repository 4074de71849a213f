"""Real databases for tests: a SQLite file, and a PostgreSQL server started for them."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import closing
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pg8000.dbapi
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from midstance.journal import Store

_PASSWORD = "only-for-tests"  # noqa: S105  # of a server that lives for minutes, on loopback
_NUMBERS = count(1)


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server of our own."""

    binaries: Path
    folder: Path
    port: int
    prefix: tuple[str, ...]

    def run(self, program: str, *words: str) -> None:
        """Run one of the server's programs, as the user it wants."""
        where = {**os.environ, "LC_ALL": "C"}
        done = subprocess.run(
            [*self.prefix, str(self.binaries / program), *words],
            cwd=self.folder,
            env=where,
            stdin=subprocess.DEVNULL,
            capture_output=program != "pg_ctl",  # the server would hold the pipe
            check=False,
        )
        assert done.returncode == 0, (program, done.stderr)

    def database(self, *, like: str = "template1") -> str:
        """Make a database that is a copy of another one and return its address."""
        name = f"midstance_{next(_NUMBERS)}"
        self.order(f"CREATE DATABASE {name} TEMPLATE {like.rpartition('/')[2]}")
        return f"postgresql://midstance:{_PASSWORD}@127.0.0.1:{self.port}/{name}"

    @cached_property
    def first(self) -> str:
        """A database for the pattern that others are copied from."""
        return self.database()

    def order(self, statement: str) -> None:
        """Say something to the server that stands outside of every transaction."""
        where = {"user": "midstance", "password": _PASSWORD, "host": "127.0.0.1", "port": self.port}
        with closing(pg8000.dbapi.connect(**where, database="postgres")) as connection:
            connection.autocommit = True
            connection.cursor().execute(statement)


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parent.parent.name))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        from tests.conftest import unavailable  # noqa: PLC0415  # where the rule for leaving out stands

        unavailable("no PostgreSQL to test with; apt-get install postgresql")
    return found[-1].parent if found else Path(on_path or "").parent


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _not_root(folder: Path) -> Sequence[str]:
    """Give a folder to the server's own user, since it refuses to run as root; say how to be that user."""
    if os.geteuid() != 0:
        return ()
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ("runuser", "-u", "postgres", "--")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server on a free port of loopback, gone after the tests."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="midstance-pg-"))
    server = Server(binaries, folder, _free_port(), tuple(_not_root(folder)))
    word = folder / "password"
    word.write_text(_PASSWORD, encoding="utf-8")
    word.chmod(0o644)
    data = str(folder / "data")
    try:
        server.run(
            "initdb", "-D", data, "-U", "midstance", "-A", "scram-sha-256", "--pwfile", str(word),
            "-E", "UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip
        options = f"-c listen_addresses=127.0.0.1 -p {server.port} -k {folder} -c fsync=off"
        server.run("pg_ctl", "start", "-D", data, "-w", "-s", "-l", str(folder / "log"), "-o", options)
        try:
            yield server
        finally:
            server.run("pg_ctl", "stop", "-D", data, "-m", "immediate", "-s")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def pattern(tmp_path_factory) -> Callable[[str], str]:
    """What makes an empty store once and tells where it lies, so that each test need only copy it."""

    @cache
    def made(address: str) -> str:
        from midstance.journal import Store  # noqa: PLC0415  # loads SQLAlchemy

        Store.open(address, tmp_path_factory.mktemp("files")).close()
        return address

    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path, tmp_path_factory, pattern) -> str:
    """Where an empty store lies: a folder, or a database of a real server."""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        return server.database(like=pattern(server.first))
    empty = tmp_path_factory.getbasetemp() / "empty store"
    shutil.copytree(pattern(str(empty)), tmp_path / "store")
    return str(tmp_path / "store")


@pytest.fixture
def reopened(address, tmp_path) -> Iterator[Callable[..., Store]]:
    """What opens that store, any number of times."""
    from midstance.journal import Store  # noqa: PLC0415  # loads SQLAlchemy

    opened: list[Store] = []

    def again(**options) -> Store:
        opened.append(Store.open(address, tmp_path / "files", **options))
        return opened[-1]

    yield again
    for store in opened:
        store.close()


@pytest.fixture
def store(reopened) -> Store:
    """An empty store, on SQLite and on PostgreSQL."""
    return reopened()
