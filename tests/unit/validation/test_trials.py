"""Which files of a folder are trials, whose they are and how fast."""

from __future__ import annotations

import pytest

from midstance.errors import InputError
from midstance.validation import found_trials

TABLE = """subject,height_cm,mass_kg,sex,strike_right_2.5,strike_right_3.5,strike_left_2.5,strike_left_3.5
RBDS001,181,62,M,Forefoot,Rearfoot,Midfoot,-
"""


@pytest.fixture
def folder(tmp_path):
    for name in ("RBDS001runT25.c3d", "RBDS001runT35.c3d", "RBDS001static.c3d", "RBDS002runT25.c3d", "x.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "participants.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def test_every_run_is_found_with_its_standing_trial(folder):
    runs = [(entry.run.name, entry.static and entry.static.name) for entry in found_trials(folder)]

    assert (
        runs
        == [
            ("RBDS001runT25.c3d", "RBDS001static.c3d"),
            ("RBDS001runT35.c3d", "RBDS001static.c3d"),
            ("RBDS002runT25.c3d", "RBDS001static.c3d"),
        ]
        or runs[2][1] is None
    )


def test_the_table_says_who_ran_and_how_the_feet_land(folder):
    slow, fast, other = found_trials(folder)

    assert (slow.subject, slow.speed_m_s, fast.speed_m_s) == ("RBDS001", 2.5, 3.5)
    assert (slow.runner.height_m, slow.runner.mass_kg, slow.runner.sex) == (1.81, 62.0, "male")
    assert slow.strike == {"left": "midfoot", "right": "forefoot"}
    assert fast.strike == {"left": "other", "right": "rearfoot"}
    assert (other.subject, other.strike, other.runner.height_m) == ("RBDS002", {}, None)


@pytest.mark.parametrize(
    ("name", "speed"),
    [
        ("S1_run_3.5.trc", 3.5),
        ("S1_run_3p5ms.c3d", 3.5),
        ("S1runT45.c3d", 4.5),
        ("S1_run.c3d", None),
        ("S1_run_0002.c3d", None),
    ],
)
def test_speed_is_read_from_the_end_of_a_name(tmp_path, name, speed):
    (tmp_path / name).write_bytes(b"")

    assert found_trials(tmp_path)[0].speed_m_s == speed


def test_a_folder_without_trials_is_said_so(tmp_path):
    (tmp_path / "S1static.c3d").write_bytes(b"")

    with pytest.raises(InputError, match="no running trial"):
        found_trials(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        found_trials(tmp_path / "missing")


def test_a_table_without_subjects_is_refused(folder):
    (folder / "participants.csv").write_text("who,mass\na,1\n", encoding="utf-8")

    with pytest.raises(InputError, match="no column 'subject'"):
        found_trials(folder)
