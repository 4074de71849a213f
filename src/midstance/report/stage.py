"""A laboratory has no pictures: the runner is drawn from the markers, as seen from the right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from midstance.model import BODY, Motion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from midstance.model import Analysis

__all__ = ["staged"]

_PX_PER_M = 400.0
_MARGIN_M = 0.25
_WALL, _FLOOR = 232, 206
_WIDEST_M = 12.0


def staged(analysis: Analysis) -> tuple[Analysis, NDArray[np.uint8]]:
    """Return an analysis with its motion projected to the right, and an empty picture to draw it on.

    Parameters
    ----------
    analysis
        The result of a laboratory recording, with a motion in the lab frame.

    Returns
    -------
    tuple of Analysis and ndarray
        The same analysis with points in the picture [px], and the picture (H, W, 3): a wall, and the
        floor where the feet are lowest.

    Raises
    ------
    ValueError
        If there is no motion to draw.
    """
    motion = analysis.motion
    if motion is None or not np.isfinite(motion.points).any():
        raise ValueError("there is no motion to draw")
    kept = [motion.skeleton.index(name) for name in BODY.names]
    flat = motion.points[:, kept, :2]
    low, high = np.nanmin(flat, axis=(0, 1)) - _MARGIN_M, np.nanmax(flat, axis=(0, 1)) + _MARGIN_M
    high[0] = min(high[0], low[0] + _WIDEST_M)
    pixels = np.stack([flat[..., 0] - low[0], high[1] - flat[..., 1]], axis=-1) * _PX_PER_M
    seen = Motion(pixels, motion.confidence[:, kept], motion.time_s, BODY, "px", "image")
    width, height = (int(size) for size in np.ceil((high - low) * _PX_PER_M))
    floor = int((high[1] - _floor_m(motion, ("heel", "toe"))) * _PX_PER_M)
    picture = np.full((height, width, 3), _WALL, np.uint8)
    picture[floor:] = _FLOOR
    return replace(analysis, image_motion=seen), picture


def _floor_m(motion: Motion, parts: Iterable[str]) -> float:
    """Return the height of the lowest foot point [m]."""
    feet = [motion.point(f"{side}_{part}")[:, 1] for side in ("left", "right") for part in parts]
    heights = np.concatenate(feet)
    heights = heights[np.isfinite(heights)]
    return float(np.percentile(heights, 1)) - 0.02 if len(heights) else 0.0
