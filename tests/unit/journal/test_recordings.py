from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from tests.unit.journal.samples import filled, recorded

from midstance.errors import InputError
from midstance.journal import Person, UnknownIdError


@pytest.fixture
def ann(store) -> str:
    return store.people.add(Person("Ann"))


def test_a_recording_comes_back_as_given(store, ann):
    stored = store.vault.receive([b"film", b"ed"])
    when = datetime(2026, 5, 1, tzinfo=UTC)
    name = store.recordings.add(
        ann,
        stored.sha256,
        "../../läuft\x00.mp4",
        "video",
        "side",
        stored.size,
        facts={"fps": 60},
        filmed=when,
    )

    back = store.recordings.one(name)

    assert (back.person_id, back.sha256, back.size_bytes) == (ann, stored.sha256, 6)
    assert (back.name, back.kind, back.view, back.facts) == ("../../läuft.mp4", "video", "side", {"fps": 60})
    assert (back.filmed, back.pair_of) == (when, None)
    assert store.vault.path(back.sha256).read_bytes() == b"filmed"


def test_two_recordings_can_be_a_pair_until_one_is_deleted(store, ann):
    side = recorded(store, ann, b"side")
    rear = recorded(store, ann, b"rear", pair_of=side)
    assert store.recordings.one(rear).pair_of == side

    store.recordings.delete(side)

    assert store.recordings.one(rear).pair_of is None


def test_facts_of_two_jobs_do_not_wipe_out_each_other(store, ann):
    name = recorded(store, ann, facts={"name": "x"})
    together = threading.Barrier(8)

    def note(number):
        together.wait()
        store.recordings.set_facts(name, {f"fact {number}": number})

    threads = [threading.Thread(target=note, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.recordings.set_facts(name, {"name": None})

    assert store.recordings.one(name).facts == {f"fact {number}": number for number in range(8)}


def test_view_and_name_can_be_changed_and_nothing_else(store, ann):
    name = recorded(store, ann)

    store.recordings.change(name, view="rear", name="from behind.mp4")

    back = store.recordings.one(name)
    assert (back.view, back.name) == ("rear", "from behind.mp4")
    with pytest.raises(InputError, match="sha256 of a recording cannot be changed"):
        store.recordings.change(name, sha256="0" * 64)


def test_a_recording_without_its_file_is_refused(store, ann):
    with pytest.raises(UnknownIdError, match="not there"):
        store.recordings.add(ann, "0" * 64, "x.mp4")
    with pytest.raises(UnknownIdError, match="not the hash"):
        store.recordings.add(ann, "../../etc/passwd", "x.mp4")


def test_the_newest_recording_comes_first(store, ann):
    names = [
        recorded(store, ann, bytes([day]), filmed=datetime(2026, 5, day, tzinfo=UTC)) for day in (4, 9, 1)
    ]

    assert [row.id for row in store.recordings.of(ann)] == [names[1], names[0], names[2]]
    assert len(store.recordings.of(ann, limit=1)) == 1


def test_a_deleted_recording_is_gone_with_its_analyses_jobs_and_files(store):
    person, recording, analysis = filled(store)
    job = store.jobs.add("analyse", {"analysis_id": analysis})
    check = store.jobs.add("check", {"recording_id": recording})
    store.vault.folder(analysis).joinpath("steps.csv").write_text("1")
    store.vault.folder(recording).joinpath("proxy.mp4").write_text("1")

    store.recordings.delete(recording)

    assert list(store.vault.originals()) == []
    assert list(store.vault.folders()) == []
    for act, name in (
        (store.recordings.one, recording),
        (store.analyses.one, analysis),
        (store.analyses.record, analysis),
        (store.jobs.one, job),
        (store.jobs.one, check),
    ):
        with pytest.raises(UnknownIdError):
            act(name)
    assert store.analyses.of(person) == []


def test_a_file_two_recordings_share_stays_until_both_are_deleted(store, ann):
    first, second = recorded(store, ann, b"same"), recorded(store, ann, b"same")
    sha256 = store.recordings.one(first).sha256

    store.recordings.delete(first)
    assert store.vault.path(sha256).read_bytes() == b"same"

    store.recordings.delete(second)
    assert list(store.vault.originals()) == []


def test_a_file_added_again_while_it_is_being_deleted_is_there_or_refused(store, ann):
    """Whatever the order, no recording is left without its file."""
    for _ in range(10):
        old = recorded(store, ann, b"same")
        outcome: list[str] = []

        def add(into=outcome):
            try:
                into.append(recorded(store, ann, b"same"))
            except UnknownIdError:
                into.append("refused")

        thread = threading.Thread(target=add)
        thread.start()
        store.recordings.delete(old)
        thread.join()
        for row in store.recordings.of(ann):
            assert store.vault.path(row.sha256).is_file()
            store.recordings.delete(row.id)
        assert outcome
