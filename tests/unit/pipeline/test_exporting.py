"""From an analysis to a folder: all files or none."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import cv2
import numpy as np
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from tests.property.runners import NOISE, Seen, analysed, filmed

from midstance.errors import InputError
from midstance.formats import schema
from midstance.pipeline import export
from midstance.video import VideoWriter, grab, probe
from midstance.virtual import Camera, Gait

FILES = {
    "analysis.json",
    "annotated.mp4",
    "curves.parquet",
    "keypoints.parquet",
    "left_contact.jpg",
    "left_midstance.jpg",
    "motion.trc",
    "report.html",
    "right_contact.jpg",
    "right_midstance.jpg",
    "steps.csv",
}
SMALL = Camera(width_px=160, height_px=284, focal_px=378.0, aim_height_m=0.86, rate_hz=30.0)


def painted(seen, path):
    """Write a small video: a grey room with the runner's points as dots."""
    motion = seen.sighting.motion
    with VideoWriter(path) as writer:
        for points, time_s in zip(motion.points, motion.time_s, strict=True):
            picture = np.full((SMALL.height_px, SMALL.width_px, 3), 90, np.uint8)
            for x, y in points[np.isfinite(points).all(axis=1)].astype(int):
                cv2.circle(picture, (int(x), int(y)), 3, (230, 200, 40), -1)
            writer.write(picture, float(time_s))
    recording, _ = probe(path)
    return Seen(seen.show, seen.camera, recording, seen.sighting)


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    """Return a function that paints a gait and analyses it, each made once."""
    folder, made = tmp_path_factory.mktemp("clips"), {}

    def clip(name):
        if name not in made:
            gait = {"run": Gait(), "walk": Gait.walking(), "stand": Gait.standing()}[name]
            made[name] = analysed(painted(filmed(gait, SMALL, NOISE, 3.0), folder / f"{name}.mp4"))
        return made[name]

    return clip


@pytest.mark.parametrize("name", ["run", "walk"])
def test_all_files_are_written_and_the_record_follows_the_schema(clips, name, tmp_path):
    analysis = clips(name)
    written = export(analysis, tmp_path / "out")

    assert {path.name for path in written} == FILES
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES
    assert all(path.stat().st_size > 100 for path in written)
    record = json.loads((tmp_path / "out" / "analysis.json").read_text("utf-8"))
    Draft202012Validator(schema()).validate(record)
    assert record["activity"] == analysis.activity


def test_every_activity_the_gait_room_names_is_in_the_schema():
    names = {"running", "walking", "on_the_spot", "unclear", "standing"}

    assert set(schema()["properties"]["activity"]["enum"]) == names


def test_tables_and_video_hold_what_the_analysis_holds(clips, tmp_path):
    analysis = clips("run")
    export(analysis, tmp_path)
    with (tmp_path / "steps.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    drawn, _ = probe(tmp_path / "annotated.mp4")

    assert [row["side"] for row in rows] == analysis.steps.contacts.side.tolist()
    assert [float(row["midstance_s"]) for row in rows] == pytest.approx(analysis.steps.midstances.time_s)
    assert drawn.frames == analysis.recording.frames
    assert drawn.duration_s > 1.2 * analysis.recording.duration_s  # slow around each midstance


def test_the_video_is_drawn_on(clips, tmp_path):
    analysis = clips("run")
    export(analysis, tmp_path)
    drawn, _ = probe(tmp_path / "annotated.mp4")
    plain, marked = (grab(recording, [40])[40] for recording in (analysis.recording, drawn))
    shown = cv2.resize(marked, plain.shape[1::-1]) if marked.shape != plain.shape else marked

    assert (np.abs(shown.astype(int) - plain).max(axis=2) > 60).mean() > 0.01


def test_without_the_annotated_video_the_other_files_are_written(clips, tmp_path):
    quiet = replace(clips("run"), settings={"output": {"annotated_video": False}})

    assert {path.name for path in export(quiet, tmp_path)} == FILES - {"annotated.mp4"}


def test_progress_runs_from_nothing_to_all(clips, tmp_path):
    told = []
    export(clips("run"), tmp_path, progress=lambda fraction, _what: told.append(fraction))

    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert len(told) > 4


def interrupt_at(limit):
    def progress(fraction, _what):
        if fraction >= limit:
            raise KeyboardInterrupt

    return progress


@pytest.mark.parametrize("limit", [0.0, 0.1, 0.2, 0.5, 1.0])
def test_an_interruption_leaves_an_empty_folder(clips, tmp_path, limit):
    with pytest.raises(KeyboardInterrupt):
        export(clips("run"), tmp_path / "out", progress=interrupt_at(limit))

    assert list((tmp_path / "out").iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_interruption_leaves_an_earlier_analysis_as_it_was(clips, tmp_path):
    export(clips("run"), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(KeyboardInterrupt):
        export(clips("walk"), tmp_path, progress=interrupt_at(0.5))

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_later_analysis_replaces_an_earlier_one(clips, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    export(clips("run"), tmp_path)
    export(clips("walk"), tmp_path)

    assert json.loads((tmp_path / "analysis.json").read_text("utf-8"))["activity"] == "walking"
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_the_same_analysis_gives_the_same_tables(clips, tmp_path):
    for name in ("a", "b"):
        export(replace(clips("run"), settings={"output": {"annotated_video": False}}), tmp_path / name)

    for name in FILES - {"annotated.mp4"}:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_a_folder_that_is_a_file_is_refused_with_its_name(clips, tmp_path):
    (tmp_path / "out").write_text("here")
    with pytest.raises(InputError, match=r"cannot be written.*out"):
        export(clips("run"), tmp_path / "out")
