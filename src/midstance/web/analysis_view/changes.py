"""How the numbers of two analyses differ, and whether that is more than they can be wrong."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.model import CATALOGUE, Estimate, Measure, Tier
from midstance.report.words import metric_of, shown

if TYPE_CHECKING:
    from midstance.model import Analysis

__all__ = ["Change", "changes"]

_SIDES = ("left", "right", "both")


@dataclass(frozen=True, slots=True)
class Change:
    """One number in two analyses.

    Parameters
    ----------
    title, side
        Which number, of which leg.
    before, after
        The two values in words; a dash where one is not given.
    difference
        After minus before, in words.
    call
        `more` where the difference is larger than both intervals allow by chance, `within` where it is not,
        `new` or `gone` where only one is given, `same` where nothing changed.
    """

    title: str
    side: str
    before: str
    after: str
    difference: str
    call: str


def changes(before: Analysis, after: Analysis) -> list[Change]:
    """Return the numbers of two analyses side by side, in the order of the catalogue.

    Parameters
    ----------
    before, after
        The two analyses.

    Returns
    -------
    list of Change
        Numbers that neither gives are left out.

    Notes
    -----
    The intervals are taken as independent: the limit is the root of the sum of the squared half-widths. What
    is wrong in the same way in both recordings cancels, so a change within the limit can still be real.
    """
    one, other = _by_place(before), _by_place(after)
    places = sorted({*one, *other}, key=_order)
    rows = [_change(place, one.get(place), other.get(place)) for place in places]
    return [row for row in rows if row is not None]


def _by_place(analysis: Analysis) -> dict[tuple[str, str], Measure]:
    return {
        (measure.key, measure.side): measure
        for measure in analysis.measures
        if measure.estimate.tier is not Tier.REFUSED
    }


def _order(place: tuple[str, str]) -> tuple[int, str, int]:
    key, side = place
    known = list(CATALOGUE)
    return known.index(key) if key in CATALOGUE else len(known), key, _SIDES.index(side)


def _change(place: tuple[str, str], one: Measure | None, other: Measure | None) -> Change | None:
    key, side = place
    known = one or other
    if known is None:
        return None
    metric = metric_of(key, known.estimate.unit)
    was, now = (shown(metric, m.estimate.value) if m else "\N{EN DASH}" for m in (one, other))
    if one is None or other is None:
        return Change(metric.title, side, was, now, "", "new" if one is None else "gone")
    apart = other.estimate.value - one.estimate.value
    size = shown(metric, apart)
    rises = apart > 0 and any(digit in size for digit in "123456789")
    difference = f"+{size}" if rises else size
    return Change(metric.title, side, was, now, difference, _call(apart, one.estimate, other.estimate))


def _call(apart: float, one: Estimate, other: Estimate) -> str:
    if math.isclose(apart, 0.0, abs_tol=1e-9):
        return "same"
    return "more" if abs(apart) > math.hypot(one.margin, other.margin) else "within"
