"""Statistics of agreement against worked examples, and the matching of contacts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midstance.model import Contacts
from midstance.validation import agreement, coverage, icc_2_1, matched

# Shrout & Fleiss 1979, table 2: four judges rate six targets
JUDGES = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])


def contacts(*rows):
    side, start, stop = zip(*rows, strict=True)
    return Contacts(np.array(side, "<U5"), np.array(start, float), np.array(stop, float))


TRUE = contacts(("left", 0.2, 0.45), ("right", 0.55, 0.8), ("left", 0.9, 1.15), ("right", 1.25, 1.5))


def test_icc_is_that_of_shrout_and_fleiss():
    assert icc_2_1(JUDGES) == pytest.approx(0.29, abs=0.005)


def test_icc_of_equal_columns_is_one_and_of_a_shift_below():
    values = np.array([1.0, 2.0, 4.0, 7.0])

    assert icc_2_1(np.column_stack([values, values])) == pytest.approx(1.0)
    assert icc_2_1(np.column_stack([values, values + 5.0])) < 0.5


def test_icc_is_unknown_where_nothing_varies():
    assert np.isnan(icc_2_1(np.zeros((5, 2))))
    assert np.isnan(icc_2_1([[1.0, 2.0]]))
    assert np.isnan(icc_2_1([[0.0, 2.0], [0.0, 3.0], [0.0, 5.0]]))


def test_bias_spread_and_limits_are_those_of_the_differences():
    found = agreement([3.0, 5.0, 9.0, np.nan], [2.0, 5.0, 7.0, 1.0])

    assert found.n == 3
    assert found.bias == pytest.approx(1.0)
    assert found.sd == pytest.approx(1.0)
    assert (found.loa_low, found.loa_high) == pytest.approx((-0.96, 2.96))
    assert found.rmse == pytest.approx(np.sqrt(5 / 3))


def test_nothing_to_compare_is_unknown_not_an_error():
    found = agreement([np.nan], [1.0])

    assert found.n == 0
    assert np.isnan([found.bias, found.sd, found.rmse, found.icc]).all()


def test_one_pair_has_a_bias_but_no_spread():
    found = agreement([2.0], [1.5])

    assert found.bias == pytest.approx(0.5)
    assert np.isnan(found.sd)


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=2, max_size=30))
def test_rmse_is_made_of_bias_and_spread(pairs):
    one, other = np.array(pairs).T
    found = agreement(one, other)

    assert found.rmse**2 == pytest.approx(found.bias**2 + found.sd**2 * (found.n - 1) / found.n, abs=1e-6)


def test_coverage_counts_intervals_that_hold_the_truth():
    assert coverage([0, 0, 0, np.nan], [1, 1, 1, 1], [0.5, 1.0, 1.5, 0.5]) == pytest.approx(2 / 3)
    assert np.isnan(coverage([], [], []))


def test_contacts_match_by_side_and_overlap():
    found = contacts(("left", 0.21, 0.44), ("right", 0.5, 0.8), ("left", 0.95, 1.2), ("right", 1.25, 1.45))
    pair = matched(found, TRUE)

    assert pair.found.tolist() == pair.true.tolist() == [0, 1, 2, 3]
    assert len(pair.missed) == len(pair.invented) == 0


def test_a_contact_of_the_other_side_is_missed_and_invented():
    found = contacts(("left", 0.2, 0.45), ("left", 0.55, 0.8), ("left", 0.9, 1.15), ("right", 1.25, 1.5))
    pair = matched(found, TRUE)

    assert pair.missed.tolist() == [1]
    assert pair.invented.tolist() == [1]


def test_of_two_that_overlap_one_contact_the_longer_is_its_partner():
    found = contacts(("left", 0.2, 0.25), ("left", 0.26, 0.45), ("right", 0.55, 0.8))
    pair = matched(found, TRUE, (0.0, 0.85))

    assert (pair.found.tolist(), pair.true.tolist()) == ([1, 2], [0, 1])
    assert pair.invented.tolist() == [0]


def test_what_only_one_could_see_whole_is_neither_missed_nor_invented():
    found = contacts(("right", 0.55, 0.8), ("left", 0.9, 1.15))
    pair = matched(found, TRUE)

    assert len(pair.missed) == len(pair.invented) == 0
    assert matched(found, TRUE, (0.0, 2.0)).missed.tolist() == [0, 3]


def test_nothing_found_is_all_missed():
    nothing = Contacts(np.empty(0, "<U5"), np.empty(0), np.empty(0))

    assert matched(nothing, TRUE).missed.tolist() == [0, 1, 2, 3]
    assert matched(TRUE, nothing).invented.tolist() == [0, 1, 2, 3]
