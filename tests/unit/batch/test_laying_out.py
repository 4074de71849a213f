"""What a job asks for becomes files and plain values, whatever the recording is called."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.property.runners import CLOSE, NOISE, filmed

from midstance.batch.keeping import keep, task_of, tidy
from midstance.batch.task import Task
from midstance.errors import InputError
from midstance.formats import write_sighting
from midstance.journal import Person, Store
from midstance.model import Seen
from midstance.virtual import Gait


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "store") as opened:
        yield opened


def recorded(store, name="run.mp4", kind="video", content=b"what a camera made", **facts):
    person = store.people.add(Person(name="Ann", height_m=1.72, mass_kg=60.0, sex="female"))
    stored = store.vault.receive([content])
    return store.recordings.add(
        person, stored.sha256, name, kind=kind, view="side", size=stored.size, facts=facts
    )


def task_for(store, kind, **payload):
    return task_of(store, store.jobs.one(store.jobs.add(kind, payload)))


@pytest.mark.parametrize(
    ("name", "kind", "facts", "seen"),
    [
        ("run.mp4", "video", {}, "run.mp4"),
        ("Läufer (1).MOV", "video", {"format": "mov"}, "Läufer (1).MOV"),
        ("../../etc/passwd", "video", {"format": "mp4"}, "passwd.mp4"),
        ("..\\..\\boot.ini", "video", {"format": "mp4"}, "boot.mp4"),
        ("....", "video", {"format": "mp4"}, "recording.mp4"),
        ("a;$(reboot)`id`\n.mp4", "video", {}, "a__(reboot)_id__.mp4"),
        ("run.c3d", "video", {"format": "mp4"}, "run.mp4"),
        ("walk", "lab", {"format": "trc"}, "walk.trc"),
        ("walk.mp4", "lab", {}, "walk.c3d"),
        ("x" * 300 + ".mp4", "video", {}, "x" * 80 + ".mp4"),
    ],
)
def test_a_recording_lies_under_a_harmless_name_of_its_own_kind(store, name, kind, facts, seen):
    recording = recorded(store, name, kind, **facts)
    task = task_for(store, "check", recording_id=recording)
    (link,) = task.work.iterdir()

    assert (link.name, str(link)) == (seen, task.source)
    assert link.read_bytes() == b"what a camera made"
    assert link.parent.parent == store.vault.folder(recording).resolve()


def test_passing_files_are_gone_afterwards_and_results_stay(store):
    recording = recorded(store)
    task = task_for(store, "check", recording_id=recording)
    folder = store.vault.folder(recording)
    (folder / ".midstance-half").mkdir()
    (folder / ".player.1234.json").write_text("half")
    (folder / "proxy.mp4").write_text("whole")
    tidy(task)

    assert [path.name for path in folder.iterdir()] == ["proxy.mp4"]
    assert store.vault.path(store.recordings.one(recording).sha256).is_file()


def test_an_analysis_knows_runner_settings_and_corrections(store):
    recording = recorded(store)
    moved = {"kind": "legs_exchanged", "first_frame": 3, "last_frame": 4}
    analysis = store.analyses.add(recording, {"declared": {"speed_m_s": 3.0}}, [moved])
    task = task_for(store, "correct", analysis_id=analysis)

    assert (task.kind, task.lab) == ("analyse", False)
    assert task.runner == {"height_m": 1.72, "mass_kg": 60.0, "sex": "female", "name": "Ann"}
    assert (task.settings, task.corrections) == ({"declared": {"speed_m_s": 3.0}}, [moved])
    assert Task.from_json(task.to_json()) == task


def test_a_standing_clip_is_named_by_its_recording_and_laid_beside(store):
    standing = recorded(store, "stand.mp4", content=b"standing")
    analysis = store.analyses.add(recorded(store), {"declared": {"standing": standing}})
    task = task_for(store, "analyse", analysis_id=analysis)
    link = task.beside["declared.standing"]

    assert Path(link).read_bytes() == b"standing"
    assert task.settings["declared"]["standing"] == standing
    assert any(str(path) == link for path in task.fence().read)


def seen_of_a_run():
    shot = filmed(Gait(), CLOSE, NOISE, 3.0)
    return Seen(shot.video, shot.sighting)


def test_what_was_seen_with_the_same_eyes_is_taken_over_and_with_other_eyes_is_not(store):
    recording = recorded(store)
    first = store.analyses.add(recording, {"pose": {"quality": "quick"}})
    write_sighting(seen_of_a_run(), store.vault.folder(first) / "sighting.npz")
    alike = store.analyses.add(recording, {"pose": {"quality": "quick"}, "declared": {"speed_m_s": 3.0}})
    other = store.analyses.add(recording, {})
    for name in (alike, other):
        task_for(store, "analyse", analysis_id=name)

    assert (store.vault.folder(alike) / "sighting.npz").is_file()
    assert not (store.vault.folder(other) / "sighting.npz").exists()
    store.analyses.delete(first)
    assert (store.vault.folder(alike) / "sighting.npz").stat().st_size > 1000


def test_what_was_seen_of_another_person_is_not_taken_over(store):
    recording = recorded(store)
    chosen = {"kind": "person_chosen", "frame": 3, "x_px": 4.0, "y_px": 5.0}
    first = store.analyses.add(recording, {}, [chosen])
    write_sighting(seen_of_a_run(), store.vault.folder(first) / "sighting.npz")
    plain, same = store.analyses.add(recording, {}), store.analyses.add(recording, {}, [chosen])
    for name in (plain, same):
        task_for(store, "correct", analysis_id=name)

    assert not (store.vault.folder(plain) / "sighting.npz").exists()
    assert (store.vault.folder(same) / "sighting.npz").is_file()


def test_work_of_an_unknown_kind_or_on_what_is_gone_is_refused(store):
    with pytest.raises(InputError, match="no work of the kind 'erase'"):
        task_for(store, "erase", recording_id="x" * 12)
    with pytest.raises(InputError):
        task_for(store, "check", recording_id="x" * 12)
    recording = recorded(store)
    shutil.rmtree(store.vault.root / "originals")
    with pytest.raises(InputError, match="not there"):
        task_for(store, "check", recording_id=recording)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"{broken"])
def test_a_record_that_is_none_is_not_kept(store, content):
    analysis = store.analyses.add(recorded(store))
    job = store.jobs.one(store.jobs.add("analyse", {"analysis_id": analysis}))
    task = task_of(store, job)
    (store.vault.folder(analysis) / "analysis.json").write_bytes(content)
    with pytest.raises(InputError, match="analyse the recording again"):
        keep(store, job, task, {})


def test_a_check_that_no_browser_can_play_asks_for_a_copy_once(store):
    recording = recorded(store)
    job = store.jobs.one(store.jobs.add("check", {"recording_id": recording}))
    task = task_of(store, job)
    for _ in range(2):
        keep(store, job, task, {"check": {"state": "good"}, "plays": False})

    assert [other.kind for other in store.jobs.live()] == ["check", "proxy"]
    assert store.recordings.one(recording).facts == {"check": {"state": "good"}, "plays": False}


def test_time_and_length_grow_with_the_recording(store):
    small = task_for(store, "check", recording_id=recorded(store)).fence()
    large = task_for(
        store, "check", recording_id=recorded(store, content=np.zeros(40_000_000, np.uint8).tobytes())
    ).fence()

    assert (small.cpu_s, large.cpu_s) == (120, 200)
    assert all(path.is_absolute() for path in (*small.read, *small.write))


@pytest.mark.parametrize(("view", "kept"), [("rear", "rear"), ("oblique", "unknown")])
def test_from_where_a_recording_was_filmed_is_noted_where_nobody_said(store, view, kept):
    recording = recorded(store)
    store.recordings.change(recording, view="unknown")
    job = store.jobs.one(store.jobs.add("check", {"recording_id": recording}))
    keep(store, job, task_of(store, job), {"check": {"state": "good", "view": view}, "plays": True})

    assert store.recordings.one(recording).view == kept
