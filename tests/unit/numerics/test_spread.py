"""Spread, lines and quantiles that single wild values do not move."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from midstance.numerics import robust_line, robust_sd, t_quantile


def test_a_line_is_found_in_spite_of_wild_points():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        slope, level = rng.uniform(-3, 3), rng.uniform(-10, 10)
        x = rng.uniform(0, 10, 120)
        y = level + slope * (x - x.mean()) + rng.normal(0, 0.05, 120)
        wild = rng.random(120) < 0.1
        y[wild] += rng.uniform(5, 20, wild.sum())
        found, middle, error = robust_line(x, y)

        # without wild points the slope's standard error is 0.05 / sqrt(120 * 100 / 12) = 0.0016
        assert found == pytest.approx(slope, abs=0.012)
        assert middle == pytest.approx(level, abs=0.05)
        assert 0.0008 < error < 0.01


def test_one_wild_point_does_not_lift_a_steep_line():
    x = np.arange(21.0)
    y = 2 * x
    y[18] += 1000

    assert robust_line(x, y)[:2] == pytest.approx((2.0, 20.0), abs=0.05)


def test_the_standard_error_of_a_slope_is_that_of_least_squares():
    rng = np.random.default_rng(3)
    x = np.linspace(0, 1, 50)
    errors, slopes = [], []
    for _ in range(200):
        slope, _, error = robust_line(x, 2 * x + rng.normal(0, 0.1, 50))
        slopes.append(slope)
        errors.append(error)

    assert np.mean(slopes) == pytest.approx(2.0, abs=0.02)
    assert np.mean(errors) == pytest.approx(np.std(slopes), rel=0.2)


def test_pairs_that_are_not_seen_are_left_out():
    x = np.array([0.0, 1.0, np.nan, 2.0, 3.0])
    y = np.array([1.0, 3.0, 99.0, np.nan, 7.0])

    assert robust_line(x, y)[:2] == pytest.approx((2.0, 11 / 3))


def test_two_points_make_no_robust_line():
    assert np.isnan(robust_line(np.array([0.0, 1.0, np.nan]), np.array([0.0, 1.0, 2.0]))).all()


def test_the_robust_spread_of_a_normal_sample_is_its_standard_deviation():
    values = stats.norm.ppf((np.arange(1001) + 0.5) / 1001)
    values[::100] = 1e6
    values[1] = np.nan

    assert robust_sd(values) == pytest.approx(1.0, rel=0.03)
    assert np.isnan(robust_sd(np.array([np.nan])))


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6, 8, 11, 20, 40, 200])
def test_the_quantile_of_student_is_within_one_and_a_half_percent(n):
    assert t_quantile(n) == pytest.approx(stats.t.ppf(0.975, n - 1), rel=0.015)


def test_one_step_is_as_uncertain_as_two():
    assert t_quantile(1) == t_quantile(0) == t_quantile(2) > 12
