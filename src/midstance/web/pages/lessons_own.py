"""Lessons a coach writes: the same format as ours, with every slip named by its line."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from midstance.errors import MidstanceError
from midstance.journal import Paper, Store
from midstance.programme import Lesson, lessons, read_lesson
from midstance.web.asking import store_of
from midstance.web.programme_view import own_lessons
from midstance.web.refusals import Refusal
from midstance.web.rendering import page
from midstance.web.safety.owners import coach_only
from midstance.wording import doubtful_words

__all__ = ["Slip", "delete_own", "edit_own", "router", "save_own", "show_own"]

router = APIRouter(prefix="/lessons/own", include_in_schema=False, dependencies=[Depends(coach_only)])
_KIND = "own_lesson"
_EXAMPLE = "content/lessons/10_one_foot_by_a_wall.toml"
Text = Annotated[str, Form(max_length=200_000)]


@dataclass(frozen=True, slots=True)
class Slip:
    """Something that has to be changed before a lesson can be kept, or had better be.

    Parameters
    ----------
    where
        The line, or the sentence.
    what, remedy
        What is wrong, and what to do.
    """

    where: str
    what: str
    remedy: str


@router.get("", response_class=HTMLResponse)
def show_own(request: Request, *, example: bool = False) -> HTMLResponse:
    """Show the lessons there are, and an empty page, or one of ours to begin from."""
    text = _example() if example else ""
    return _shown(request, text)


@router.get("/{paper_id}", response_class=HTMLResponse)
def edit_own(request: Request, paper_id: str) -> HTMLResponse:
    """Show a lesson as it was written."""
    paper = _own(store_of(request), paper_id)
    return _shown(request, str(paper.payload.get("text", "")), paper_id)


@router.post("", response_class=HTMLResponse)
def save_own(
    request: Request,
    text: Text,
    paper_id: Annotated[str, Form(max_length=60)] = "",
    *,
    anyway: Annotated[bool, Form()] = False,
) -> Response:
    """Keep a lesson, or say what has to be changed."""
    store = store_of(request)
    if paper_id:
        _own(store, paper_id)
    try:
        lesson = read_lesson(text.replace("\r\n", "\n"), "your lesson")
        _check_key(store, lesson, paper_id)
    except MidstanceError as error:
        return _shown(request, text, paper_id, [Slip(error.where, error.what, error.remedy)])
    doubts = [] if anyway else _doubts(lesson)
    if doubts:
        return _shown(request, text, paper_id, doubts, readable=True)
    payload = {"key": lesson.key, "title": lesson.title, "text": text.replace("\r\n", "\n")}
    store.papers.put(None, _KIND, payload, paper_id or None)
    return RedirectResponse("/lessons?saved=own", 303)


@router.post("/{paper_id}/delete")
def delete_own(request: Request, paper_id: str) -> Response:
    """Delete a lesson; what runners noted of it stays."""
    store = store_of(request)
    store.papers.delete(_own(store, paper_id).id)
    return RedirectResponse("/lessons/own", 303)


def _own(store: Store, paper_id: str) -> Paper:
    paper = store.papers.one(paper_id)
    if paper.kind != _KIND:
        raise Refusal(404, "There is no such lesson", "Own lessons", "choose one from the list")
    return paper


def _check_key(store: Store, lesson: Lesson, paper_id: str) -> None:
    """Refuse a key that another lesson has."""
    others = {"own"} | {one.key for one in lessons()}
    others |= {other.key for paper, other in own_lessons(store) if paper.id != paper_id}
    if lesson.key in others:
        raise Refusal(
            422, f"`key` is {lesson.key!r}, which another lesson has", "your lesson", "choose another key"
        )


def _doubts(lesson: Lesson) -> list[Slip]:
    """Return what in its words had better be said otherwise."""
    said = [line.text for line in lesson.script()]
    said += [lesson.title, lesson.summary, lesson.function, lesson.alternative]
    found = [doubt for text in said for doubt in doubtful_words(text)]
    return [Slip(f"“{doubt.sentence}”", f"“{doubt.word}” ({doubt.reason})", doubt.instead) for doubt in found]


def _shown(
    request: Request,
    text: str,
    paper_id: str = "",
    slips: list[Slip] | None = None,
    *,
    readable: bool = False,
) -> HTMLResponse:
    return page(
        request,
        "programme/lesson_own.html",
        status_code=422 if slips else 200,
        text=text,
        paper_id=paper_id,
        slips=slips or [],
        readable=readable,
        own=own_lessons(store_of(request)),
    )


def _example() -> str:
    """Return one of our lessons under another name, to begin from."""
    text = resources.files("midstance.programme").joinpath(*_EXAMPLE.split("/")).read_text("utf-8")
    first, rest = text.split("\n", 1)
    return f'{first.rsplit("=", 1)[0]}= "my_lesson"\n{rest}'
