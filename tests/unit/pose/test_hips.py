"""Hips in side view."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.pose.hips import steadied, stride_time

LEG_PX = 200.0
TIME_S = np.arange(0, 5, 1 / 30)


def walker(hip_px, guess_px, stride_s=0.7):
    """A runner (T, 19, 2) whose hips are apart, with a guess that swings with the legs on top."""
    swing = np.sin(2 * np.pi * TIME_S / stride_s)
    points = np.zeros((len(TIME_S), 19, 2))
    points[:, 9, 0] = 100 + hip_px / 2 + guess_px * swing
    points[:, 10, 0] = 100 - hip_px / 2 - guess_px * swing
    points[:, 13, 0], points[:, 14, 0] = 100 + 60 * swing, 100 - 60 * swing
    return points


@pytest.mark.parametrize("stride_s", [0.6, 0.75, 1.1])
def test_the_stride_is_found_from_ankle_over_ankle(stride_s):
    assert stride_time(walker(0, 0, stride_s), TIME_S) == pytest.approx(stride_s, abs=0.034)


def test_someone_who_stands_has_no_stride():
    assert np.isnan(stride_time(np.ones((100, 19, 2)), np.arange(100) / 30))


def test_what_swings_with_the_legs_is_averaged_out_in_side_view_and_what_stays_is_kept():
    hips = steadied(walker(6.0, 8.0), TIME_S, LEG_PX)[:, 9:11, 0]

    assert hips[:, 0] - hips[:, 1] == pytest.approx(np.full(len(TIME_S), 6.0), abs=1.0)
    assert hips.mean(axis=1) == pytest.approx(np.full(len(TIME_S), 100.0))


def test_hips_apart_as_from_behind_are_left_alone():
    points = walker(50.0, 8.0)

    assert steadied(points, TIME_S, LEG_PX) == pytest.approx(points)


def test_missing_frames_do_not_spread():
    points = walker(6.0, 8.0)
    points[40:45] = np.nan

    steady = steadied(points, TIME_S, LEG_PX)

    assert np.isnan(steady[:, 9, 0]).sum() == 5


def test_nothing_but_the_hips_is_touched():
    points = walker(6.0, 8.0)
    others = [k for k in range(19) if k not in {9, 10}]

    assert np.array_equal(steadied(points, TIME_S, LEG_PX)[:, others], points[:, others])
