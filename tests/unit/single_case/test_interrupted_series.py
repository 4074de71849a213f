from __future__ import annotations

import numpy as np
import pytest
from tests.unit.single_case.diaries import diary

from midstance.errors import DataError
from midstance.single_case import Course, InterruptedSeries, helped

RUNNERS = 40


def plain_course(before, after) -> Course:
    pain = np.array([*before, *after], float)
    treated = np.arange(len(pain)) >= len(before)
    return Course(
        2.0 * np.arange(len(pain), dtype=float), pain, treated, np.where(treated, "tall", "baseline")
    )


def test_a_clear_fall_is_found_with_its_size():
    change = InterruptedSeries()(plain_course([6, 5, 6, 7, 6, 5, 6, 6], [3, 2, 3, 3, 2, 4, 3, 3]))

    low, high = change.interval
    assert low < -3.0 < high
    assert change.value == pytest.approx(-3.0, abs=0.5)
    assert change.chance_below(0.0) > 0.99


def test_chances_rise_with_the_limit():
    change = InterruptedSeries()(plain_course([6, 5, 6, 7, 6], [5, 5, 6, 4, 5]))

    assert 0 < change.chance_below(-2) < change.chance_below(0) < change.chance_below(2) < 1


def test_load_takes_the_blame_that_is_its_own():
    draw = np.random.default_rng(0)
    load = np.r_[np.full(12, 40_000.0), np.full(12, 20_000.0)] + draw.normal(0, 8_000, 24)
    treated = np.arange(24) >= 12
    pain = 2.0 + load / 10_000 + draw.normal(0, 0.3, 24)
    course = Course(
        2.0 * np.arange(24, dtype=float), pain, treated, np.where(treated, "tall", "baseline"), load
    )
    without = Course(course.day, course.pain, course.treated, course.label)

    assert InterruptedSeries()(without).value < -1.5
    assert InterruptedSeries()(course).value > -1.0


def test_too_few_ratings_are_an_error_that_says_how_many():
    with pytest.raises(DataError, match="3 ratings before and 5 while trying"):
        InterruptedSeries()(plain_course([5, 5, 5], [4, 4, 4, 4, 4]))


def test_the_same_diary_gives_the_same_numbers():
    course = diary(np.random.default_rng(5), 1.0)

    assert InterruptedSeries()(course).interval == InterruptedSeries()(course).interval


def test_without_a_change_help_is_seldom_seen_and_two_points_mostly():
    draw = np.random.default_rng(11)
    nothing = [helped(diary(draw, 0.0)).state for _ in range(RUNNERS)]
    two = [helped(diary(draw, draw.uniform(2, 3))).state for _ in range(RUNNERS)]

    assert nothing.count("helped") <= 0.075 * RUNNERS
    assert two.count("helped") >= 0.75 * RUNNERS


def test_intervals_hold_the_true_change():
    draw = np.random.default_rng(12)
    reliefs = draw.uniform(0, 3, RUNNERS)
    intervals = [InterruptedSeries()(diary(draw, relief)).interval for relief in reliefs]

    held = [low <= -relief <= high for relief, (low, high) in zip(reliefs, intervals, strict=True)]
    assert np.mean(held) >= 0.85
