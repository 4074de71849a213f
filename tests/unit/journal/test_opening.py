"""Opening a store: new, locked, damaged, gone, on a server that is not there."""

from __future__ import annotations

import importlib.util
import sqlite3
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.unit.journal.samples import filled

from midstance.errors import InputError, MissingExtraError
from midstance.journal import Person, Store, StoreError, default_folder

ON_SQLITE = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def test_a_new_store_is_made_where_it_is_wanted_and_for_its_owner_only(tmp_path):
    folder = tmp_path / "deep" / "folder"
    with Store.open(folder) as store:
        store.people.add(Person("Ann"))

    assert sorted(path.name for path in folder.iterdir()) == ["files", "journal.sqlite"]
    assert folder.stat().st_mode & 0o077 == 0
    assert (store.where, store.files) == (str(folder / "journal.sqlite"), folder / "files")
    with Store.open(folder / "journal.sqlite") as again:
        assert [row.person.name for row in again.people.find()] == ["Ann"]


def test_without_a_place_it_lies_in_the_users_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))

    with Store.open() as store:
        assert Path(store.address) == default_folder()
        assert default_folder().is_relative_to(tmp_path)


def test_the_address_of_a_store_opens_it_again(store):
    person = store.people.add(Person("Ann"))

    with Store.open(store.address, store.files) as again:
        assert again.people.one(person).name == "Ann"


def test_readers_never_wait_for_a_writer(store):
    person = store.people.add(Person("Ann"))
    with store.people._database.writing():  # noqa: SLF001  # to hold the pen
        begun = time.monotonic()
        assert store.people.one(person).name == "Ann"
        assert time.monotonic() - begun < 1.0


def test_many_threads_write_at_once(store):
    person = store.people.add(Person("Ann"))
    threads = [
        threading.Thread(target=lambda: [store.papers.put(person, "plan", {}) for _ in range(5)])
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(store.papers.of(person)) == 60


@ON_SQLITE
def test_a_store_locked_by_another_program_is_said_after_a_while(reopened, address):
    store = reopened(patience_s=0.2)
    with closing(sqlite3.connect(Path(address) / "journal.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"locked by another program · .*journal\.sqlite · close"):
            store.people.add(Person("Ann"))
        other.execute("ROLLBACK")

    store.people.add(Person("Ann"))


def test_a_new_store_locked_by_another_program_is_said_and_made_later(tmp_path):
    with closing(sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)) as other:
        other.execute("CREATE TABLE other (x)")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="locked by another program"):
            Store.open(tmp_path, patience_s=0.2)
        other.execute("ROLLBACK")

    Store.open(tmp_path, patience_s=0.2).close()


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_a_table_locked_on_a_server_is_said_after_a_while(reopened):
    holder, store = reopened(), reopened(patience_s=0.2)
    with holder.people._database.writing() as connection:  # noqa: SLF001  # to hold the table
        connection.exec_driver_sql("LOCK TABLE people IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreError, match="locked by another program"):
            store.people.add(Person("Ann"))

    store.people.add(Person("Ann"))


@ON_SQLITE
@pytest.mark.parametrize("damage", ["header", "middle", "text"])
def test_a_damaged_store_is_said_with_its_backup_and_left_as_it_is(reopened, address, damage):
    store, file = reopened(), Path(address) / "journal.sqlite"
    for number in range(30):
        filled(store, f"runner {number}")
    store.close()
    (file.parent / "backups").mkdir()
    (file.parent / "backups" / "journal-0001-20260101T000000.sqlite").write_bytes(file.read_bytes())
    content = bytearray(file.read_bytes())
    if damage == "header":
        content[:32] = b"x" * 32
    elif damage == "middle":
        content[4096:] = b"\xff" * (len(content) - 4096)
    else:
        content[:] = b"this is a letter, not a database" * 100
    file.write_bytes(content)

    with pytest.raises(StoreError, match=r"damaged .* backup .*journal-0001-20260101T000000\.sqlite"):
        reopened().people.find()

    assert file.read_bytes() == content


@ON_SQLITE
@pytest.mark.parametrize("empty", [True, False])
def test_a_store_whose_file_is_gone_is_not_made_anew_over_its_recordings(reopened, address, empty):
    store, file = reopened(), Path(address) / "journal.sqlite"
    filled(store)
    store.close()
    file.unlink()
    if empty:
        file.touch()

    with pytest.raises(StoreError, match=r"recordings, but the file of the store is gone .* backup"):
        reopened()

    assert file.exists() is empty
    assert list(store.vault.originals())


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(StoreError, match="cannot be read or written"):
        Store.open(tmp_path / "file" / "store")


def test_an_address_of_another_kind_is_refused():
    with pytest.raises(InputError, match="cannot be mysql://"):
        Store.open("mysql://root@host/db")


def test_a_server_that_is_not_there_is_said_without_its_password(tmp_path):
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        Store.open("postgresql://me:s3cret@127.0.0.1:1/db", tmp_path)

    assert "s3cret" not in str(caught.value)
    assert "127.0.0.1:1/db" in str(caught.value)


def test_a_wrong_password_or_database_on_a_server_is_said(postgresql, tmp_path):
    address = postgresql.database()

    with pytest.raises(StoreError, match="refuses this name and password"):
        Store.open(address.replace("only-for-tests", "guess"), tmp_path)
    with pytest.raises(StoreError, match="no such database"):
        Store.open(address + "_not", tmp_path)


def test_without_its_driver_a_server_cannot_be_used_and_that_is_said(monkeypatch, tmp_path):
    def absent(name, package=None):
        return None if name == "pg8000" else real(name, package)

    real = importlib.util.find_spec
    monkeypatch.setattr("midstance.journal.database.find_spec", absent)

    with pytest.raises(MissingExtraError, match=r"midstance\[postgres\]"):
        Store.open("postgresql://me@127.0.0.1/db", tmp_path)


def test_importing_the_journal_loads_neither_alembic_nor_argon2():
    import subprocess  # noqa: PLC0415  # one test only

    program = "import sys, midstance.journal; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert {"alembic", "argon2", "pg8000", "numpy.linalg.lapack"} & set(done.stdout.split()) == set()
