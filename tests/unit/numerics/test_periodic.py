"""Fourier series from samples as a video gives them: uneven, gappy, noisy, now and then wild."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midstance.numerics import PeriodicCurves, fit_periodic

TURN = 2 * np.pi
GRID = np.linspace(0, TURN, 200, endpoint=False)
QUICK = settings(max_examples=20, deadline=None, derandomize=True)
SEEDS = st.integers(0, 10_000)


def known(seed, harmonics=6):
    """Return curves whose harmonics fall off as those of joints do, of a range of about one."""
    rng = np.random.default_rng(seed)
    falling = 0.5 / np.arange(1, harmonics + 1) ** 1.5
    scale = np.concatenate([[1.0], falling, falling])
    return PeriodicCurves((scale * rng.normal(size=1 + 2 * harmonics))[:, None])


def worst(fitted, true):
    return float(np.abs(fitted(GRID, 0) - true(GRID, 0)).max())


@QUICK
@given(SEEDS)
def test_a_series_without_noise_is_found_again_from_uneven_samples(seed):
    true = known(seed)
    phase = np.sort(np.random.default_rng(seed).uniform(0, 10 * TURN, 300))

    assert worst(fit_periodic(phase, true(phase, 0)[:, None], 6), true) < 0.02


@QUICK
@given(SEEDS)
def test_noise_is_averaged_over_the_samples(seed):
    true, rng = known(seed), np.random.default_rng(seed)
    phase = rng.uniform(0, 20 * TURN, 800)
    noisy = true(phase, 0) + rng.normal(0, 0.1, 800)

    # 13 coefficients from 800 samples: sd 0.1 * sqrt(13 / 800) = 0.013, its worst of 200 places thrice that
    assert worst(fit_periodic(phase, noisy[:, None], 6), true) < 0.06


@QUICK
@given(SEEDS)
def test_wild_samples_hardly_pull(seed):
    true, rng = known(seed), np.random.default_rng(seed)
    phase = rng.uniform(0, 20 * TURN, 800)
    values = true(phase, 0) + rng.normal(0, 0.02, 800)
    wild = rng.random(800) < 0.05
    values[wild] += rng.choice([-10.0, 10.0], wild.sum())

    robust = worst(fit_periodic(phase, values[:, None], 6), true)
    seen = ~wild
    clean = worst(fit_periodic(phase[seen], values[seen][:, None], 6), true)
    assert robust < clean + 0.04


@QUICK
@given(SEEDS, st.floats(0, TURN))
def test_a_gap_in_the_phase_does_not_ring(seed, where):
    true, rng = known(seed), np.random.default_rng(seed)
    phase = rng.uniform(0, 20 * TURN, 800)
    phase = phase[(phase - where) % TURN > 0.1 * TURN]
    fitted = fit_periodic(phase, true(phase, 0)[:, None], 10)

    assert np.ptp(fitted(GRID, 0)) < 1.5 * np.ptp(true(GRID, 0))
    far = (GRID - where) % TURN > 0.15 * TURN
    assert np.abs(fitted(GRID, 0) - true(GRID, 0))[far].max() < 0.1


def test_unseen_samples_are_left_out_and_a_column_seen_too_little_is_nan():
    rng = np.random.default_rng(1)
    phase = rng.uniform(0, 9 * TURN, 200)
    values = np.stack([np.cos(phase), np.cos(phase)], axis=1)
    values[::3, 0] = np.nan
    values[8:, 1] = np.nan
    fitted = fit_periodic(phase, values, 4)

    assert fitted(0.0, 0)[0] == pytest.approx(1.0, abs=0.01)
    assert np.isnan(fitted(GRID, 1)).all()


@QUICK
@given(SEEDS, st.sampled_from([1, 2]))
def test_derivatives_agree_with_finite_differences(seed, order):
    curve, step = known(seed), 1e-4
    before, after = curve(GRID - step, 0, order - 1), curve(GRID + step, 0, order - 1)

    assert curve(GRID, 0, order) == pytest.approx((after - before) / (2 * step), abs=1e-4)


def test_up_to_takes_the_high_harmonics_off_and_nothing_else():
    angle = np.array([1.0, 0.5, 0.25, 0.125])
    curve = PeriodicCurves(np.concatenate([[3.0], angle, -angle])[:, None])
    low = curve.up_to(2)

    expected = 3.0 + sum(a * (np.cos(h * GRID) - np.sin(h * GRID)) for h, a in ((1, 1.0), (2, 0.5)))
    assert low.harmonics == 2
    assert low(GRID, 0) == pytest.approx(expected)
    assert curve.up_to(9)(GRID, 0) == pytest.approx(curve(GRID, 0))


def test_all_gives_every_curve_beside_the_other():
    curves = PeriodicCurves(np.array([[1.0, 2.0], [0.5, 0.0], [0.0, 0.25]]))

    assert curves.all(GRID)[:, 1] == pytest.approx(curves(GRID, 1))
    assert curves.all(GRID, 1)[:, 0] == pytest.approx(-0.5 * np.sin(GRID))
