from __future__ import annotations

import numpy as np
import pytest

from midstance.single_case import lag_one, nap, standardised_difference, tau, tau_u


def test_when_every_later_rating_is_lower_tau_is_one():
    before, after = np.array([5.0, 6.0]), np.array([2.0, 3.0, 1.0])

    assert tau(before, after) == 1.0
    assert nap(before, after) == 1.0


def test_when_nothing_changes_ties_count_half():
    same = np.array([4.0, 4.0, 4.0])

    assert tau(same, same) == 0.0
    assert nap(same, same) == 0.5


def test_tau_counts_pairs():
    # pairs (5,4) (5,6) (3,4) (3,6): one fell, three rose
    assert tau(np.array([5.0, 3.0]), np.array([4.0, 6.0])) == pytest.approx(-0.5)


def test_a_trend_that_was_there_before_is_taken_off():
    falling = np.array([6.0, 5.0, 4.0])
    after = np.array([3.0, 3.0])

    # S_AB = 6, S_A = 3, six pairs
    assert tau(falling, after) == 1.0
    assert tau_u(falling, after) == pytest.approx(0.5)


def test_the_standardised_difference_is_corrected_for_few_entries():
    before, after = np.array([4.0, 5.0, 6.0]), np.array([3.0, 3.0])

    assert standardised_difference(before, after) == pytest.approx(-2.0 * (1 - 3 / 7))


def test_without_spread_there_is_no_standardised_difference():
    assert np.isnan(standardised_difference(np.full(5, 3.0), np.array([1.0])))


def test_an_empty_phase_has_no_effect_size():
    nothing = np.array([])

    assert np.isnan(tau(nothing, np.array([1.0])))
    assert np.isnan(tau_u(nothing, np.array([1.0])))


def test_entries_that_swing_are_unlike_their_neighbours():
    assert lag_one(np.array([1.0, -1.0, 1.0, -1.0])) == pytest.approx(-0.75)


def test_likeness_is_found_again_in_a_long_series():
    draw = np.random.default_rng(3)
    values = np.zeros(4000)
    for i in range(1, len(values)):
        values[i] = 0.5 * values[i - 1] + draw.normal()

    assert lag_one(values - values.mean()) == pytest.approx(0.5, abs=0.05)
