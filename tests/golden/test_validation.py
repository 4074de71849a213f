"""Markers and a phone against force plates, on one runner of the treadmill trials."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest

from midstance.validation import Row, validate

HIP = "hip_over_ankle_at_midstance_m"


@pytest.fixture(scope="module")
def written(recordings, tmp_path_factory):
    folder = tmp_path_factory.mktemp("trials")
    for name in ("RBDS012runT25.c3d", "RBDS012static.c3d", "participants.csv"):
        (folder / name).symlink_to(recordings / "lab" / "rbds" / name)
    validate(folder, folder / "out", workers=1, as_video=(60.0,))
    return folder / "out"


@pytest.fixture(scope="module")
def rows(written):
    read = json.loads((written / "validation.json").read_text(encoding="utf-8"))
    return {(row["measure"], row["group"]): row for row in read}


@pytest.mark.slow
def test_the_three_files_are_written(written):
    assert sorted(path.name for path in written.iterdir()) == [
        "validation.csv",
        "validation.html",
        "validation.json",
    ]


@pytest.mark.slow
def test_every_row_has_the_agreed_fields(rows):
    assert all(list(row) == [field.name for field in fields(Row)] for row in rows.values())


@pytest.mark.slow
def test_markers_find_every_contact_of_the_plate_to_the_millisecond(rows):
    assert rows["contacts_missed", "all"]["bias"] == rows["contacts_invented", "all"]["bias"] == 0
    assert rows["contacts_missed", "all"]["n"] > 70
    assert abs(rows["initial_contact_s", "strike=rearfoot"]["bias"]) <= 0.006
    assert rows["initial_contact_s", "all"]["sd"] <= 0.005


@pytest.mark.slow
def test_hip_over_ankle_hardly_depends_on_what_found_the_contacts(rows):
    assert abs(rows[HIP, "all"]["bias"]) <= 0.002
    assert rows[HIP, "all"]["sd"] <= 0.008


@pytest.mark.slow
def test_a_phone_sees_both_legs_once(rows):
    assert rows[HIP, "fps=60"]["n"] == 2
    assert abs(rows[HIP, "fps=60"]["bias"]) <= 0.025
