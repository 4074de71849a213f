"""Forward, up and right are found in whatever axes a file is written."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product
from pathlib import Path

import numpy as np
import pytest

from midstance.alignment import in_lab, in_metres, laboratory_axes
from midstance.errors import DataError
from midstance.model import SIDES, Code, Forces, Trial

from .made_up_runner import MARKERS, renamed, runner

AXES = [
    rows
    for order in permutations(range(3))
    for signs in product((1.0, -1.0), repeat=3)
    if np.linalg.det(rows := np.array(signs)[:, None] * np.eye(3)[list(order)]) > 0
]


def trial(markers, forces=None):
    return Trial(Path("run.c3d"), "0", "c3d", markers, forces, length_unit="mm")


def in_file(markers, rotation):
    return replace(markers, points=markers.points @ rotation, frame="file")


def pushing(direction, samples=50):
    force = np.tile(800.0 * np.asarray(direction), (samples, 1, 1))
    place, free = np.zeros_like(force), np.ones((samples, 1))
    return Forces(force, place, free, np.arange(samples) / 1000, ("plate",), "file")


def test_every_right_handed_choice_of_axes_is_found():
    markers, _ = runner()
    for rotation in AXES:
        axes = laboratory_axes(in_file(markers, rotation), MARKERS)
        assert np.allclose(axes.rotation, rotation)
        back = in_lab(trial(in_file(markers, rotation)), axes)
        assert back.markers is not None
        assert back.markers.frame == "lab"
        assert np.allclose(back.markers.points, markers.points)


def test_usual_axes_are_no_issue_and_upside_down_ones_are():
    markers, _ = runner()
    upside_down = np.diag([1.0, -1.0, -1.0])
    assert laboratory_axes(markers, MARKERS).issues == ()
    axes = laboratory_axes(in_file(markers, upside_down), MARKERS)
    assert axes.up == "-Y"
    assert [issue.code for issue in axes.issues] == [Code.AXES_FOUND]


@pytest.mark.parametrize(("degrees", "forward"), [(6.0, "+X"), (30.0, "skew")])
def test_a_path_near_an_axis_is_that_axis_and_a_skew_one_stays_skew(degrees, forward):
    markers, _ = runner(speed_m_s=3.0)
    turn = np.radians(degrees)
    about_up = np.array([[np.cos(turn), 0, np.sin(turn)], [0, 1, 0], [-np.sin(turn), 0, np.cos(turn)]])
    axes = laboratory_axes(in_file(markers, about_up), MARKERS)
    assert axes.forward == forward
    if forward == "skew":
        assert np.allclose(axes.rotation, about_up)
        assert axes.issues[0].code is Code.AXES_FOUND


def test_standing_still_forward_is_where_the_toes_point():
    markers, _ = runner(still=True)
    axes = laboratory_axes(in_file(markers, AXES[5]), MARKERS)
    assert np.allclose(axes.rotation, AXES[5])
    assert "toes" in axes.forward_known


def test_forces_that_point_down_are_said_to_disagree():
    markers, _ = runner()
    axes = laboratory_axes(markers, MARKERS, pushing([0.0, -1.0, 0.0]))
    assert axes.up == "+Y"
    assert [issue.code for issue in axes.issues] == [Code.PLATES_OFF]
    assert laboratory_axes(markers, MARKERS, pushing([0.0, 1.0, 0.1])).issues == ()


def test_forces_turn_with_the_markers():
    markers, _ = runner()
    rotation = np.array([[0.0, -1.0, 0.0], [0.0, 0.0, 1.0], [-1.0, 0.0, 0.0]])
    forces = pushing(rotation.T @ [0.1, 0.9, 0.2])
    there = in_lab(
        trial(in_file(markers, rotation), forces), laboratory_axes(in_file(markers, rotation), MARKERS)
    )
    assert there.forces is not None
    assert there.forces.frame == "lab"
    assert np.allclose(there.forces.force_n[0, 0], [80.0, 720.0, 160.0])
    assert np.allclose(there.forces.free_moment_n_m, 1.0)


def test_left_handed_axes_are_refused():
    markers, _ = runner()
    with pytest.raises(DataError, match="left-handed"):
        laboratory_axes(replace(markers, points=markers.points * [1.0, 1.0, -1.0]), MARKERS)


def test_a_leg_with_the_other_sides_labels_is_refused():
    markers, _ = runner()
    names = [name for name in markers.skeleton.names if name[1:3] in {"TH", "SH", "KN", "AN", "HE", "MT"}]
    other = {"L": "R", "R": "L"}
    with pytest.raises(DataError, match="the right thigh, shank, foot lie to the left"):
        laboratory_axes(renamed(markers, {name: other[name[0]] + name[1:] for name in names}), MARKERS)


def test_running_backwards_is_refused():
    markers, _ = runner(speed_m_s=-3.0)
    with pytest.raises(DataError, match="180° away from where its toes"):
        laboratory_axes(markers, MARKERS)


@pytest.mark.parametrize("factor", [1000.0, 0.001, 0.01, 10.0, 25.4])
def test_a_wrong_unit_of_length_is_corrected_and_said(factor):
    markers, _ = runner(still=True)
    wrong = replace(markers, points=markers.points * factor)
    corrected, issues = in_metres(trial(wrong), MARKERS)
    assert corrected.markers is not None
    heights = [corrected.markers.point(f"{side[0].upper()}HJC")[0, 1] for side in SIDES]
    assert np.allclose(heights, 0.9, rtol=0.02)
    assert [issue.code for issue in issues] == [Code.UNITS_CORRECTED]


def test_a_right_unit_is_left_alone():
    markers, _ = runner()
    same, issues = in_metres(trial(markers), MARKERS)
    assert same.markers is markers
    assert issues == ()


def test_a_leg_of_no_possible_length_is_refused():
    markers, _ = runner()
    with pytest.raises(DataError, match="no usual unit makes it"):
        in_metres(trial(replace(markers, points=markers.points * 1e7)), MARKERS)
