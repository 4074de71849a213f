"""Gait as a clock: slow motion is found, ordinary running is left alone."""

from __future__ import annotations

import numpy as np
import pytest
from tests.property.runners import CLOSE, EXACT, filmed, in_lab, locked, on_clock

from midstance.gait import GaitClock, LockedStride, free_fall_factor, stride_time_range
from midstance.model import Signals
from midstance.numerics import PeriodicCurves
from midstance.virtual import Gait

PLAYING = (24.0, 25.0, 29.97, 30.0, 50.0, 60.0)


@pytest.mark.parametrize("rate_hz", [*PLAYING, 120.0, 240.0])
@pytest.mark.parametrize("fall", [0.88, 1.0, 1.15, np.nan])
def test_ordinary_cadences_are_never_taken_for_slow_motion(rate_hz, fall):
    factors = [GaitClock()(cadence, fall, rate_hz).factor for cadence in np.arange(150.0, 201.0, 2.0)]

    assert set(factors) == {1.0}


@pytest.mark.parametrize("screen_hz", PLAYING)
@pytest.mark.parametrize("capture_hz", [120.0, 240.0])
@pytest.mark.parametrize("cadence", [158.0, 166.0, 176.0])
def test_the_factor_of_a_high_speed_camera_is_found(screen_hz, capture_hz, cadence):
    factor = capture_hz / screen_hz
    reading = GaitClock()(cadence / factor, 1.03 * factor, screen_hz)

    assert reading.factor == pytest.approx(factor, rel=0.05)


@pytest.mark.parametrize("factor", [4.0, 8.0])
def test_cadence_alone_finds_four_and_eight_times_at_thirty_pictures_a_second(factor):
    assert GaitClock()(168.0 / factor, np.nan, 30.0).factor == pytest.approx(factor)


def test_probabilities_are_shares_and_fall_when_the_witnesses_disagree():
    sure, torn = GaitClock()(166.0, 1.0, 30.0), GaitClock()(110.0, 1.5, 30.0)

    assert 0.98 < sure.probability <= 1.0
    assert 0.0 < torn.probability < sure.probability


@pytest.mark.parametrize("speed", [2.0, 3.0, 4.0, 5.0])
@pytest.mark.parametrize("factor", [1.0, 4.0, 8.0])
def test_bodies_fall_with_g_whatever_the_clock_says(speed, factor):
    seen = filmed(Gait.at_speed(speed), CLOSE, EXACT, 5.0)
    stride, stance, _ = locked(in_lab(on_clock(seen, factor * seen.video.time_s)))

    if factor == 1.0:  # the rules of contact are for running on its own clock
        assert free_fall_factor(stride, stance) == pytest.approx(1.0, rel=0.1)
    else:
        assert free_fall_factor(stride, stance) == pytest.approx(factor, rel=0.25)


def test_without_flight_there_is_no_free_fall():
    seen = filmed(Gait.walking(), CLOSE, EXACT, 5.0)
    stride, stance, _ = locked(in_lab(seen))

    assert np.isnan(free_fall_factor(stride, stance))


def phases(phase, clock):
    signals = Signals(np.zeros((len(clock), 1)), ("a_m",), ("m",), clock)
    return LockedStride(signals, phase, PeriodicCurves(np.zeros((3, 1))), stride_time_s=1.0)


def test_a_steady_runner_has_a_range_of_one():
    clock = np.linspace(0, 8, 400)

    assert stride_time_range(phases(9.0 * clock, clock)) == pytest.approx(1.0)


def test_a_speed_ramp_shows_in_the_longest_and_shortest_stride():
    clock = np.linspace(0, 8, 400)
    doubling = 2 * np.pi * (clock + clock**2 / 16)  # from 1 to 2 strides a second

    assert stride_time_range(phases(doubling, clock)) == pytest.approx(1.8, abs=0.15)


def test_a_clip_of_one_stride_says_nothing_about_steadiness():
    clock = np.linspace(0, 1, 50)

    assert stride_time_range(phases(2 * np.pi * 1.2 * clock**2, clock)) == 1.0


@pytest.mark.parametrize("sd_s", [0.0, 0.006])
def test_natural_variation_is_steady(sd_s):
    stride, _, _ = locked(in_lab(filmed(Gait(step_time_sd_s=sd_s, seed=2), CLOSE, EXACT, 8.0)))

    assert 1.0 <= stride_time_range(stride) < 1.05
