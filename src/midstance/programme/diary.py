"""What a diary says, day by day."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from midstance.model import PainEntry, TrainingRun

__all__ = ["Diary", "diary_of"]

_LONGEST_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Diary:
    """Pain and runs up to a day.

    Parameters
    ----------
    on
        The last day it looks at.
    pains
        Entries of each day.
    runs
        Runs of each day, those noted twice only once.
    future
        How many entries and runs lie after that day, and are left out.
    """

    on: date
    pains: dict[date, tuple[PainEntry, ...]] = field(default_factory=dict)
    runs: dict[date, tuple[TrainingRun, ...]] = field(default_factory=dict)
    future: int = 0

    @property
    def run_days(self) -> tuple[date, ...]:
        """Days with a run, in order."""
        return tuple(sorted(self.runs))

    @property
    def last_run(self) -> date | None:
        """The last day with a run; None where there is none."""
        return max(self.runs, default=None)

    def minutes(self, day: date) -> float | None:
        """Return the running time of a day [min]; None where none is noted.

        Parameters
        ----------
        day
            Which day.
        """
        known = [
            run.duration_s
            for run in self.runs.get(day, ())
            if run.duration_s is not None
            and math.isfinite(run.duration_s)
            and 0 < run.duration_s <= _LONGEST_S
        ]
        return sum(known) / 60.0 if known else None

    def rating(self, day: date, moment: str) -> float | None:
        """Return the worst rating of a moment on a day; None where there is none.

        Parameters
        ----------
        day
            Which day.
        moment
            `before`, `during`, `after` or `next_morning`.
        """
        given = [getattr(entry, moment) for entry in self.pains.get(day, ())]
        return max((rating for rating in given if rating is not None), default=None)

    def worst(self, day: date) -> float | None:
        """Return the worst rating of a day; None where there is none.

        Parameters
        ----------
        day
            Which day.
        """
        given = [entry.worst for entry in self.pains.get(day, ())]
        return max((rating for rating in given if rating is not None), default=None)

    def worsts(self, first: date, last: date) -> list[float]:
        """Return the worst rating of each rated day within a span, both ends included.

        Parameters
        ----------
        first, last
            The span.
        """
        within = (self.worst(day) for day in sorted(self.pains) if first <= day <= last)
        return [rating for rating in within if rating is not None]

    def questions(self) -> tuple[str, ...]:
        """Return what in the last two weeks does not go together, as questions."""
        return tuple(dict.fromkeys(self._questions()))

    def _questions(self) -> Iterator[str]:
        if self.future:
            yield (
                f"{self.future} {'entry lies' if self.future == 1 else 'entries lie'} after today and "
                f"{'is' if self.future == 1 else 'are'} not counted: is the date right?"
            )
        recent = sorted(day for day in self.pains if day > self.on - timedelta(days=14))
        for day in recent:
            if self.rating(day, "during") is not None and day not in self.runs:
                yield f"You noted pain while running on {day:%d %B}, but no run: was there one?"
            minutes = self.minutes(day)
            for entry in self.pains[day]:
                if minutes is not None and entry.onset_s is not None and entry.onset_s > 60 * minutes + 60:
                    yield (
                        f"On {day:%d %B} pain began after {entry.onset_s / 60:.0f} minutes of a run of "
                        f"{minutes:.0f}: which one holds?"
                    )


def diary_of(pains: Iterable[PainEntry], runs: Iterable[TrainingRun], on: date) -> Diary:
    """Sort what was written down by day.

    Parameters
    ----------
    pains
        Entries, in any order; several a day for one place are all kept, and the worst counts.
    runs
        Runs, in any order; one that was noted twice counts once.
    on
        The last day to look at.

    Returns
    -------
    Diary
        What is after that day is left out, and counted.
    """
    by_day: dict[date, list[PainEntry]] = {}
    kept: dict[date, list[TrainingRun]] = {}
    future = 0
    for entry in pains:
        if entry.day > on:
            future += 1
        else:
            by_day.setdefault(entry.day, []).append(entry)
    for run in sorted(runs, key=lambda run: run.started):
        day = run.started.date()
        if day > on:
            future += 1
        elif not any(run.same_as(other) for other in kept.get(day, [])):
            kept.setdefault(day, []).append(run)
    return Diary(
        on=on,
        pains={day: tuple(entries) for day, entries in by_day.items()},
        runs={day: tuple(of) for day, of in kept.items()},
        future=future,
    )
