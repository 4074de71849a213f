"""Quiet standing as the zero of hip over ankle, and hips steadied on the trunk."""

from __future__ import annotations

import numpy as np
import pytest
from tests.property.runners import CLOSE, filmed, in_lab

from midstance.alignment import hips_on_trunk, standing_offset
from midstance.kinematics import sagittal_curves
from midstance.model import BODY, SIDES, Signals
from midstance.virtual import Gait, KeypointErrors, perform


def signals(values, rate_hz=60.0):
    table = np.stack([values, values + 0.01], axis=1)
    names = ("left_hip_over_ankle_m", "right_hip_over_ankle_m")
    return Signals(table, names, ("m", "m"), np.arange(len(values)) / rate_hz)


def test_the_offset_is_the_median_over_quiet_standing_of_that_leg():
    values = np.concatenate([np.full(120, 0.045), np.full(300, 0.3)])
    standing = np.arange(420) < 120

    assert standing_offset(signals(values), standing, "left")[0] == pytest.approx(0.045)
    assert standing_offset(signals(values), standing, "right")[0] == pytest.approx(0.055)


def test_sway_counts_one_sample_for_each_half_second():
    sway = np.random.default_rng(1).normal(0.04, 0.01, 241)  # 4 s
    _, error = standing_offset(signals(sway), np.ones(241, bool), "left")

    assert error == pytest.approx(np.std(sway) / np.sqrt(8), rel=1e-6)


def test_nobody_standing_gives_nothing():
    assert np.isnan(standing_offset(signals(np.zeros(50)), np.zeros(50, bool), "left")).all()
    assert np.isnan(standing_offset(signals(np.full(50, np.nan)), np.ones(50, bool), "left")).all()


def test_a_virtual_stander_has_the_offset_asked_for():
    motion = perform(Gait.standing(0.031), 4.0).motion(np.arange(0, 4, 1 / 30))
    for side in SIDES:
        found, _ = standing_offset(sagittal_curves(motion), np.ones(120, bool), side)
        assert found == pytest.approx(0.031, abs=0.004)


STRIDE_S = 120.0 / 166.0
LAB = perform(Gait(), 6.0).motion(np.arange(0, 6, 1 / 60))


def wobbling(amplitude_m):
    """Return the runner with hips that swing up and down once a stride, as clothes make them."""
    points = LAB.points.copy()
    wave = amplitude_m * np.sin(2 * np.pi * LAB.time_s / STRIDE_S)
    for side in SIDES:
        points[:, BODY.index(f"{side}_hip"), 1] += wave
    return LAB.with_points(points)


def test_a_wobble_of_the_hips_that_the_shoulders_do_not_have_is_taken_off():
    inside = (LAB.time_s > 1) & (LAB.time_s < 5)
    clean = hips_on_trunk(LAB, STRIDE_S).middle("hip")[inside, 1]
    found = hips_on_trunk(wobbling(0.01), STRIDE_S).middle("hip")[inside, 1]

    assert found - clean == pytest.approx(np.zeros(inside.sum()), abs=1e-3)


def test_hips_keep_their_mean_height_and_their_difference():
    before, after = wobbling(0.01), hips_on_trunk(wobbling(0.01), STRIDE_S)
    inside = (LAB.time_s > 1) & (LAB.time_s < 1 + 4 * STRIDE_S)

    def difference(motion):
        return motion.point("left_hip")[:, 1] - motion.point("right_hip")[:, 1]

    assert difference(after) == pytest.approx(difference(before), abs=1e-12)
    means = [motion.middle("hip")[inside, 1].mean() for motion in (before, after)]
    assert means[1] == pytest.approx(means[0], abs=1e-3)


def test_only_the_height_of_the_hips_is_changed():
    after = hips_on_trunk(wobbling(0.01), STRIDE_S)
    changed = np.argwhere(np.abs(after.points - wobbling(0.01).points) > 1e-9)
    hips = {BODY.index("left_hip"), BODY.index("right_hip")}

    assert {int(k) for _, k, _ in changed} == hips
    assert {int(d) for _, _, d in changed} == {1}


def test_unseen_shoulders_change_nothing():
    points = LAB.points.copy()
    points[:, [BODY.index("left_shoulder"), BODY.index("right_shoulder")]] = np.nan
    blind = LAB.with_points(points)

    assert hips_on_trunk(blind, STRIDE_S).points == pytest.approx(points, nan_ok=True)


def test_a_runner_who_sinks_slowly_still_does():
    points = LAB.points.copy()
    sink = -0.02 * LAB.time_s / 6.0
    for name in ("hip", "shoulder"):
        for side in SIDES:
            points[:, BODY.index(f"{side}_{name}"), 1] += sink
    after = hips_on_trunk(LAB.with_points(points), STRIDE_S)
    slope = np.polyfit(LAB.time_s, after.middle("hip")[:, 1] - LAB.middle("hip")[:, 1], 1)[0]

    assert slope == pytest.approx(-0.02 / 6.0, abs=2e-4)


def test_the_height_of_the_body_comes_closer_to_the_truth():
    errors = KeypointErrors(swap_rate=0.0, white_sd_m=0.0, drift_sd_m=0.0)
    motion = in_lab(filmed(Gait(), CLOSE, errors, 6.0))
    points = motion.points.copy()
    wave = 0.006 * np.sin(2 * np.pi * motion.time_s / STRIDE_S + 1.0)
    for side in SIDES:
        points[:, BODY.index(f"{side}_hip"), 1] += wave
    spoiled = motion.with_points(points)
    true = motion.middle("hip")[:, 1]

    def error(found):
        heights = found.middle("hip")[60:-60, 1]
        return np.std(heights - true[60:-60])

    assert error(hips_on_trunk(spoiled, STRIDE_S)) < 0.7 * error(spoiled)
