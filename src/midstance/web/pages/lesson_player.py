"""A lesson played: words, pauses, the scan after it, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from midstance.errors import MidstanceError
from midstance.journal import Paper, Store
from midstance.programme import Lesson, LessonLog, Line, figure, log_of, log_record
from midstance.web.asking import store_of
from midstance.web.pages.chosen import chosen_person
from midstance.web.pages.lesson_forms import AfterForm
from midstance.web.programme_view import case_of, lesson_of, shown_minutes
from midstance.web.rendering import page

__all__ = ["Part", "finish_lesson", "play_lesson", "router"]

router = APIRouter(prefix="/lessons", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a lesson as it is played.

    Parameters
    ----------
    key, title
        Its name, and as shown.
    start
        When it begins, as a player shows it.
    lines
        What is said in it, each with its place in the whole.
    """

    key: str
    title: str
    start: str
    lines: list[tuple[int, Line]]


@router.get("/{key}/play", response_class=HTMLResponse)
def play_lesson(request: Request, key: str, log: str = "") -> HTMLResponse:
    """Show the player, which reads the transcript it stands beside."""
    store = store_of(request)
    one = lesson_of(store, key)
    case = case_of(store, chosen_person(request))
    if case.triage.stop:
        return page(request, "programme/plan_stopped.html", person=case.person, case=case)
    return page(
        request,
        "programme/lesson_play.html",
        person=case.person,
        picture=figure,
        lesson=one,
        parts=_parts(one),
        figures=sorted({line.figure for line in one.script()}),
        total=shown_minutes(one.seconds),
        log=log,
        hurts=not case.begun or case.triage.route != "no_pain",
    )


@router.post("/{key}/log")
def finish_lesson(request: Request, key: str, form: Annotated[AfterForm, Form()]) -> Response:
    """Keep what the scan after found."""
    store, person = store_of(request), chosen_person(request)
    one = lesson_of(store, key)
    begun = _begun(store, person.id, form.log, one.key)
    kept = begun[1] if begun else LessonLog(case_of(store, person).today, one.key)
    done = replace(
        kept,
        finished=form.finished,
        after=form.words.strip(),
        pain_after=form.pain,
        note=form.note.strip(),
    )
    store.papers.put(person.id, "lesson_log", log_record(done), begun[0].id if begun else None)
    return RedirectResponse("/lessons?saved=log", 303)


def _begun(store: Store, person_id: str, paper_id: str, key: str) -> tuple[Paper, LessonLog] | None:
    """Return what was kept when the lesson began; None where nothing was, or that of somebody else."""
    for paper in store.papers.of(person_id, "lesson_log"):
        if paper.id == paper_id:
            try:
                log = log_of(dict(paper.payload))
            except MidstanceError:
                return None
            return (paper, log) if isinstance(log, LessonLog) and log.lesson == key else None
    return None


def _parts(one: Lesson) -> list[Part]:
    """Return the script part by part, with the times a calm voice would keep."""
    lines = list(enumerate(one.script()))
    parts, at = [], 0.0
    for key, title in one.parts:
        own = [(number, line) for number, line in lines if line.part == key]
        parts.append(Part(key, title, shown_minutes(at), own))
        at += sum(line.spoken_s + line.pause_s for _, line in own)
    return parts
