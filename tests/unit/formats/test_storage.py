from __future__ import annotations

import numpy as np
import pytest

from midstance.errors import InputError
from midstance.formats import read_trial, write_forces_mot, write_signals_mot
from midstance.model import Signals

from .laboratory import assert_same_forces, forces


def mot(path, names, rows, header=""):
    body = "\n".join("\t".join(map(str, row)) for row in rows)
    path.write_text(f"title\n{header}endheader\ntime\t" + "\t".join(names) + f"\n{body}\n")
    return path


@pytest.mark.parametrize("up", [1, 2])
def test_forces_come_back_as_they_were(up, tmp_path):
    write_forces_mot(forces(up=up), tmp_path / "a.mot")
    back = read_trial(tmp_path / "a.mot").forces
    assert_same_forces(back, forces(up=up))
    assert back is not None
    assert back.plates == ("plate_1", "plate_2")


@pytest.mark.parametrize(
    ("pattern", "torque", "plate"),
    [
        ("ground_force_{}", "ground_torque_{}", "1"),
        ("1_ground_force_{}", "1_ground_torque_{}", "1"),
        ("L_ground_force_{}", "L_ground_torque_{}", "L"),
        ("ground_force_2_{}", "ground_moment_2_m{}", "2"),
    ],
)
def test_columns_are_known_under_several_names(pattern, torque, plate, tmp_path):
    names = [
        *(pattern.format(n) for n in ("vx", "vy", "vz", "px", "py", "pz")),
        *(torque.format(n) for n in "xyz"),
    ]
    rows = [(t, 10, 900, 5, 0.3, 0, 0.1, 0, 4, 0) for t in (0, 0.01)]
    found = read_trial(mot(tmp_path / "a.mot", names, rows))
    assert found.forces is not None
    assert found.signals is None
    assert found.forces.plates == (plate,)
    assert found.forces.force_n[0, 0] == pytest.approx([10, 900, 5])
    assert found.forces.centre_of_pressure_m[0, 0] == pytest.approx([0.3, 0, 0.1])
    assert found.forces.free_moment_n_m[0, 0] == 4


@pytest.mark.parametrize(
    ("header", "angle", "unit"),
    [
        ("inDegrees=yes\n", 2.0, "deg"),
        ("inDegrees=no\n", 0.7, "rad"),
        ("inDegrees=no\n", 48.0, "deg"),
        ("", 48.0, "deg"),
    ],
)
def test_angles_are_in_degrees_where_the_header_or_the_numbers_say_so(header, angle, unit, tmp_path):
    rows = [(t, angle, 0.9, -3) for t in (0, 0.01)]
    names = ["knee_angle_r", "pelvis_ty", "knee_angle_r_moment"]
    found = read_trial(mot(tmp_path / "a.mot", names, rows, header))
    assert found.signals is not None
    assert found.signals.units == (unit, "m", "N·m")
    assert found.said["degrees"]


def test_a_curve_left_in_radians_is_recognised(tmp_path):
    rows = [(t, angle, np.radians(angle)) for t, angle in ((0, 20.0), (0.01, 60.0))]
    found = read_trial(
        mot(tmp_path / "a.mot", ["knee_angle_r", "knee_angle_r_beta"], rows, "inDegrees=yes\n")
    )
    assert found.signals is not None
    assert found.signals.units == ("deg", "rad")


def test_curves_come_back_as_they_were(tmp_path):
    values = np.array([[10.0, 0.9], [50.0, np.nan], [30.0, 0.8]])
    signals = Signals(values, ("knee_angle_r", "pelvis_ty"), ("deg", "m"), np.array([0.0, 0.01, 0.02]))
    write_signals_mot(signals, tmp_path / "a.mot")
    back = read_trial(tmp_path / "a.mot").signals
    assert back is not None
    assert (back.names, back.units) == (signals.names, signals.units)
    np.testing.assert_allclose(back.values, values, atol=1e-8)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title\ntime\ta\n0\t1\n", "no line endheader"),
        ("title\nendheader\na\tb\n0\t1\n", "first column is not time"),
        ("title\nendheader\n", "no columns"),
        ("title\nendheader\ntime\ta\n", "no rows"),
        ("title\nendheader\ntime\ta\n0\tx\n", "'x' stands where a number"),
        ("title\nendheader\ntime\ta\n1\t1\n0\t1\n", "runs backwards at row 2"),
        ("title\nendheader\ntime\tground_force_vx\n0\t1\n", "plate 1 lacks its force along y"),
    ],
)
def test_what_is_wrong_is_said(text, words, tmp_path):
    (tmp_path / "a.mot").write_text(text)
    with pytest.raises(InputError, match=words):
        read_trial(tmp_path / "a.mot")
