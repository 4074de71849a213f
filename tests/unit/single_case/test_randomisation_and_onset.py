from __future__ import annotations

import numpy as np
import pytest

from midstance.errors import DataError
from midstance.single_case import (
    Course,
    block_orders,
    median_onset,
    onset_change,
    randomisation_test,
    start_days,
)


def course(pain, treated) -> Course:
    treated = np.array(treated, bool)
    label = np.where(treated, "tall", "baseline")
    return Course(np.arange(len(pain), dtype=float), np.array(pain, float), treated, label)


def test_the_order_with_the_most_relief_has_the_smallest_p_there_can_be():
    real = course([5] * 12 + [1] * 28, np.arange(40) >= 12)

    assert randomisation_test(real, start_days(real, 5, 30)) == pytest.approx(1 / 26)


def test_where_nothing_changed_every_order_does_as_well():
    flat = course([4] * 40, np.arange(40) >= 12)

    assert randomisation_test(flat, start_days(flat, 5, 30)) == 1.0


def test_p_keeps_its_word_where_nothing_changed():
    draw = np.random.default_rng(8)
    ps = []
    for _ in range(300):
        start = int(draw.integers(5, 31))
        nothing = course(draw.normal(4, 1, 40), np.arange(40) >= start)
        ps.append(randomisation_test(nothing, start_days(nothing, 5, 30)))

    assert np.mean(np.array(ps) <= 0.1) <= 0.1 + 3 * np.sqrt(0.09 / 300)


def test_too_few_possible_orders_are_refused():
    real = course([5, 5, 5, 1, 1, 1], [0, 0, 0, 1, 1, 1])

    with pytest.raises(DataError, match="3 possible orders"):
        randomisation_test(real, start_days(real, 2, 4))


def test_an_order_that_could_not_be_drawn_is_refused():
    real = course([5] * 40, np.arange(40) >= 3)

    with pytest.raises(DataError, match="not among the orders"):
        randomisation_test(real, start_days(real, 5, 30))


def test_blocks_are_exchanged_whole():
    real = course([5, 5, 1, 5, 5, 1], [0, 0, 1, 0, 0, 1])
    orders = block_orders(real, (2, 1, 2, 1), (False, True, False, True))

    assert len(orders) == 6
    assert any(np.array_equal(order, real.treated) for order in orders)


def test_the_median_distance_to_pain_counts_runs_without_pain_as_further():
    distance = np.array([2.0, 4.0, 5.0, 6.0]) * 1000

    assert median_onset(distance, np.array([True, True, False, False])) == 4000
    assert np.isnan(median_onset(distance, np.array([True, False, False, False])))


def test_getting_further_without_pain_is_seen():
    before = np.array([2000.0, 2500, 3000, 2200, 2800, 2600])
    after = np.array([6000.0, 5000, 7000, 6500, 5500, 6000])
    found = onset_change(before, np.full(6, True), after, np.array([True, False, True, False, True, False]))

    assert found.further == 1.0
    assert found.p < 0.01
    assert found.before_m == 2500


def test_runs_that_all_end_without_pain_cannot_be_compared():
    runs = np.array([5000.0, 6000, 7000])
    found = onset_change(runs, np.full(3, False), runs, np.full(3, False))

    assert np.isnan(found.further)
    assert found.p == 1.0
