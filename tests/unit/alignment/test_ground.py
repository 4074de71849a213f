"""The ground line and the speed, as the standing foot draws them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.property.runners import CLOSE, EXACT, NOISE, filmed

from midstance.alignment import ground_slope_deg, scale_by_height, scale_by_speed, stance_speed, to_lab
from midstance.model import BODY, SIDES, Contacts, Motion
from midstance.virtual import Gait, perform


def belt(slope_deg, speed=3.0, noise_m=0.0, steps=10):
    """Return feet carried back by a belt under hips that hover, and when they stand."""
    clock = np.arange(0, 0.35 * steps, 1 / 60)
    start = 0.02 + 0.35 * np.arange(steps)
    contacts = Contacts(np.array(["left", "right"] * (steps // 2)), start, start + 0.25)
    points = np.zeros((len(clock), len(BODY.names), 2))
    points[:, [BODY.index("left_hip"), BODY.index("right_hip")], 1] = 0.9
    along = np.array([np.cos(np.radians(slope_deg)), np.sin(np.radians(slope_deg))])
    for side in SIDES:
        since = (clock - start[contacts.of(side)][0]) % 0.7
        place = np.where(since < 0.25, 0.3 - speed * since, 0.0)[:, None] * along
        place[since >= 0.25, 1] = 0.3  # swing: anywhere but on the ground
        points[:, BODY.index(f"{side}_heel")] = place - 0.05 * along
        points[:, BODY.index(f"{side}_toe")] = place + 0.15 * along
    points += np.random.default_rng(1).normal(0, noise_m, points.shape)
    return Motion(points, np.ones(points.shape[:2]), clock, BODY, "m", "lab"), contacts


@pytest.mark.parametrize("slope_deg", [-6.0, 0.0, 2.5])
def test_the_slope_of_a_belt_is_found(slope_deg):
    motion, contacts = belt(slope_deg)
    found, error = ground_slope_deg(motion, contacts, "treadmill")

    assert found == pytest.approx(slope_deg, abs=0.01)
    assert 0 < error < 0.1


def test_noise_widens_the_error_by_about_what_it_is():
    motion, contacts = belt(2.0, noise_m=0.005)
    found, error = ground_slope_deg(motion, contacts, "treadmill")

    assert found == pytest.approx(2.0, abs=3 * error)
    assert 0.05 < error < 1.0


def test_the_belt_runs_as_fast_as_the_flat_foot():
    motion, contacts = belt(0.0, speed=3.4)
    for side in SIDES:
        assert stance_speed(motion, contacts, side, "treadmill") == pytest.approx(3.4, rel=1e-3)


def test_a_foot_that_is_never_seen_draws_no_line():
    motion, contacts = belt(1.0)
    points = motion.points.copy()
    for side in ("left", "right"):
        points[:, BODY.index(f"{side}_toe")] = np.nan

    assert np.isnan(ground_slope_deg(motion.with_points(points), contacts, "treadmill")).all()


def test_a_foot_that_is_never_seen_has_no_speed():
    motion, contacts = belt(1.0)
    points = motion.points.copy()
    points[:, BODY.index("left_toe")] = np.nan

    assert np.isnan(stance_speed(motion.with_points(points), contacts, "left", "treadmill"))


def test_one_foot_alone_draws_the_line_too():
    motion, contacts = belt(1.5)
    points = motion.points.copy()
    points[:, BODY.index("left_toe")] = np.nan

    found, _ = ground_slope_deg(motion.with_points(points), contacts, "treadmill")
    assert found == pytest.approx(1.5, abs=0.01)


@pytest.mark.parametrize("slope_deg", [0.0, 4.0])
def test_over_ground_the_places_of_the_steps_draw_the_line(slope_deg):
    show = perform(Gait(surface="overground"), 4.0)
    lab = show.motion(np.arange(0, 4, 1 / 60))
    turn = np.radians(slope_deg)
    x, y = lab.points[..., 0], lab.points[..., 1]
    turned = [x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)]
    hill = lab.with_points(np.stack(turned, axis=-1))

    assert ground_slope_deg(hill, show.contacts, "overground")[0] == pytest.approx(slope_deg, abs=0.3)


@pytest.mark.parametrize("errors", [EXACT, NOISE], ids=["exact", "noisy"])
@pytest.mark.parametrize("speed", [2.5, 3.5, 4.5])
@pytest.mark.parametrize("roll_deg", [-4.0, 0.0, 3.0])
def test_a_virtual_runner_shows_roll_and_speed(roll_deg, speed, errors):
    seen = filmed(Gait.at_speed(speed), replace(CLOSE, roll_deg=roll_deg), errors, 6.0)
    scale = seen.scene.metres_per_pixel
    level = to_lab(seen.sighting.motion, direction=1, roll_deg=0.0, metres_per_pixel=scale)
    slope, error = ground_slope_deg(level, seen.show.contacts, "treadmill")

    assert slope == pytest.approx(-roll_deg, abs=0.6 + 2 * error)
    assert stance_speed(level, seen.show.contacts, "right", "treadmill") == pytest.approx(speed, rel=0.03)


def test_scales_follow_stature_and_speed():
    assert scale_by_height(400.0, 2.0) == pytest.approx(2 * scale_by_height(400.0, 1.0))
    assert scale_by_height(800.0, 1.8) == pytest.approx(0.5 * scale_by_height(400.0, 1.8))
    assert scale_by_speed(3.0, 1000.0) == pytest.approx(0.003)


@pytest.mark.parametrize("height_m", [1.55, 1.75, 1.95])
def test_stature_gives_the_scale_of_a_virtual_runner_within_6_percent(height_m):
    seen = filmed(Gait(height_m=height_m), CLOSE, NOISE, 4.0)
    motion = seen.sighting.motion
    hip, knee, ankle = (motion.point(f"right_{part}") for part in ("hip", "knee", "ankle"))
    leg_px = np.median(np.linalg.norm(hip - knee, axis=1) + np.linalg.norm(knee - ankle, axis=1))

    assert scale_by_height(leg_px, height_m) == pytest.approx(seen.scene.metres_per_pixel, rel=0.06)
