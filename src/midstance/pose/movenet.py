"""MoveNet MultiPose: up to six people in a picture, each with a box and 17 points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance.pose.litert import Network
from midstance.pose.region import MARGIN, Region

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["MultiPose", "Person"]

LONG_SIDE = 448
_OUT = 6 * 56
_STEP = 32  # the network wants sides that are multiples of this
_CERTAIN = 0.2
SHOULDERS, HIPS, LEGS, ENDS = (5, 6), (11, 12), (13, 14, 15, 16), (0, 15, 16)
_CROWN = 1.15  # from the hips, the body reaches this much further than nose or ankles


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """One person in one picture.

    Parameters
    ----------
    box
        Left, top, right, bottom [px].
    joints
        The 17 COCO points (17, 2) [px].
    certain
        The network's belief in each (17,), 0 to 1.
    score
        Its belief in the person, 0 to 1.
    """

    box: NDArray[np.float64]
    joints: NDArray[np.float64]
    certain: NDArray[np.float64]
    score: float

    @property
    def height_px(self) -> float:
        """Height of the box [px]."""
        return float(self.box[3] - self.box[1])

    @property
    def centre(self) -> NDArray[np.float64]:
        """Middle of the box (2,) [px]."""
        return np.asarray((self.box[:2] + self.box[2:]) / 2)

    @property
    def legs(self) -> NDArray[np.float64]:
        """Knees and ankles from mid-hip (4, 2) in box heights; NaN where not seen."""
        away = (self.joints[list(LEGS)] - self.joints[list(HIPS)].mean(axis=0)) / self.height_px
        return np.where((self.certain[list(LEGS)] > _CERTAIN)[:, None], away, np.nan)

    @property
    def region(self) -> Region:
        """Where a landmark network should look for this person."""
        hips, shoulders = (self.joints[list(pair)].mean(axis=0) for pair in (HIPS, SHOULDERS))
        reach = np.linalg.norm(self.joints[list(ENDS)] - hips, axis=1)[self.certain[list(ENDS)] > _CERTAIN]
        radius = _CROWN * float(reach.max(initial=0.45 * self.height_px))
        right, down = shoulders - hips
        return Region(float(hips[0]), float(hips[1]), 2 * MARGIN * radius, float(np.arctan2(right, -down)))


class MultiPose:
    """The MoveNet MultiPose network.

    Parameters
    ----------
    path
        Its file.
    long_side_px
        The longer side of the picture it is shown [px].
    """

    def __init__(self, path: Path, long_side_px: int = LONG_SIDE) -> None:
        self._network = Network(path, (_OUT,))
        self._long_side_px = long_side_px

    def __call__(self, rgb: NDArray[np.uint8], least_score: float = 0.2) -> list[Person]:
        """Return the people in a picture (H, W, 3), the most certain first."""
        height, width = rgb.shape[:2]
        zoom = self._long_side_px / max(height, width)
        shape = tuple(-(-round(side * zoom) // _STEP) * _STEP for side in (height, width))
        small = cv2.resize(
            rgb,
            (round(width * zoom), round(height * zoom)),
            interpolation=cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR,
        )
        shown = np.zeros((*shape, 3), np.uint8)
        shown[: small.shape[0], : small.shape[1]] = small
        rows = self._network(shown)[_OUT].reshape(6, 56).astype(np.float64)
        people = [_person(row, shape, zoom) for row in rows if row[55] >= least_score]
        return sorted(people, key=lambda person: -person.score)


def _person(row: NDArray[np.float64], shape: tuple[int, ...], zoom: float) -> Person:
    """Read one row of the network's output (56,)."""
    unit = np.array([shape[1], shape[0]]) / zoom
    joints = row[:51].reshape(17, 3)
    top, left, bottom, right = row[51:55]
    box = np.array([left, top, right, bottom]) * np.tile(unit, 2)
    return Person(box, joints[:, [1, 0]] * unit, joints[:, 2], float(row[55]))
