"""BlazePose's person detector: the way in where MoveNet sees nobody, as when the body is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance.pose.blazepose import sigmoid
from midstance.pose.litert import Network
from midstance.pose.region import Region

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["Detector", "anchors", "merged"]

SIZE = 224
_GRIDS = ((28, 2), (14, 2), (7, 6))  # cells a side, anchors a cell
_BOXES, _SCORES = 2254 * 12, 2254
_SAME_PERSON = 0.3  # boxes that overlap more are one person


def anchors() -> NDArray[np.float64]:
    """Return the anchor centres (2254, 2) as fractions of the picture, in the network's order."""
    centres = []
    for cells, count in _GRIDS:
        middle = (np.arange(cells) + 0.5) / cells
        grid = np.stack(np.meshgrid(middle, middle), axis=-1).reshape(-1, 2)
        centres.append(np.repeat(grid, count, axis=0))
    return np.concatenate(centres)


def _overlap(box: NDArray[np.float64], boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return intersection over union of one box (centre, size: 4) with others (N, 4)."""
    low = np.maximum(box[:2] - box[2:] / 2, boxes[:, :2] - boxes[:, 2:] / 2)
    high = np.minimum(box[:2] + box[2:] / 2, boxes[:, :2] + boxes[:, 2:] / 2)
    shared = np.prod(np.maximum(high - low, 0), axis=1)
    union = box[2:].prod() + boxes[:, 2:].prod(axis=1) - shared
    return np.asarray(shared / np.maximum(union, 1e-12))


def merged(rows: NDArray[np.float64], score: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Return one row per person: the score-weighted mean of rows (N, 4 + …) whose boxes overlap."""
    order = np.argsort(-score, kind="stable")
    rows, score = rows[order], score[order]
    people = []
    while len(rows):
        same = _overlap(rows[0, :4], rows[:, :4]) > _SAME_PERSON
        same[0] = True
        people.append(np.average(rows[same], axis=0, weights=score[same]))
        rows, score = rows[~same], score[~same]
    return people


class Detector:
    """The detector network.

    Parameters
    ----------
    path
        Its file.
    """

    def __init__(self, path: Path) -> None:
        self._network = Network(path, (_BOXES, _SCORES))
        self._anchors = anchors()

    def __call__(self, rgb: NDArray[np.uint8], least_score: float = 0.5) -> list[Region]:
        """Return the region of each person in a picture (H, W, 3), the most certain first."""
        height, width = rgb.shape[:2]
        side = max(height, width)
        zoom = SIZE / side
        small = cv2.resize(rgb, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA)
        square = np.zeros((SIZE, SIZE, 3), np.uint8)
        top, left = (SIZE - small.shape[0]) // 2, (SIZE - small.shape[1]) // 2
        square[top : top + small.shape[0], left : left + small.shape[1]] = small
        out = self._network(square.astype(np.float32) / np.float32(127.5) - np.float32(1))
        score = sigmoid(out[_SCORES].ravel())
        rows = self._rows(out[_BOXES].reshape(-1, 6, 2))[score > least_score]
        people = merged((rows * SIZE).reshape(-1, 12), score[score > least_score])
        return [
            Region.around((row[4:6] - (left, top)) / zoom, (row[6:8] - (left, top)) / zoom) for row in people
        ]

    def _rows(self, raw: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return box centre, box size and key points (2254, 6, 2) as fractions of the square."""
        rows = raw.astype(np.float64) / SIZE
        rows[:, 0] += self._anchors
        rows[:, 2:] += self._anchors[:, None]
        return rows
