"""What a gap, a bad week or an illness means for a plan."""

from __future__ import annotations

import statistics
from datetime import timedelta
from typing import TYPE_CHECKING

from midstance.programme.load import Colour, day_colour, load_rules
from midstance.programme.logs import Break
from midstance.programme.phases import PhaseKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from midstance.programme.diary import Diary
    from midstance.programme.logs import Log
    from midstance.programme.phases import Plan
    from midstance.programme.progress import Span

__all__ = ["break_of", "messages", "wants_clinician"]

_RISE = 2.0  # points from week to week
_BETTER = 1.0  # points within eight weeks
_WEEKS_8, _WEEKS_6 = timedelta(weeks=8), timedelta(weeks=6)
_FORTNIGHT, _WEEK = timedelta(days=14), timedelta(days=7)
_FEW = 3


def break_of(logs: Sequence[Log], on: date) -> Break | None:
    """Return the days off that hold a day; None where there are none.

    Parameters
    ----------
    logs
        What was noted.
    on
        The day.

    Returns
    -------
    Break
        The one that began last.
    """
    holding = [log for log in logs if isinstance(log, Break) and log.first <= on and (log.last or on) >= on]
    return max(holding, key=lambda log: log.first, default=None)


def messages(plan: Plan, diary: Diary, now: Span | None, logs: Sequence[Log]) -> tuple[str, ...]:
    """Return what else matters today.

    Parameters
    ----------
    plan
        The plan.
    diary
        Pain and runs up to today.
    now
        The phase of today.
    logs
        What was noted about days off.

    Returns
    -------
    tuple of str
        In plain words; empty on most days.
    """
    return (
        *_new_phase(plan, diary, now),
        *_gap(diary),
        *_illness(diary, logs),
        *_pain_up(diary),
        *_unrated(plan, diary),
    )


def _new_phase(plan: Plan, diary: Diary, now: Span | None) -> Iterator[str]:
    if now is not None and now.runs == 0 and now.first >= diary.on - _WEEK and now.first != plan.made:
        yield f"A new part of the plan: {now.phase.title}. {now.phase.why}"


def _gap(diary: Diary) -> Iterator[str]:
    if diary.last_run is None:
        return
    rules, away = load_rules(), (diary.on - diary.last_run).days
    if away >= rules.walk_run_days:
        yield (
            f"{away} days without a run. That happens, and nothing is lost: come back by walking and "
            "running, and the plan goes on where it was."
        )
    elif away >= rules.short_days:
        yield f"{away} days without a run: the next one is a little shorter."


def _illness(diary: Diary, logs: Sequence[Log]) -> Iterator[str]:
    now = break_of(logs, diary.on)
    if now is not None:
        yield {
            "ill": "Get well first. Run again after two days without fever, when walking feels easy.",
            "travel": "A good journey. A walk each day is plenty; the plan waits.",
            "other": "The plan waits for you.",
        }[now.why]


def _pain_up(diary: Diary) -> Iterator[str]:
    this = diary.worsts(diary.on - _WEEK + timedelta(days=1), diary.on)
    last = diary.worsts(diary.on - _FORTNIGHT + timedelta(days=1), diary.on - _WEEK)
    if this and last and statistics.fmean(this) - statistics.fmean(last) >= _RISE:
        yield (
            "It hurt more this week than last. Setbacks are part of the way for most people: go back to the "
            "last length that was green, leave hills and speed, and look at what else was new: shoes, work, "
            "sleep."
        )


def _unrated(plan: Plan, diary: Diary) -> Iterator[str]:
    last = diary.run_days[-_FEW:]
    if plan.route != "no_pain" and len(last) == _FEW and all(diary.worst(day) is None for day in last):
        yield "Your last runs have no rating. The plan moves on with them: note how it was. Zero counts too."


def wants_clinician(plan: Plan, diary: Diary, spans: Sequence[Span]) -> bool:
    """Tell whether it is time that somebody looks at it.

    Parameters
    ----------
    plan
        The plan.
    diary
        Pain and runs up to today.
    spans
        The phases with their days.

    Returns
    -------
    bool
        With three red days in two weeks, six weeks in which nothing settles, or eight without getting
        better.
    """
    reds = sum(day_colour(diary, day) is Colour.RED for day in diary.pains if day > diary.on - _FORTNIGHT)
    stuck = any(
        span.phase.kind is PhaseKind.SETTLE and span.state == "now" and diary.on - span.first >= _WEEKS_6
        for span in spans
    )
    first = diary.worsts(plan.made, plan.made + _FORTNIGHT)
    last = diary.worsts(diary.on - _FORTNIGHT, diary.on)
    long_enough = diary.on - plan.made >= _WEEKS_8 and min(len(first), len(last)) >= _FEW
    same = long_enough and statistics.fmean(first) - statistics.fmean(last) < min(
        _BETTER, statistics.fmean(first)
    )
    hurts = bool(last) and statistics.fmean(last) > load_rules().green
    return reds >= _FEW or (plan.route != "no_pain" and ((stuck and bool(last)) or (same and hurts)))
