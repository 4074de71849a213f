"""Diary and training summed up by the day or the week, for drawings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from midstance.journal import RunRow
from midstance.web.figures import Amount
from midstance.web.words import distance_of

__all__ = ["daily_distance", "first_of_week", "in_weeks", "weekly_distance"]


def daily_distance(rows: Iterable[RunRow], units: str) -> list[Amount]:
    """Return the distance run on each day, in a person's units."""
    return [Amount(day, day, total) for day, total in sorted(_by_day(rows, units).items())]


def weekly_distance(rows: Iterable[RunRow], units: str) -> list[Amount]:
    """Return the distance run in each week with a run, Monday to Sunday, in a person's units."""
    weeks: dict[date, float] = defaultdict(float)
    for day, total in _by_day(rows, units).items():
        weeks[first_of_week(day)] += total
    return [Amount(monday, monday + timedelta(days=6), weeks[monday]) for monday in sorted(weeks)]


def in_weeks(amounts: Iterable[Amount]) -> list[Amount]:
    """Return the largest amount of each week, Monday to Sunday."""
    weeks: dict[date, float] = {}
    for amount in amounts:
        monday = first_of_week(amount.first)
        weeks[monday] = max(weeks.get(monday, 0.0), amount.value)
    return [Amount(monday, monday + timedelta(days=6), weeks[monday]) for monday in sorted(weeks)]


def first_of_week(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _by_day(rows: Iterable[RunRow], units: str) -> dict[date, float]:
    days: dict[date, float] = defaultdict(float)
    for row in rows:
        if row.run.distance_m is not None:
            days[row.run.started.date()] += distance_of(row.run.distance_m, units)
    return days
