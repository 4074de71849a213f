"""Real recordings: their clock, the right way up, and what their backgrounds do."""

from __future__ import annotations

import time
from functools import cache

import numpy as np
import pytest

from midstance.model import Code
from midstance.video import (
    FrameWatch,
    camera_motion,
    frame_changes,
    frames,
    grab,
    probe,
    repeated_frames,
)

CLIPS = {  # frames, width, height, codec, codes of the issues
    "video/treadmill_side_left.mp4": (360, 720, 1280, "h264", []),
    "video/treadmill_pair_side.mov": (121, 1080, 1920, "h264", []),
    "video/treadmill_pair_rear.mov": (121, 1080, 1920, "h264", []),
    "video/treadmill_slow_motion.mp4": (949, 480, 360, "h264", []),
    "video/trap_coach_in_front.mp4": (402, 1280, 720, "h264", []),
    "video/trap_feet_hidden.mp4": (315, 506, 960, "h264", [Code.LOW_FRAME_RATE]),
    "video/trap_on_the_spot.mp4": (170, 412, 960, "h264", [Code.VARIABLE_FRAME_RATE]),
    "video/trap_rotation_vfr_tiny.mp4": (193, 480, 220, "h264", [Code.VARIABLE_FRAME_RATE]),
    "video/trap_speed_ramp.mp4": (175, 406, 720, "h264", []),
    "video/trap_walking_two_people.mp4": (230, 1768, 994, "vp9", []),
    "virtual/front_m1_30fps.mp4": (66, 1280, 720, "h264", []),
    "virtual/oblique_f1_30fps.mp4": (66, 1280, 720, "h264", []),
    "virtual/overground_pan_30fps.mp4": (54, 1280, 720, "h264", []),
    "virtual/rear_f1_60fps.mp4": (132, 1280, 720, "h264", []),
    "virtual/side_m1_60fps.mp4": (132, 1280, 720, "h264", []),
    "virtual/side_portrait_fixed_m1_30fps_blur.mp4": (45, 720, 1280, "h264", []),
}
MOVING = {"video/trap_rotation_vfr_tiny.mp4", "video/trap_speed_ramp.mp4", "virtual/overground_pan_30fps.mp4"}
HANDHELD = {"video/trap_coach_in_front.mp4", "video/trap_feet_hidden.mp4", "video/trap_on_the_spot.mp4"}


@cache
def watched(path):
    """Return a video and what a watch saw of it."""
    video, _ = probe(path)
    watch = FrameWatch()
    return video, frame_changes(watch.see(frame.rgb) for frame in frames(video))


@pytest.mark.parametrize("name", CLIPS)
def test_a_recording_is_what_it_is(recordings, name):
    video, issues = probe(recordings / name)
    found = video.frames, video.width_px, video.height_px, video.codec, [issue.code for issue in issues]
    assert found == CLIPS[name]
    assert video.time_s[0] == 0.0


@pytest.mark.parametrize("name", CLIPS)
def test_every_frame_is_read_and_none_is_called_repeated(recordings, name):
    video, changes = watched(recordings / name)
    assert np.isfinite(changes.brightness).sum() == video.frames
    assert not repeated_frames(changes).any()


@pytest.mark.parametrize("name", CLIPS)
def test_only_a_camera_that_pans_or_turns_is_said_to_move(recordings, name):
    video, changes = watched(recordings / name)
    issue = camera_motion(changes, video)
    assert (issue is not None) == (name in MOVING)


@pytest.mark.parametrize("name", sorted(set(CLIPS) - MOVING - HANDHELD))
def test_the_background_of_a_camera_on_a_stand_stays(recordings, name):
    _, changes = watched(recordings / name)
    assert np.nanpercentile(np.hypot(*changes.shift_px.T), 95) < 0.35


def test_a_rendered_pan_has_the_speed_of_the_foot_that_stands_still(recordings):
    _, changes = watched(recordings / "virtual/overground_pan_30fps.mp4")
    truth = np.load(recordings / "virtual/overground_pan_30fps.npz")
    toe = list(truth["names"]).index("l_toe")
    standing = [(truth["t"] > a + 0.03) & (truth["t"] < b - 0.06) for a, b in truth["con_l"]]
    foot_px = np.concatenate([np.diff(truth["J2"][stands, toe, 0]) for stands in standing]).mean()
    assert foot_px < -15
    stretch = np.nanmedian(changes.shift_px[:, 0]) / foot_px
    most = 1 + (640 / truth["f"]) ** 2  # a turn shifts the border of the picture more than its middle
    assert 1.0 < stretch < most
    assert abs(np.nanmedian(changes.shift_px[:, 1])) < 0.5


def test_a_clip_with_a_turn_comes_the_right_way_up_with_true_times(recordings):
    video, _ = probe(recordings / "video/trap_rotation_vfr_tiny.mp4")
    gaps_s = np.diff(video.time_s)
    assert gaps_s.min() == pytest.approx(0.0167, abs=1e-3)
    assert gaps_s.max() == pytest.approx(0.0517, abs=1e-3)
    rgb = grab(video, [0])[0].astype(float)
    sky, road = rgb[10:60, 60:440], rgb[170:210, 60:440]
    assert rgb.shape == (220, 480, 3)
    assert sky.mean() > 1.5 * road.mean()


def test_spans_of_a_recording_join_without_a_seam(recordings):
    video, _ = probe(recordings / "video/trap_rotation_vfr_tiny.mp4")
    whole = [frame.rgb for frame in frames(video)]
    for start, stop in ((0, 50), (50, 51), (51, 120), (120, 193)):
        for frame in frames(video, start, stop):
            assert np.array_equal(frame.rgb, whole[frame.index])


def test_reading_and_watching_keep_up(recordings):
    video, _ = probe(recordings / "video/treadmill_side_left.mp4")
    watch, reading_s, watching_s = FrameWatch(), 0.0, 0.0
    source = frames(video, 0, 120)
    for _ in range(120):
        start_s = time.thread_time()
        frame = next(source)
        read_s = time.thread_time()
        watch.see(frame.rgb)
        reading_s, watching_s = reading_s + read_s - start_s, watching_s + time.thread_time() - read_s
    assert reading_s / 120 < 0.006
    assert watching_s / 120 < 0.004  # about 0.0017 on a quiet machine
