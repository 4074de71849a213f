"""Where in a plan somebody is, from what was run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import permutations as orders
from itertools import product
from typing import TYPE_CHECKING, Literal

from midstance.programme.diary import Diary, diary_of
from midstance.programme.load import Colour, day_colour
from midstance.programme.phases import OWN_WAY, Draw, Phase, PhaseKind, Plan
from midstance.programme.walk_run import return_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from midstance.model import PainEntry, TrainingRun

__all__ = ["Span", "assignments", "spans_of", "timeline", "timeline_of"]

_SETTLED_MIN = 15.0  # a run of this length at least
_LIMIT_RUNS = 60  # of a phase that ends with green runs only, in the forecast


@dataclass(frozen=True, slots=True)
class Span:
    """A phase and its days.

    Parameters
    ----------
    phase
        The phase.
    state
        `done`, `now` or `ahead`.
    first, last
        Its days, both included; what lies ahead is a forecast from the runs a week that are wished for.
    runs
        How many of its runs are done.
    """

    phase: Phase
    state: Literal["done", "now", "ahead"]
    first: date
    last: date
    runs: int


def timeline(
    plan: Plan, pains: Iterable[PainEntry], runs: Iterable[TrainingRun], on: date
) -> tuple[Span, ...]:
    """Return the phases of a plan with their days.

    Parameters
    ----------
    plan
        The plan.
    pains, runs
        The diary, in any order.
    on
        Today.

    Returns
    -------
    tuple of Span
        One for each phase, in order.

    Notes
    -----
    A phase ends on the day of its last run. Days on the way back by walking and running count only while
    things settle: they are not like the others.
    """
    return timeline_of(plan, diary_of(pains, runs, on))


def timeline_of(plan: Plan, diary: Diary) -> tuple[Span, ...]:
    """Return the phases of a plan with their days, from a diary sorted by day.

    Parameters
    ----------
    plan
        The plan.
    diary
        Pain and runs up to today.

    Returns
    -------
    tuple of Span
        As `timeline`.
    """
    days = [day for day in diary.run_days if day >= plan.made]
    back = return_of(plan, diary).days
    spans: list[Span] = []
    first, reached = plan.made, True
    for phase in plan.phases:
        used, done = _used(phase, days, diary, back, plan) if reached else ([], False)
        rest = max(phase.runs - len(used), 1)
        state: Literal["done", "now", "ahead"] = "done" if done else ("now" if reached else "ahead")
        last = used[-1] if done else _forecast(max(first, diary.on), rest, plan)
        spans.append(Span(phase, state, first, last, len(used)))
        first, reached = last + timedelta(days=1), reached and done
        days = [day for day in days if day >= first]
    return tuple(spans)


def _used(
    phase: Phase, days: Sequence[date], diary: Diary, back: frozenset[date], plan: Plan
) -> tuple[list[date], bool]:
    """Return the days with a run that a phase takes, and whether it is over."""
    if phase.kind in {PhaseKind.SETTLE, PhaseKind.MAINTAIN}:
        return _until_green(phase, days, diary, plan)
    counted = [day for day in days if day not in back][: phase.runs]
    return counted, len(counted) == phase.runs


def _until_green(phase: Phase, days: Sequence[date], diary: Diary, plan: Plan) -> tuple[list[date], bool]:
    """Return the days up to the end of a row of green ones, or of unrated ones where nothing hurts.

    What has settled at a few minutes only has not settled: the last one must have some length.
    """
    green, free = 0, plan.route == "no_pain"
    length = min(_SETTLED_MIN, plan.preferences.usual_minutes) if phase.kind is PhaseKind.SETTLE else 0.0
    for number, day in enumerate(days, 1):
        colour = day_colour(diary, day)
        fine = colour is Colour.GREEN or (free and colour is Colour.UNKNOWN)
        green = green + 1 if fine else (green if colour is Colour.UNKNOWN else 0)
        minutes = diary.minutes(day)
        if green >= phase.runs and (minutes is None or minutes >= length):
            return list(days[:number]), True
    return list(days), False


def _forecast(first: date, runs: int, plan: Plan) -> date:
    """Return the day by which so many runs will be done."""
    days = round(min(runs, _LIMIT_RUNS) * 7 / plan.preferences.runs_per_week)
    return first + timedelta(days=max(days - 1, 0))


def spans_of(spans: Iterable[Span]) -> tuple[tuple[str, date, date | None], ...]:
    """Return label, first and last day of what can be compared: running one's own way, and each cue.

    Parameters
    ----------
    spans
        From `timeline`.

    Returns
    -------
    tuple
        `baseline` (more than once, if one's own way was drawn among the cues) or the key of a cue, first
        day, last day; None where it goes on.
    """
    compared = [span for span in spans if span.state != "ahead" and _label(span.phase)]
    return tuple(
        (_label(span.phase), span.first, span.last if span.state == "done" else None) for span in compared
    )


def _label(phase: Phase) -> str:
    return {PhaseKind.BASELINE: "baseline", PhaseKind.CUE: phase.cue}.get(phase.kind, "")


def assignments(
    plan: Plan, pains: Iterable[PainEntry], runs: Iterable[TrainingRun], on: date, days: Sequence[date]
) -> tuple[tuple[str, ...], ...]:
    """Return what each day would have been under every draw that was possible.

    Parameters
    ----------
    plan
        The plan.
    pains, runs
        The diary, in any order.
    on
        Today.
    days
        The days to label, of the baseline or of a cue block.

    Returns
    -------
    tuple of tuple
        One for each possible draw: `baseline` or the key of a cue for each day. Empty where nothing was
        drawn, or where a coach changed the order by hand.

    Notes
    -----
    The number of runs decides when a block ends, in the draw that was made as in those that were not; pain
    never does. That keeps the randomisation test exact.
    """
    if plan.draw is None:
        return ()
    diary = diary_of(pains, runs, on)
    compared = [span for span in timeline_of(plan, diary) if span.state != "ahead" and _label(span.phase)]
    if not compared:
        return ()
    back = return_of(plan, diary).days
    counted = [day for day in diary.run_days if day >= compared[0].first and day not in back]
    done = [sum(day < each for day in counted) for each in days]  # runs before each day
    return tuple(_labels(draw, done) for draw in _possible(plan.draw))


_Possible = tuple[int, tuple[str, ...], tuple[int, ...]]


def _possible(draw: Draw) -> Iterable[_Possible]:
    lengths = [draw.block_choices] * len(draw.order)
    return product(draw.baseline_choices, orders(draw.cues), product(*lengths))


def _labels(possible: _Possible, done: Sequence[int]) -> tuple[str, ...]:
    baseline, order, blocks = possible
    ends = [baseline]
    for runs in blocks:
        ends.append(ends[-1] + runs)
    names = ("baseline", *("baseline" if key == OWN_WAY else key for key in order))
    return tuple(names[min(sum(end <= runs for end in ends), len(order))] for runs in done)
