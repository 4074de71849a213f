"""Gravity in rendered clips, where it is known, and in real ones, turned by known angles."""

from __future__ import annotations

import functools
import time
from dataclasses import dataclass

import cv2
import numpy as np
import pytest

from midstance.video import grab, probe
from midstance.video.plumb import plumb_line

RENDERED = [
    "front_m1_30fps",
    "oblique_f1_30fps",
    "overground_pan_30fps",
    "rear_f1_60fps",
    "side_m1_60fps",
    "side_portrait_fixed_m1_30fps_blur",
]
REAL = {  # column and box of the runner, of the picture's width and height
    "treadmill_side_left.mp4": (0.18, 0.47, 0.68, 0.99),
    "treadmill_pair_side.mov": (0.09, 0.12, 0.77, 0.87),
    "treadmill_pair_rear.mov": (0.16, 0.22, 0.75, 0.91),
    "treadmill_slow_motion.mp4": (0.41, 0.04, 0.62, 0.72),
    "trap_walking_two_people.mp4": (0.33, 0.08, 0.65, 0.95),
}


@dataclass(frozen=True)
class Look:
    frames: list[np.ndarray]
    at_px: float
    avoid: np.ndarray


@functools.cache
def pictures(path, count=5):
    video, _ = probe(path)
    chosen = np.linspace(0.04 * video.frames, 0.96 * video.frames - 1, count).astype(int)
    return grab(video, [int(index) for index in chosen])


def real(recordings, name):
    frames = list(pictures(recordings / "video" / name).values())
    height, width = frames[0].shape[:2]
    box = np.array(REAL[name]) * [width, height, width, height]
    return Look(frames, 0.5 * (box[0] + box[2]), np.repeat(box[None], len(frames), axis=0))


def rendered(recordings, name):
    """Return a rendered clip and the tilt of true vertical at the runner [deg]."""
    found = pictures(recordings / "virtual" / f"{name}.mp4")
    truth = np.load(recordings / "virtual" / f"{name}.npz")
    joints = truth["J2"][list(found), :, :2]
    avoid = np.concatenate([joints.min(axis=1) - [20, 50], joints.max(axis=1) + 20], axis=1)
    middle = truth["J3"][list(found)[2]].mean(axis=0)
    rays = (np.array([middle, middle + np.array([0, 0.01, 0])]) - truth["pos"]) @ truth["R"].T
    right, down = np.diff(rays[:, :2] / rays[:, 2:], axis=0)[0]
    at_px = float(np.median(avoid[:, [0, 2]].mean(axis=1)))
    return Look(list(found.values()), at_px, avoid), float(np.degrees(np.arctan2(right, -down)))


def turned(look, turn_deg):
    """Turn pictures clockwise and cut out the middle, so that no corner is black."""
    height, width = look.frames[0].shape[:2]
    angle = abs(np.radians(turn_deg))
    kept = 1 / (np.cos(angle) + max(width / height, height / width) * np.sin(angle))
    size = np.array([int(width * kept), int(height * kept)])
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -turn_deg, 1.0)
    turn[:, 2] += size / 2 - [width / 2, height / 2]
    frames = [cv2.warpAffine(frame, turn, size.tolist()) for frame in look.frames]
    middle = 0.5 * (look.avoid[:, :2] + look.avoid[:, 2:]) @ turn[:, :2].T + turn[:, 2]
    half = 0.5 * (look.avoid[:, 2:] - look.avoid[:, :2])
    half = half @ np.array([[np.cos(angle), np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    at_px = float((turn @ [look.at_px, height / 2, 1])[0])
    return Look(frames, at_px, np.hstack([middle - half, middle + half]))


def plumb_of(look):
    return plumb_line(look.frames, look.at_px, look.avoid)


@pytest.mark.parametrize("name", RENDERED)
def test_gravity_of_a_rendered_clip_is_found(recordings, name):
    look, truth_deg = rendered(recordings, name)
    plumb = plumb_of(look)
    assert plumb.tilt_deg == pytest.approx(truth_deg, abs=0.4)
    assert plumb.sd_deg < 1.0


@pytest.mark.parametrize(
    ("name", "turn_deg"),
    [
        ("oblique_f1_30fps", 6),
        ("side_m1_60fps", -5),
        ("rear_f1_60fps", 4),
        ("treadmill_side_left.mp4", -5),
        ("treadmill_pair_side.mov", 3),
        ("treadmill_pair_rear.mov", 6),
        ("treadmill_slow_motion.mp4", -4),
        ("trap_walking_two_people.mp4", 4),
    ],
)
def test_a_turned_recording_turns_the_plumb_line_with_it(recordings, name, turn_deg):
    look = real(recordings, name) if name in REAL else rendered(recordings, name)[0]
    before, after = plumb_of(look), plumb_of(turned(look, turn_deg))
    assert after.tilt_deg - before.tilt_deg == pytest.approx(turn_deg, abs=0.5)


@pytest.mark.parametrize(
    ("name", "tilt_deg"),
    [  # read off by hand: cabinets; shelf posts; shelf posts and doors either side of the runner
        ("treadmill_side_left.mp4", -1.0),
        ("treadmill_pair_side.mov", -0.6),
        ("treadmill_pair_rear.mov", -3.2),
    ],
)
def test_the_plumb_line_runs_along_cabinets_shelves_and_doors(recordings, name, tilt_deg):
    plumb = plumb_of(real(recordings, name))
    assert plumb.tilt_deg == pytest.approx(tilt_deg, abs=0.5)
    assert plumb.sd_deg < 0.7


def test_a_room_without_verticals_in_view_is_refused(recordings):
    frames = list(pictures(recordings / "video" / "trap_on_the_spot.mp4").values())
    height, width = frames[0].shape[:2]
    plumb = plumb_line(frames, width / 2, np.array([[0, 0, width, height]], float))
    assert np.isnan(plumb.tilt_deg)
    assert plumb.sd_deg == np.inf


def test_nine_pictures_take_less_than_half_a_second(recordings):
    look = real(recordings, "treadmill_side_left.mp4")
    nine = Look((2 * look.frames)[:9], look.at_px, np.repeat(look.avoid[:1], 9, axis=0))
    plumb_of(nine)
    before = time.process_time()
    plumb_of(nine)
    assert time.process_time() - before < 0.5
