"""The stride that everything is shaped after."""

from __future__ import annotations

from importlib import resources

import numpy as np
import pytest

from midstance.virtual.running import lab_cycle
from midstance.virtual.running.bounce import GRAVITY_M_S2, even_bounce

CYCLE = lab_cycle()
PHASE = np.linspace(0.0, 1.0, 200)


def test_a_curve_repeats_and_its_rate_is_its_slope():
    knee = CYCLE.at("knee_rad", PHASE)
    np.testing.assert_allclose(knee, CYCLE.at("knee_rad", PHASE + 3.0), atol=1e-12)
    step = 1e-5
    slope = (CYCLE.at("knee_rad", PHASE + step) - CYCLE.at("knee_rad", PHASE - step)) / (2 * step)
    np.testing.assert_allclose(CYCLE.at("knee_rad", PHASE, order=1), slope, atol=1e-5)


def test_trunk_is_the_same_on_both_sides():
    for name in ("pelvis_yaw_rad", "pelvis_roll_rad", "twist_rad", "side_bend_rad"):
        np.testing.assert_allclose(CYCLE.at(name, PHASE + 0.5), -CYCLE.at(name, PHASE), atol=1e-9)
    for name in ("pelvis_pitch_rad", "thorax_pitch_rad", "root_up_m", "root_ahead_m"):
        np.testing.assert_allclose(CYCLE.at(name, PHASE + 0.5), CYCLE.at(name, PHASE), atol=1e-9)


def test_mean_and_range_are_those_of_the_curve():
    knee = np.degrees(CYCLE.at("knee_rad", PHASE[:-1]))
    assert np.degrees(CYCLE.mean("knee_rad")) == pytest.approx(knee.mean(), abs=0.05)
    assert np.degrees(CYCLE.range("knee_rad")) == pytest.approx(np.ptp(knee), abs=0.05)


def test_a_bounce_comes_back_and_falls_freely_in_flight():
    bounce = even_bounce(0.36, 0.245, CYCLE.push_bluntness, CYCLE.push_skew)
    assert bounce.up(np.array([0.0, 1.0 - 1e-12])) == pytest.approx([bounce.up(np.zeros(1))[0]] * 2, abs=1e-9)
    time = np.linspace(0.25, 0.355, 40)
    curve = np.polyfit(time, bounce.up(time / 0.36), 2)
    assert 2.0 * curve[0] == pytest.approx(-GRAVITY_M_S2, abs=1e-6)
    speed = np.gradient(bounce.up(np.linspace(0.0, 1.0, 3601)), 1e-4)
    assert np.abs(np.diff(speed)).max() < 5e-3


def test_it_says_where_it_comes_from():
    folder = resources.files("midstance.virtual").joinpath("data")
    assert "Stanford" in folder.joinpath("run_cycle.LICENSE.txt").read_text("utf-8")
    assert "Hamner" in folder.joinpath("run_cycle.json").read_text("utf-8")
