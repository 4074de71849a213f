"""The diary read back, day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from midstance.journal import PainRow, RunRow
from midstance.model import PainEntry, TrainingRun
from midstance.web.words import (
    TRIED,
    capital,
    day_words,
    distance_words,
    duration_words,
    own_today,
    place_words,
    tenths,
)

__all__ = ["Day", "LoggedPain", "LoggedRun", "diary_log"]

_MOMENTS = (("before", "before"), ("during", "during"), ("after", "after"), ("next_morning", "next morning"))


@dataclass(frozen=True, slots=True)
class LoggedPain:
    """One entry, ready to be read.

    Parameters
    ----------
    id
        Name in the store.
    place
        Where it hurt.
    ratings
        Each moment with its rating.
    words
        Onset, what was tried, the note.
    """

    id: str
    place: str
    ratings: list[tuple[str, str]]
    words: str


@dataclass(frozen=True, slots=True)
class LoggedRun:
    """One run, ready to be read.

    Parameters
    ----------
    id
        Name in the store.
    title
        Distance and time.
    words
        The rest that is known.
    """

    id: str
    title: str
    words: str


@dataclass(slots=True)
class Day:
    """One day of the diary.

    Parameters
    ----------
    day
        Which one.
    title, small
        What it is called, and its date where that is not in the title.
    pains, runs
        What was written down.
    """

    day: date
    title: str
    small: str = ""
    pains: list[LoggedPain] = field(default_factory=list)
    runs: list[LoggedRun] = field(default_factory=list)


def diary_log(pains: Iterable[PainRow], runs: Iterable[RunRow], units: str) -> list[Day]:
    """Return the days with something in them, the newest first.

    Parameters
    ----------
    pains, runs
        What was written down.
    units
        `km` or `miles`.

    Returns
    -------
    list of Day
        Each with its entries in the order they were written.
    """
    today = own_today()
    days: dict[date, Day] = defaultdict(lambda: Day(today, ""))
    for row in pains:
        days[row.entry.day].pains.append(_pain(row, units))
    for run in runs:
        days[run.run.started.date()].runs.append(_run(run, units))
    for day, found in days.items():
        found.day, found.title = day, capital(day_words(day, today))
        found.small = f"{day:%a} {day.day} {day:%b}" if found.title in {"Today", "Yesterday"} else ""
    return [days[day] for day in sorted(days, reverse=True)]


def _pain(row: PainRow, units: str) -> LoggedPain:
    entry = row.entry
    ratings = [
        (words, tenths(getattr(entry, moment)))
        for moment, words in _MOMENTS
        if getattr(entry, moment) is not None
    ]
    return LoggedPain(
        row.id, capital(place_words(entry.site, entry.side)), ratings, _pain_words(entry, units)
    )


def _pain_words(entry: PainEntry, units: str) -> str:
    parts = []
    if entry.onset_m is not None:
        parts.append(f"began after {distance_words(entry.onset_m, units)}")
    if entry.onset_s is not None:
        parts.append(f"began after {duration_words(entry.onset_s)}")
    if entry.swelling:
        parts.append("swollen")
    if entry.tried:
        parts.append(f"tried {', '.join(sorted(TRIED[tried] for tried in entry.tried))}")
    if entry.note:
        parts.append(f"“{entry.note}”")
    return " · ".join(parts)


def _run(row: RunRow, units: str) -> LoggedRun:
    run = row.run
    title = " in ".join(
        part for part in (distance_words(run.distance_m, units), duration_words(run.duration_s)) if part
    )
    return LoggedRun(row.id, title or "A run", " · ".join(_run_words(run)))


def _run_words(run: TrainingRun) -> list[str]:
    known = [
        (run.climb_m, "{:.0f} m up"),
        (run.cadence_spm, "{:.0f} steps/min"),
        (run.heart_rate_bpm, "{:.0f} beats/min"),
        (run.effort, "effort {:.0f} of 10"),
    ]
    parts = [words.format(value) for value, words in known if value is not None]
    if run.source != "hand":
        parts.append(f"from {run.device or run.source.upper()}")
    if run.note:
        parts.append(f"“{run.note}”")
    return parts
