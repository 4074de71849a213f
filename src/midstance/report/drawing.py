"""Thin lines on pictures: skeleton, plumb line and hip–ankle line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance.model import SIDES, Side, opposite
from midstance.report.colours import PICTURE, rgb

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Skeleton

__all__ = [
    "Canvas",
    "draw_hip_over_ankle",
    "draw_plumb_line",
    "draw_ring",
    "draw_skeleton",
    "plumb_direction",
]

_SHIFT = 4  # sub-pixel bits of OpenCV's integer coordinates
_ONE = 1 << _SHIFT
_FONT = cv2.FONT_HERSHEY_SIMPLEX  # a proportional sans-serif from OpenCV 5 on
_HALO = rgb(PICTURE.halo)
_TRUNK = ("shoulder", "hip")


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """A picture to draw on, in the coordinates of the video's pictures.

    Parameters
    ----------
    rgb
        The picture (H, W, 3), drawn on in place.
    stroke
        Width of a thin line on the canvas [px].
    scale
        Canvas pixels per picture pixel.
    left_px, top_px
        Where the canvas begins in the picture [px].
    """

    rgb: NDArray[np.uint8]
    stroke: float = 2.0
    scale: float = 1.0
    left_px: float = 0.0
    top_px: float = 0.0

    def line(
        self,
        start: NDArray[np.float64],
        end: NDArray[np.float64],
        colour: tuple[int, int, int],
        width: float = 1.0,
        *,
        halo: bool = True,
    ) -> None:
        """Draw a line `width` strokes wide, with a dark rim; nothing if an end is unseen."""
        if not (np.isfinite(start).all() and np.isfinite(end).all()):
            return
        thick = max(1, round(width * self.stroke))
        a, b = self._place(start), self._place(end)
        if halo:
            rim = max(1, round(0.5 * self.stroke))
            cv2.line(self.rgb, a, b, _HALO, thick + 2 * rim, cv2.LINE_AA, _SHIFT)
        cv2.line(self.rgb, a, b, colour, thick, cv2.LINE_AA, _SHIFT)

    def dot(self, centre: NDArray[np.float64], colour: tuple[int, int, int], radius: float = 1.5) -> None:
        """Draw a filled dot, its radius in strokes; nothing if it is unseen."""
        if np.isfinite(centre).all():
            size = radius * self.stroke
            place = self._place(centre)
            cv2.circle(
                self.rgb, place, round((size + 0.5 * self.stroke) * _ONE), _HALO, -1, cv2.LINE_AA, _SHIFT
            )
            cv2.circle(self.rgb, place, round(size * _ONE), colour, -1, cv2.LINE_AA, _SHIFT)

    def ring(self, centre: NDArray[np.float64], colour: tuple[int, int, int], radius: float) -> None:
        """Draw a ring, its radius in strokes; nothing if its centre is unseen."""
        if np.isfinite(centre).all():
            thick = max(1, round(self.stroke))
            place = self._place(centre)
            cv2.circle(
                self.rgb, place, round(radius * self.stroke * _ONE), colour, thick, cv2.LINE_AA, _SHIFT
            )

    def label(
        self, place: NDArray[np.float64], words: str, height: float = 7.0, *, right: bool = False
    ) -> None:
        """Write words on a dark plate, `height` strokes tall, left (or right) end at `place`."""
        if not np.isfinite(place).all():
            return
        size = height * self.stroke / 22.0
        (width, tall), _ = cv2.getTextSize(words, _FONT, size, 1)
        pad = round(0.45 * tall)
        x, y = ((np.asarray(place) - [self.left_px, self.top_px]) * self.scale).round().astype(int).tolist()
        x = min(max(x - (width if right else 0), pad), max(pad, self.rgb.shape[1] - width - pad))
        y = min(max(y, tall + pad), max(tall + pad, self.rgb.shape[0] - pad))
        self._plate(x - pad, y - tall - pad, x + width + pad, y + pad)
        cv2.putText(self.rgb, words, (x, y), _FONT, size, rgb(PICTURE.text), 1, cv2.LINE_AA)

    def _plate(self, left: int, top: int, right: int, bottom: int) -> None:
        """Darken a rectangle."""
        part = self.rgb[max(top, 0) : bottom, max(left, 0) : right]
        part[:] = (0.25 * part + 0.75 * np.array(_HALO)).astype(np.uint8)

    def _place(self, point: NDArray[np.float64]) -> tuple[int, int]:
        """Return a point of the picture on the canvas, in OpenCV's fractions of a pixel."""
        x, y = (np.asarray(point)[:2] - [self.left_px, self.top_px]) * self.scale * _ONE
        return round(float(x)), round(float(y))


def draw_skeleton(canvas: Canvas, points: NDArray[np.float64], skeleton: Skeleton, near_side: Side) -> None:
    """Draw a skeleton: the far side first and thinner, left and right in their own colours.

    Parameters
    ----------
    canvas
        The picture.
    points
        (K, 2) [px of the video's picture]; NaN is left out.
    skeleton
        Names and bones.
    near_side
        The side nearer to the camera, drawn last.
    """
    for side, width in ((opposite(near_side), 0.8), (near_side, 1.25)):
        own = [bone for bone in skeleton.bones if all(name.startswith(side) for name in bone)]
        for first, last in own:
            ends = points[skeleton.index(first)], points[skeleton.index(last)]
            canvas.line(*ends, PICTURE.of(side), width)
        for name in dict.fromkeys(name for bone in own for name in bone):
            canvas.dot(points[skeleton.index(name)], PICTURE.of(side), 1.1 * width)
    _draw_across(canvas, points, skeleton)


def _draw_across(canvas: Canvas, points: NDArray[np.float64], skeleton: Skeleton) -> None:
    """Draw the bones that join left and right."""
    for first, last in skeleton.bones:
        if not any(first.startswith(side) and last.startswith(side) for side in SIDES):
            ends = points[skeleton.index(first)], points[skeleton.index(last)]
            canvas.line(*ends, rgb(PICTURE.middle), 0.7)


def plumb_direction(roll_deg: float) -> NDArray[np.float64]:
    """Return the unit vector (2,) that points up along gravity in the picture (y down).

    Parameters
    ----------
    roll_deg
        Angle of true vertical in the picture, + clockwise [deg].
    """
    roll = np.radians(roll_deg if np.isfinite(roll_deg) else 0.0)
    return np.array([np.sin(roll), -np.cos(roll)])


def draw_plumb_line(
    canvas: Canvas, ankle: NDArray[np.float64], roll_deg: float, above_px: float, below_px: float = 0.0
) -> None:
    """Draw the vertical through an ankle as a dashed line, from below it to above it.

    Parameters
    ----------
    canvas
        The picture.
    ankle
        (2,) [px of the video's picture].
    roll_deg
        Angle of true vertical in the picture, + clockwise [deg].
    above_px, below_px
        How far the line reaches from the ankle [px of the video's picture].
    """
    up = plumb_direction(roll_deg)
    dash = 5.0 * canvas.stroke / canvas.scale
    for start in np.arange(-below_px, above_px, 2 * dash):
        end = min(start + dash, above_px)
        canvas.line(ankle + start * up, ankle + end * up, rgb(PICTURE.plumb), 0.75)


def draw_hip_over_ankle(
    canvas: Canvas, hip: NDArray[np.float64], ankle: NDArray[np.float64], roll_deg: float
) -> None:
    """Draw the line from ankle to hip, and how far the hip is from the plumb line.

    Parameters
    ----------
    canvas
        The picture.
    hip, ankle
        (2,) [px of the video's picture].
    roll_deg
        Angle of true vertical in the picture, + clockwise [deg].
    """
    up = plumb_direction(roll_deg)
    foot_of_hip = ankle + np.dot(hip - ankle, up) * up
    canvas.line(ankle, hip, rgb(PICTURE.line), 1.2)
    canvas.line(foot_of_hip, hip, rgb(PICTURE.line), 1.2)
    canvas.dot(ankle, rgb(PICTURE.plumb), 1.7)
    canvas.dot(hip, rgb(PICTURE.plumb), 1.7)


def draw_ring(canvas: Canvas, points: NDArray[np.float64], skeleton: Skeleton, side: Side) -> None:
    """Draw a ring around the ankle of a foot to which something happens just now."""
    canvas.ring(points[skeleton.index(f"{side}_ankle")], PICTURE.of(side), 7.0)
