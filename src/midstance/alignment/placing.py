"""From the picture to the lab frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.model import Motion
from midstance.numerics import finite_mean

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["to_lab"]


def to_lab(
    image: Motion, *, direction: int, roll_deg: float, metres_per_pixel: float, incline_percent: float = 0.0
) -> Motion:
    """Return the motion in the lab frame: X forward, Y up along gravity, metres.

    Parameters
    ----------
    image
        Points in the picture (T, K, 2) [px], x right, y down.
    direction
        +1 when the runner faces right, −1 left.
    roll_deg
        How far true vertical leans clockwise in the picture [deg].
    metres_per_pixel
        Scale in the runner's plane [m/px].
    incline_percent
        Slope of the ground [%]; only the origin of heights depends on it.

    Returns
    -------
    Motion
        (T, K, 2) [m]; X = 0 at the mean place of the hips, Y = 0 where the soles touch below them.
    """
    roll = np.radians(roll_deg)
    x, up = image.points[..., 0], -image.points[..., 1]
    forward = direction * (x * np.cos(roll) - up * np.sin(roll)) * metres_per_pixel
    height = (x * np.sin(roll) + up * np.cos(roll)) * metres_per_pixel
    points = np.stack([forward, height], axis=-1)
    lab = Motion(points, image.confidence, image.time_s, image.skeleton, "m", "lab")
    origin = np.array([finite_mean(lab.middle("hip")[:, 0]), _ground(lab, incline_percent)])
    return lab.with_points(points - np.nan_to_num(origin))


def _ground(lab: Motion, incline_percent: float) -> float:
    """Return the height of the soles when they stand below the hips."""
    soles = [lab.point(f"{side}_{part}") for side in ("left", "right") for part in ("heel", "toe")]
    hips = lab.middle("hip")[:, 0]
    heights: list[NDArray[np.float64]] = [
        sole[:, 1] - 0.01 * incline_percent * (sole[:, 0] - hips) for sole in soles
    ]
    seen = np.concatenate(heights)
    seen = seen[np.isfinite(seen)]
    return float(np.percentile(seen, 8)) if len(seen) else float("nan")
