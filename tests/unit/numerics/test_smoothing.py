"""Smoothing that the signal decides, against curves known exactly."""

from __future__ import annotations

import time

import numpy as np
import pytest

from midstance.numerics import bump_middle, extremum, low_passed, smoothed

CLOCK = np.arange(0.0, 20.0, 1.0 / 150.0)
STRIDE_HZ = 1.4


def running(time_s, order=0):
    """A lopsided curve with the rhythm of a knee, or its derivative."""
    waves = ((1, 20.0, 0.3), (2, 14.0, 1.1), (4, 3.0, -0.6), (7, 0.6, 0.2))
    turn = 2 * np.pi * STRIDE_HZ
    return sum(
        a * (n * turn) ** order * np.cos(n * turn * time_s + lag + 0.5 * np.pi * order) for n, a, lag in waves
    )


def tops(curve, spread=0.12):
    """Instants of the highest point of each cycle of a curve."""
    first = extremum(running, 0.4, 0.4 + 1 / STRIDE_HZ, "max")
    near = first + np.arange(1, 24) / STRIDE_HZ
    return np.array([extremum(curve, t - spread, t + spread, "max") for t in near]), near


def noisy(sd, seed=0, clock=CLOCK):
    return (running(clock) + np.random.default_rng(seed).normal(0, sd, len(clock)))[:, None]


@pytest.mark.parametrize("sd", [0.01, 0.05, 0.1])
def test_instants_of_tops_are_found_within_a_millisecond_in_markers_noise(sd):
    found, true = tops(smoothed(noisy(sd), CLOCK).column(0))

    assert abs(np.mean(found - true)) < 0.001
    assert np.std(found - true) < 0.001


@pytest.mark.parametrize("sd", [0.05, 0.3, 1.0])
def test_the_flanks_tell_the_middle_of_a_bump_even_in_strong_noise(sd):
    def middles(curve):
        return np.array([bump_middle(curve, t - 0.16, t + 0.16, "max", 2 / 3) for t in tops(running)[1]])

    off = middles(smoothed(noisy(sd), CLOCK).column(0)) - middles(running)

    assert abs(np.mean(off)) < 0.001
    assert np.std(off) < 0.0005 + 0.002 * sd


def test_a_low_pass_moves_the_tops_of_a_lopsided_curve():
    ten, true = tops(smoothed(noisy(0.05), CLOCK, 6.0).column(0))
    free, _ = tops(smoothed(noisy(0.05), CLOCK).column(0))

    assert abs(np.mean(ten - true)) > 3 * abs(np.mean(free - true))


@pytest.mark.parametrize("sd", [0.05, 0.3, 1.0])
def test_noise_is_told_from_signal(sd):
    smooth = smoothed(noisy(sd), CLOCK)
    error = smooth(CLOCK)[:, 0] - running(CLOCK)

    assert smooth.noise_sd[0] == pytest.approx(sd, rel=0.08)
    assert np.std(error) < 0.6 * sd


@pytest.mark.parametrize(("order", "bar"), [(1, 0.02), (2, 0.06)])
def test_derivatives_follow_the_true_ones(order, bar):
    inner = CLOCK[75:-75]
    found = smoothed(noisy(0.1), CLOCK)(inner, order)[:, 0]
    true = running(inner, order)

    assert np.sqrt(np.mean((found - true) ** 2)) < bar * np.std(true)


def test_more_noise_asks_for_a_lower_cut_off():
    cuts = [float(smoothed(noisy(sd), CLOCK).cutoff_hz[0]) for sd in (0.01, 0.3, 3.0)]

    assert cuts[0] > cuts[1] > cuts[2]


def test_each_column_decides_for_itself():
    both = smoothed(np.hstack([noisy(0.01), noisy(3.0, 1)]), CLOCK)

    assert both.cutoff_hz[0] == smoothed(noisy(0.01), CLOCK).cutoff_hz[0]
    assert both.cutoff_hz[1] == smoothed(noisy(3.0, 1), CLOCK).cutoff_hz[0]


def test_uneven_time_is_taken_as_it_is():
    clock = np.sort(CLOCK + np.random.default_rng(3).uniform(-0.0025, 0.0025, len(CLOCK)))
    found, true = tops(smoothed(noisy(0.1, clock=clock), clock).column(0))

    assert abs(np.mean(found - true)) < 0.001


def test_short_gaps_are_bridged_and_long_ones_stay_open():
    values = noisy(0.02)
    values[300:307] = np.nan
    values[600:700] = np.nan
    smooth = smoothed(values, CLOCK)
    bridged, lost = smooth(CLOCK[300:307])[:, 0], smooth(CLOCK[600:700])[:, 0]

    assert np.abs(bridged - running(CLOCK[300:307])).max() < 0.5
    assert np.isnan(lost).all()
    assert np.isnan(smooth.column(0)(np.array([4.3, -1.0, 30.0]))).all()


def test_a_low_pass_leaves_long_gaps_open_and_bridges_short_ones():
    values = noisy(0.02)
    values[300:307] = np.nan
    values[600:700] = np.nan
    passed = low_passed(values, CLOCK, 10.0)

    assert np.isfinite(passed[300:307]).all()
    assert np.isnan(passed[600:700]).all()


def test_a_column_never_seen_stays_unseen():
    values = np.hstack([noisy(0.1), np.full((len(CLOCK), 1), np.nan)])
    smooth = smoothed(values, CLOCK)

    assert np.isnan(smooth.cutoff_hz[1])
    assert np.isnan(smooth.noise_sd[1])
    assert np.isnan(smooth(CLOCK)[:, 1]).all()
    assert np.isfinite(smooth(CLOCK)[:, 0]).all()


@pytest.mark.parametrize("cut", [6.0, 10.0, 20.0])
def test_a_low_pass_halves_the_power_where_it_says(cut):
    wave = np.sin(2 * np.pi * cut * CLOCK)[:, None]
    passed = low_passed(wave, CLOCK, cut)[300:-300]

    assert np.ptp(passed) / 2 == pytest.approx(np.sqrt(0.5), abs=0.01)


def test_a_low_pass_has_no_lag_and_can_be_read_between_samples():
    slow = np.sin(2 * np.pi * 1.0 * CLOCK)[:, None]
    smooth = smoothed(slow, CLOCK, 15.0)
    between = np.linspace(3.0, 15.0, 977)

    assert smooth(between)[:, 0] == pytest.approx(np.sin(2 * np.pi * between), abs=2e-3)
    assert smooth.cutoff_hz[0] == 15.0


def test_a_cut_off_beyond_the_samples_passes_all():
    values = noisy(1.0)

    assert np.array_equal(low_passed(values, CLOCK, 70.0), values)


def test_too_few_samples_give_no_curve():
    smooth = smoothed(noisy(0.1)[:8], CLOCK[:8])

    assert np.isnan(smooth(CLOCK[:8])).all()


def test_half_a_minute_of_sixty_curves_takes_less_than_half_a_second():
    clock = np.arange(4500) / 150.0
    values = np.hstack([noisy(0.1, seed, clock) for seed in range(60)])
    best = np.inf
    for _ in range(3):
        start = time.process_time()
        smoothed(values, clock)
        best = min(best, time.process_time() - start)

    assert best < 0.5


def hill(t):
    """A hill of height 2 on a slope: steep before the top, gentle after it."""
    return np.where(t < 1.0, 2.0 * t, 2.0 - 0.5 * (t - 1.0))


def test_the_middle_of_a_bump_lies_between_its_flanks():
    # feet at 0 and 1: half of the height above the higher one is 1.5, passed at 0.75 and 2.0
    assert bump_middle(hill, 0.0, 3.0, "max") == pytest.approx(0.5 * (0.75 + 2.0), abs=1e-3)
    assert bump_middle(lambda t: -hill(t), 0.0, 3.0, "min") == pytest.approx(1.375, abs=1e-3)


def test_a_level_nearer_the_top_lies_nearer_the_top():
    high, low = (bump_middle(hill, 0.0, 3.0, "max", level) for level in (0.9, 0.2))

    assert 1.0 < high < low


@pytest.mark.parametrize("curve", [lambda t: t, lambda t: t * np.nan, lambda t: -t])
def test_a_slope_or_nothing_has_no_middle(curve):
    assert np.isnan(bump_middle(curve, 0.0, 1.0, "max"))
