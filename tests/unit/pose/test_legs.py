"""Leg identity on made-up runners whose networks exchange the legs just when they cross."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midstance.pose.legs import exchanged, identify, leg_length

THIGH, SHANK, FOOT = 100.0, 95.0, 45.0
NO_BURDEN = np.zeros(3)


def leg(phase, direction):
    """Knee, ankle, heel and toe (T, 4, 2) about the hip of one leg of a runner."""
    thigh = np.radians(10 + 32 * np.cos(phase))
    bend = np.radians(18 + 85 * np.exp(3 * (np.cos(phase + 1.9) - 1)))
    knee = THIGH * np.stack([np.sin(thigh), np.cos(thigh)], axis=-1)
    ankle = knee + SHANK * np.stack([np.sin(thigh - bend), np.cos(thigh - bend)], axis=-1)
    sole = bend - thigh
    heel = ankle + FOOT / 3 * np.stack([-np.cos(sole), np.sin(sole) + 0.5], axis=-1)
    toe = ankle + FOOT * np.stack([np.cos(sole), 0.3 - np.sin(sole)], axis=-1)
    return np.stack([knee, ankle, heel, toe], axis=1) * (direction, 1)


def runner(time_s, cadence_spm=170.0, direction=1, start=0.0):
    """Points (T, 19, 2) of a runner seen from the side."""
    phase = start + 2 * np.pi * time_s * cadence_spm / 120
    points = np.zeros((len(time_s), 19, 2))
    points[:, 3:9, 1] = -90.0
    points[:, 9] = (2.0, 0.0)
    points[:, 11::2] = leg(phase, direction)
    points[:, 12::2] = leg(phase + np.pi, direction)
    return points + (300.0, 200.0) + (np.stack([0 * phase, 5 * np.cos(2 * phase)], axis=-1))[:, None]


def crossing(points):
    """Return the frames in which the knees are all but over each other."""
    return np.abs(points[:, 11, 0] - points[:, 12, 0]) < 0.25 * THIGH


def looks_at(points, rng, *, looks=3, noise_px=2.0, share=0.6, together=True):
    """Noisy looks (T, M, 19, 2), and which were exchanged (T, M): in bursts around crossings."""
    seen = points[:, None] + rng.normal(0, noise_px, (len(points), looks, 19, 2))
    near = crossing(points)
    bursts = np.split(np.flatnonzero(near), np.flatnonzero(np.diff(np.flatnonzero(near)) > 1) + 1)
    wrong = np.zeros((len(points), looks), bool)
    for burst in bursts:
        hit = rng.random(1 if together else looks) < share
        wrong[burst] = hit
    return np.where(wrong[..., None, None], exchanged(seen), seen), wrong


def names_are_right(looks, wrong, time_s):
    found = identify(looks, time_s, NO_BURDEN[: looks.shape[1]])
    return np.array_equal(found.swapped, wrong[np.arange(len(looks)), found.look])


@settings(max_examples=25, deadline=None)
@given(
    rate_hz=st.sampled_from([30.0, 60.0, 120.0, 240.0]),
    cadence_spm=st.floats(150, 195),
    direction=st.sampled_from([-1, 1]),
    start=st.floats(0, 6.28),
    together=st.booleans(),
    seed=st.integers(0, 2**32 - 1),
)
def test_bursts_of_exchanged_legs_around_crossings_are_undone(
    rate_hz, cadence_spm, direction, start, together, seed
):
    time_s = np.arange(0, 2.5, 1 / rate_hz)
    points = runner(time_s, cadence_spm, direction, start)
    looks, wrong = looks_at(points, np.random.default_rng(seed), together=together)

    assert names_are_right(looks, wrong, time_s)


@settings(max_examples=15, deadline=None)
@given(direction=st.sampled_from([-1, 1]), start=st.floats(0, 6.28), seed=st.integers(0, 2**32 - 1))
def test_uneven_frame_times_and_dropped_frames_do_not_matter(direction, start, seed):
    rng = np.random.default_rng(seed)
    gaps_s = rng.choice([1 / 60, 1 / 30, 1 / 25], 90, p=[0.3, 0.6, 0.1])
    time_s = np.cumsum(gaps_s)
    points = runner(time_s, 172.0, direction, start)
    looks, wrong = looks_at(points, rng)

    assert names_are_right(looks, wrong, time_s)


def test_the_names_most_frames_have_are_kept():
    time_s = np.arange(0, 2, 1 / 60)
    points = runner(time_s)
    looks = exchanged(points)[:, None].copy()
    looks[50:60, 0] = points[50:60]

    found = identify(looks, time_s, NO_BURDEN[:1])

    assert np.flatnonzero(found.swapped).tolist() == list(range(50, 60))


def test_a_frame_with_a_wild_look_takes_another_one():
    time_s = np.arange(0, 1, 1 / 30)
    looks = np.repeat(runner(time_s)[:, None], 3, axis=1)
    looks[12, 0, 13] += 120.0
    looks[12, 1, 14] -= 120.0

    assert identify(looks, time_s, NO_BURDEN).look[12] == 2


def test_frames_without_a_look_have_none():
    time_s = np.arange(0, 2, 1 / 30)
    looks = runner(time_s)[:, None].copy()
    looks[10:30] = np.nan

    found = identify(looks, time_s, NO_BURDEN[:1])

    assert (found.look[10:30] == -1).all()
    assert (np.delete(found.look, range(10, 30)) == 0).all()
    assert not found.swapped.any()


@pytest.mark.parametrize("frames", [0, 1, 2, 3])
def test_the_shortest_clips_are_no_trouble(frames):
    time_s = np.arange(frames) / 30
    looks = runner(time_s)[:, None]

    assert len(identify(looks, time_s, NO_BURDEN[:1]).look) == frames


def test_a_look_that_costs_more_is_left_where_another_is_as_good():
    time_s = np.arange(0, 1, 1 / 30)
    looks = np.repeat(runner(time_s)[:, None], 2, axis=1)

    assert (identify(looks, time_s, np.array([0.3, 0.0])).look == 1).all()


def test_exchanging_twice_changes_nothing():
    points = np.random.default_rng(0).normal(size=(4, 19, 2))

    assert np.array_equal(exchanged(exchanged(points)), points)
    assert not np.array_equal(exchanged(points), points)


def test_the_leg_is_as_long_as_thigh_and_shank():
    assert leg_length(runner(np.arange(0, 2, 1 / 60))) == pytest.approx(THIGH + SHANK, rel=0.02)
