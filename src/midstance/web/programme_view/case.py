"""What the store knows of a person's way through the programme: answers, plan, notes, diary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from midstance.errors import MidstanceError
from midstance.interview import ask_again, questions, triage
from midstance.journal import Paper, Person, Store
from midstance.model import PainEntry, RedFlag, TrainingRun, Triage
from midstance.programme import Day, Log, Plan, log_of, plan_of, today, with_red_flags
from midstance.web.words import own_today

__all__ = ["LOG_KINDS", "Case", "case_of", "keep_answers"]

LOG_KINDS = ("cue_log", "lesson_log", "break_log")
"""Kinds of paper that hold what is noted beside pain and runs."""

_LOOKED_BACK = timedelta(days=70)  # eight weeks are compared, and a little more
_AGREED = "both_true"
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Case:
    """A person's way through the programme.

    Parameters
    ----------
    person
        Who.
    today
        The day it is looked at.
    answers
        Of the interview, question key to answer; empty before it.
    interview_id
        The paper they are kept in; None before the interview.
    triage
        What they come to, with what the diary shows by itself.
    plan
        As it is kept; None where there is none, or none that can be read.
    plan_id
        The paper it is kept in; None where there is none.
    pains, runs
        The diary since before the plan began.
    logs
        What was noted about cues, lessons and days off.
    reasons
        Why the warning signs should be read once more.
    """

    person: Person
    today: date
    answers: Mapping[str, Any]
    interview_id: str | None
    triage: Triage
    plan: Plan | None
    plan_id: str | None
    pains: tuple[PainEntry, ...]
    runs: tuple[TrainingRun, ...]
    logs: tuple[Log, ...]
    reasons: tuple[str, ...]

    @property
    def begun(self) -> bool:
        """Whether a question has been answered."""
        return self.interview_id is not None

    @property
    def red_flags(self) -> tuple[RedFlag, ...]:
        """What stops the programme; empty where nothing does."""
        return self.triage.red_flags

    @property
    def day(self) -> Day | None:
        """What today asks for; None where there is no plan."""
        if self.plan is None:
            return None
        plan = with_red_flags(self.plan, self.red_flags)
        return today(plan, self.pains, self.runs, self.logs, self.today)


def case_of(store: Store, person: Person, *, on: date | None = None, whole: bool = False) -> Case:
    """Return a person's way through the programme, as far as it is known.

    Parameters
    ----------
    store
        Where everything is.
    person
        Whose.
    on
        The day to look at it; today where None.
    whole
        Whether all of the diary is wanted, not only that of the plan.

    Returns
    -------
    Case
        Of the newest interview and the newest plan.
    """
    day = on or own_today()
    interview = store.papers.latest(person.id, "interview")
    answers: Mapping[str, Any] = interview.payload if interview is not None else {}
    kept = store.papers.latest(person.id, "plan")
    plan = None if kept is None else _read(plan_of, kept)
    first = None if whole else min(day, plan.made if plan else day) - _LOOKED_BACK
    pains = tuple(row.entry for row in store.pains.of(person.id, since=first))
    start = None if first is None else datetime.combine(first, datetime.min.time()).astimezone()
    return Case(
        person=person,
        today=day,
        answers=answers,
        interview_id=None if interview is None else interview.id,
        triage=_outcome(answers, pains, day),
        plan=plan,
        plan_id=None if plan is None or kept is None else kept.id,
        pains=pains,
        runs=tuple(row.run for row in store.runs.of(person.id, since=start)),
        logs=_logs(store, person),
        reasons=ask_again(_since(pains, answers, "checked_on"), day) if pains else (),
    )


def _outcome(answers: Mapping[str, Any], pains: tuple[PainEntry, ...], day: date) -> Triage:
    """Return what answers and diary come to, without the contradictions somebody said are none."""
    found = triage(answers, day, pains=_since(pains, answers, "cleared_on"))
    agreed = answers.get(_AGREED) or ()
    return replace(found, contradictions=tuple(said for said in found.contradictions if said not in agreed))


def _since(pains: tuple[PainEntry, ...], answers: Mapping[str, Any], key: str) -> tuple[PainEntry, ...]:
    """Return the entries after a day that the answers name; all where they name none."""
    try:
        after = date.fromisoformat(str(answers.get(key)))
    except ValueError:
        return pains
    return tuple(entry for entry in pains if entry.day > after)


def _logs(store: Store, person: Person) -> tuple[Log, ...]:
    kept = [paper for kind in LOG_KINDS for paper in store.papers.of(person.id, kind)]
    read = [_read(log_of, paper) for paper in kept]
    return tuple(log for log in read if log is not None)


def _read(reader: Callable[[dict[str, Any]], _Made], paper: Paper) -> _Made | None:
    """Return what a paper says; None where a program wrote something else into it."""
    try:
        return reader(dict(paper.payload))
    except MidstanceError:
        return None


_SAFETY = "First, is it safe?"


def keep_answers(store: Store, case: Case, given: Mapping[str, Any]) -> None:
    """Keep answers beside those given before.

    Parameters
    ----------
    store
        Where to.
    case
        Whose.
    given
        Question key to answer, as `interview.checked` gives them; None takes one away.

    Notes
    -----
    Days are kept along: when it was asked since when it hurts (`answered_on`), when the warning signs were
    read (`checked_on`), and when somebody said that a clinician had looked (`cleared_on`).
    """
    answers = {**case.answers, **given}
    now = case.today.isoformat()
    if "weeks" in given or "answered_on" not in answers:
        answers["answered_on"] = now
    if {"emergency", "urgent", "after_injury"} & given.keys() and "cleared" not in given:
        answers.pop("cleared", None)
    if given.get("cleared") == "cleared_yes":
        answers["cleared_on"] = now
    if _read_to_the_end(answers):
        answers["checked_on"] = now if _safety_in(given) else answers.get("checked_on", now)
    kept = {key: answer for key, answer in answers.items() if answer is not None}
    store.papers.put(case.person.id, "interview", kept, case.interview_id)


def _safety_in(given: Mapping[str, Any]) -> bool:
    return bool({"emergency", "urgent", "after_injury", "cleared"} & given.keys())


def _read_to_the_end(answers: Mapping[str, Any]) -> bool:
    """Tell whether every warning sign that belongs to these answers has been answered."""
    return all(answers.get(asked.key) is not None for asked in questions(answers) if asked.section == _SAFETY)
