"""How far two phases lie apart, without a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["lag_one", "nap", "standardised_difference", "tau", "tau_u"]


def tau(before: NDArray[np.float64], after: NDArray[np.float64]) -> float:
    """Return Tau of two phases: of all pairs, how many more fell than rose.

    Parameters
    ----------
    before, after
        Ratings (A,) and (B,) where less is better.

    Returns
    -------
    float
        −1 to 1; 1 where every later rating is lower. NaN where a phase is empty.

    References
    ----------
    Parker, Vannest, Davis & Sauber 2011, Behavior Therapy 42:284, doi 10.1016/j.beth.2010.08.006.
    """
    if not len(before) or not len(after):
        return float("nan")
    return float(np.sign(before[:, None] - after[None, :]).mean())


def nap(before: NDArray[np.float64], after: NDArray[np.float64]) -> float:
    """Return the non-overlap of all pairs: the chance that a later rating is lower than an earlier one.

    Parameters
    ----------
    before, after
        Ratings (A,) and (B,) where less is better.

    Returns
    -------
    float
        0 to 1, ties counted half; one half where nothing changed.

    References
    ----------
    Parker & Vannest 2009, Behavior Therapy 40:357, doi 10.1016/j.beth.2008.10.006.
    """
    return 0.5 * (tau(before, after) + 1.0)


def tau_u(before: NDArray[np.float64], after: NDArray[np.float64]) -> float:
    """Return Tau with the trend of the first phase taken off.

    Parameters
    ----------
    before, after
        Ratings (A,) and (B,) in their order, where less is better.

    Returns
    -------
    float
        (S_AB − S_A) / (A·B): it can leave −1 to 1, and is shown beside a model, never alone.

    References
    ----------
    Parker et al. 2011, Behavior Therapy 42:284, doi 10.1016/j.beth.2010.08.006.
    """
    pairs = len(before) * len(after)
    if not pairs:
        return float("nan")
    first, second = np.triu_indices(len(before), 1)
    falling = np.sign(before[first] - before[second]).sum()
    return float((np.sign(before[:, None] - after[None, :]).sum() - falling) / pairs)


def standardised_difference(before: NDArray[np.float64], after: NDArray[np.float64]) -> float:
    """Return the change of the mean in standard deviations of the first phase, corrected for few entries.

    Parameters
    ----------
    before, after
        Ratings (A,) and (B,).

    Returns
    -------
    float
        Negative where the later ratings are lower; NaN with fewer than three entries or no spread before.

    References
    ----------
    Hedges 1981, J Educ Stat 6:107, doi 10.3102/10769986006002107 (correction 1 − 3/(4n − 5)).
    """
    if len(before) < 3 or not len(after) or not (spread := float(before.std(ddof=1))):  # noqa: PLR2004
        return float("nan")
    return float((after.mean() - before.mean()) / spread * (1.0 - 3.0 / (4.0 * len(before) - 5.0)))


def lag_one(values: NDArray[np.float64]) -> float:
    """Return how much an entry is like the one before it: the autocorrelation at lag one.

    Parameters
    ----------
    values
        In their order (N,), a mean or model taken off.

    Returns
    -------
    float
        −1 to 1; NaN with fewer than four entries or where nothing varies.
    """
    if len(values) < 4 or not (total := float(values @ values)):  # noqa: PLR2004
        return float("nan")
    return float(values[1:] @ values[:-1]) / total
