"""Whether something helped one person, from the store: ratings, phases, runs, films."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np

from midstance.errors import DataError
from midstance.model import PainEntry, PainSite, TrainingRun
from midstance.programme import Plan, assignments, spans_of, timeline
from midstance.single_case import (
    Course,
    Help,
    Level,
    OnsetChange,
    Phase,
    course_of,
    helped,
    levels,
    onset_change,
    randomisation_test,
)
from midstance.web.programme_view.case import Case

__all__ = [
    "ALL",
    "Answer",
    "Asked",
    "Moment",
    "answer_of",
    "moment_words",
    "phases_of",
    "place_of",
    "places_of",
]

Moment = Literal["before", "during", "after", "next_morning"]
ALL = "all"
"""Everything that was tried, against the baseline."""

_NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked.

    Parameters
    ----------
    site, side
        Which pain.
    moment
        Which rating.
    what
        `all` that was tried, the key of a cue, or `own` for something else.
    since
        Day from which something else was tried; None for phases of the plan.
    name
        What it is called in a sentence.
    """

    site: PainSite
    side: str
    moment: Moment
    what: str
    since: date | None
    name: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the diary says.

    Parameters
    ----------
    help
        The answer with its numbers; None where nothing is rated.
    course
        The ratings it rests on; None where there are none.
    first
        Day of the first rating; None where there is none.
    levels
        Pain of each phase that has ratings; the label is the number of the phase, from 0.
    onset
        How far into a run it began; None where too little is noted.
    why_not
        Why there is no answer; empty where there is one.
    """

    help: Help | None
    course: Course | None
    first: date | None
    levels: tuple[Level, ...]
    onset: OnsetChange | None
    why_not: str


def places_of(pains: Sequence[PainEntry]) -> list[tuple[PainSite, str]]:
    """Return the places that were written down, the commonest first."""
    many = Counter((entry.site, str(entry.side)) for entry in pains)
    return [place for place, _ in many.most_common()]


def place_of(pains: Sequence[PainEntry], plan: Plan | None) -> tuple[PainSite, str] | None:
    """Return the place a page begins with: that of the plan where it is written down, else the commonest."""
    places = places_of(pains)
    if plan is not None and plan.site is not None and (plan.site, str(plan.side)) in places:
        return plan.site, str(plan.side)
    return places[0] if places else None


def phases_of(asked: Asked, case: Case) -> list[Phase]:
    """Return what was done when: the phases of the plan, or the days before and since something else.

    Parameters
    ----------
    asked
        What is asked.
    case
        Plan and diary.
    """
    if asked.since is not None:
        first = min((entry.day for entry in _own(asked, case)), default=asked.since)
        before = [Phase("baseline", first, asked.since - timedelta(days=1))] if first < asked.since else []
        return [*before, Phase(asked.what, asked.since)]
    if case.plan is None:
        return []
    return [Phase(*span) for span in spans_of(timeline(case.plan, case.pains, case.runs, case.today))]


def answer_of(asked: Asked, case: Case) -> Answer:
    """Return what the diary says about what was tried.

    Parameters
    ----------
    asked
        What is asked.
    case
        Plan and diary.

    Returns
    -------
    Answer
        Also where it is too early, with what is there.
    """
    phases, own = phases_of(asked, case), _own(asked, case)
    compared = [one for one in phases if asked.what == ALL or one.label in {"baseline", asked.what}]
    try:
        course = course_of(own, compared, case.runs, moment=asked.moment)
    except DataError as error:
        return Answer(
            None, None, None, (), None, f"{error.what[:1].upper()}{error.what[1:]}: {error.remedy}."
        )
    return Answer(
        help=helped(course, what=asked.name, p=_chance(asked, case, phases)),
        course=course,
        first=_first_day(own, compared, asked.moment),
        levels=_levels(asked, own, phases),
        onset=_onset(own, compared, case.runs),
        why_not="",
    )


def _levels(asked: Asked, own: Sequence[PainEntry], phases: Sequence[Phase]) -> tuple[Level, ...]:
    """Return the level of each phase, also where two of them are alike; its label is the phase's number."""
    numbered = [
        replace(phase, label=str(number))
        for number, phase in enumerate(phases)
        if asked.what == ALL or phase.label in {"baseline", asked.what}
    ]
    return levels(course_of(own, numbered, moment=asked.moment))


def _own(asked: Asked, case: Case) -> list[PainEntry]:
    return [entry for entry in case.pains if entry.site is asked.site and entry.side == asked.side]


def _first_day(own: Sequence[PainEntry], phases: Sequence[Phase], moment: str) -> date:
    """Return the day that the course counts from."""
    return min(
        entry.day
        for entry in own
        if getattr(entry, moment) is not None and any(phase.holds(entry.day) for phase in phases)
    )


def _chance(asked: Asked, case: Case, phases: Sequence[Phase]) -> float:
    """Return p of the randomisation test over every draw that was possible; NaN where none was drawn."""
    if case.plan is None or asked.since is not None:
        return _NAN
    tried, own = (None if asked.what == ALL else asked.what), _own(asked, case)
    course = course_of(own, phases, case.runs, tried=tried, moment=asked.moment)
    first = _first_day(own, phases, asked.moment)
    days = [first + timedelta(days=float(day)) for day in course.day]
    drawn = assignments(case.plan, case.pains, case.runs, case.today, days)
    treated = [[(label == tried) if tried else (label != "baseline") for label in labels] for labels in drawn]
    try:
        return randomisation_test(course, [np.array(one) for one in treated])
    except DataError:
        return _NAN


def _onset(
    own: Sequence[PainEntry], phases: Sequence[Phase], runs: Sequence[TrainingRun]
) -> OnsetChange | None:
    """Compare how far into a run it began; a run without pain went further than its length."""
    metres = Counter[date]()
    for run in runs:
        metres[run.started.astimezone().date()] += int(run.distance_m or 0)
    sides: dict[bool, list[tuple[float, bool]]] = {False: [], True: []}
    for entry in own:
        phase = next((one for one in reversed(phases) if one.holds(entry.day)), None)
        reached = _reached(entry, metres[entry.day])
        if phase is not None and reached is not None:
            sides[phase.label != "baseline"].append(reached)
    if not all(sides.values()):
        return None
    before, after = (np.array(sides[when], float).reshape(-1, 2) for when in (False, True))
    found = onset_change(before[:, 0], before[:, 1] > 0, after[:, 0], after[:, 1] > 0)
    return None if math.isnan(found.further) else found


def _reached(entry: PainEntry, run_m: float) -> tuple[float, bool] | None:
    """Return how far a run went before it hurt, and whether it did; None where that is not known."""
    if entry.onset_m is not None:
        return entry.onset_m, True
    if entry.during == 0 and run_m > 0:
        return float(run_m), False
    return None


def moment_words(moment: str) -> str:
    """Return a moment as people say it."""
    return {
        "before": "before the run",
        "during": "while running",
        "after": "within the hour after",
        "next_morning": "next morning",
    }[moment]
