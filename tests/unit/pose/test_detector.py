"""BlazePose's person detector."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.pose.detector import Detector, anchors, merged


def test_anchors_lie_in_the_middle_of_their_cells_row_by_row():
    places = anchors()

    assert places.shape == (2254, 2)
    assert places[0] == pytest.approx([0.5 / 28, 0.5 / 28])
    assert places[1] == pytest.approx(places[0])
    assert places[2] == pytest.approx([1.5 / 28, 0.5 / 28])
    assert places[28 * 28 * 2] == pytest.approx([0.5 / 14, 0.5 / 14])
    assert places[-1] == pytest.approx([6.5 / 7, 6.5 / 7])
    assert np.ptp(places[-6:], axis=0).tolist() == [0, 0]


def test_boxes_that_overlap_are_one_person_weighted_by_their_scores():
    rows = np.array([[10, 10, 8, 8, 1.0], [40, 40, 8, 8, 5.0], [12, 10, 8, 8, 4.0]])

    people = merged(rows, np.array([0.6, 0.95, 0.9]))

    assert [person.tolist() for person in people] == [
        [40, 40, 8, 8, 5],
        pytest.approx([11.2, 10, 8, 8, 2.8]),
    ]


def test_nobody_is_no_one():
    assert merged(np.empty((0, 12)), np.empty(0)) == []


@pytest.mark.parametrize("shape", [(200, 320, 3), (320, 200, 3), (33, 700, 3)])
def test_nobody_is_found_in_an_even_picture(weights, shape):
    assert Detector(weights / "pose_detector.tflite")(np.full(shape, 90, np.uint8)) == []
