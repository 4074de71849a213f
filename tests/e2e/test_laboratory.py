"""A laboratory's files through the program as a researcher would use it, against a runner who is known."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from importlib import resources

import numpy as np
import pyarrow.parquet as pq
import pytest
from tests.property.laboratory import (
    MARKERS_HZ,
    MASS_KG,
    UPSIDE_DOWN,
    forces,
    lab_files,
    run,
    standing,
    trial,
    true_mean,
    written,
)

from midstance.formats import read_trial

PROGRAM = [sys.executable, "-m", "midstance"]
HIP = "hip_over_ankle_at_midstance_m"


def midstance(*words):
    return subprocess.run(
        [*PROGRAM, *map(str, words)], capture_output=True, text=True, check=False, timeout=300
    )


def analysed(run_file, static, out, *words):
    done = midstance("analyze", run_file, "--static", static, "-o", out, *words)
    assert done.returncode == 0, done.stderr
    return json.loads((out / "analysis.json").read_text(encoding="utf-8"))


def value(record, key, side):
    return next(m for m in record["measures"] if (m["key"], m["side"]) == (key, side))["value"]


def codes(record):
    return {issue["code"] for issue in record["issues"]}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Return a run and its standing trial as C3D, and the folder they were analysed into with forces."""
    folder = tmp_path_factory.mktemp("lab")
    run_file, static = lab_files(folder)
    return run_file, static, analysed(run_file, static, folder / "out"), folder / "out"


def test_a_c3d_gives_the_true_hip_over_ankle_on_both_legs(lab):
    for side in ("left", "right"):
        assert value(lab[2], HIP, side) == pytest.approx(true_mean(HIP, side), abs=0.004)


def test_forces_give_contacts_mass_and_say_so(lab):
    record = lab[2]

    assert record["volume"]["contacts_from"] == "forces"
    assert record["volume"]["mass_kg"] == pytest.approx(MASS_KG, rel=0.02)
    assert record["volume"]["speed_m_s"] == pytest.approx(run().running.speed_m_s, rel=0.03)
    for side in ("left", "right"):
        assert value(record, "contact_time_s", side) == pytest.approx(
            true_mean("contact_time_s", side), abs=0.012
        )


def test_axes_of_the_file_are_found_and_stated(lab):
    assert (lab[2]["volume"]["up"], lab[2]["volume"]["forward"]) == ("+Z", "+Y")


def test_one_command_leaves_tables_figures_and_a_motion(lab):
    out = lab[3]

    assert {file.name for file in out.iterdir()} == {
        "analysis.json",
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
    with (out / "steps.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == lab[2]["steps"]["left"] + lab[2]["steps"]["right"]
    assert "left_hip_z_m" in pq.read_schema(out / "keypoints.parquet").names
    assert "left_pelvic_obliquity_deg" in pq.read_schema(out / "curves.parquet").names


def test_the_pelvis_turns_as_it_was_made_to(lab):
    asked = run().running

    assert value(lab[2], "pelvic_rotation_range_deg", "both") == pytest.approx(
        asked.pelvic_rotation_deg, abs=1.0
    )
    for side in ("left", "right"):
        assert value(lab[2], "pelvic_drop_peak_deg", side) == pytest.approx(asked.pelvic_drop_deg, abs=0.7)


def test_markers_alone_give_the_same_numbers(lab, tmp_path):
    record = analysed(lab[0], lab[1], tmp_path / "out", "--forces", "ignore")

    assert record["volume"]["contacts_from"] == "markers"
    assert "forces_unused" in codes(record)
    for side in ("left", "right"):
        assert value(record, HIP, side) == pytest.approx(value(lab[2], HIP, side), abs=0.002)


def test_the_same_run_as_trc_upside_down_and_in_a_wrong_unit_is_put_right_and_said(lab, tmp_path):
    run_file, static = lab_files(tmp_path, "trc", with_forces=False, turned=UPSIDE_DOWN, scale=1000.0)

    record = analysed(run_file, static, tmp_path / "out")

    assert {"units_corrected", "axes_found"} <= codes(record)
    for side in ("left", "right"):
        assert value(record, HIP, side) == pytest.approx(value(lab[2], HIP, side), abs=0.003)


def test_two_runs_of_the_program_differ_in_no_byte(lab, tmp_path):
    analysed(lab[0], lab[1], tmp_path / "again")

    for name in ("analysis.json", "steps.csv", "motion.trc", "report.html"):
        assert (tmp_path / "again" / name).read_bytes() == (lab[3] / name).read_bytes()


def test_missing_markers_are_named_and_nothing_is_written(tmp_path):
    gone = ("L.Heel.Bottom", "L.Heel.Top", "L.Heel.Lateral")
    run_file, _ = lab_files(tmp_path, with_forces=False, left_out=gone)
    posture = standing()
    static = written(tmp_path, "bare.c3d", trial(posture, left_out=gone))

    done = midstance("analyze", run_file, "--static", static, "-o", tmp_path / "out")

    assert done.returncode == 2
    assert "left_heel" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_renamed_markers_are_read_with_a_map(lab, tmp_path):
    run_file, static = lab_files(tmp_path, with_forces=False, renamed={"L.ASIS": "front left"})
    names = resources.files("midstance.formats").joinpath("data/marker_sets/rbds.toml").read_text("utf-8")
    ours = 'left_asis = ["front left", "L.ASIS"]\nright_asis = "R.ASIS"'
    kept = [line for line in names.splitlines() if not line.startswith(("trochanter", "toe"))]
    text = "\n".join(kept).replace('asis = "{S}.ASIS"', ours)
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")

    without = midstance("analyze", run_file, "--static", static, "-o", tmp_path / "out")
    record = analysed(run_file, static, tmp_path / "out", "--markers", tmp_path / "map.toml")

    assert without.returncode == 2
    assert "left_asis" in without.stderr
    for side in ("left", "right"):
        assert value(record, HIP, side) == pytest.approx(value(lab[2], HIP, side), abs=0.003)


@pytest.mark.parametrize("damage", ["cut", "text", "empty"])
def test_a_damaged_file_is_a_sentence_and_leaves_nothing(lab, tmp_path, damage):
    whole = lab[0].read_bytes()
    broken = tmp_path / "broken.c3d"
    broken.write_bytes({"cut": whole[: len(whole) // 2], "text": b"not a trial\n", "empty": b""}[damage])

    done = midstance("analyze", broken, "--static", lab[1], "-o", tmp_path / "out")

    assert done.returncode == 2
    assert "broken.c3d" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_run_given_as_the_standing_trial_is_refused(lab, tmp_path):
    done = midstance("analyze", lab[0], "--static", lab[0], "-o", tmp_path / "out")

    assert done.returncode == 2
    assert "stand" in done.stderr


def test_a_standing_trial_given_as_the_run_gets_no_numbers(lab, tmp_path):
    record = analysed(lab[1], lab[1], tmp_path / "out")

    assert "not_running" in codes(record)
    assert all(measure["value"] is None for measure in record["measures"])


def test_plates_that_were_off_are_said_and_markers_take_over(lab, tmp_path):
    show = run()
    plates = forces(show)
    unloaded = replace(plates, force_n=np.zeros(plates.force_n.shape))
    posture = show.posture(np.arange(0.0, show.duration_s, 1.0 / MARKERS_HZ))
    silent = written(tmp_path, "silent.c3d", trial(posture, unloaded))

    record = analysed(silent, lab[1], tmp_path / "out")

    assert record["volume"]["contacts_from"] == "markers"
    assert "plates_off" in codes(record)


def test_convert_goes_there_and_back(lab, tmp_path):
    there = midstance("convert", lab[0], tmp_path / "run.trc")
    back = midstance("convert", tmp_path / "run.trc", tmp_path / "run.c3d")
    table = midstance("convert", tmp_path / "run.c3d", tmp_path / "run.parquet")

    assert (there.returncode, back.returncode, table.returncode) == (0, 0, 0), there.stderr + back.stderr
    assert str(tmp_path / "run.trc") in there.stdout
    before, after = (read_trial(path).markers for path in (lab[0], tmp_path / "run.c3d"))
    assert before is not None
    assert after is not None
    assert before.skeleton.names == after.skeleton.names
    assert after.points == pytest.approx(before.points, abs=1e-5)
    assert pq.read_table(tmp_path / "run.parquet").num_rows >= len(before.time_s)
