"""How far a runner gets before it hurts, where some runs end without pain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["OnsetChange", "median_onset", "onset_change"]

_DRAWS = 4000


@dataclass(frozen=True, slots=True)
class OnsetChange:
    """How the distance to the first pain changed.

    Parameters
    ----------
    before_m, after_m
        Median distance to the first pain [m]; NaN where more than half of the runs ended without.
    further
        Of the pairs of runs that can be compared, how many got further while trying, 0 to 1.
    p
        How often chance alone would have given at least that, one-sided.
    runs
        How many runs it rests on: before, and while trying.
    """

    before_m: float
    after_m: float
    further: float
    p: float
    runs: tuple[int, int]


def median_onset(distance_m: Array, hurt: NDArray[np.bool_]) -> float:
    """Return the median distance to the first pain, runs without pain counted as getting further.

    Parameters
    ----------
    distance_m
        Distance to the pain, or the whole run's where there was none (N,) [m].
    hurt
        Whether there was pain (N,).

    Returns
    -------
    float
        Metres; NaN where the curve does not fall to one half.

    References
    ----------
    Kaplan & Meier 1958, J Am Stat Assoc 53:457, doi 10.1080/01621459.1958.10501452.
    """
    free = 1.0
    for distance in np.unique(distance_m[hurt]):
        still = int((distance_m >= distance).sum())
        free *= 1.0 - int((hurt & (distance_m == distance)).sum()) / still
        if free <= 0.5:  # noqa: PLR2004
            return float(distance)
    return float("nan")


def onset_change(
    before_m: Array,
    hurt_before: NDArray[np.bool_],
    after_m: Array,
    hurt_after: NDArray[np.bool_],
    *,
    seed: int = 0,
) -> OnsetChange:
    """Compare the distance to the first pain before and while something was tried.

    Parameters
    ----------
    before_m, after_m
        Distance to the pain, or the whole run's where there was none (A,) and (B,) [m].
    hurt_before, hurt_after
        Whether there was pain (A,) and (B,).
    seed
        Of the random orders behind p.

    Returns
    -------
    OnsetChange
        Medians, share of comparable pairs that got further, and p.

    Notes
    -----
    A pair cannot be compared where the shorter of two runs ended without pain (Gehan 1965, Biometrika
    52:203, doi 10.1093/biomet/52.1-2.203). p comes from 4 000 random exchanges of the runs.
    """
    distance, hurt = np.append(before_m, after_m), np.append(hurt_before, hurt_after)
    order = _order(distance, hurt)
    count = len(before_m)
    places = np.arange(len(distance))
    seen = _balance(order, places[:count], places[count:])
    mixed = np.random.default_rng(seed).permuted(np.tile(places, (_DRAWS, 1)), axis=1)
    chance = np.array([_balance(order, row[:count], row[count:]) for row in mixed])
    block = order[:count, count:]
    comparable = int((block != 0).sum())
    further = float((block > 0).sum() / comparable) if comparable else float("nan")
    return OnsetChange(
        before_m=median_onset(before_m, hurt_before),
        after_m=median_onset(after_m, hurt_after),
        further=further,
        p=float((1 + np.sum(chance >= seen)) / (1 + _DRAWS)),
        runs=(len(before_m), len(after_m)),
    )


def _order(distance: Array, hurt: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Return for each pair of runs (N, N) 1 where the second surely got further, −1 where the first did."""
    first, second = distance[:, None], distance[None, :]
    later = hurt[:, None] & ((second > first) | ((second == first) & ~hurt[None, :]))
    earlier = hurt[None, :] & ((first > second) | ((second == first) & ~hurt[:, None]))
    return np.asarray(later.astype(np.int8) - earlier.astype(np.int8))


def _balance(order: NDArray[np.int8], first: NDArray[np.intp], second: NDArray[np.intp]) -> int:
    return int(order[np.ix_(first, second)].sum(dtype=np.int64))
