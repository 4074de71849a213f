from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from tests.unit.journal.samples import HIP, filled, outcome, recorded

from midstance.errors import InputError
from midstance.journal import JobState, Person, UnknownIdError


def filmed(day: int) -> datetime:
    return datetime(2026, 5, day, 12, tzinfo=UTC)


def test_an_analysis_goes_from_asked_for_to_done_with_its_job(store):
    recording = recorded(store, store.people.add(Person("Ann")))
    analysis = store.analyses.add(recording, {"gait": {"definition": "knee_bend"}})
    states = [store.analyses.one(analysis)]
    job = store.jobs.add("analyse", {"analysis_id": analysis})
    states.append(store.analyses.one(analysis))
    store.jobs.claim("w")
    store.jobs.heartbeat(job, "w", 0.4, "looking at frame 40")
    states.append(store.analyses.one(analysis))
    store.analyses.complete(analysis, outcome())
    store.jobs.finish(job, "w")
    states.append(store.analyses.one(analysis))

    assert [row.state for row in states] == ["waiting", "waiting", "running", "done"]
    assert [row.fraction for row in states] == [0.0, 0.0, 0.4, 1.0]
    assert [row.job_id for row in states] == [None, job, job, job]
    assert states[2].sentence == "looking at frame 40"
    assert states[3].settings == {"gait": {"definition": "knee_bend"}}
    assert states[3].versions == {"midstance": "1.0"}
    assert states[3].recording.id == recording
    assert states[3].person.name == "Ann"
    assert states[3].completed is not None


def test_an_analysis_whose_job_failed_says_why(store):
    recording = recorded(store, store.people.add(Person("Ann")))
    analysis = store.analyses.add(recording)
    job = store.jobs.add("analyse", {"analysis_id": analysis})
    store.jobs.claim("w")
    store.jobs.fail(job, "w", "No steps were seen.", retry=False)

    row = store.analyses.one(analysis)

    assert row.state is JobState.SET_ASIDE
    assert "No steps were seen." in row.sentence


def test_the_whole_record_comes_back(store):
    _, _, analysis = filled(store)

    assert store.analyses.record(analysis) == outcome()


def test_an_analysis_that_is_not_done_has_no_record(store):
    recording = recorded(store, store.people.add(Person("Ann")))

    with pytest.raises(UnknownIdError, match="finished analysis"):
        store.analyses.record(store.analyses.add(recording))


def test_a_record_with_numbers_json_does_not_know_is_refused_whole(store):
    recording = recorded(store, store.people.add(Person("Ann")))
    analysis = store.analyses.add(recording)

    with pytest.raises(InputError, match="cannot be kept: Out of range"):
        store.analyses.complete(analysis, outcome(extra=float("nan")))

    assert store.analyses.one(analysis).completed is None
    assert store.analyses.numbers(analysis) == []


def test_numbers_become_rows_with_interval_tier_and_set_up(store):
    person, recording, analysis = filled(store, filmed=filmed(4))

    (left,) = store.analyses.measures(person, HIP, "left")

    assert (left.analysis_id, left.recording_id, left.when) == (analysis, recording, filmed(4))
    assert (left.value, left.low, left.high, left.unit, left.n, left.tier) == (
        0.02, 0.01, 0.03, "m", 14, "high"
    )  # fmt: skip
    assert (left.definition, left.frame, left.percentile) == ("pelvis_dip", 31, 42.0)
    assert left.set_up == {
        "kind": "video",
        "view": "side",
        "near_side": "left",
        "surface": "treadmill",
        "incline_percent": 0.0,
        "speed_m_s": 3.0,
        "frame_rate_hz": 59.94,
        "definition": "pelvis_dip",
    }
    assert [row.key for row in store.analyses.numbers(analysis)] == [HIP, HIP, "cadence_spm"]


def test_a_trend_goes_by_when_it_was_filmed(store):
    person = store.people.add(Person("Ann"))
    for day, value in ((9, 0.09), (2, 0.02), (5, 0.05)):
        recording = recorded(store, person, bytes([day]), filmed=filmed(day))
        store.analyses.complete(store.analyses.add(recording), outcome(left_m=value))

    assert [row.value for row in store.analyses.measures(person, HIP, "left")] == [0.02, 0.05, 0.09]
    later = store.analyses.measures(person, HIP, "left", since=filmed(5))
    assert [row.value for row in later] == [0.05, 0.09]
    latest = store.analyses.latest(person)
    assert latest is not None
    assert latest.recording.filmed == filmed(9)


def test_a_new_analysis_of_a_recording_takes_its_place_in_the_trend_and_the_old_one_stays(store):
    person, recording, old = filled(store)
    new = store.analyses.add(recording, corrections=[{"kind": "legs_exchanged"}], parent=old)
    assert [row.value for row in store.analyses.measures(person, HIP, "left")] == [0.02]

    store.analyses.complete(new, outcome(left_m=0.07))

    assert [row.value for row in store.analyses.measures(person, HIP, "left")] == [0.07]
    assert [(row.id, row.current) for row in store.analyses.of(recording)] == [(new, True), (old, False)]
    assert store.analyses.of(person) == store.analyses.of(recording)
    assert store.analyses.one(new).corrections == [{"kind": "legs_exchanged"}]
    assert store.analyses.one(new).parent == old
    assert store.analyses.record(old) == outcome()


def test_an_older_analysis_that_ends_late_does_not_take_the_place_of_a_newer_one(store):
    recording = recorded(store, store.people.add(Person("Ann")))
    old, new = store.analyses.add(recording), store.analyses.add(recording)

    store.analyses.complete(new, outcome())
    store.analyses.complete(old, outcome())

    assert store.analyses.one(new).current
    assert not store.analyses.one(old).current


def test_without_the_newer_analysis_the_older_one_is_current_again(store):
    person, recording, old = filled(store)
    new = store.analyses.add(recording, parent=old)
    store.analyses.complete(new, outcome(left_m=0.07))
    store.vault.folder(new).joinpath("steps.csv").write_text("1")

    store.analyses.delete(new)

    assert [row.id for row in store.analyses.of(recording)] == [old]
    assert [row.value for row in store.analyses.measures(person, HIP, "left")] == [0.02]
    assert store.vault.files_of(new) == []


def test_doing_an_analysis_twice_leaves_one_set_of_numbers(store):
    person, _, analysis = filled(store)

    store.analyses.complete(analysis, outcome(left_m=0.04), versions={"midstance": "2.0"})

    assert [row.value for row in store.analyses.measures(person, HIP)] == [0.04, 0.03]
    assert store.analyses.one(analysis).versions == {"midstance": "2.0"}


def test_the_outcome_of_an_analysis_that_was_deleted_meanwhile_leaves_nothing(store):
    _, _, analysis = filled(store)
    store.analyses.delete(analysis)
    store.vault.folder(analysis).joinpath("report.html").write_text("late")

    with pytest.raises(UnknownIdError):
        store.analyses.complete(analysis, outcome())

    assert list(store.vault.folders()) == []


def test_analyses_of_one_recording_that_end_at_once_leave_one_current(store):
    recording = recorded(store, store.people.add(Person("Ann")))
    names = [store.analyses.add(recording) for _ in range(8)]
    together = threading.Barrier(8)

    def complete(name):
        together.wait()
        store.analyses.complete(name, outcome())

    threads = [threading.Thread(target=complete, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    rows = store.analyses.of(recording)
    assert [row.id for row in rows if row.current] == [names[-1]]
    assert {row.state for row in rows} == {JobState.DONE}


def test_a_list_can_be_cut_short(store):
    person, recording, _ = filled(store)
    names = [store.analyses.add(recording) for _ in range(3)]

    assert [row.id for row in store.analyses.of(person, limit=2)] == names[:0:-1]
