"""The standard error by leaving out groups, where the answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.uncertainty import jackknife_sd


def leave_out(values, of):
    return lambda group: {"x": float(of(np.delete(values, group)))}


@pytest.mark.parametrize("n", [2, 5, 20])
def test_of_a_mean_it_is_the_textbook_standard_error(n):
    values = np.random.default_rng(n).normal(3, 2, n)

    found = jackknife_sd(leave_out(values, np.mean), n)["x"]
    assert found == pytest.approx(np.std(values, ddof=1) / np.sqrt(n))


def test_groups_of_steps_give_the_spread_between_them():
    values = np.random.default_rng(1).normal(0, 1, (8, 50))

    def without(group):
        return {"x": float(np.delete(values, group, axis=0).mean())}

    found = jackknife_sd(without, 8)["x"]
    assert found == pytest.approx(np.std(values.mean(axis=1), ddof=1) / np.sqrt(8))


def test_of_a_number_that_never_changes_it_is_nothing():
    assert jackknife_sd(lambda _group: {"x": 4.0}, 6) == {"x": 0.0}


def test_a_number_missing_once_is_not_known():
    found = jackknife_sd(lambda group: {"x": 1.0} | ({"y": 2.0} if group != 1 else {}), 4)

    assert found["x"] == 0.0
    assert np.isnan(found["y"])


@pytest.mark.parametrize("groups", [0, 1])
def test_one_group_has_no_spread(groups):
    assert jackknife_sd(lambda _group: {"x": 1.0}, groups) == {}


def test_a_first_group_that_fails_does_not_lose_the_names_of_the_numbers():
    found = jackknife_sd(lambda group: {"x": 1.0} if group else {}, 4)

    assert np.isnan(found["x"])
