"""The quick check on real and rendered recordings: what their README says of them, within seconds."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from midstance.model import Fitness, PersonChosen
from midstance.pipeline import check, corrected, seen
from midstance.settings import Settings, replaced
from midstance.video import VideoWriter, frames, probe

pytestmark = pytest.mark.usefixtures("weights")

GOOD, BETTER, BAD = Fitness.GOOD, Fitness.BETTER, Fitness.BAD

EXPECTED: dict[str, dict[str, Any]] = {
    "video/treadmill_side_left.mp4": {
        "view": "side",
        "near_side": "left",
        "activity": "running",
        "cadence_spm": 168.9,
        "people": 1,
        "slow_motion_factor": 1.0,
        "states": {"upright": GOOD, "steps": GOOD, "activity": GOOD, "tilt": GOOD},
    },
    "video/treadmill_pair_side.mov": {
        "view": "side",
        "near_side": "right",
        "activity": "running",
        "cadence_spm": 162.0,
        "people": 1,
        "states": {"upright": GOOD, "view": GOOD, "feet": GOOD, "size": GOOD, "frame_rate": BETTER},
    },
    "video/treadmill_pair_rear.mov": {
        "view": "rear",
        "cadence_spm": 162.0,
        "people": 1,
        "states": {"upright": GOOD, "view": BAD},
    },
    "video/treadmill_slow_motion.mp4": {
        "view": "side",
        "near_side": "right",
        "activity": "running",
        "slow_motion_factor": 8.0,
        "cadence_spm": 60 / (3.41 / 8),
        "states": {"slow_motion": BETTER, "upright": GOOD},
    },
    "video/trap_rotation_vfr_tiny.mp4": {
        "view": "side",
        "states": {"upright": GOOD, "file": BETTER, "size": BAD},
    },
    "video/trap_coach_in_front.mp4": {"people": 2, "states": {"people": BETTER, "upright": GOOD}},
    "video/trap_feet_hidden.mp4": {"states": {"feet": BAD, "upright": GOOD}, "expected_steps": None},
    "video/trap_on_the_spot.mp4": {
        "view": "front",
        "activity": "on_the_spot",
        "states": {"activity": BAD, "view": BAD},
    },
    "video/trap_walking_two_people.mp4": {
        "view": "side",
        "activity": "walking",
        "people": 2,
        "states": {"activity": BAD, "people": BETTER},
    },
    "video/trap_speed_ramp.mp4": {"states": {"slow_motion": BAD, "view": BETTER}, "expected_steps": None},
    "virtual/front_m1_30fps.mp4": {"view": "front", "states": {"view": BAD}},
    "virtual/rear_f1_60fps.mp4": {"view": "rear", "states": {"view": BAD, "frame_rate": GOOD}},
    "virtual/oblique_f1_30fps.mp4": {"view": "oblique", "activity": "running", "states": {"view": BAD}},
    "virtual/overground_pan_30fps.mp4": {
        "view": "side",
        "near_side": "right",
        "activity": "running",
        "states": {"view": GOOD},
    },
    "virtual/side_m1_60fps.mp4": {
        "view": "side",
        "near_side": "right",
        "activity": "running",
        "people": 1,
        "states": {"view": GOOD, "feet": GOOD, "tilt": GOOD, "frame_rate": GOOD, "slow_motion": GOOD},
    },
    "virtual/side_portrait_fixed_m1_30fps_blur.mp4": {
        "view": "side",
        "near_side": "right",
        "activity": "running",
        "states": {"view": GOOD, "tilt": GOOD, "steps": BETTER},
    },
}


def state(found, key):
    item = found.item(key)
    assert item is not None
    return item.state


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPECTED)
def test_a_clip_is_what_its_readme_says(recordings, name):
    expected = dict(EXPECTED[name])
    found = check(recordings / name)
    states = {item.key: item.state for item in found.items}

    assert {key: states.get(key) for key in expected["states"]} == expected.pop("states")
    if (cadence := expected.pop("cadence_spm", None)) is not None:
        assert found.cadence_spm == pytest.approx(cadence, rel=0.03)
    if (factor := expected.pop("slow_motion_factor", None)) is not None:
        assert found.slow_motion_factor == pytest.approx(factor, rel=0.02)
    assert {key: getattr(found, key) for key in expected} == expected
    assert all(item.remedy for item in found.items if item.state is not GOOD and item.key != "file")


def test_the_demo_is_fit_in_every_respect(demo):
    found = check(demo)

    assert {item.key for item in found.items if item.state is not GOOD} == set()
    assert (found.view, found.activity, found.people) == ("side", "running", 1)
    assert found.expected_steps == pytest.approx(22, abs=1)
    assert found.runner_px == pytest.approx(654, rel=0.1)


def turned(demo, path, change):
    """Write the first three seconds of the demo, each picture changed."""
    with VideoWriter(path) as writer:
        for frame in frames(probe(demo)[0], 0, 180):
            writer.write(np.ascontiguousarray(change(frame.rgb)), frame.time_s)
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("quarters", "said"), [(1, "lies on its side"), (3, "lies on its side"), (2, "is upside down")]
)
def test_a_picture_that_is_not_the_right_way_up_is_recognised(demo, tmp_path, quarters, said):
    clip = turned(demo, tmp_path / "turned.mp4", lambda rgb: np.rot90(rgb, quarters))
    item = check(clip).item("upright")

    assert item is not None
    assert (item.state, said in item.sentence) == (BAD, True)


@pytest.mark.slow
def test_an_empty_room_is_said_to_be_empty(demo, tmp_path):
    clip = turned(demo, tmp_path / "empty.mp4", lambda rgb: np.full_like(rgb, 90))
    found = check(clip)

    assert found.people == 0
    assert state(found, "people") is BAD
    assert found.runner_px is None


@pytest.mark.slow
def test_a_person_who_stands_is_said_to_stand(demo, tmp_path):
    clip, _ = probe(demo)
    (still,) = frames(clip, 100, 101)
    standing = turned(demo, tmp_path / "standing.mp4", lambda _rgb: still.rgb)
    found = check(standing)

    assert (found.activity, found.expected_steps) == ("standing", None)
    assert state(found, "activity") is BAD


@pytest.mark.slow
def test_ten_seconds_of_1080p_are_checked_within_five_seconds_of_cpu(demo, tmp_path):
    import cv2  # noqa: PLC0415  # to enlarge

    path, clock = tmp_path / "large.mp4", 0.0
    with VideoWriter(path) as writer:
        for _ in range(2):
            for frame in frames(probe(demo)[0], 0, 300):
                writer.write(np.asarray(cv2.resize(frame.rgb, (1080, 1920)), dtype=np.uint8), clock)
                clock += 1 / 60
    check(demo)  # the networks are loaded
    before = time.process_time()
    found = check(path)

    assert time.process_time() - before < 5.0
    assert (found.height_px, found.activity) == (1920, "running")


@pytest.mark.slow
def test_the_coach_can_be_chosen_by_pointing_and_the_runner_again(recordings):
    path = recordings / "video" / "trap_coach_in_front.mp4"
    settings = replaced(Settings(), {"pose.quality": "quick"})
    first = seen(path, settings=settings)
    coach = PersonChosen(200, 985.0, 440.0)
    after = corrected(first.recording, first.sighting, [coach], settings=settings)
    hips = [np.nanmedian(m.middle("hip")[:, 0]) for m in (first.sighting.motion, after.image_motion)]

    assert hips[1] - hips[0] > 150
    assert after.activity != "running"
    assert after.settings["corrections"][0]["kind"] == "person_chosen"
