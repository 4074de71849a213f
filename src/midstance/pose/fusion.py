"""One set of points from several looks: the mean of those that agree with the chosen one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.pose.legs import exchanged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.pose.legs import Identity

__all__ = ["aligned", "fused"]

_AGREE = 0.06  # looks within this many leg lengths of the chosen one are averaged with it
_LEG_POINTS = slice(11, 19)


def aligned(
    points: NDArray[np.float64], identity: Identity
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Name the legs of every look as the chosen one has them.

    Parameters
    ----------
    points
        (T, M, K, 2) [px].
    identity
        The way chosen through them.

    Returns
    -------
    tuple
        The chosen points (T, K, 2) [px], all looks with their legs named alike (T, M, K, 2) [px],
        and which of them had to be exchanged (T, M).
    """
    rows = np.arange(len(points))
    chosen = points[rows, np.maximum(identity.look, 0)]
    chosen = np.where(identity.swapped[:, None, None], exchanged(chosen), chosen)
    chosen = np.where((identity.look >= 0)[:, None, None], chosen, np.nan)
    other = exchanged(points)
    away = [
        np.linalg.norm(looks - chosen[:, None], axis=-1)[..., _LEG_POINTS].sum(axis=-1)
        for looks in (points, other)
    ]
    turned = away[1] < away[0]
    return chosen, np.where(turned[..., None, None], other, points), turned


def fused(
    chosen: NDArray[np.float64], looks: NDArray[np.float64], leg_px: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Average the looks that agree with the chosen one, point by point.

    Parameters
    ----------
    chosen
        (T, K, 2) [px].
    looks
        (T, M, K, 2) [px], legs named alike; NaN where none was made.
    leg_px
        Length of a leg [px].

    Returns
    -------
    tuple
        Points (T, K, 2) [px], and how far all looks scatter about them (T, K) [px], as the root mean
        square distance; NaN where there is but one.
    """
    away = np.linalg.norm(looks - chosen[:, None], axis=-1)
    agree = (away <= _AGREE * leg_px)[..., None]
    number = agree.sum(axis=1)
    mean = np.where(agree, looks, 0.0).sum(axis=1) / np.maximum(number, 1)
    points = np.where(number > 0, mean, chosen)
    off = ((looks - points[:, None]) ** 2).sum(axis=-1)
    made = np.isfinite(off)
    count = made.sum(axis=1)
    spread = np.sqrt(np.where(made, off, 0.0).sum(axis=1) / np.maximum(count, 1))
    return points, np.where(count > 1, spread, np.nan)
