"""Turning points and crossings between the samples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midstance.numerics import crossing, extremum

QUICK = settings(max_examples=50, deadline=None, derandomize=True)


@QUICK
@given(st.floats(0.1, 0.9))
def test_the_top_of_a_cosine_is_found_to_a_ten_thousandth(top):
    assert extremum(lambda x: np.cos(3 * (x - top)), 0.0, 1.0, "max") == pytest.approx(top, abs=1e-4)


@QUICK
@given(st.floats(0.1, 0.9))
def test_the_lowest_place_of_a_lopsided_curve_is_found(low):
    def curve(x):
        return np.exp(x - low) - (x - low)

    assert extremum(curve, 0.0, 1.0, "min") == pytest.approx(low, abs=1e-4)


@pytest.mark.parametrize("kind", ["max", "min"])
def test_what_is_largest_only_at_the_edge_is_no_turning_point(kind):
    assert np.isnan(extremum(lambda x: x, 0.0, 1.0, kind))
    assert np.isnan(extremum(lambda x: -x, 0.0, 1.0, kind))


def test_a_curve_that_is_not_known_has_no_turning_point():
    assert np.isnan(extremum(lambda x: np.where(x > 0.8, np.nan, np.cos(x - 0.5)), 0.0, 1.0, "max"))


def test_the_higher_of_two_tops_is_taken():
    def curve(x):
        return np.exp(-(((x - 0.3) / 0.05) ** 2)) + 1.2 * np.exp(-(((x - 0.7) / 0.05) ** 2))

    assert extremum(curve, 0.0, 1.0, "max") == pytest.approx(0.7, abs=1e-3)


@QUICK
@given(st.floats(0.05, 0.95))
def test_a_crossing_is_found_to_a_ten_thousandth(place):
    def curve(x):
        return np.sin(2 * (x - place))

    assert crossing(curve, 0.0, 1.0, 0.0, rising=True) == pytest.approx(place, abs=1e-4)
    assert crossing(lambda x: -curve(x), 0.0, 1.0, 0.0, rising=False) == pytest.approx(place, abs=1e-4)


def test_first_and_last_and_direction_of_crossings_are_told_apart():
    def curve(x):
        return np.sin(2 * np.pi * x)

    rising = [crossing(curve, 0.5, 2.6, 0.5, rising=True, last=last) for last in (False, True)]
    falling = [crossing(curve, 0.5, 2.6, 0.5, rising=False, last=last) for last in (False, True)]
    assert rising == pytest.approx([1 + 1 / 12, 2 + 1 / 12], abs=1e-4)
    assert falling == pytest.approx([1 + 5 / 12, 2 + 5 / 12], abs=1e-4)


def test_a_level_never_crossed_in_that_direction_gives_nan():
    assert np.isnan(crossing(lambda x: x, 0.0, 1.0, 2.0, rising=True))
    assert np.isnan(crossing(lambda x: x, 0.0, 1.0, 0.5, rising=False))
