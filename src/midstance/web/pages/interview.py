"""The interview: one question a page, the serious ones first, and what the answers come to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from midstance.errors import MidstanceError
from midstance.interview import (
    Question,
    checked,
    contradictions,
    in_words,
    next_question,
    question,
    questions,
    told,
)
from midstance.programme import article
from midstance.web.asking import store_of
from midstance.web.pages.chosen import chosen_person
from midstance.web.pages.interview_form import AnswerForm, filled
from midstance.web.programme_view import Case, case_of, keep_answers
from midstance.web.refusals import Refusal
from midstance.web.rendering import page
from midstance.web.words import capital

__all__ = ["agree", "answer", "ask", "begin", "looked_at", "outcome", "router"]

router = APIRouter(prefix="/interview", include_in_schema=False)
_SAFETY = "First, is it safe?"


@router.get("", response_class=HTMLResponse)
def begin(request: Request) -> Response:
    """Say what is coming; go on where it was left where something has been answered."""
    case = case_of(store_of(request), chosen_person(request))
    coming = next_question(case.answers)
    if case.begun and coming is None:
        return RedirectResponse("/interview/outcome", 303)
    many = len(questions(case.answers))
    return page(
        request, "programme/interview_begin.html", person=case.person, case=case, coming=coming, many=many
    )


@router.get("/outcome", response_class=HTMLResponse)
def outcome(request: Request) -> Response:
    """Say what the answers come to."""
    case = case_of(store_of(request), chosen_person(request))
    if not case.begun:
        return RedirectResponse("/interview", 303)
    coming = next_question(case.answers)
    said = told(case.triage)
    return page(
        request,
        "programme/interview_outcome.html",
        status_code=200,
        person=case.person,
        case=case,
        coming=None if case.triage.stop else coming,
        told=said,
        questions_open=[
            one for one in contradictions(case.answers) if one.sentence in case.triage.contradictions
        ],
        answered=_answered(case.answers),
        articles=[article(key) for key in said.articles],
        latest=store_of(request).analyses.latest(case.person.id),
    )


@router.post("/agree")
def agree(request: Request, sentence: Annotated[str, Form(max_length=2000)]) -> Response:
    """Take it that two answers both hold."""
    store = store_of(request)
    case = case_of(store, chosen_person(request))
    if sentence in case.triage.contradictions:
        keep_answers(store, case, {"both_true": [*case.answers.get("both_true", ()), sentence]})
    return RedirectResponse("/interview/outcome", 303)


@router.post("/looked-at")
def looked_at(request: Request) -> Response:
    """Take it that a clinician has looked at what the diary shows."""
    store = store_of(request)
    case = case_of(store, chosen_person(request))
    keep_answers(store, case, {"cleared_on": case.today.isoformat()})
    return RedirectResponse("/plan", 303)


@router.get("/{key}", response_class=HTMLResponse)
def ask(request: Request, key: str, *, check: bool = False, again: str = "") -> Response:
    """Ask one question, with what was answered before."""
    case = case_of(store_of(request), chosen_person(request))
    asked = _asked(case.answers, key)
    if asked is None:
        return RedirectResponse(_next(case.answers), 303)
    return _shown(
        request, case, asked, case.answers.get(key), check=check, doubt=_doubt(case, key) if again else ""
    )


@router.post("/{key}", response_class=HTMLResponse)
def answer(
    request: Request, key: str, form: Annotated[AnswerForm, Form()], *, check: bool = False
) -> Response:
    """Keep an answer, and go on."""
    store = store_of(request)
    case = case_of(store, chosen_person(request))
    asked = question(key)
    given = form.given(asked)
    try:
        kept = checked(asked, given)
    except MidstanceError as error:
        return _shown(request, case, asked, given, check=check, doubt=f"{capital(error.remedy)}.")
    keep_answers(store, case, {key: kept})
    case = case_of(store, case.person)
    if _doubt(case, key):
        return RedirectResponse(f"/interview/{key}?again=1", 303)
    return RedirectResponse(_next(case.answers, after=key if check else ""), 303)


def _doubt(case: Case, key: str) -> str:
    """Return what in one answer does not go together with itself."""
    open_ones = case.triage.contradictions
    found = (one for one in contradictions(case.answers) if one.questions == (key,))
    return next((one.sentence for one in found if one.sentence in open_ones), "")


def _asked(answers: Mapping[str, Any], key: str) -> Question | None:
    return next((one for one in questions(answers) if one.key == key), None)


def _next(answers: Mapping[str, Any], after: str = "") -> str:
    """Return the address of what comes next: of the warning signs only, where they are read once more."""
    belong = [one.key for one in questions(answers) if one.section == _SAFETY]
    if after in belong[:-1]:
        return f"/interview/{belong[belong.index(after) + 1]}?check=1"
    coming = next_question(answers)
    return "/interview/outcome" if coming is None else f"/interview/{coming.key}"


def _shown(  # what a page with a question needs
    request: Request,
    case: Case,
    asked: Question,
    given: Any,  # noqa: ANN401  # what JSON or a form holds
    *,
    check: bool,
    doubt: str,
) -> Response:
    belong = [one.key for one in questions(case.answers)]
    if asked.key not in belong:
        raise Refusal(
            404, "This question does not belong to your answers", "Interview", "go on with the next one"
        )
    place = belong.index(asked.key)
    return page(
        request,
        "programme/interview_question.html",
        status_code=422 if doubt and request.method == "POST" else 200,
        person=case.person,
        asked=asked,
        filled=filled(asked, None if check and not doubt else given),
        doubt=doubt,
        check=check,
        number=place + 1,
        many=max(len(belong), place + 1),
        back=belong[place - 1] if place else "",
    )


def _answered(answers: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return key, question and answer, as far as something has been answered."""
    keys = {one.text: one.key for one in questions(answers)}
    return [(keys[text], text, said) for text, said in in_words(answers)]
