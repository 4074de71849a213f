from __future__ import annotations

import numpy as np
import pytest

from midstance.single_case import Course, levels


def course(pain, labels, day=None):
    pain = np.asarray(pain, float)
    days = np.arange(len(pain), dtype=float) if day is None else np.asarray(day, float)
    labels = np.asarray(labels)
    return Course(days, pain, labels != "baseline", labels)


def test_the_level_of_a_phase_is_the_mean_of_its_ratings():
    first, second = levels(course([4, 5, 6, 1, 2, 3], ["baseline"] * 3 + ["tall"] * 3))

    assert (first.label, first.value, first.ratings) == ("baseline", 5.0, 3)
    assert (second.label, second.value) == ("tall", 2.0)
    assert (second.first_day, second.last_day) == (3.0, 5.0)


def test_two_ratings_say_nothing_about_how_sure_a_level_is():
    (level,) = levels(course([4, 5], ["baseline"] * 2))

    assert level.value == 4.5
    assert np.isnan(level.low)
    assert np.isnan(level.high)


def test_days_that_are_alike_make_the_interval_wider():
    apart = levels(course([2, 6, 3, 5, 2, 6, 3, 5], ["baseline"] * 8))[0]
    alike = levels(course([2, 2, 3, 3, 5, 5, 6, 6], ["baseline"] * 8))[0]

    assert alike.value == apart.value
    assert alike.high - alike.low > apart.high - apart.low


def test_an_interval_stays_on_the_scale():
    level = levels(course([0, 0, 9, 10, 0], ["baseline"] * 5))[0]

    assert level.low >= 0.0
    assert level.high <= 10.0


@pytest.mark.parametrize("likeness", [0.0, 0.5])
def test_the_interval_holds_the_true_level_about_as_often_as_it_says(likeness):
    noise = np.random.default_rng(3)
    held = 0
    for _ in range(400):
        error = np.zeros(25)
        for k in range(1, 25):
            error[k] = likeness * error[k - 1] + noise.normal(0, 1.0)
        level = levels(course(np.clip(5.0 + error, 0, 10), ["baseline"] * 25))[0]
        held += level.low <= 5.0 <= level.high

    assert 0.86 <= held / 400 <= 0.99
