"""One person's pain over time, before and during something that was tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from midstance.model import PainEntry, TrainingRun

__all__ = ["MOMENT", "Course", "Phase", "course_of"]

MOMENT = "during"
"""Which rating is followed, if the runner does not choose: the worst while running."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of days in which one thing was done.

    Parameters
    ----------
    label
        `baseline`, or the key of what was tried.
    start, end
        First and last day, both included; `end` is None while it goes on.
    """

    label: str
    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Ratings of one pain, in the order they were given.

    Parameters
    ----------
    day
        Days since the first entry (N,), not falling [days].
    pain
        Numeric pain rating (N,), 0 to 10.
    treated
        Whether the thing that is judged was being tried (N,).
    label
        Name of the phase of each entry (N,).
    load_m
        Distance run in the seven days up to each entry (N,) [m]; None where no runs are known.
    """

    day: NDArray[np.float64]
    pain: NDArray[np.float64]
    treated: NDArray[np.bool_]
    label: NDArray[np.str_]
    load_m: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        """Check that lengths agree and days are in order."""
        columns = (self.day, self.pain, self.treated, self.label)
        if len({len(column) for column in columns}) != 1:
            raise ValueError("day, pain, treated and label differ in length")
        if np.any(np.diff(self.day) < 0):
            raise ValueError("entries must be in the order of their days")

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self.pain)


def course_of(
    entries: Iterable[PainEntry],
    phases: Sequence[Phase],
    runs: Iterable[TrainingRun] = (),
    *,
    tried: str | None = None,
    moment: str = MOMENT,
) -> Course:
    """Return the course of a pain over the phases of a plan.

    Parameters
    ----------
    entries
        What was written down, of one place; several on one day become their mean, entries without
        the rating asked for are left out.
    phases
        What was done when; days outside all of them are left out.
    runs
        Training, for the load.
    tried
        Which phases count as treated; None for all but `baseline`.
    moment
        Which rating: `before`, `during`, `after` or `next_morning`.

    Returns
    -------
    Course
        One entry a day.

    Raises
    ------
    DataError
        If there is no rating in any phase.
    """
    by_day: dict[date, list[float]] = {}
    for entry in entries:
        rating = getattr(entry, moment)
        if rating is not None:
            by_day.setdefault(entry.day, []).append(rating)
    rows = [(day, phase) for day in sorted(by_day) if (phase := _phase_of(day, phases))]
    if not rows:
        what = f"no pain {moment.replace('_', ' ')} is noted in any phase of the plan"
        raise DataError(what, "diary", "note it after each run, zero too")
    days, labels = [day for day, _ in rows], [phase.label for _, phase in rows]
    return Course(
        day=np.array([(day - days[0]).days for day in days], float),
        pain=np.array([np.mean(by_day[day]) for day in days]),
        treated=np.array([label == tried if tried else label != "baseline" for label in labels]),
        label=np.array(labels),
        load_m=_load_m(days, runs),
    )


def _phase_of(day: date, phases: Sequence[Phase]) -> Phase | None:
    """Return the last phase that holds a day."""
    return next((phase for phase in reversed(phases) if phase.holds(day)), None)


def _load_m(days: Sequence[date], runs: Iterable[TrainingRun]) -> NDArray[np.float64] | None:
    """Return the distance of the seven days up to each day (N,) [m]."""
    known = [(run.started.date(), run.distance_m) for run in runs if run.distance_m is not None]
    if not known:
        return None
    week = 7
    return np.array([sum(m for when, m in known if 0 <= (day - when).days < week) for day in days], float)
