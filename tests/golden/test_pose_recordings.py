"""Pose on real and rendered recordings: the right person, the right leg, and no invented feet."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from midstance import pose, video
from midstance.model import BODY

LEG_POINTS = slice(11, 19)
PARTS = ("ear", "sho", "elb", "wri", "hip", "knee", "ank", "heel", "toe")
TRUTH = ["nose", *(f"{side}_{part}" for part in PARTS for side in "lr")]

pytestmark = pytest.mark.usefixtures("weights")


def sighting_of(path, seconds=None, **options):
    """Measure a clip, or its first seconds."""
    clip, _ = video.probe(path)
    frames = len(clip.time_s) if seconds is None else int(np.searchsorted(clip.time_s, seconds))
    start = replace(clip, time_s=clip.time_s[:frames])
    return pose.estimate(start, partial(video.frames, clip), video.FrameWatch, pose.PoseMethod(**options))


def truth_of(recordings, name):
    rendered = np.load(recordings / "virtual" / f"{name}.npz")
    names = rendered["names"].tolist()
    return rendered["J2"][:, [names.index(point) for point in TRUTH], :2]


def leg_px(points):
    thigh = np.linalg.norm(points[:, 11:13] - points[:, 9:11], axis=-1)
    shank = np.linalg.norm(points[:, 13:15] - points[:, 11:13], axis=-1)
    return float(np.median(thigh) + np.median(shank))


def exchanged_frames(points, truth):
    """Count the frames whose legs fit the truth better when exchanged."""
    other = points[:, BODY.mirror()]
    here, there = (
        np.nansum(np.linalg.norm((seen - truth)[:, LEG_POINTS], axis=-1), axis=1) for seen in (points, other)
    )
    return int((there < here).sum())


def jumps_of_identity(motion):
    """Count the frames in which knees and ankles would move far less had the legs been exchanged."""
    legs = motion.points[:, 11:15] - motion.points[:, 9:11].mean(axis=1, keepdims=True)
    before, after = legs[:-1], legs[1:]
    same = np.linalg.norm(after - before, axis=-1).sum(axis=1)
    crossed = np.linalg.norm(after[:, [1, 0, 3, 2]] - before, axis=-1).sum(axis=1)
    length = np.nanpercentile(np.linalg.norm(legs[:, 2:], axis=-1), 90)
    return int((crossed < same - 0.3 * length).sum())


def test_quick_keeps_left_and_right_apart_in_a_blurred_rendered_clip(recordings):
    name = "side_portrait_fixed_m1_30fps_blur"
    seen = sighting_of(recordings / "virtual" / f"{name}.mp4", quality="quick").motion
    truth = truth_of(recordings, name)

    assert exchanged_frames(seen.points, truth) == 0
    error = np.linalg.norm(seen.points - truth, axis=-1)[:, 9:15] / leg_px(truth)
    assert np.nanmedian(error) < 0.06


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "knee", "ankle"),
    [
        ("side_m1_60fps", 0.035, 0.035),
        ("side_portrait_fixed_m1_30fps_blur", 0.04, 0.04),
        ("oblique_f1_30fps", 0.04, 0.055),
        ("overground_pan_30fps", 0.04, 0.04),
    ],
)
def test_full_is_near_the_truth_of_rendered_clips_and_never_exchanges_legs(recordings, name, knee, ankle):
    seen = sighting_of(recordings / "virtual" / f"{name}.mp4").motion
    truth = truth_of(recordings, name)
    error = np.linalg.norm(seen.points - truth, axis=-1) / leg_px(truth)

    assert exchanged_frames(seen.points, truth) == 0
    assert np.nanmedian(error[:, 11:13]) < knee
    assert np.nanmedian(error[:, 13:15]) < ankle
    assert np.isfinite(seen.points[:, 9:]).mean() > 0.98


@pytest.mark.slow
def test_the_result_does_not_depend_on_the_number_of_workers(recordings):
    path = recordings / "virtual" / "overground_pan_30fps.mp4"
    one, three = (sighting_of(path, quality="quick", workers=workers) for workers in (1, 3))

    assert np.array_equal(one.motion.points, three.motion.points, equal_nan=True)
    assert np.array_equal(one.motion.confidence, three.motion.confidence)
    assert np.array_equal(one.changes.difference, three.changes.difference, equal_nan=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "seconds", "near"),
    [
        ("treadmill_side_left.mp4", 4.0, "left"),
        ("treadmill_pair_side.mov", 4.0, "right"),
        ("treadmill_slow_motion.mp4", 8.0, "right"),
    ],
)
def test_no_leg_is_exchanged_on_a_treadmill(recordings, file, seconds, near):
    motion = sighting_of(recordings / "video" / file, seconds).motion

    assert jumps_of_identity(motion) == 0
    far = "right" if near == "left" else "left"
    assert np.median(motion.seen(f"{near}_knee")) > np.median(motion.seen(f"{far}_knee"))
    assert np.median(motion.seen(f"{near}_ankle")) > 0.9


@pytest.mark.slow
def test_the_runner_is_followed_behind_a_coach_who_stands_in_front(recordings):
    seen = sighting_of(recordings / "video" / "trap_coach_in_front.mp4", 6.0, quality="quick")
    hips = seen.motion.middle("hip")

    assert (seen.people, seen.person) == (2, 0)
    assert np.nanmax(hips[:, 0]) < 900
    assert np.isfinite(hips).all(axis=1).mean() > 0.95


@pytest.mark.slow
def test_feet_behind_a_treadmill_or_out_of_the_picture_are_not_believed(recordings):
    motion = sighting_of(recordings / "video" / "trap_feet_hidden.mp4", 5.0).motion

    for point in ("ankle", "heel", "toe"):
        for side in ("left", "right"):
            assert np.median(motion.seen(f"{side}_{point}")) < 0.3


@pytest.mark.slow
def test_a_runner_of_87_pixels_is_found_and_followed(recordings):
    seen = sighting_of(recordings / "video" / "trap_rotation_vfr_tiny.mp4", 3.0, quality="quick")

    assert (seen.score > 0.5).mean() > 0.95
    assert jumps_of_identity(seen.motion) <= 2


@pytest.mark.slow
def test_someone_who_walks_is_followed_past_others_and_lost_when_gone(recordings):
    seen = sighting_of(recordings / "video" / "trap_walking_two_people.mp4", quality="quick")
    hips = seen.motion.middle("hip")[:, 0]
    walking = slice(60, 180)

    assert np.isfinite(hips[walking]).mean() > 0.95
    assert np.nanmax(np.diff(hips[walking])) < 5
    assert seen.score[:20].max() == 0
