"""What a watch sees: how far the background went, how much changed, how bright and sharp it is."""

from __future__ import annotations

import pickle

import cv2
import numpy as np
import pytest

from midstance.video import FrameWatch, frame_changes


def scene(seed=0, height=720, width=1280):
    """Return a picture with structure of many sizes, larger than what is shown of it."""
    rng = np.random.default_rng(seed)
    picture = np.zeros((height, width), np.float32)
    for size in (4, 8, 16, 32):
        coarse = rng.normal(size=(height // size, width // size)).astype(np.float32)
        picture += cv2.resize(coarse, (width, height))
    picture = 128 + 25 * picture
    return np.repeat(np.clip(picture, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def moved(picture, right_px, down_px):
    """Shift the content of a picture by fractions of a pixel."""
    height, width = picture.shape[:2]
    shift = np.array([[1, 0, right_px], [0, 1, down_px]], np.float32)
    return cv2.warpAffine(picture, shift, (width, height), borderMode=cv2.BORDER_REFLECT)


@pytest.mark.parametrize("shift_px", [(0, 0), (8, 0), (-23.5, 2), (0, 40), (-3, -5.2), (70, 0), (1.3, 0.4)])
@pytest.mark.parametrize("size", [(720, 1280), (1280, 720)])
def test_a_pan_is_measured(size, shift_px):
    watch, picture = FrameWatch(), scene(height=size[0], width=size[1])
    watch.see(picture)
    _, right_px, down_px, _, _ = watch.see(moved(picture, *shift_px))
    assert (right_px, down_px) == pytest.approx(shift_px, abs=0.8)


def test_a_runner_and_a_belt_do_not_pass_for_the_background():
    watch, picture = FrameWatch(), scene()
    watch.see(picture)
    after = picture.copy()
    after[150:, 400:880] = moved(picture, 30, 12)[150:, 400:880]
    after[600:, 300:1000] = moved(picture, -40, 0)[600:, 300:1000]
    difference, right_px, down_px, _, _ = watch.see(after)
    assert difference > 5
    assert (right_px, down_px) == pytest.approx((0, 0), abs=0.1)


def test_nothing_is_said_of_a_background_without_structure():
    watch = FrameWatch()
    blank = np.full((720, 1280, 3), 90, np.uint8)
    watch.see(blank)
    difference, right_px, down_px, brightness, sharpness = watch.see(blank)
    assert (difference, brightness, sharpness) == (0.0, 90.0, 0.0)
    assert np.isnan([right_px, down_px]).all()


def test_the_first_frame_has_nothing_before_it():
    difference, right_px, down_px, brightness, _ = FrameWatch().see(scene())
    assert np.isnan([difference, right_px, down_px]).all()
    assert brightness == pytest.approx(128, abs=2)


def test_difference_is_in_steps_of_brightness():
    watch, picture = FrameWatch(), np.full((200, 300, 3), 100, np.uint8)
    watch.see(picture)
    assert watch.see(picture + np.uint8(7))[0] == 7.0


def test_blur_lowers_sharpness():
    sharp, blurred = FrameWatch().see(scene())[4], FrameWatch().see(cv2.blur(scene(), (31, 1)))[4]
    assert blurred < 0.5 * sharp


def test_a_picture_of_another_size_starts_anew():
    watch = FrameWatch()
    watch.see(scene())
    assert np.isnan(watch.see(scene(height=480, width=640))[0])


@pytest.mark.parametrize("size", [(16, 16), (40, 200), (63, 65)])
def test_tiny_pictures_can_be_watched(size):
    watch = FrameWatch()
    rng = np.random.default_rng(0)
    for _ in range(2):
        seen = watch.see(rng.integers(0, 255, (*size, 3)).astype(np.uint8))
    assert seen[0] > 0


def test_a_watch_can_be_sent_to_a_worker_in_the_middle():
    watch, picture = FrameWatch(), scene()
    watch.see(picture)
    copy = pickle.loads(pickle.dumps(watch))  # noqa: S301  # our own bytes
    assert copy.see(moved(picture, 8, 0)) == watch.see(moved(picture, 8, 0))


def test_what_was_seen_is_assembled_and_padded():
    nan = float("nan")
    changes = frame_changes([(nan, nan, nan, 10.0, 5.0), (1.0, 2.0, 3.0, 11.0, 6.0)], frames=4)
    np.testing.assert_array_equal(changes.difference, [nan, 1, nan, nan])
    np.testing.assert_array_equal(changes.shift_px, [[nan, nan], [2, 3], [nan, nan], [nan, nan]])
    np.testing.assert_array_equal(changes.brightness, [10, 11, nan, nan])
    np.testing.assert_array_equal(changes.sharpness, [5, 6, nan, nan])
    assert frame_changes([]).shift_px.shape == (0, 2)
