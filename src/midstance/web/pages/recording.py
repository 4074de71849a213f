"""A recording: is it good enough, what is known of it, and its analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from midstance.journal import AnalysisRow, Job, JobState, Recording, Store
from midstance.web.asking import store_of
from midstance.web.pages.check_card import check_card
from midstance.web.pages.past_analyses import past_analyses
from midstance.web.pages.recording_form import DeclaredForm, declared_form, speed_unit
from midstance.web.refusals import Refusal
from midstance.web.rendering import page
from midstance.web.words import moment_words, size_words

__all__ = [
    "Running",
    "analyse",
    "cancel",
    "confirm_delete",
    "delete",
    "recording",
    "retry",
    "router",
]

router = APIRouter(prefix="/recordings/{recording_id}", include_in_schema=False)
_STANDING_AMONG = 30
_WAITED_FOR = 5  # priority: somebody sits before it
Word = Annotated[str, Form(max_length=64)]


@dataclass(frozen=True, slots=True)
class Running:
    """An analysis that is being made.

    Parameters
    ----------
    id
        The analysis.
    job
        Its job.
    """

    id: str
    job: Job


@router.get("", response_class=HTMLResponse)
def recording(request: Request, recording_id: str) -> HTMLResponse:
    """Show the check, and what to declare before the analysis."""
    store = store_of(request)
    row = store.recordings.one(recording_id)
    person = store.people.one(row.person_id)
    analyses = store.analyses.of(row.id)
    jobs = store.jobs.of(row.id)
    checks = [job for job in jobs if job.kind == "check"]
    failed = next((job for job in _newest_jobs(store, analyses) if job.state is JobState.SET_ASIDE), None)
    return page(
        request,
        "recording.html",
        person=person,
        owner=person,
        recording=row,
        arrived=f"{moment_words(row.filmed)}, {size_words(row.size_bytes)}",
        check=check_card(row.facts, failed=_failure(checks)),
        checking=next((job for job in checks if not job.state.ended), None),
        running=_running(store, analyses),
        failed=failed,
        analyses=past_analyses(analyses),
        declared=declared_form(person, analyses[0] if analyses else store.analyses.latest(person.id)),
        speed_unit=speed_unit(person),
        standing=_standing(store, row),
        words=_duration_words(row),
    )


@router.post("/analyse")
def analyse(request: Request, recording_id: str, form: Annotated[DeclaredForm, Form()]) -> Response:
    """Put the analysis in line."""
    store = store_of(request)
    row = store.recordings.one(recording_id)
    person = store.people.one(row.person_id)
    if form.standing and store.recordings.one(form.standing).person_id != person.id:
        raise Refusal(422, "The standing clip shows somebody else", row.name, "choose another one")
    if form.height_cm is not None:
        store.people.change(person.id, height_m=form.height_cm / 100)
    for running in store.analyses.of(row.id):
        if not running.state.ended:
            return RedirectResponse(f"/recordings/{row.id}", 303)
    analysis = store.analyses.add(row.id, form.settings(person.units))
    store.jobs.add("analyse", {"analysis_id": analysis}, key=f"analyse:{analysis}", priority=_WAITED_FOR)
    return RedirectResponse(f"/recordings/{row.id}", 303)


@router.post("/cancel")
def cancel(request: Request, recording_id: str, job_id: Word) -> Response:
    """Cancel an analysis that is being made."""
    store = store_of(request)
    store.jobs.cancel(_job_of(store, recording_id, job_id).id)
    return RedirectResponse(f"/recordings/{recording_id}", 303)


@router.post("/retry")
def retry(request: Request, recording_id: str, job_id: Word) -> Response:
    """Let an analysis that was set aside wait again."""
    store = store_of(request)
    store.jobs.retry(_job_of(store, recording_id, job_id).id)
    return RedirectResponse(f"/recordings/{recording_id}", 303)


@router.get("/delete", response_class=HTMLResponse)
def confirm_delete(request: Request, recording_id: str) -> HTMLResponse:
    """Ask before a recording is deleted."""
    store = store_of(request)
    row = store.recordings.one(recording_id)
    many = len(store.analyses.of(row.id))
    return page(
        request,
        "confirm.html",
        title=f"Delete {row.name}?",
        words=f"The clip and its {many} analyses are removed from this computer for good."
        if many != 1
        else "The clip and its analysis are removed from this computer for good.",
        kept="Diary and runs stay.",
        action=f"/recordings/{row.id}/delete",
        verb="Delete it",
        back=f"/recordings/{row.id}",
        typed="",
    )


@router.post("/delete")
def delete(request: Request, recording_id: str) -> Response:
    """Delete a recording with its analyses."""
    store_of(request).recordings.delete(recording_id)
    return RedirectResponse("/film", 303)


def _running(store: Store, analyses: list[AnalysisRow]) -> Running | None:
    for row in analyses:
        if not row.state.ended and row.job_id:
            return Running(row.id, store.jobs.one(row.job_id))
    return None


def _newest_jobs(store: Store, analyses: list[AnalysisRow]) -> list[Job]:
    """Return the job of the newest analysis, where it has one."""
    return [store.jobs.one(row.job_id) for row in analyses[:1] if row.job_id]


def _job_of(store: Store, recording_id: str, job_id: str) -> Job:
    """Return a job of an analysis of this recording; others are none of its business."""
    for row in store.analyses.of(recording_id):
        if row.job_id == job_id:
            return store.jobs.one(job_id)
    raise Refusal(404, "There is no such analysis of this clip", "", "reload the page")


def _failure(checks: list[Job]) -> str:
    newest = checks[0] if checks else None
    return newest.error if newest is not None and newest.state is JobState.SET_ASIDE else ""


def _standing(store: Store, row: Recording) -> list[tuple[str, str]]:
    """Return the person's clips that show somebody standing, for the choice; empty where there are none."""
    clips = [
        (other.id, f"{other.name}, {moment_words(other.filmed)}")
        for other in store.recordings.of(row.person_id, limit=_STANDING_AMONG)
        if other.id != row.id and (other.facts.get("check") or {}).get("activity") == "standing"
    ]
    return [("", "none"), *clips] if clips else []


def _duration_words(row: Recording) -> str:
    check = row.facts.get("check") or {}
    frames = (check.get("frame_rate_hz") or 0.0) * (check.get("duration_s") or 0.0)
    return f"About {frames:.0f} pictures to look at." if frames else ""
