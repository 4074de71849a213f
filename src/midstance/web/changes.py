"""Whether a number has changed by more than noise."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from midstance.journal import MeasureRow
from midstance.model import Metric
from midstance.report.words import metric_of, number, unit_of
from midstance.web.words import day_words

__all__ = ["Trend", "trend_words"]

_SPEED_APART_M_S = 0.15
_SAME = ("kind", "view", "near_side", "surface", "definition")
_FEWEST = 2
_NOTHING = "Nothing to compare yet"


@dataclass(frozen=True, slots=True)
class Trend:
    """What can be said about the change of one number.

    Parameters
    ----------
    state
        `more` or `less` where it is more than noise, `noise` where not, `too_few` where nothing can be said.
    title, sentence
        The answer in a few words, and in a sentence with its numbers.
    change, detectable
        Last minus first, and the smallest change that is more than noise, in the unit shown; NaN where
        there are too few.
    first, last
        When the two were filmed; None where there are too few.
    """

    state: Literal["more", "less", "noise", "too_few"]
    title: str
    sentence: str
    change: float = math.nan
    detectable: float = math.nan
    first: datetime | None = None
    last: datetime | None = None


def trend_words(rows: Sequence[MeasureRow]) -> Trend:
    """Say whether a number has changed by more than noise, from its first to its last measurement.

    Parameters
    ----------
    rows
        One number of one leg, the oldest first.

    Returns
    -------
    Trend
        Of the recordings made like the last one: kind, view, side, surface, definition and speed.

    Notes
    -----
    The detectable change is the root of the sum of the squares of both half intervals: 95 % of the
    differences between two measurements of an unchanged runner lie within it if their errors are
    independent. What both recordings have in common cancels, so that it is on the safe side.
    """
    given = [row for row in rows if row.value is not None]
    if len(given) < _FEWEST:
        return Trend("too_few", _NOTHING, "It takes two recordings made the same way.")
    last = given[-1]
    first = next(row for row in given if _alike(row.set_up, last.set_up))
    if first is last:
        sentence = "The last recording was made differently from the ones before: surface, side or speed."
        return Trend("too_few", _NOTHING, sentence)
    metric = metric_of(last.key, last.unit)
    change = ((last.value or 0.0) - (first.value or 0.0)) * metric.shown_factor
    detectable = math.hypot(_half(first), _half(last)) * metric.shown_factor
    return _judged(metric, change, detectable, first.when, last.when)


def _half(row: MeasureRow) -> float:
    return 0.5 * ((row.high or 0.0) - (row.low or 0.0))


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    mine, theirs = one.get("speed_m_s"), other.get("speed_m_s")
    same_speed = mine is None or theirs is None or abs(mine - theirs) <= _SPEED_APART_M_S
    return same_speed and all(one.get(name) == other.get(name) for name in _SAME)


def _judged(metric: Metric, change: float, detectable: float, first: datetime, last: datetime) -> Trend:
    unit, decimals = unit_of(metric), metric.decimals
    space = "" if unit in {"°", ""} else "\N{NO-BREAK SPACE}"
    sign = "+" if change > 0 else ""
    moved = f"{sign}{number(change, decimals)}{space}{unit}"
    least = f"{number(detectable, decimals)}{space}{unit}"
    since = f"since {day_words(first.astimezone().date())}"
    if abs(change) <= detectable:
        sentence = f"{moved} {since}; only changes above {least} can be told from noise."
        return Trend("noise", "No more than noise", sentence, change, detectable, first, last)
    sentence = (
        f"{moved} {since}; that is more than {least}, the most that noise alone makes in 95 of 100 cases."
    )
    state: Literal["more", "less"] = "more" if change > 0 else "less"
    return Trend(state, "More than noise", sentence, change, detectable, first, last)
