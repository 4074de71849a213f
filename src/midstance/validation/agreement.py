"""How well two measurements of the same things agree: plain statistics on arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.model import SIDES

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from midstance.model import Contacts, Side

__all__ = ["Agreement", "Matching", "agreement", "coverage", "icc_2_1", "matched"]

_NORMAL = 1.96


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far found values are from true ones; NaN where there are too few.

    Parameters
    ----------
    n
        Pairs of which both are known.
    bias
        Mean of found − true, in the unit of the values.
    sd
        Standard deviation of the differences.
    loa_low, loa_high
        Limits of agreement: bias ∓ 1.96 SD.
    rmse
        Root of the mean squared difference.
    icc
        ICC(2,1).
    """

    n: int
    bias: float
    sd: float
    loa_low: float
    loa_high: float
    rmse: float
    icc: float


def agreement(found: ArrayLike, true: ArrayLike) -> Agreement:
    """Return how far found values are from true ones.

    Parameters
    ----------
    found, true
        Two measurements of the same N things (N,), in one unit; pairs with a NaN are left out.

    Returns
    -------
    Agreement
        Bias, spread, limits of agreement, root mean square and ICC(2,1).

    References
    ----------
    Bland & Altman 1986, Lancet 327:307, doi 10.1016/S0140-6736(86)90837-8 (limits of agreement).
    """
    found, true = np.asarray(found, np.float64), np.asarray(true, np.float64)
    known = np.isfinite(found) & np.isfinite(true)
    apart = found[known] - true[known]
    n = len(apart)
    if not n:
        return Agreement(0, *[float("nan")] * 6)
    bias = float(apart.mean())
    sd = float(apart.std(ddof=1)) if n > 1 else float("nan")
    rmse = float(np.sqrt(np.mean(apart**2)))
    both = np.column_stack([found[known], true[known]])
    return Agreement(n, bias, sd, bias - _NORMAL * sd, bias + _NORMAL * sd, rmse, icc_2_1(both))


def icc_2_1(ratings: ArrayLike) -> float:
    """Return the intraclass correlation for absolute agreement of single ratings.

    Parameters
    ----------
    ratings
        N things measured in R ways (N, R); rows with a NaN are left out.

    Returns
    -------
    float
        ICC(2,1), at most 1 [1]; NaN for fewer than two rows or where one of the ways does not vary.

    Notes
    -----
    Two-way random effects, absolute agreement, single measurement: a constant difference between
    the ways lowers it.

    References
    ----------
    Shrout & Fleiss 1979, Psychol Bull 86:420, doi 10.1037/0033-2909.86.2.420, ICC(2,1).
    """
    table = np.asarray(ratings, np.float64)
    table = table[np.isfinite(table).all(axis=1)]
    n, raters = table.shape
    if n < 2 or raters < 2 or not np.ptp(table, axis=0).all():  # noqa: PLR2004  (neither has a variance)
        return float("nan")
    table = table - table.mean()
    rows, columns = table.mean(axis=1), table.mean(axis=0)
    between = raters * np.sum(rows**2) / (n - 1)
    judges = n * np.sum(columns**2) / (raters - 1)
    rest = np.sum((table - rows[:, None] - columns) ** 2) / ((n - 1) * (raters - 1))
    total = between + (raters - 1) * rest + raters * (judges - rest) / n
    return float((between - rest) / total) if total > 0 else float("nan")


def coverage(low: ArrayLike, high: ArrayLike, true: ArrayLike) -> float:
    """Return the part of intervals that hold the truth.

    Parameters
    ----------
    low, high
        Ends of each interval (N,).
    true
        What it should hold (N,); where any of the three is NaN, the interval is left out.

    Returns
    -------
    float
        From 0 to 1; NaN where there is no interval.
    """
    low, high, true = (np.asarray(values, np.float64) for values in (low, high, true))
    known = np.isfinite(low) & np.isfinite(high) & np.isfinite(true)
    return float(np.mean((low <= true)[known] & (true <= high)[known])) if known.any() else float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Matching:
    """Which found contact is which true one.

    Parameters
    ----------
    found, true
        Row numbers (P,) of the pairs, in order of time.
    missed
        Row numbers of true contacts nobody found.
    invented
        Row numbers of found contacts that were none.
    vouched
        Row numbers of true contacts that lie within what both could see.
    """

    found: NDArray[np.int64]
    true: NDArray[np.int64]
    missed: NDArray[np.int64]
    invented: NDArray[np.int64]
    vouched: NDArray[np.int64]


def matched(found: Contacts, true: Contacts, span_s: tuple[float, float] | None = None) -> Matching:
    """Match contacts by side and overlap.

    Parameters
    ----------
    found, true
        Contacts on one clock.
    span_s
        What both can vouch for [s]; by default from the later of the two first contacts to the
        earlier of the two last toe-offs.

    Returns
    -------
    Matching
        Pairs, each contact in one pair at most: the pair with the longest overlap first. A contact
        without a partner counts as missed or invented only if it lies wholly within the span:
        near an end of the recording one of the two may see a contact whole that is cut for the
        other.
    """
    low, high = _common_span(found, true) if span_s is None else span_s
    pairs = np.array([pair for side in SIDES for pair in _overlapping(found, true, side)], np.int64)
    pairs = pairs.reshape(-1, 2)
    pairs = pairs[np.argsort(true.initial_contact_s[pairs[:, 1]], kind="stable")]
    inside = _inside(true, low, high)
    return Matching(
        found=pairs[:, 0],
        true=pairs[:, 1],
        missed=np.setdiff1d(np.flatnonzero(inside), pairs[:, 1]),
        invented=np.setdiff1d(np.flatnonzero(_inside(found, low, high)), pairs[:, 0]),
        vouched=np.flatnonzero(inside),
    )


def _common_span(found: Contacts, true: Contacts) -> tuple[float, float]:
    if not len(found) or not len(true):
        return -np.inf, np.inf
    first = max(float(found.initial_contact_s[0]), float(true.initial_contact_s[0]))
    last = min(float(found.toe_off_s.max()), float(true.toe_off_s.max()))
    return first, last


def _inside(contacts: Contacts, low: float, high: float) -> NDArray[np.bool_]:
    return np.asarray((contacts.initial_contact_s >= low) & (contacts.toe_off_s <= high))


def _overlapping(found: Contacts, true: Contacts, side: Side) -> list[tuple[int, int]]:
    """Return pairs (found, true) of one side, those that overlap longest first, none used twice."""
    own, real = np.flatnonzero(found.of(side)), np.flatnonzero(true.of(side))
    start = np.maximum(found.initial_contact_s[own][:, None], true.initial_contact_s[real])
    stop = np.minimum(found.toe_off_s[own][:, None], true.toe_off_s[real])
    overlap = stop - start
    rows, columns = np.nonzero(overlap > 0)
    pairs: dict[int, int] = {}
    for k in np.argsort(-overlap[rows, columns], kind="stable"):
        i, j = int(own[rows[k]]), int(real[columns[k]])
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())
