"""One set of points from several looks: the mean of those that agree with the chosen one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.pose.legs import exchanged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.pose.legs import Identity

__all__ = ["Fusion", "aligned", "fused"]

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


@dataclass(frozen=True, slots=True, eq=False)
class Fusion:
    """One set of points from several looks.

    Parameters
    ----------
    points
        (T, K, 2) [px].
    spread_px
        Scatter of the looks that agree (T, K) [px]; where none agrees with the chosen one, its distance from
        the nearest other; NaN where there is but one.
    agree
        Which looks were averaged (T, M, K).
    """

    points: NDArray[np.float64]
    spread_px: NDArray[np.float64]
    agree: NDArray[np.bool_]


def fused(chosen: NDArray[np.float64], looks: NDArray[np.float64], leg_px: float) -> Fusion:
    """Average the looks that agree with the chosen one, point by point.

    Parameters
    ----------
    chosen
        (T, K, 2) [px].
    looks
        (T, M, K, 2) [px], legs named alike; NaN where none was made.
    leg_px
        Length of a leg [px].
    """
    away = np.linalg.norm(looks - chosen[:, None], axis=-1)
    agree = away <= _AGREE * leg_px
    number = agree.sum(axis=1)
    mean = np.where(agree[..., None], looks, 0.0).sum(axis=1) / np.maximum(number, 1)[..., None]
    points = np.where((number > 0)[..., None], mean, chosen)
    off = ((looks - points[:, None]) ** 2).sum(axis=-1)
    scatter = np.sqrt(np.where(agree, off, 0.0).sum(axis=1) / np.maximum(number, 1))
    other = np.where(agree, np.nan, away)
    return Fusion(points, np.where(number > 1, scatter, np.fmin.reduce(other, axis=1)), agree)
