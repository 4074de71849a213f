"""Angles of postures drawn by hand, with every sign of the conventions."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.alignment import to_lab
from midstance.kinematics import (
    foot_angle,
    forward_lean,
    knee_flexion,
    leg_length,
    sagittal_curves,
    shank_angle,
)
from midstance.model import BODY, Motion

from .postures import SHANK, THIGH, leg, line, posture, standing_leg


@pytest.mark.parametrize("degrees", [-170, -90, -30, 0, 12.5, 90, 170])
def test_a_line_leans_forward_when_its_top_is_ahead(degrees):
    assert forward_lean(np.array([0.3, 0.1]), line([0.3, 0.1], degrees, 0.7)) == pytest.approx(degrees)


@pytest.mark.parametrize(
    ("shank_lean", "thigh_lean", "flexion"),
    [
        (0, 0, 0),  # upright
        (20, 20, 0),  # straight, leaning forward
        (20, -20, 40),  # the knee ahead of hip and ankle: bent
        (-4, 4, -8),  # the knee behind the line: overstretched
        (100, 0, 100),  # heel towards the seat
        (150, -10, 160),  # as far as a knee bends
        (0, -90, 90),  # sitting
    ],
)
def test_the_knee_bends_positive_and_overstretches_negative(shank_lean, thigh_lean, flexion):
    assert knee_flexion(*leg([0.0, 0.1], shank_lean, thigh_lean)) == pytest.approx(flexion)


def test_flexion_does_not_jump_when_the_thigh_passes_the_horizontal():
    hips = np.linspace(-60, -130, 30)
    joints = [leg([0.0, 0.1], 30.0, lean) for lean in hips]
    flexion = knee_flexion(*(np.array(part) for part in zip(*joints, strict=True)))

    assert flexion == pytest.approx(30 - hips)


@pytest.mark.parametrize("degrees", [-25, 0, 10])
def test_a_reaching_shank_is_positive(degrees):
    knee = line([0.5, 0.1], -degrees, SHANK)

    assert shank_angle(knee, np.array([0.5, 0.1])) == pytest.approx(degrees)
    assert np.sign(0.5 - knee[0]) == np.sign(degrees)  # + when the ankle is ahead of the knee


@pytest.mark.parametrize("degrees", [-60, 0, 15])
def test_toes_up_is_positive(degrees):
    toe = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])

    assert foot_angle(np.zeros(2), toe) == pytest.approx(degrees)


def test_every_curve_of_a_hand_made_posture_has_its_value():
    shapes = standing_leg("left", shank_lean=10.0, thigh_lean=-5.0, foot_deg=12.0)
    shapes |= standing_leg("right", ankle=(0.2, 0.3))
    shapes |= {"left_shoulder": (0.1, 1.4), "right_shoulder": (0.3, 1.4)}
    shapes |= {"nose": (0.4, 1.6), "left_ear": (0.3, 1.7), "right_ear": (0.3, 1.8)}
    curves = sagittal_curves(posture(**shapes))

    hip_x = SHANK * np.sin(np.radians(10)) - THIGH * np.sin(np.radians(5))
    hip_y = SHANK * np.cos(np.radians(10)) + THIGH * np.cos(np.radians(5))
    foot_middle = 0.05 * np.cos(np.radians(12))  # of heel and toe, ahead of the ankle
    expected = {
        "left_hip_over_ankle_m": hip_x,
        "left_ankle_ahead_of_hip_m": -hip_x,
        "left_hip_over_ankle_deg": np.degrees(np.arctan2(hip_x, hip_y)),
        "left_hip_over_midfoot_m": hip_x - foot_middle,
        "left_knee_flexion_deg": 15.0,
        "left_shank_angle_deg": -10.0,
        "left_foot_angle_deg": 12.0,
        "left_hip_ankle_length_m": np.hypot(hip_x, hip_y),
        "left_hip_height_m": 0.1 + hip_y,
        "left_ankle_height_m": 0.1,
        "left_ankle_ahead_of_pelvis_m": -hip_x - 0.1,  # the pelvis is half-way to the right hip
        "right_ankle_ahead_of_pelvis_m": -hip_x + 0.1,
        "pelvis_height_m": 0.2 + hip_y,
        "head_height_m": 1.7,
        "trunk_lean_deg": np.degrees(np.arctan2(0.2 - (0.1 + hip_x), 1.4 - (0.2 + hip_y))),
    }
    for name, value in expected.items():
        assert curves.curve(name) == pytest.approx([value] * 3), name


def test_each_curve_carries_the_unit_of_its_name():
    curves = sagittal_curves(posture())

    assert len(curves.names) == 2 * 15 + 3
    assert all(name.endswith(f"_{unit}") for name, unit in zip(curves.names, curves.units, strict=True))


def seen_running(direction):
    """Return one leaning posture as a picture shows it: x right, y down, in pixels."""
    lab = posture(**standing_leg("left"), **standing_leg("right", ankle=(0.3, 0.2), foot_deg=-20.0))
    pixels = np.array([direction, -1]) * lab.points * 400 + [360, 900]
    return Motion(pixels, lab.confidence, lab.time_s, BODY, "px", "image")


def test_runners_to_the_right_and_to_the_left_have_the_same_curves():
    right, left = (
        to_lab(seen_running(way), direction=way, roll_deg=0.0, metres_per_pixel=1 / 400) for way in (1, -1)
    )

    assert sagittal_curves(left).values == pytest.approx(sagittal_curves(right).values)


def test_left_and_right_are_the_same_code():
    lab = posture(**standing_leg("left"), **standing_leg("right", ankle=(0.3, 0.2), foot_deg=-20.0))
    mirrored = lab.with_points(lab.points[:, list(BODY.mirror())])
    whole, other = sagittal_curves(lab), sagittal_curves(mirrored)

    for name in whole.names:
        first, _, rest = name.partition("_")
        twin = {"left": f"right_{rest}", "right": f"left_{rest}"}.get(first, name)
        assert other.curve(twin) == pytest.approx(whole.curve(name)), name


def test_the_leg_is_as_long_as_thigh_and_shank_however_bent():
    bent = posture(**standing_leg("left", shank_lean=60, thigh_lean=-50))

    assert leg_length(bent, "left") == pytest.approx(THIGH + SHANK)


def test_an_unseen_point_leaves_only_its_own_curves_unknown():
    lab = posture(**standing_leg("left"), **standing_leg("right"))
    points = lab.points.copy()
    points[1, BODY.index("left_toe")] = np.nan
    curves = sagittal_curves(lab.with_points(points))

    assert np.isnan(curves.curve("left_foot_angle_deg")).tolist() == [False, True, False]
    assert np.isfinite(curves.curve("left_knee_flexion_deg")).all()
    assert np.isfinite(curves.curve("right_foot_angle_deg")).all()
