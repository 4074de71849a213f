"""What is deleted is gone: from the rows, the files, the database's own files and the backups."""

from __future__ import annotations

import os
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from tests.unit.journal.samples import filled, outcome, recorded

from midstance.journal import Person, UnknownIdError
from midstance.journal.columns import METADATA
from midstance.journal.service_tables import doomed
from midstance.journal.tables import recordings
from midstance.model import PainEntry, PainSite

WORD = "Xanthippe-7731"
ON_SQLITE = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def holding(folder: Path, word: str) -> list[str]:
    """Return the files in a folder in which a word is found."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in found if word.encode() in path.read_bytes()]


def rows(store) -> dict[str, int]:
    """Return how many rows each table has, of those that have any."""
    with store.people._database.reading() as connection:  # noqa: SLF001  # every table is looked at
        counts = {t.name: len(connection.execute(select(t)).all()) for t in METADATA.sorted_tables}
    return {name: number for name, number in counts.items() if number}


def with_words(store):
    """Put a person in the store who has written the secret everywhere."""
    person, recording, analysis = filled(store, WORD)
    store.people.change(person, note=WORD * 100)
    store.recordings.set_facts(recording, {"said": WORD})
    store.analyses.complete(analysis, outcome(said=WORD * 2000))
    store.pains.add(person, PainEntry(date(2026, 1, 1), PainSite.SHIN, "left", note=WORD))
    store.comments.add(analysis, WORD, WORD)
    store.papers.put(person, "interview", {"said": WORD})
    store.jobs.add("analyse", {"analysis_id": analysis, "said": WORD})
    store.vault.folder(analysis).joinpath("report.html").write_text(WORD)
    store.accounts.add(WORD, "long enough", "runner", person)
    return person, recording, analysis


def test_of_a_deleted_person_no_row_and_no_file_is_left(store):
    person, _, _ = with_words(store)

    store.people.delete(person)

    assert rows(store) == {}
    assert [path for path in store.files.rglob("*") if path.is_file()] == []
    with pytest.raises(UnknownIdError):
        store.people.one(person)


def test_of_others_everything_is_left(store):
    person, _, _ = with_words(store)
    _, recording, analysis = filled(store, "Bob")
    shared = recorded(store, person, b"Bob")

    store.people.delete(person)

    assert store.vault.path(store.recordings.one(recording).sha256).read_bytes() == b"Bob"
    assert store.analyses.record(analysis) == outcome()
    with pytest.raises(UnknownIdError):
        store.recordings.one(shared)


@ON_SQLITE  # the files of a server are its administrator's
def test_no_byte_of_a_deleted_person_is_left_in_the_sqlite_files_or_backups(tmp_path, reopened, address):
    store, folder = reopened(), Path(address)
    person, _, _ = with_words(store)
    filled(store, "Bob")
    (folder / "backups").mkdir()
    (folder / "backups" / "journal-0001-20260101T000000.sqlite").write_text(WORD)
    assert holding(folder, WORD)

    store.people.delete(person)

    assert holding(folder, WORD) == []
    assert holding(tmp_path / "files", WORD) == []
    assert [row.person.name for row in store.people.find()] == ["Bob"]


def test_erasing_leaves_an_empty_store_that_works(store):
    with_words(store)
    filled(store, "Bob")
    store.accounts.start_session(None, "phone")
    store.accounts.new_code()
    store.papers.put(None, "settings", {})

    store.erase()

    assert rows(store) == {}
    assert [path for path in store.files.rglob("*") if path.is_file()] == []
    filled(store, "anew")
    assert len(store.people.find()) == 1


def test_a_deletion_cut_off_by_a_power_cut_is_finished_at_the_next_opening(reopened):
    store = reopened()
    person, recording, analysis = filled(store)
    store.vault.folder(analysis).joinpath("report.html").write_text("x")
    database, remover = store.people._database, store.people._remover  # noqa: SLF001  # to stop half way
    with database.writing() as connection:
        remover.doom_recordings(connection, [recording])
    assert list(store.vault.originals())
    assert rows(store) == {"doomed": 4, "people": 1}

    again = reopened()

    assert list(again.vault.originals()) == []
    assert list(again.vault.folders()) == []
    assert rows(again) == {"people": 1}
    assert again.people.one(person).name == "Ann"


def test_a_file_noted_for_removal_that_is_used_again_stays(reopened):
    store = reopened()
    person = store.people.add(Person("Ann"))
    recording = recorded(store, person)
    sha256 = store.recordings.one(recording).sha256
    with store.people._database.writing() as connection:  # noqa: SLF001  # as after a power cut
        connection.execute(insert(doomed).values(what="original", name=sha256))

    assert reopened().vault.path(sha256).read_bytes() == b"a film"


def test_what_nobody_claimed_within_a_day_is_tidied_away(store):
    person, _, analysis = filled(store)
    store.vault.folder(analysis).joinpath("report.html").write_text("x")
    fresh = store.vault.path(store.vault.receive([b"fresh upload"]).sha256)
    stale = [store.vault.path(store.vault.receive([b"stale upload"]).sha256)]
    stale += [store.files / "incoming" / "broken off", store.vault.folder("0" * 16)]
    stale[1].write_text("half")
    long_ago = time.time() - 2 * 24 * 3600
    for path in [*stale, *store.vault.originals(), store.vault.folder(analysis)]:
        if path != fresh:
            os.utime(path, (long_ago, long_ago))

    store.tidy()

    assert [path for path in stale if path.exists()] == []
    assert fresh.exists()
    assert store.vault.files_of(analysis)
    assert store.vault.path(store.recordings.of(person)[0].sha256).exists()


def test_a_person_with_thousands_of_recordings_can_be_deleted(store):
    person = store.people.add(Person("Ann"))
    other = store.people.add(Person("Bob"))
    kept = recorded(store, other, b"shared")
    sha256 = store.recordings.one(kept).sha256
    row = {"person_id": person, "sha256": sha256, "size_bytes": 6, "name": "x", "kind": "video"}
    with store.people._database.writing() as connection:  # noqa: SLF001  # quicker than one by one
        when = store.people._database.now(connection)  # noqa: SLF001
        row |= {"view": "side", "facts": {}, "filmed": when, "added": when}
        connection.execute(insert(recordings), [row | {"id": f"{number:016}"} for number in range(3000)])

    store.people.delete(person)

    assert rows(store) == {"people": 1, "recordings": 1}
    assert store.vault.path(sha256).exists()


@ON_SQLITE
def test_deleting_while_somebody_reads_does_not_fail_and_is_finished_later(reopened, address):
    store, folder = reopened(), Path(address)
    person, _, _ = with_words(store)
    database = store.people._database  # noqa: SLF001  # to hold a view open
    with closing(database.engine.raw_connection()) as reader:
        cursor = reader.cursor()
        cursor.execute("BEGIN")
        cursor.execute("SELECT name FROM people").fetchall()
        store.people.delete(person)
        assert rows(store).get("doomed") == 1
        cursor.execute("ROLLBACK")

    store.tidy()

    assert rows(store) == {}
    assert holding(folder, WORD) == []
