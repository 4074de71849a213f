"""Repeated frames and a moving camera are found; still scenes and handheld jitter are not called either."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from midstance.model import Code, FrameChanges, Issue, Video
from midstance.video import (
    FrameWatch,
    camera_motion,
    frame_changes,
    frames,
    probe,
    repeated_frames,
    repetition,
)


def watched(path):
    """Return a video and what a watch saw of it."""
    video, _ = probe(path)
    watch = FrameWatch()
    return video, frame_changes(watch.see(frame.rgb) for frame in frames(video))


def told(issue: Issue | None) -> Issue:
    """Return an issue that must be there."""
    assert issue is not None
    return issue


def running(count, seed=0):
    """Return pictures of a two swinging bars before a grainy wall."""
    rng = np.random.default_rng(seed)
    wall = rng.integers(60, 190, (30, 40, 3)).astype(np.uint8).repeat(8, 0).repeat(8, 1)
    pictures = []
    for i in range(count):
        picture = wall.copy()
        for phase, shade in ((0.0, 30), (1.6, 220)):  # one moves fast while the other turns back
            column = int(160 + 60 * np.sin(0.45 * i + phase))
            picture[60:220, column - 15 : column + 15] = shade
        noise = rng.normal(0, 2, picture.shape)
        pictures.append(np.clip(picture + noise, 0, 255).astype(np.uint8))
    return pictures


PADDING = {"24 to 30": lambda i: i * 4 // 5, "doubled": lambda i: i // 2, "four times": lambda i: i // 4}


@pytest.mark.parametrize("crf", ["18", "28"])
@pytest.mark.parametrize("padding", PADDING)
def test_repeated_frames_are_found_after_compression(tmp_path, write_clip, padding, crf):
    source, shown = running(120), [PADDING[padding](i) for i in range(120)]
    path = write_clip(
        tmp_path / "padded.mp4", [source[i] for i in shown], options={"crf": crf}, key_every=250
    )
    video, changes = watched(path)
    truth = np.diff(shown, prepend=-1) == 0
    np.testing.assert_array_equal(repeated_frames(changes), truth)
    issue = told(repetition(changes, video))
    assert issue.code == Code.REPEATED_FRAMES
    assert f"{truth.sum()} of 120 frames repeat" in issue.sentence


def test_the_frame_rate_that_is_left_is_told(tmp_path, write_clip):
    source = running(120)
    video, changes = watched(write_clip(tmp_path / "padded.mp4", [source[i * 4 // 5] for i in range(120)]))
    assert "about 24 show something new" in told(repetition(changes, video)).sentence


def test_running_that_was_filmed_well_repeats_nothing(tmp_path, write_clip):
    video, changes = watched(write_clip(tmp_path / "well.mp4", running(90)))
    assert not repeated_frames(changes).any()
    assert repetition(changes, video) is None


@pytest.mark.parametrize("noise", [0.0, 2.0, 4.0])  # above 5 a few frames are called copies
def test_a_scene_that_stands_still_repeats_nothing(tmp_path, write_clip, noise):
    rng, still = np.random.default_rng(1), running(1)[0]
    pictures = [
        np.clip(still + rng.normal(0, noise, still.shape), 0, 255).astype(np.uint8) for _ in range(60)
    ]
    _, changes = watched(write_clip(tmp_path / "still.mp4", pictures, key_every=20))
    assert not repeated_frames(changes).any()


def test_cuts_and_flashes_do_not_make_their_neighbours_copies():
    difference = np.full(100, 1.0)
    difference[[30, 33, 36, 40, 60]] = 20.0
    assert not repeated_frames(changes_with(difference=difference)).any()


def test_a_few_frames_are_too_few_to_tell():
    assert not repeated_frames(changes_with(difference=np.array([np.nan, 3.0, 0.0, 3.0]))).any()


def changes_with(*, difference=None, shift_px=None):
    """Return changes of which only one kind is known."""
    count = len(difference if difference is not None else shift_px)
    nan = np.full(count, np.nan)
    return FrameChanges(
        nan if difference is None else difference,
        np.full((count, 2), np.nan) if shift_px is None else np.asarray(shift_px, dtype=float),
        nan,
        nan,
    )


def film(count, rate_hz=30.0):
    """Return a video of 1280 × 720 pixels that lies nowhere."""
    return Video(Path("nowhere.mp4"), "", 1280, 720, 0, np.arange(count) / rate_hz, "h264")


def test_a_pan_is_found_with_its_size_and_span():
    shift_px = np.zeros((120, 2))
    shift_px[30:60, 0] = -12
    issue = told(camera_motion(changes_with(shift_px=shift_px), film(120)))
    assert issue.code == Code.CAMERA_MOVES
    assert "by 360 pixels in all (28 % of the picture)" in issue.sentence
    assert issue.start_s == pytest.approx(0.75, abs=0.25)
    assert issue.end_s == pytest.approx(2.2, abs=0.3)


@pytest.mark.parametrize("rate_hz", [30, 120])
def test_the_same_pan_counts_the_same_at_any_frame_rate(rate_hz):
    count = 2 * rate_hz
    quick = np.tile([120.0 / rate_hz, 0.0], (count, 1))
    assert camera_motion(changes_with(shift_px=quick), film(count, rate_hz)) is not None
    slow = np.tile([80.0 / rate_hz, 0.0], (count, 1))
    assert camera_motion(changes_with(shift_px=slow), film(count, rate_hz)) is None


def test_a_slow_pan_that_goes_far_is_found():
    shift_px = np.tile([1.0, 0.0], (300, 1))
    assert "23 % of the picture" in told(camera_motion(changes_with(shift_px=shift_px), film(300))).sentence


def test_handheld_jitter_is_let_pass():
    rng = np.random.default_rng(0)
    place = 8 * rng.normal(size=(300, 2)) + 15 * np.sin(np.arange(300) / 20)[:, None]
    shift_px = np.diff(place, axis=0, prepend=place[:1])
    assert camera_motion(changes_with(shift_px=shift_px), film(300)) is None


def test_nothing_is_said_of_a_background_that_was_not_seen():
    shift_px = np.full((100, 2), np.nan)
    shift_px[1:40] = 20
    assert camera_motion(changes_with(shift_px=shift_px), film(100)) is None


def test_one_frame_cannot_move():
    assert camera_motion(changes_with(shift_px=np.full((1, 2), np.nan)), film(1)) is None
