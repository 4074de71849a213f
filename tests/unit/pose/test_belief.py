"""How far a point is believed."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.pose.belief import believed, evident, unlike_neighbours

LEG_PX, SIZE = 200.0, (640, 480)


def trust(points, evidence=1.0, spread_px=0.0, jump_px=0.0):
    flat = np.ones(points.shape[:2])
    return believed(points, evidence * flat, spread_px * flat, jump_px * flat, LEG_PX, SIZE)


def test_points_outside_the_picture_are_not_believed():
    points = np.array([[[10.0, 10.0], [-3.0, 10.0], [700.0, 10.0], [10.0, 500.0], [np.nan, np.nan]]])

    assert (trust(points) > 0).tolist() == [[True, False, False, False, False]]


def test_a_point_on_which_looks_disagree_is_believed_less():
    points = np.full((1, 1, 2), 100.0)

    assert trust(points, spread_px=2) > 0.95
    assert trust(points, spread_px=60) < 0.4


def test_a_point_that_jumps_is_believed_less():
    assert trust(np.full((1, 1, 2), 100.0), jump_px=60) < 0.05


def test_an_invention_is_not_believed_at_all():
    assert trust(np.full((1, 1, 2), 100.0), evidence=0.04).tolist() == [[0.0]]


def test_the_far_leg_in_sight_is_believed_and_feet_behind_a_treadmill_are_not():
    far_leg, hidden = evident(np.array(0.45), np.array(0.8)), evident(np.array(0.29), np.array(0.38))

    assert far_leg > 0.6
    assert hidden < 0.2


def wave(time_s):
    return np.stack([300 + 80 * np.sin(7 * time_s), 200 + 40 * np.cos(9 * time_s)], axis=-1)[:, None]


@pytest.mark.parametrize("seed", range(3))
def test_smooth_movement_is_like_its_neighbours_at_uneven_times(seed):
    time_s = np.cumsum(np.random.default_rng(seed).uniform(0.016, 0.04, 60))

    assert unlike_neighbours(wave(time_s), time_s).max() < 3.0


def test_one_frame_out_of_line_is_found_and_its_neighbours_are_spared():
    time_s = np.arange(40) / 30
    points = wave(time_s)
    points[17] += (70, 0)

    off = unlike_neighbours(points, time_s)[:, 0]

    assert off[17] > 50
    assert np.delete(off, 17).max() < 8


@pytest.mark.parametrize("frames", [0, 1, 2, 3, 4])
def test_too_few_frames_say_nothing_against_a_point(frames):
    time_s = np.arange(frames) / 30

    assert unlike_neighbours(wave(time_s), time_s).shape == (frames, 1)
