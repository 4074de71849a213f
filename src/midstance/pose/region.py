"""The square of the picture a landmark network looks at, and the cuts made from it.

Pixel coordinates are continuous: the picture's corner is (0, 0), the middle of its first pixel (0.5, 0.5).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Patch", "Region", "crop"]

MARGIN = 1.25
"""Side of the square as a multiple of the diameter of the circle around the body."""
PATCH_SIDE = 448  # a region is kept at no more than this many pixels a side
_PATCH_REACH = 0.8  # a patch reaches this many region sides from the centre


@dataclass(frozen=True, slots=True)
class Region:
    """A turned square in the picture.

    Parameters
    ----------
    x_px, y_px
        Its centre.
    side_px
        Length of a side.
    turn_rad
        Turn that brings the body upright, + clockwise as seen.
    """

    x_px: float
    y_px: float
    side_px: float
    turn_rad: float = 0.0

    @classmethod
    def around(cls, centre: NDArray[np.float64], edge: NDArray[np.float64]) -> Region:
        """Return the region of a body circle given by its centre and the point above it on its rim."""
        right, down = (float(v) for v in edge - centre)
        turn = math.atan2(right, -down)
        return cls(float(centre[0]), float(centre[1]), 2 * MARGIN * math.hypot(right, down), turn)

    def scaled(self, factor: float) -> Region:
        """Return the same square, its side multiplied by `factor`."""
        return replace(self, side_px=self.side_px * factor)

    def matrix(self, size: int, *, mirrored: bool = False) -> NDArray[np.float64]:
        """Return the map (2, 3) from the picture to a crop of `size` by `size` pixels."""
        zoom = size / self.side_px
        cos, sin = zoom * math.cos(self.turn_rad), zoom * math.sin(self.turn_rad)
        turn = np.array([[cos, sin], [-sin, cos]])
        shift = size / 2 - turn @ np.array([self.x_px, self.y_px])
        forward = np.column_stack([turn, shift])
        return np.array([[-1, 0, size], [0, 1, 0]]) @ np.vstack([forward, [0, 0, 1]]) if mirrored else forward


def crop(rgb: NDArray[np.uint8], matrix: NDArray[np.float64], size: int) -> NDArray[np.uint8]:
    """Cut a square of `size` by `size` pixels out of a picture; black beyond its borders."""
    by_index = matrix.copy()
    by_index[:, 2] += matrix[:, :2].sum(axis=1) / 2 - 0.5  # OpenCV counts from pixel middles
    return np.asarray(cv2.warpAffine(rgb, by_index, (size, size), flags=cv2.INTER_LINEAR), dtype=np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """The part of a frame around a region, no larger than the networks need.

    Parameters
    ----------
    rgb
        The pixels (h, w, 3).
    corner
        Its left and top edge in the frame (2,) [px].
    scale
        Patch pixels per frame pixel.
    """

    rgb: NDArray[np.uint8]
    corner: NDArray[np.float64]
    scale: float

    @classmethod
    def of(cls, frame: NDArray[np.uint8], region: Region) -> Patch:
        """Cut the patch around a region out of a frame (H, W, 3)."""
        height, width = frame.shape[:2]
        reach = _PATCH_REACH * region.side_px
        left, right = (round(min(max(region.x_px + way * reach, 0), width)) for way in (-1, 1))
        top, bottom = (round(min(max(region.y_px + way * reach, 0), height)) for way in (-1, 1))
        left, top = min(left, width - 1), min(top, height - 1)
        cut = frame[top : max(bottom, top + 1), left : max(right, left + 1)]
        scale = min(1.0, PATCH_SIDE / region.side_px)
        if scale < 1:
            cut = np.asarray(
                cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8
            )
        return cls(np.ascontiguousarray(cut), np.array([left, top], float), scale)

    def matrix(self, region: Region, size: int, *, mirrored: bool = False) -> NDArray[np.float64]:
        """Return the map (2, 3) from this patch to the crop of a region given in frame pixels."""
        whole = region.matrix(size, mirrored=mirrored)
        return np.column_stack([whole[:, :2] / self.scale, whole[:, :2] @ self.corner + whole[:, 2]])
