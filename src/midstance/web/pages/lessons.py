"""Lessons: the list, and what to know before one."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from midstance.programme import LessonLog, figure, log_record
from midstance.report.words import metric_of
from midstance.web.asking import store_of, visitor_of
from midstance.web.pages.chosen import chosen_person
from midstance.web.pages.lesson_forms import ScanForm
from midstance.web.programme_view import Case, all_lessons, case_of, lesson_of, own_lessons
from midstance.web.rendering import page
from midstance.web.words import day_words

__all__ = ["begin_lesson", "list_lessons", "router", "show_lesson"]

router = APIRouter(prefix="/lessons", include_in_schema=False)


@router.get("", response_class=HTMLResponse)
def list_lessons(request: Request, saved: str = "") -> HTMLResponse:
    """List all lessons, with how often each was taken."""
    store = store_of(request)
    case = case_of(store, chosen_person(request))
    day = None if case.triage.stop else case.day
    return page(
        request,
        "programme/lessons.html",
        person=case.person,
        picture=figure,
        case=case,
        lessons=all_lessons(store),
        own={lesson.key for _, lesson in own_lessons(store)},
        taken=Counter(log.lesson for log in _lesson_logs(case) if log.finished),
        todays=day.lesson if day else "",
        planned=frozenset(case.plan.lessons) if case.plan else None,
        coach=visitor_of(request).role == "coach",
        toast={"log": "Written down.", "own": "The lesson is there."}.get(saved),
    )


@router.get("/{key}", response_class=HTMLResponse)
def show_lesson(request: Request, key: str) -> HTMLResponse:
    """Show a lesson: safety first, then what it is, then the scan before it."""
    store = store_of(request)
    one = lesson_of(store, key)
    case = case_of(store, chosen_person(request))
    logs = [log for log in _lesson_logs(case) if log.lesson == key]
    return page(
        request,
        "programme/lesson.html",
        person=case.person,
        picture=figure,
        case=case,
        lesson=one,
        not_for_you=case.begun and case.triage.route in one.not_for,
        measures=[metric_of(name).title for name in one.metric_targets],
        logs=[(day_words(log.day), log) for log in sorted(logs, key=lambda log: log.day, reverse=True)],
        hurts=not case.begun or case.triage.route != "no_pain",
    )


@router.post("/{key}")
def begin_lesson(request: Request, key: str, form: Annotated[ScanForm, Form()]) -> Response:
    """Keep what the scan before found, and go to the player."""
    store = store_of(request)
    case = case_of(store, chosen_person(request))
    one = lesson_of(store, key)
    log = LessonLog(case.today, one.key, finished=False, before=form.words.strip(), pain_before=form.pain)
    paper = store.papers.put(case.person.id, "lesson_log", log_record(log))
    return RedirectResponse(f"/lessons/{one.key}/play?log={paper}", 303)


def _lesson_logs(case: Case) -> list[LessonLog]:
    return [log for log in case.logs if isinstance(log, LessonLog)]
