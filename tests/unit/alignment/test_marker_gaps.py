"""Short gaps are bridged, long ones are not."""

from __future__ import annotations

import numpy as np

from midstance.alignment import fill_gaps
from midstance.model import Code, Motion, Severity, Skeleton


def path_with_gap(start, stop, hole=np.nan):
    time_s = np.arange(200) / 200
    path = np.stack([np.sin(6 * time_s), 1 + 0.1 * np.cos(6 * time_s), 2 * time_s], axis=1)
    broken = path[:, None].repeat(2, axis=1)
    broken[start:stop, 0] = hole
    whole = path[:, None].repeat(2, axis=1)
    return Motion(broken, np.ones((200, 2)), time_s, Skeleton(("A", "B"), (), ()), "m", "file"), whole


def test_a_short_gap_is_bridged_smoothly():
    markers, whole = path_with_gap(60, 68)
    filled, _ = fill_gaps(markers)
    assert np.abs(filled.points - whole).max() < 5e-5
    assert (filled.confidence[60:68, 0] == 0.5).all()


def test_a_long_gap_stays_unseen_and_is_told():
    markers, whole = path_with_gap(60, 90)
    filled, issues = fill_gaps(markers)
    assert np.isnan(filled.points[60:90, 0]).all()
    assert np.array_equal(filled.points[:, 1], whole[:, 1])
    assert issues[0].code is Code.MARKER_GAPS
    assert issues[0].severity is Severity.WARNING
    assert "A 15 %" in issues[0].sentence


def test_exactly_the_origin_is_unseen():
    markers, whole = path_with_gap(60, 68, hole=0.0)
    assert np.abs(fill_gaps(markers)[0].points - whole).max() < 5e-5


def test_nothing_is_made_up_beyond_the_ends():
    filled, _ = fill_gaps(path_with_gap(0, 5)[0])
    assert np.isnan(filled.points[:5, 0]).all()


def test_the_longest_gap_is_an_option():
    markers, _ = path_with_gap(60, 90)
    assert np.isfinite(fill_gaps(markers, longest_s=0.2)[0].points).all()


def test_whole_paths_are_no_issue():
    assert fill_gaps(path_with_gap(0, 0)[0])[1] == ()
