from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import textwrap
import threading
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from midstance.errors import InputError
from midstance.journal import NoRoomError, Person, Store, Stored, UnknownIdError, Vault

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def vault(tmp_path) -> Vault:
    return Vault(tmp_path / "files", reserve_bytes=0)


def left_behind(vault: Vault) -> list[Path]:
    return [path for path in vault.root.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_the_hash_of_its_content(vault):
    stored = vault.receive([b"a", b"", b"bc"])

    assert stored == Stored(sha256(b"abc").hexdigest(), 3)
    assert vault.path(stored.sha256).read_bytes() == b"abc"
    assert left_behind(vault) == [vault.path(stored.sha256)]
    assert vault.used_bytes() == 3


def test_the_same_content_is_kept_once(vault):
    assert vault.receive([b"abc"]) == vault.receive([b"a", b"bc"])
    assert len(left_behind(vault)) == 1


def test_a_file_larger_than_allowed_is_refused_before_it_fills_the_disk(vault):
    taken: list[int] = []

    def endless():
        while True:
            taken.append(1)
            yield bytes(1_000_000)

    with pytest.raises(InputError, match="larger than 3 MB"):
        vault.receive(endless(), limit_bytes=3_000_000)

    assert len(taken) == 4
    assert left_behind(vault) == []


def test_an_upload_broken_off_leaves_nothing(vault):
    def broken():
        yield bytes(1000)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        vault.receive(broken())
    with vault.receiving() as receipt:
        receipt.write(b"never kept")

    assert left_behind(vault) == []


def test_a_file_beyond_the_quota_is_refused_with_numbers(tmp_path):
    vault = Vault(tmp_path, quota_bytes=3_000_000, reserve_bytes=0)
    vault.receive([bytes(2_000_000)])

    with pytest.raises(NoRoomError, match="room for 1 MB more"):
        vault.receive([b"x" * 1_500_000])

    assert vault.receive([b"x" * 900_000]).size == 900_000


def test_some_of_the_disk_is_always_left_free(tmp_path):
    vault = Vault(tmp_path, reserve_bytes=10**18)

    with pytest.raises(NoRoomError, match="room for 0 MB more"):
        vault.receive([b"x"])


@pytest.mark.parametrize("name", ["../x", "", "a/b", "short", "x" * 65, ".", "a" * 12 + "\n", "é" * 12])
def test_no_path_can_be_smuggled_in(vault, name):
    with pytest.raises(UnknownIdError):
        vault.folder(name)
    with pytest.raises(UnknownIdError):
        vault.path(name)
    with pytest.raises(UnknownIdError):
        vault.path("A" * 64)


def test_an_analysis_has_a_folder_of_its_own(vault):
    folder = vault.folder("a" * 16)
    (folder / "steps.csv").write_text("1")

    assert vault.folder("a" * 16) == folder
    assert vault.files_of("a" * 16) == [folder / "steps.csv"]
    vault.drop_folder("a" * 16)
    assert not folder.exists()
    assert vault.files_of("a" * 16) == []


def test_a_hundred_files_at_once_are_all_there(vault):
    stored: list[Stored] = []

    def take(number):
        stored.append(vault.receive(bytes([number]) * 10_000 for _ in range(10)))

    threads = [threading.Thread(target=take, args=(number,)) for number in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({one.sha256 for one in stored}) == 100
    assert all(sha256(vault.path(one.sha256).read_bytes()).hexdigest() == one.sha256 for one in stored)
    assert len(left_behind(vault)) == 100


def limited(program: str, folder: Path, limit_bytes: int) -> str:
    """Run a program that may not write files longer than so many bytes; return what it says."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), str(folder)],
        preexec_fn=limit,  # no threads in the child yet
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_a_full_disk_during_an_upload_is_said_and_leaves_nothing(tmp_path):
    program = """
        import sys, pathlib
        from midstance.journal import Vault, NoRoomError
        vault = Vault(pathlib.Path(sys.argv[1]), reserve_bytes=0)
        try:
            vault.receive(bytes(100_000) for _ in range(10))
        except NoRoomError as error:
            print(error)
    """

    said = limited(program, tmp_path / "files", 500_000)

    assert said.startswith("the disk is full · ")
    assert "make space" in said
    assert left_behind(Vault(tmp_path / "files")) == []


def test_a_full_disk_during_a_change_is_said_and_leaves_the_store_as_it_was(tmp_path):
    with Store.open(tmp_path) as store:
        person = store.people.add(Person("Ann", note="before"))
    program = """
        import sys
        from midstance.journal import Store, StoreError
        with Store.open(sys.argv[1]) as store:
            (row,) = store.people.find()
            try:
                store.people.change(row.id, note="x" * 3_000_000)
            except StoreError as error:
                print(error)
            print(len(store.people.one(row.id).note))
    """

    said = limited(program, tmp_path, 1_500_000).splitlines()

    assert "disk" in said[0]
    assert "nothing was half-written" in said[0]
    assert said[1] == "6"
    with Store.open(tmp_path) as store:
        assert store.people.one(person).note == "before"


def test_a_full_disk_during_an_export_leaves_no_half_zip(tmp_path):
    with Store.open(tmp_path) as store:
        person = store.people.add(Person("Ann"))
        stored = store.vault.receive([os.urandom(900_000)])
        store.recordings.add(person, stored.sha256, "run.mp4")
    program = """
        import sys
        from midstance.journal import Store, StoreError
        with Store.open(sys.argv[1]) as store:
            try:
                store.export(sys.argv[1] + "/out/all.zip")
            except StoreError as error:
                print(error)
    """

    said = limited(program, tmp_path, 500_000)

    assert said.startswith("the disk is full · ")
    assert list((tmp_path / "out").iterdir()) == []
