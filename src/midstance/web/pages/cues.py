"""Cues: what each is, and the player that says it in the run."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from midstance.programme import Cue, CueToday, cue, cues
from midstance.report.words import metric_of
from midstance.web.asking import store_of
from midstance.web.pages.chosen import chosen_person
from midstance.web.pages.findings import titles_of
from midstance.web.programme_view import GRADES, Case, case_of
from midstance.web.rendering import page

__all__ = ["list_cues", "router", "run_cue", "show_cue"]

router = APIRouter(prefix="/cues", include_in_schema=False)
_SESSION_MIN = 20.0
_USUAL_SPM = 165.0


@router.get("", response_class=HTMLResponse)
def list_cues(request: Request) -> HTMLResponse:
    """List all cues."""
    case = case_of(store_of(request), chosen_person(request))
    return page(
        request,
        "programme/cues.html",
        person=case.person,
        cues=[(one, _why_not(case, one)) for one in cues()],
        grades=GRADES,
    )


@router.get("/{key}", response_class=HTMLResponse)
def show_cue(request: Request, key: str) -> HTMLResponse:
    """Show what a cue is, what it rests on, and what to watch."""
    store, one = store_of(request), cue(key)
    case = case_of(store, chosen_person(request))
    return page(
        request,
        "programme/cue.html",
        person=case.person,
        case=case,
        cue=one,
        why_not=_why_not(case, one),
        measures=[metric_of(name).title for name in one.measures],
        titles=titles_of(store),
        grades=GRADES,
    )


@router.get("/{key}/run", response_class=HTMLResponse)
def run_cue(request: Request, key: str) -> HTMLResponse:
    """Show the player for the run: a word at times, and a beat where one is wanted."""
    one = cue(key)
    case = case_of(store_of(request), chosen_person(request))
    day = None if case.triage.stop else case.day
    todays = day.cue if day is not None and day.cue is not None and day.cue.cue == key else None
    return page(
        request,
        "programme/cue_run.html",
        person=case.person,
        case=case,
        cue=one,
        todays=todays,
        **_dose(case, one, todays, day.run.minutes if day is not None and day.run else _SESSION_MIN),
    )


def _why_not(case: Case, one: Cue) -> str:
    """Say why a cue is not for this runner; empty where nothing speaks against it."""
    if case.begun and case.triage.route in one.not_for:
        return one.why_not
    if case.begun and "achilles_sore" in case.triage.context and "achilles" in one.not_for:
        return one.why_not
    if one.offered == "clinician":
        return "Only with a clinician who agrees: it trades load on the knee for load on calf and tendon."
    return ""


def _dose(case: Case, one: Cue, todays: CueToday | None, run_min: float) -> dict[str, Any]:
    """Return spells, reminders and beat: those of today, else of a first session."""
    if todays is not None:
        return {
            "bouts": todays.bouts,
            "bout_s": todays.bout_s,
            "every_s": todays.prompt_every_s,
            "beat": todays.beat_spm,
            "run_min": max(run_min, todays.minutes),
        }
    own = case.plan.preferences.cadence_spm if case.plan else None
    return {
        "bouts": 3,
        "bout_s": one.dose.bout_s,
        "every_s": one.dose.prompt_every_s(0),
        "beat": one.beat_spm(own or _USUAL_SPM) if one.metronome else None,
        "run_min": run_min,
    }
