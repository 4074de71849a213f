"""The programme's texts: questions, lessons as they are played, cues, articles."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request

from midstance.interview import questions
from midstance.programme import article, articles, cue, cues, exercises, walk_run_table
from midstance.web.api.plain import plain
from midstance.web.asking import store_of
from midstance.web.programme_view import GRADES, all_lessons, lesson_of

__all__ = [
    "list_articles",
    "list_cues",
    "list_exercises",
    "list_grades",
    "list_lessons",
    "list_questions",
    "list_rungs",
    "router",
    "show_article",
    "show_cue",
    "show_lesson",
]

router = APIRouter(prefix="/api/v1", tags=["programme"])


@router.get("/questions")
def list_questions() -> list[dict[str, Any]]:
    """List the questions everybody is asked; answers add and take away some."""
    return [plain(one, without=("when",)) for one in questions({})]


@router.get("/grades")
def list_grades() -> dict[str, str]:
    """List the words for how well something is supported, with what each means."""
    return {str(word): meaning for word, meaning in GRADES.items()}


@router.get("/lessons")
def list_lessons(request: Request) -> list[dict[str, Any]]:
    """List all lessons, those of coaches last."""
    return [
        {"key": one.key, "title": one.title, "summary": one.summary, "duration_min": one.duration_min}
        for one in all_lessons(store_of(request))
    ]


@router.get("/lessons/{key}")
def show_lesson(request: Request, key: str) -> dict[str, Any]:
    """Show a lesson with its script: what is said, and the pause after it."""
    one = lesson_of(store_of(request), key)
    spoken = ("opening", "scan_open", "scan_close", "blocks", "standing", "walking", "running")
    shown: dict[str, Any] = plain(one, without=spoken)
    return {**shown, "parts": plain(one.parts), "seconds": one.seconds, "script": plain(one.script())}


@router.get("/cues")
def list_cues() -> list[dict[str, Any]]:
    """List all cues."""
    return [plain(one) for one in cues()]


@router.get("/cues/{key}")
def show_cue(key: str) -> dict[str, Any]:
    """Show a cue."""
    shown: dict[str, Any] = plain(cue(key))
    return shown


@router.get("/articles")
def list_articles() -> list[dict[str, Any]]:
    """List all articles, without their text."""
    return [plain(one, without=("html",)) for one in articles()]


@router.get("/articles/{key}")
def show_article(key: str) -> dict[str, Any]:
    """Show an article with its text as HTML."""
    shown: dict[str, Any] = plain(article(key))
    return shown


@router.get("/exercises")
def list_exercises() -> list[dict[str, Any]]:
    """List the strength exercises."""
    return [plain(one) for one in exercises()]


@router.get("/walk-run")
def list_rungs() -> list[dict[str, Any]]:
    """List the steps of the way back by walking and running."""
    return [plain(one) for one in walk_run_table()]
