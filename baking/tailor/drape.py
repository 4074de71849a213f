"""How cloth hangs: straight down from what stands out, straight across what is hollow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import RegularGridInterpolator, griddata
from scipy.ndimage import gaussian_filter
from scipy.spatial import ConvexHull

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["hung"]

_ANGLES, _STEP_M = 48, 0.012


def hung(place: Array, middle: Array, slack: float, bridge: float) -> Array:
    """Return cloth as it hangs around an upright axis.

    Parameters
    ----------
    place
        Where it lies close to the body (V, 3) [m].
    middle
        X and Z of the axis (2,) [m].
    slack
        How much nearer to the axis it may come for each metre of fall; 0 hangs straight down.
    bridge
        0 follows hollows of a level, 1 spans them.

    Returns
    -------
    ndarray
        (V, 3), never nearer to the axis than before.
    """
    offset = place[:, [0, 2]] - middle
    radius, angle = np.hypot(*offset.T), np.arctan2(offset[:, 1], offset[:, 0])
    levels = np.arange(place[:, 1].max() + _STEP_M, place[:, 1].min() - 2.0 * _STEP_M, -_STEP_M)
    grid = _grid(radius, angle, place[:, 1], levels)
    for i in range(len(levels)):
        grid[i] += bridge * (_hull(grid[i]) - grid[i])
        if i:
            grid[i] = np.maximum(grid[i], grid[i - 1] - slack * _STEP_M)
    grid = gaussian_filter(grid, (1.5, 1.0), mode=("nearest", "wrap"))
    turn = np.linspace(-np.pi, np.pi, _ANGLES + 1)
    closed = np.concatenate([grid, grid[:, :1]], axis=1)
    look_up = RegularGridInterpolator((levels[::-1], turn), closed[::-1])
    wished = np.maximum(look_up(np.stack([place[:, 1], angle], axis=1)), radius)
    hanging = place.copy()
    hanging[:, [0, 2]] = middle + offset * (wished / np.maximum(radius, 1e-6))[:, None]
    return hanging


def _grid(radius: Array, angle: Array, height: Array, levels: Array) -> Array:
    """Return the radius by level and angle (L, A)."""
    turned = np.concatenate([angle - 2.0 * np.pi, angle, angle + 2.0 * np.pi])
    known = np.stack([np.tile(height, 3), 0.15 * turned], axis=1)
    turn = np.linspace(-np.pi, np.pi, _ANGLES, endpoint=False)
    asked = np.stack(np.meshgrid(levels, 0.15 * turn, indexing="ij"), axis=-1)
    values = np.tile(radius, 3)
    found = griddata(known, values, asked, method="linear")
    return np.asarray(np.where(np.isnan(found), griddata(known, values, asked, method="nearest"), found))


def _hull(ring: Array) -> Array:
    """Return the radius of the convex hull of one level at the same angles (A,)."""
    turn = np.linspace(-np.pi, np.pi, _ANGLES, endpoint=False)
    flat = np.stack([ring * np.cos(turn), ring * np.sin(turn)], axis=1)
    hull = ConvexHull(flat)
    beyond = -hull.equations[:, 2]
    along = np.stack([np.cos(turn), np.sin(turn)]).T @ hull.equations[:, :2].T
    reach = np.where(along > 1e-9, beyond / np.maximum(along, 1e-9), np.inf)  # noqa: PLR2004
    return np.asarray(reach.min(axis=1))
