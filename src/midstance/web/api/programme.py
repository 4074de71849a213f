"""The programme: interview, findings, plan, today, whether it helped."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request

from midstance.interview import checked, in_words, next_question, question, told
from midstance.journal import JobState
from midstance.model import PainSite
from midstance.pipeline import findings_of_record
from midstance.programme import Preferences as Wishes
from midstance.programme import log_of, log_record, plan, plan_record, timeline
from midstance.web.api.plain import plain
from midstance.web.api.shapes import Given, Made
from midstance.web.asking import store_of
from midstance.web.programme_view import Case, case_of, keep_answers
from midstance.web.programme_view.helping import Asked, Moment, answer_of
from midstance.web.refusals import Refusal

__all__ = [
    "AnswerGiven",
    "LogGiven",
    "PlanGiven",
    "add_log",
    "give_answer",
    "make_plan",
    "router",
    "show_day",
    "show_findings",
    "show_help",
    "show_interview",
    "show_plan",
]

router = APIRouter(prefix="/api/v1", tags=["programme"])
_SEEDS = 2**31
_LOG_KINDS = {"cue": "cue_log", "lesson": "lesson_log", "break": "break_log"}


class AnswerGiven(Given):
    """An answer: an option's key, a list of keys, a number, or for a map place, side and other places."""

    answer: str | float | list[str] | dict[str, str | list[str]]


class PlanGiven(Given):
    """What a runner wishes; each field may be left out."""

    runs_per_week: Annotated[int, Field(ge=1, le=7)] = 3
    usual_minutes: Annotated[float, Field(ge=0, le=300)] = 30.0
    goal_minutes: Annotated[float, Field(ge=0, le=300)] = 45.0
    cadence_spm: Annotated[float | None, Field(ge=100, le=260)] = None
    cues: Annotated[int, Field(ge=1, le=4)] = 2
    own_way_again: bool = True
    strength: bool = True
    metronome: bool = True
    lessons_per_week: Annotated[int, Field(ge=0, le=7)] = 2
    floor: bool = True
    kneeling: bool = True


class LogGiven(Given):
    """A note about a cue, a lesson or days off, as `programme.log_record` gives it."""

    log: dict[str, Any]


@router.get("/people/{person_id}/interview")
def show_interview(request: Request, person_id: str) -> dict[str, Any]:
    """Show a person's answers, what is asked next, and what they come to."""
    return _interview(_case(request, person_id))


@router.put("/people/{person_id}/interview/{key}")
def give_answer(request: Request, person_id: str, key: str, given: AnswerGiven) -> dict[str, Any]:
    """Answer one question."""
    case = _case(request, person_id)
    keep_answers(store_of(request), case, {key: checked(question(key), given.answer)})
    return _interview(_case(request, person_id))


@router.get("/analyses/{analysis_id}/findings")
def show_findings(request: Request, analysis_id: str) -> list[dict[str, Any]]:
    """Show what stands out in an analysis, by the person's answers; nothing while a red flag stands."""
    store = store_of(request)
    row = store.analyses.one(analysis_id)
    if row.state is not JobState.DONE:
        raise Refusal(409, "This analysis is not done yet", row.recording.name, "ask again later")
    case = case_of(store, row.person)
    if case.triage.stop:
        return []
    found = findings_of_record(store.analyses.record(row.id), case.triage if case.begun else None)
    return [plain(one) for one in found]


@router.get("/people/{person_id}/plan")
def show_plan(request: Request, person_id: str) -> dict[str, Any]:
    """Show a person's plan and where in it they are."""
    case = _with_plan(request, person_id)
    assert case.plan is not None  # noqa: S101  # asked before
    spans = timeline(case.plan, case.pains, case.runs, case.today)
    return {"plan": plan_record(case.plan), "timeline": plain(spans), "stopped": case.triage.stop}


@router.post("/people/{person_id}/plan", status_code=201)
def make_plan(request: Request, person_id: str, given: PlanGiven) -> Made:
    """Make a plan from the interview and the newest film."""
    store, case = store_of(request), _case(request, person_id)
    if not case.triage.complete:
        raise Refusal(409, "The interview is not finished", "plan", "answer the questions first")
    last = store.analyses.latest(person_id)
    found = () if last is None else findings_of_record(store.analyses.record(last.id), case.triage)
    wishes = Wishes(**given.model_dump())
    made = plan(case.triage, found, today=case.today, seed=secrets.randbelow(_SEEDS), preferences=wishes)
    return Made(id=store.papers.put(person_id, "plan", plan_record(made)))


@router.get("/people/{person_id}/day")
def show_day(request: Request, person_id: str) -> dict[str, Any]:
    """Show what a person's plan asks for today."""
    case = _with_plan(request, person_id)
    shown: dict[str, Any] = plain(case.day)
    return {**shown, "read_again": list(case.reasons)}


@router.post("/people/{person_id}/logs", status_code=201)
def add_log(request: Request, person_id: str, given: LogGiven) -> Made:
    """Note a run with a cue, a lesson, or days off."""
    record = log_record(log_of(given.log))
    return Made(id=store_of(request).papers.put(person_id, _LOG_KINDS[record["kind"]], record))


@router.get("/people/{person_id}/help")
def show_help(
    request: Request,
    person_id: str,
    site: PainSite,
    side: Annotated[str, Query(pattern="^(left|right|both)$")],
    moment: Moment = "during",
    what: Annotated[str, Query(max_length=60)] = "all",
    since: date | None = None,
) -> dict[str, Any]:
    """Say whether what was tried helped: by the plan's phases, or since a day."""
    store = store_of(request)
    case = case_of(store, store.people.one(person_id), whole=True)
    answer = answer_of(Asked(site, side, moment, what, since, "it"), case)
    change = answer.help.change if answer.help else None
    return {
        "help": plain(answer.help, without=("change",)),
        "change": None
        if change is None
        else {"value": change.value, "low": change.interval[0], "high": change.interval[1]},
        "levels": plain(answer.levels),
        "onset": plain(answer.onset),
        "why_not": answer.why_not,
    }


def _case(request: Request, person_id: str) -> Case:
    store = store_of(request)
    return case_of(store, store.people.one(person_id))


def _with_plan(request: Request, person_id: str) -> Case:
    case = _case(request, person_id)
    if case.plan is None:
        raise Refusal(404, "There is no plan", "this person", "make one first")
    return case


def _interview(case: Case) -> dict[str, Any]:
    coming = next_question(case.answers)
    return {
        "answers": dict(case.answers),
        "next": None if coming is None else plain(coming, without=("when",)),
        "said": [{"question": asked, "answer": said} for asked, said in in_words(case.answers)],
        "outcome": plain(case.triage),
        "told": plain(told(case.triage)) if case.begun else None,
        "read_again": list(case.reasons),
    }
