"""How far a point can be believed: seen, inside the picture, agreed upon, and moving as bodies do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["believed", "evident", "unlike_neighbours"]

_FAINT, _CLEAR = 0.3, 0.65  # strength of a heatmap: below, the point is a guess; above, it is seen
_PLACES = ((-2, -1, 1, 2), (-2, 1, 2), (-2, -1, 2), (-1, 1))
_LEAST = 0.05  # below this a point is no more than an invention
_SCATTER = 0.10  # scatter of the looks, in leg lengths, at which their agreement has fallen to 1/e
_ALONE = 0.35  # belief in a point on which no two looks agree
_JUMP = 0.15  # distance from where the neighbours in time put a point, likewise


def unlike_neighbours(points: NDArray[np.float64], time_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each point (T, K) is from the nearest of three forecasts by its neighbours [px].

    The forecasts are polynomials through two frames on either side, through all four and leaving out the one
    just before or just after: a frame beside a bad one is thus not blamed. 0 where there are too few.
    """
    off = np.full((len(_PLACES), *points.shape[:2]), np.nan)
    for row, places in enumerate(_PLACES):
        at = np.arange(-places[0], max(len(points) - places[-1], -places[0]))
        if len(at):
            off[row, at] = np.linalg.norm(points[at] - _interpolated(points, time_s, at, places), axis=-1)
    return np.asarray(np.nan_to_num(np.fmin.reduce(off, axis=0), nan=0.0))


def _interpolated(
    points: NDArray[np.float64], time_s: NDArray[np.float64], at: NDArray[np.int64], places: tuple[int, ...]
) -> NDArray[np.float64]:
    """Return the polynomial through the samples at `places` around each frame, at its own time."""
    knots = time_s[at[:, None] + np.array(places)]
    total = np.zeros_like(points[at])
    for j, place in enumerate(places):
        others = np.delete(knots, j, axis=1)
        weight = np.prod((time_s[at][:, None] - others) / (knots[:, j : j + 1] - others), axis=1)
        total += weight[:, None, None] * points[at + place]
    return total


def evident(seen: NDArray[np.float64], peak: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far the networks saw a point rather than guessed it, 0 to 1.

    Parameters
    ----------
    seen
        Their own belief that it is visible; low for the far leg, whether it is in sight or not.
    peak
        Strength of the heatmap at the point: about 0.8 for what is in sight, near leg or far, and 0.4 for
        feet behind a treadmill.
    """
    return np.asarray(np.sqrt(seen) * np.clip((peak - _FAINT) / (_CLEAR - _FAINT), 0.0, 1.0))


def believed(
    points: NDArray[np.float64],
    evidence: NDArray[np.float64],
    spread_px: NDArray[np.float64],
    jump_px: NDArray[np.float64],
    leg_px: float,
    size_px: tuple[int, int],
) -> NDArray[np.float64]:
    """Return the confidence (T, K) in each point, 0 outside the picture and for inventions.

    Parameters
    ----------
    points
        (T, K, 2) [px].
    evidence
        How far the networks saw each point (T, K).
    spread_px
        Scatter of the looks (T, K) [px]; NaN where there is one look only.
    jump_px
        Distance from the neighbours' forecast (T, K) [px].
    leg_px
        Length of a leg [px].
    size_px
        Width and height of the picture [px].
    """
    agreed = _ALONE + (1 - _ALONE) * np.exp(-((np.nan_to_num(spread_px) / (_SCATTER * leg_px)) ** 2))
    smooth = np.exp(-((jump_px / (_JUMP * leg_px)) ** 2))
    inside = ((points >= 0) & (points <= np.array(size_px))).all(axis=-1)
    confidence = np.nan_to_num(evidence * agreed * smooth)
    return np.where(inside & (confidence >= _LEAST), confidence, 0.0)
