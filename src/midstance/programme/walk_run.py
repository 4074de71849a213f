"""The way back to running: a table of walking and running."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from midstance.errors import InputError
from midstance.programme.library import content_text
from midstance.programme.load import Colour, day_colour, load_rules
from midstance.programme.table import table_of

if TYPE_CHECKING:
    from datetime import date

    from midstance.programme.diary import Diary
    from midstance.programme.phases import Plan

__all__ = ["Return", "Rung", "return_of", "walk_run_table"]


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the way back.

    Parameters
    ----------
    step
        Its number, from 1.
    run_min, walk_min
        Minutes of running, and of walking after it [min].
    times
        How often.
    """

    step: int
    run_min: float
    walk_min: float
    times: int

    @property
    def minutes(self) -> float:
        """Running time [min]."""
        return self.run_min * self.times

    @property
    def sentence(self) -> str:
        """The step in words."""
        if self.times == 1:
            return f"{self.run_min:g} minutes of easy running"
        run, walk = _minutes(self.run_min), _minutes(self.walk_min)
        return f"{self.times} times {run} of easy running and {walk} of walking"


@dataclass(frozen=True, slots=True)
class Return:
    """Where somebody stands on the way back.

    Parameters
    ----------
    rung
        The next step; None once the way is gone.
    days
        Days with a run that belong to the way back.
    """

    rung: Rung | None
    days: frozenset[date]


def _minutes(minutes: float) -> str:
    return f"{minutes:g} minute{'' if minutes == 1 else 's'}"


@cache
def _table() -> tuple[tuple[Rung, ...], int]:
    table = table_of(content_text("walk_run.toml"), "walk_run.toml")
    rungs = []
    for step, row in enumerate(table.values.get("steps", []), 1):
        try:
            rungs.append(Rung(step, float(row["run_min"]), float(row["walk_min"]), int(row["times"])))
        except (KeyError, TypeError, ValueError) as error:
            remedy = "give run_min, walk_min and times as numbers"
            raise InputError(f"step {step} is not readable", "walk_run.toml", remedy) from error
    return tuple(rungs), int(table.number("late_start", 1, len(rungs)))


def walk_run_table() -> tuple[Rung, ...]:
    """Return the table of the way back.

    Returns
    -------
    tuple of Rung
        From the first step to the last.
    """
    return _table()[0]


def return_of(plan: Plan, diary: Diary) -> Return:
    """Return where somebody stands on the way back, if on it at all.

    Parameters
    ----------
    plan
        The plan; whether its runner ran at all when it was made, and whether anything hurts.
    diary
        Pain and runs up to today.

    Returns
    -------
    Return
        After two weeks without a run the way begins at a late step, after four at the first. Up one step
        after a green day, the same again after amber or unknown, one down after red.
    """
    rungs, late = _table()
    start, first = _start(diary, late, running=plan.preferences.usual_minutes > 0)
    free = plan.route == "no_pain"
    if start is None:
        return Return(None, frozenset())
    step, days = start, []
    for day in (day for day in diary.run_days if first is not None and day >= first):
        if step > len(rungs):
            break
        days.append(day)
        step = max(1, step + _move(diary, day, unrated=free))
    return Return(rungs[step - 1] if step <= len(rungs) else None, frozenset(days))


def _move(diary: Diary, day: date, *, unrated: bool) -> int:
    """Return how many steps up or down the day after a run is; unrated runs count where nothing hurts."""
    moves = {Colour.GREEN: 1, Colour.UNKNOWN: int(unrated), Colour.RED: -1}
    return moves.get(day_colour(diary, day), 0)


def _start(diary: Diary, late: int, *, running: bool) -> tuple[int | None, date | None]:
    """Return the step at which the latest way back began, and its first day with a run."""
    rules, days = load_rules(), diary.run_days
    if not days:
        return (None if running else 1), None
    since = (diary.on - days[-1]).days
    if since >= rules.walk_run_days:
        return (1 if since >= rules.long_days else late), None
    for before, after in zip(reversed(days[:-1]), reversed(days[1:]), strict=True):
        if after - before >= timedelta(days=rules.walk_run_days):
            return (1 if (after - before).days >= rules.long_days else late), after
    return (None, None) if running else (1, days[0])
