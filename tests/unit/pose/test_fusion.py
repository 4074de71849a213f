"""One set of points from several looks."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.pose.fusion import aligned, fused
from midstance.pose.legs import Identity, exchanged

LEG_PX = 200.0
SLIGHTLY, FAR = np.array([4.0, 0.0]), np.array([80.0, 0.0])


@pytest.fixture
def body():
    return np.random.default_rng(1).uniform(0, 500, (5, 19, 2))


def test_legs_of_all_looks_are_named_as_in_the_chosen_one(body):
    looks = np.stack([exchanged(body), body, exchanged(body)], axis=1)
    identity = Identity(np.zeros(5, int), np.ones(5, bool), LEG_PX)

    chosen, named, turned = aligned(looks, identity)

    assert np.array_equal(chosen, body)
    assert np.array_equal(named, np.stack([body] * 3, axis=1))
    assert turned.tolist() == [[True, False, True]] * 5


def test_looks_that_agree_are_averaged_and_the_odd_one_is_left_out(body):
    looks = np.stack([body, body + SLIGHTLY, body + FAR], axis=1)

    fusion = fused(body, looks, LEG_PX)

    assert fusion.points == pytest.approx(body + SLIGHTLY / 2)
    assert fusion.spread_px == pytest.approx(np.full((5, 19), 2.0))
    assert fusion.agree.all(axis=(0, 2)).tolist() == [True, True, False]


def test_a_look_without_support_tells_how_far_the_next_is(body):
    fusion = fused(body, np.stack([body, body + FAR], axis=1), LEG_PX)

    assert np.array_equal(fusion.points, body)
    assert fusion.spread_px == pytest.approx(np.full((5, 19), 80.0))


def test_a_single_look_has_no_spread(body):
    looks = np.stack([body, np.full_like(body, np.nan)], axis=1)

    assert np.isnan(fused(body, looks, LEG_PX).spread_px).all()


def test_frames_without_a_look_stay_unseen():
    looks = np.full((5, 2, 19, 2), np.nan)
    identity = Identity(np.full(5, -1), np.zeros(5, bool), LEG_PX)

    chosen, named, _ = aligned(looks, identity)

    assert np.isnan(fused(chosen, named, LEG_PX).points).all()
