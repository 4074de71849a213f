"""Real workers on a real store: jobs are done once, whatever dies on the way."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from midstance.batch import Workers
from midstance.formats import read_sighting
from midstance.journal import JobState, Person, Store
from midstance.video import frames, plays_in_browsers, probe

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("weights")]

QUICK = {"pose": {"quality": "quick"}}
PATIENCE_S = 240.0


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "store") as opened:
        yield opened


@contextmanager
def working(store, count=1, lease_s=3.0):
    with Workers(store.address, store.files, count, lease_s=lease_s) as workers:
        yield workers


def recorded(store, path, kind="video", **facts):
    person = store.people.add(Person(name="Ann", height_m=1.72))
    stored = store.vault.receive([path.read_bytes()])
    facts = {"format": path.suffix[1:], **facts}
    return store.recordings.add(
        person, stored.sha256, path.name, kind=kind, view="side", size=stored.size, facts=facts
    )


def asked(store, recording, settings=QUICK, corrections=(), parent=None):
    """Ask for an analysis and return it with its job."""
    analysis = store.analyses.add(recording, settings, corrections, parent=parent)
    kind = "correct" if corrections else "analyse"
    return analysis, store.jobs.add(kind, {"analysis_id": analysis}, key=f"{kind}:{analysis}")


def until(condition, patience_s=PATIENCE_S):
    """Wait until something is so, and return it."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError("it did not come to be")


def ended(store, *jobs):
    until(lambda: all(store.jobs.one(job).state.ended for job in jobs))
    return [store.jobs.one(job) for job in jobs]


def at_work(folder):
    """Return the processes that work in a folder, or in one below."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                place = (entry / "cwd").readlink()
            except OSError:
                continue
            if folder in place.parents:
                found.append(int(entry.name))
    return found


def test_a_clip_is_checked_analysed_and_corrected(store, short_demo):
    recording = recorded(store, short_demo)
    check = store.jobs.add("check", {"recording_id": recording}, key="check")
    analysis, analyse = asked(store, recording)
    moved = {"kind": "legs_exchanged", "first_frame": 60, "last_frame": 75}
    with working(store):
        done = ended(store, check, analyse)
        again, correct = asked(store, recording, QUICK, [moved], analysis)
        done += ended(store, correct)

    assert [job.state for job in done] == [JobState.DONE] * 3, [job.error for job in done]
    assert store.recordings.one(recording).facts["check"]["activity"] == "running"
    files = {path.name for path in store.vault.files_of(analysis)}
    assert {"analysis.json", "player.json", "sighting.npz", "report.html", "thumbnail.jpg"} <= files
    assert "annotated.mp4" not in files
    assert not [path for path in store.vault.folder(analysis).iterdir() if path.name.startswith(".")]
    before, after = store.analyses.record(analysis), store.analyses.record(again)
    assert before["recording"]["name"] == "clip.mp4"
    assert after["settings"]["corrections"] == [moved]
    assert {m["key"]: m["value"] for m in before["measures"]} != {
        m["key"]: m["value"] for m in after["measures"]
    }
    assert store.analyses.one(analysis).completed is not None
    assert store.vault.folder(analysis).joinpath("sighting.npz").stat().st_ino == (
        store.vault.folder(again).joinpath("sighting.npz").stat().st_ino
    )


@pytest.mark.parametrize("moment", ["looking for the runner", "measuring the runner", "writing the results"])
def test_a_worker_killed_in_the_middle_loses_nothing(store, short_demo, moment):
    recording = recorded(store, short_demo)
    analysis, job = asked(store, recording)
    said = []
    with working(store) as workers:
        until(lambda: moment in store.jobs.one(job).sentence or store.jobs.one(job).state.ended)
        os.kill(workers.pids[0], signal.SIGKILL)
        until(lambda: not at_work(store.files), 10.0)  # nobody goes on in secret
        while not store.jobs.one(job).state.ended:
            said.append(store.jobs.one(job).sentence)
            time.sleep(0.05)

    assert store.jobs.one(job).state is JobState.DONE
    assert store.analyses.record(analysis)["activity"] == "running"
    assert store.recordings.one(recording).sha256
    if moment == "writing the results":  # the networks were not asked again
        assert not [sentence for sentence in said if "measuring the runner" in sentence]


def test_a_killed_child_is_replaced_and_the_job_done(store, short_demo):
    recording = recorded(store, short_demo)
    _, job = asked(store, recording)
    with working(store):
        pids = until(lambda: at_work(store.files))
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        (done,) = ended(store, job)

    assert (done.state, done.attempts) == (JobState.DONE, 2)


def test_a_cancelled_job_stops_within_two_seconds(store, demo):
    recording = recorded(store, demo)
    analysis, job = asked(store, recording, {})
    with working(store):
        until(lambda: "measuring the runner" in store.jobs.one(job).sentence)
        store.jobs.cancel(job)
        began = time.monotonic()
        until(lambda: not at_work(store.files), 10.0)
        stopped_s = time.monotonic() - began

    crowded = os.getloadavg()[0] / (os.cpu_count() or 1)  # of a busy machine nobody has the whole
    assert stopped_s < 2.0 * max(crowded, 1.0)
    assert store.jobs.one(job).state is JobState.CANCELLED
    assert store.analyses.one(analysis).completed is None


def test_a_worker_that_is_stopped_gives_its_job_back_and_the_next_goes_on(store, short_demo):
    recording = recorded(store, short_demo)
    _, job = asked(store, recording)
    with working(store, lease_s=60.0):
        until(lambda: "looking for the runner" in store.jobs.one(job).sentence)
    assert (store.jobs.one(job).state, at_work(store.files)) == (JobState.WAITING, [])
    with working(store, lease_s=60.0):
        (done,) = ended(store, job)

    assert (done.state, done.attempts) == (JobState.DONE, 1)


def test_what_is_no_video_is_said_at_once_and_not_tried_again(store, tmp_path):
    path = tmp_path / "notes.mp4"
    path.write_bytes(b"my diary, in a video's clothes " * 100)
    recording = recorded(store, path)
    job = store.jobs.add("check", {"recording_id": recording})
    with working(store):
        (done,) = ended(store, job)

    assert (done.state, done.attempts) == (JobState.SET_ASIDE, 1)
    assert "not a video that can be read here" in done.error
    assert str(store.files) not in done.error


def test_a_job_that_fails_each_time_is_set_aside_with_its_error(
    store, short_demo, tmp_path, weights, monkeypatch
):
    broken = tmp_path / "models"
    broken.mkdir()
    for file in weights.iterdir():
        (broken / file.name).write_bytes(b"no network")
    monkeypatch.setenv("MIDSTANCE_MODELS", str(broken))
    recording = recorded(store, short_demo)
    job = store.jobs.add("check", {"recording_id": recording})
    with working(store):
        (done,) = ended(store, job)

    assert (done.state, done.attempts) == (JobState.SET_ASIDE, 5)
    assert "the program made a mistake" in done.error


def test_a_laboratory_file_goes_the_same_way_without_a_player(store, recordings):
    folder = recordings / "lab" / "hamner01"
    recording = recorded(store, folder / "Run_30002.trc", kind="lab")
    standing = recorded(store, folder / "Static_FJC.trc", kind="lab")
    check = store.jobs.add("check", {"recording_id": recording})
    analysis, analyse = asked(store, recording, {"laboratory": {"static": standing}})
    with working(store):
        done = ended(store, check, analyse)

    assert [job.state for job in done] == [JobState.DONE, JobState.DONE], [job.error for job in done]
    assert store.recordings.one(recording).facts["check"]["kind"] == "lab"
    files = {path.name for path in store.vault.files_of(analysis)}
    assert "analysis.json" in files
    assert not files & {"player.json", "sighting.npz", "thumbnail.jpg"}
    assert store.analyses.record(analysis)["settings"]["laboratory"]["static"] == standing
    assert [job.kind for job in store.jobs.of(recording)] == ["check"]


def in_mpeg4(demo, path):
    """Write two seconds of the demo as browsers do not play them, with uneven times."""
    with av.open(str(path), "w", format="matroska") as container:
        stream = container.add_stream("mpeg4", rate=30)
        stream.width, stream.height, stream.pix_fmt = 720, 1280, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        for frame in frames(probe(demo)[0], 0, 120):
            picture = av.VideoFrame.from_ndarray(frame.rgb, format="rgb24")
            picture.pts, picture.time_base = round(1000 * frame.time_s) + frame.index % 3, Fraction(1, 1000)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return path


def test_a_video_that_browsers_do_not_play_gets_a_copy_with_the_same_times(store, demo, tmp_path):
    path = in_mpeg4(demo, tmp_path / "old.mkv")
    recording = recorded(store, path)
    job = store.jobs.add("check", {"recording_id": recording})
    with working(store):
        ended(store, job)
        copy = until(lambda: [job for job in store.jobs.of(recording) if job.kind == "proxy"])[0]
        (done,) = ended(store, copy.id)
    proxy = store.vault.folder(recording) / "proxy.mp4"
    original, played = probe(path)[0], probe(proxy)[0]

    assert (done.state, done.error) == (JobState.DONE, "")
    assert (plays_in_browsers(path), plays_in_browsers(proxy)) == (False, True)
    assert played.time_s == pytest.approx(original.time_s, abs=1e-4)
    assert (played.width_px, played.height_px) == (720, 1280)


def test_twenty_jobs_of_two_workers_are_each_done_once(store, tmp_path):
    jobs = []
    for k in range(20):
        path = tmp_path / f"{k}.mp4"
        path.write_bytes(f"no video {k} ".encode() * 50)
        jobs.append(store.jobs.add("check", {"recording_id": recorded(store, path)}))
    with working(store, count=2):
        done = ended(store, *jobs)

    assert {(job.state, job.attempts) for job in done} == {(JobState.SET_ASIDE, 1)}
    assert len({job.worker for job in done}) == 2


def test_a_sighting_of_another_file_is_not_believed(store, short_demo):
    recording = recorded(store, short_demo)
    analysis, job = asked(store, recording)
    with working(store):
        ended(store, job)
        path = store.vault.folder(analysis) / "sighting.npz"
        seen = read_sighting(path)
        assert seen.recording.sha256 == store.recordings.one(recording).sha256
        assert np.isfinite(seen.sighting.motion.points).any()
        path.write_bytes(b"broken")
        again = store.jobs.add("analyse", {"analysis_id": analysis}, key="again")
        (done,) = ended(store, again)

    assert done.state is JobState.DONE
    assert read_sighting(path).recording.sha256 == seen.recording.sha256
