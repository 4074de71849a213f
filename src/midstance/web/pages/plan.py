"""The plan: what to do today, what comes after what, and why."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from midstance.interview import told
from midstance.journal import Store
from midstance.pipeline import findings_of_record
from midstance.programme import (
    PhaseKind,
    Preferences,
    Span,
    cue,
    exercises,
    log_record,
    plan,
    plan_record,
    timeline,
    walk_run_table,
)
from midstance.web.asking import store_of, visitor_of
from midstance.web.pages.chosen import chosen_person
from midstance.web.pages.findings import titles_of
from midstance.web.pages.plan_forms import BreakForm, CueLogForm, WishesForm
from midstance.web.programme_view import GRADES, Case, case_of, lesson_of
from midstance.web.refusals import Refusal
from midstance.web.rendering import page
from midstance.web.words import day_words, place_words

__all__ = ["Stage", "add_break", "log_cue", "make_plan", "router", "show_plan"]

router = APIRouter(prefix="/plan", include_in_schema=False)
_SEEDS = 2**31
_SAVED = {
    "cue": "Written down. The plan learns from it.",
    "break": "Enjoy the days off; the plan waits.",
    "made": "Here is your plan. Nothing in it is urgent.",
    "changed": "The plan is changed.",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A phase on the time line.

    Parameters
    ----------
    span
        The phase with its days.
    when
        Its days in words.
    count
        How many of its runs are done, in words.
    """

    span: Span
    when: str
    count: str


@router.get("", response_class=HTMLResponse)
def show_plan(request: Request, saved: str = "", *, anew: bool = False) -> HTMLResponse:
    """Show what today asks for and the whole plan; what stops it goes first."""
    store = store_of(request)
    case = case_of(store, chosen_person(request))
    shown: dict[str, Any] = {"person": case.person, "case": case, "toast": _SAVED.get(saved)}
    if case.triage.stop:
        return page(request, "programme/plan_stopped.html", **shown)
    if case.plan is None or anew:
        return page(request, "programme/plan_make.html", **shown, **_before(store, case))
    return page(request, "programme/plan.html", **shown, **_parts(request, store, case))


@router.post("")
def make_plan(request: Request, form: Annotated[WishesForm, Form()]) -> Response:
    """Make a plan from interview, film and wishes."""
    store = store_of(request)
    case = case_of(store, chosen_person(request))
    if not case.triage.complete:
        raise Refusal(409, "The questions are not answered yet", "Plan", "answer them first")
    last = store.analyses.latest(case.person.id)
    found = () if last is None else findings_of_record(store.analyses.record(last.id), case.triage)
    seed = secrets.randbelow(_SEEDS)
    made = plan(case.triage, found, today=case.today, seed=seed, preferences=form.preferences())
    store.papers.put(case.person.id, "plan", plan_record(made))
    return RedirectResponse("/plan?saved=made", 303)


@router.post("/cues/{key}")
def log_cue(request: Request, key: str, form: Annotated[CueLogForm, Form()]) -> Response:
    """Write down a run with a cue."""
    person = chosen_person(request)
    store_of(request).papers.put(person.id, "cue_log", log_record(form.log(cue(key).key)))
    return RedirectResponse("/plan?saved=cue", 303)


@router.post("/breaks")
def add_break(request: Request, form: Annotated[BreakForm, Form()]) -> Response:
    """Write down days off."""
    person = chosen_person(request)
    store_of(request).papers.put(person.id, "break_log", log_record(form.log()))
    return RedirectResponse("/plan?saved=break", 303)


def _before(store: Store, case: Case) -> dict[str, Any]:
    """Return what the page shows before there is a plan."""
    cadence = [row.value for row in store.analyses.measures(case.person.id, "cadence_spm") if row.value]
    usual = case.plan.preferences if case.plan else Preferences(cadence_spm=None)
    return {
        "told": told(case.triage) if case.begun else None,
        "wishes": usual,
        "cadence": round(cadence[-1]) if cadence else usual.cadence_spm,
        "has_film": store.analyses.latest(case.person.id) is not None,
    }


def _parts(request: Request, store: Store, case: Case) -> dict[str, Any]:
    """Return what the page of a plan shows."""
    assert case.plan is not None  # noqa: S101  # asked before
    kept, day = case.plan, case.day
    spans = timeline(kept, case.pains, case.runs, case.today)
    lesson = lesson_of(store, day.lesson) if day and day.lesson else None
    return {
        "plan": kept,
        "day": day,
        "stages": [_stage(span, case) for span in spans],
        "place": place_words(kept.site, kept.side) if kept.site and kept.side else "",
        "todays_cue": cue(day.cue.cue) if day and day.cue else None,
        "todays_lesson": lesson,
        "rungs": walk_run_table(),
        "exercises": [one for one in exercises() if one.key in kept.strength],
        "titles": titles_of(store),
        "grades": GRADES,
        "coach": visitor_of(request).role == "coach",
        "moved": kept.route != case.triage.route and case.triage.complete,
    }


def _stage(span: Span, case: Case) -> Stage:
    first, last = (day_words(day, case.today) for day in (span.first, span.last))
    when = first if span.first == span.last else f"{first} – {last}"
    if span.state == "now":
        when = f"since {first}"
    if span.state == "ahead":
        when = f"from about {first}"
    return Stage(span, when, _count(span))


def _count(span: Span) -> str:
    """Return how far a phase is; one that ends with a row of green runs has no fixed length."""
    phase = span.phase
    if phase.kind in {PhaseKind.SETTLE, PhaseKind.MAINTAIN}:
        return f"{span.runs} runs" if span.state == "done" else f"{phase.runs} green runs in a row"
    return f"{span.runs} of {phase.runs} runs" if span.state != "ahead" else f"{phase.runs} runs"
