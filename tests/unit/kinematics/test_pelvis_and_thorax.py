"""Pelvis and thorax turned by known angles, with every sign of the conventions."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.kinematics import centre_of_mass, leg_curves, pelvis_curves, seen_from, thorax_curves
from midstance.model import LAB_BODY, Motion

PELVIS = {"asis": (0.09, 1.0, 0.12), "psis": (-0.09, 1.0, 0.04), "hip": (0.0, 0.9, 0.085)}
THORAX = {
    "shoulder": (0.0, 1.4, 0.18),
    "elbow": (0.0, 1.1, 0.2),
    "wrist": (0.2, 1.1, 0.15),
    "ear": (0.0, 1.6, 0.07),
}
LEGS = {
    "knee": (0.0, 0.48, 0.085),
    "ankle": (0.0, 0.08, 0.085),
    "heel": (-0.06, 0.03, 0.08),
    "toe": (0.18, 0.02, 0.08),
}
SPINE = {"c7": (-0.05, 1.45, 0.0), "t10": (-0.05, 1.15, 0.0)}
CENTRE = np.array([0.0, 1.0, 0.0])


def about(axis, degrees):
    """Return the rotation about an axis by the right-hand rule."""
    x, y, z = axis
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]], float)
    turn = np.radians(degrees)
    return np.eye(3) + np.sin(turn) * cross + (1 - np.cos(turn)) * cross @ cross


def body(*, pelvis=None, thorax=None, without=()):
    points = np.full((4, len(LAB_BODY.names), 3), np.nan)
    parts = ((PELVIS, pelvis), (THORAX, thorax), (LEGS, None), (SPINE, thorax))
    for table, rotation in parts:
        turn = np.eye(3) if rotation is None else rotation
        for name, place in table.items():
            sided = {name: 1.0} if name in SPINE else {f"left_{name}": -1.0, f"right_{name}": 1.0}
            for full, sign in sided.items():
                if full not in without:
                    at = np.array(place) * [1.0, 1.0, sign]
                    points[:, LAB_BODY.index(full)] = CENTRE + turn @ (at - CENTRE)
    seen = np.isfinite(points[..., 0]).astype(float)
    return Motion(points, seen, np.arange(4) / 100, LAB_BODY, "m", "lab")


RIGHT_UP, RIGHT_FORWARD, FRONT_DOWN = about((-1, 0, 0), 5), about((0, 1, 0), 8), about((0, 0, -1), 12)


@pytest.mark.parametrize(
    ("turn", "name", "degrees"),
    [
        (RIGHT_UP, "pelvic_obliquity_deg", 5.0),
        (RIGHT_FORWARD, "pelvic_rotation_deg", 8.0),
        (FRONT_DOWN, "pelvic_tilt_deg", 12.0),
    ],
)
def test_each_turn_of_the_pelvis_shows_in_its_own_curve_only(turn, name, degrees):
    curves = pelvis_curves(body(pelvis=turn))
    for curve in curves.names:
        assert np.allclose(curves.curve(curve), degrees if curve == name else 0.0, atol=1e-9)


def test_seen_from_the_left_leg_the_signs_of_the_sides_turn_and_tilt_does_not():
    curves = pelvis_curves(body(pelvis=RIGHT_UP @ FRONT_DOWN))
    left, right = seen_from(curves, "left"), seen_from(curves, "right")
    assert np.array_equal(right.values, curves.values)
    assert np.allclose(left.curve("pelvic_obliquity_deg"), -curves.curve("pelvic_obliquity_deg"))
    assert np.array_equal(left.curve("pelvic_tilt_deg"), curves.curve("pelvic_tilt_deg"))


def test_a_mirrored_body_seen_from_the_other_leg_is_the_same():
    motion = body(pelvis=RIGHT_UP @ RIGHT_FORWARD, thorax=about((1, 0, 0), 4) @ about((0, 1, 0), -9))
    mirrored = motion.with_points(motion.points[:, list(LAB_BODY.mirror())] * [1, 1, -1])
    for curves in (pelvis_curves, thorax_curves):
        here, there = seen_from(curves(motion), "right"), seen_from(curves(mirrored), "left")
        assert np.allclose(here.values, there.values)


def test_leaning_right_with_the_right_hip_up_shortens_the_waist_on_the_right():
    leaning = about((1, 0, 0), 6)  # the top goes to the right
    curves = thorax_curves(body(pelvis=RIGHT_UP, thorax=leaning))
    assert np.allclose(curves.curve("thorax_lean_deg"), 6.0)
    assert np.allclose(curves.curve("side_bend_deg"), 11.0)


@pytest.mark.parametrize("without", [(), ("t10",), ("c7", "t10")])
def test_lean_is_found_from_spine_or_shoulders(without):
    leaning = about((1, 0, 0), 6)
    motion = body(pelvis=leaning, thorax=leaning, without=without)
    assert np.allclose(thorax_curves(motion).curve("thorax_lean_deg"), 6.0, atol=0.01)


def test_twist_is_thorax_less_pelvis():
    curves = thorax_curves(body(pelvis=about((0, 1, 0), -7), thorax=about((0, 1, 0), 10)))
    assert np.allclose(curves.curve("thorax_rotation_deg"), 10.0)
    assert np.allclose(curves.curve("twist_deg"), 17.0)


def test_unseen_landmarks_give_nan():
    hidden = tuple(f"{side}_shoulder" for side in ("left", "right")) + tuple(SPINE)
    assert np.isnan(thorax_curves(body(without=hidden)).values).all()
    assert np.isnan(pelvis_curves(body(without=("left_asis",))).values).all()


def test_a_bent_knee_and_a_raised_thigh_have_their_angles():
    motion = body()
    for side, sign in (("left", -1.0), ("right", 1.0)):
        hip = motion.point(f"{side}_hip")
        thigh, shank = about((0, 0, 1), 30) @ [0, -0.42, 0], about((0, 0, 1), -15) @ [0, -0.40, 0]
        motion.point(f"{side}_knee")[:] = hip + thigh
        motion.point(f"{side}_ankle")[:] = hip + thigh + shank + [0, 0, 0.0 * sign]
    curves = leg_curves(motion)
    for side in ("left", "right"):
        assert np.allclose(curves.curve(f"{side}_hip_flexion_deg"), 30.0)
        assert np.allclose(curves.curve(f"{side}_knee_flexion_3d_deg"), 45.0)
        assert np.allclose(curves.curve(f"{side}_hip_adduction_deg"), 0.0, atol=1e-9)


def test_a_turned_body_keeps_its_knee_angle():
    motion = body()
    for side in ("left", "right"):
        motion.point(f"{side}_ankle")[:] += [-0.2, 0.08, 0.0]
    turned = motion.with_points(motion.points @ about((0, 1, 0), 20).T)
    assert np.allclose(leg_curves(turned).values, leg_curves(motion).values)


@pytest.mark.parametrize("sex", ["female", "male"])
def test_the_centre_of_mass_stands_near_the_navel_and_moves_with_the_body(sex):
    motion = body()
    com = centre_of_mass(motion, sex)
    assert np.allclose(com[:, 2], 0.0, atol=1e-9)
    assert 0.92 < com[0, 1] < 1.02
    moved = centre_of_mass(motion.with_points(motion.points + np.array([0.3, 0.1, -0.2])), sex)
    assert np.allclose(moved - com, [0.3, 0.1, -0.2])


def test_without_shoulders_the_upper_body_sits_above_the_hips():
    hidden = tuple(f"{side}_{part}" for side in ("left", "right") for part in THORAX)
    whole, legs_only = centre_of_mass(body()), centre_of_mass(body(without=hidden))
    assert np.abs(whole - legs_only).max() < 0.06
