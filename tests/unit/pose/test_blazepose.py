"""Reading a landmark network's answer, and the network itself on pictures without anybody."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midstance.pose.blazepose import Landmarks, refined, sigmoid
from midstance.pose.region import Patch, Region


def refined_slowly(xy, heatmap):
    """One point at a time, in words of the published graph."""
    height, width, _ = heatmap.shape
    result, peaks = xy.copy(), np.zeros(len(xy))
    for k, (x, y) in enumerate(xy):
        column, row = int(np.floor(x)), int(np.floor(y))
        if not (0 <= column < width and 0 <= row < height):
            continue
        mass, right, down = 0.0, 0.0, 0.0
        for i in range(max(0, row - 3), min(height, row + 4)):
            for j in range(max(0, column - 3), min(width, column + 4)):
                weight = 1 / (1 + np.exp(-float(heatmap[i, j, k])))
                mass, right, down = mass + weight, right + weight * j, down + weight * i
                peaks[k] = max(peaks[k], weight)
        if peaks[k] >= 0.5:
            result[k] = right / mass, down / mass
    return result, peaks


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_refinement_agrees_with_a_slow_reading_of_the_heatmap(seed):
    rng = np.random.default_rng(seed)
    heatmap = rng.normal(-2, 2, (24, 20, 9)).astype(np.float32)
    xy = rng.uniform(-3, 27, (9, 2))

    fast, slow = refined(xy, heatmap), refined_slowly(xy, heatmap)

    assert fast[0] == pytest.approx(slow[0])
    assert fast[1] == pytest.approx(slow[1])


def test_a_point_moves_to_a_spot_nearby_and_not_to_one_far_off():
    heatmap = np.full((64, 64, 2), -20, np.float32)
    heatmap[30, 33], heatmap[30, 50] = 4, 9

    points, peak = refined(np.array([[31.2, 31.7], [10.0, 10.0]]), heatmap)

    assert points[0] == pytest.approx([33, 30], abs=0.01)
    assert points[1].tolist() == [10, 10]
    assert peak[0] > 0.9
    assert peak[1] < 0.1


def test_the_logistic_function_is_safe_for_any_logit():
    assert sigmoid(np.array([-1e9, 0, 1e9], np.float32)).tolist() == pytest.approx([0, 0.5, 1])


@pytest.mark.parametrize("file", ["pose_landmark_full.tflite", "pose_landmark_heavy.tflite"])
def test_nobody_is_seen_in_an_even_picture_and_nothing_is_printed(weights, file, capfd):
    grey = np.full((300, 300, 3), 120, np.uint8)
    region = Region(150, 150, 280)

    look = Landmarks(weights / file)(Patch.of(grey, region), region)

    assert look.score < 0.5
    assert look.points.shape == (19, 2)
    assert capfd.readouterr() == ("", "")


def test_looking_twice_gives_the_same_bits(weights):
    noise = np.random.default_rng(0).integers(0, 256, (300, 300, 3)).astype(np.uint8)
    region = Region(150, 150, 280, 0.1)
    network = Landmarks(weights / "pose_landmark_full.tflite")

    first, second = (network(Patch.of(noise, region), region, mirrored=True) for _ in range(2))

    assert np.array_equal(first.points, second.points)
    assert np.array_equal(first.seen, second.seen)
