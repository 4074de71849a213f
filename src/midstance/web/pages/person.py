"""One person: who it is, how it goes, what there is."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from midstance.journal import Person, Store
from midstance.report.words import HIP_OVER_ANKLE
from midstance.web.asking import store_of, visitor_of
from midstance.web.figures import time_line
from midstance.web.numbers import last_number
from midstance.web.pages.past_analyses import past_analyses
from midstance.web.pages.people import PersonForm
from midstance.web.pages.trend_lanes import CADENCE, STRIKE, Span, lanes_of
from midstance.web.refusals import Refusal
from midstance.web.rendering import page
from midstance.web.words import own_today

__all__ = ["change_person", "confirm_delete", "delete_person", "person_page", "router"]

router = APIRouter(prefix="/people/{person_id}", include_in_schema=False)
_DAYS = 56
_WIDE_PX, _NARROW_PX = 620.0, 338.0
_SHOWN = 12


@router.get("", response_class=HTMLResponse)
def person_page(request: Request, person_id: str) -> HTMLResponse:
    """Show a person at a glance."""
    store = store_of(request)
    shown = store.people.one(person_id)
    analyses = store.analyses.of(shown.id, limit=_SHOWN)
    last = store.analyses.latest(shown.id)
    questions = [] if last is None else store.comments.of(last.id)
    wide, narrow = _drawn(store, shown)
    return page(
        request,
        "person.html",
        shown=shown,
        number=last_number(store, last),
        wide=wide,
        narrow=narrow,
        analyses=past_analyses(analyses, store.analyses.measures(shown.id, HIP_OVER_ANKLE)[-4 * _SHOWN :]),
        questions=[comment for comment in questions if comment.question and comment.settled is None],
        coach=visitor_of(request).role == "coach",
    )


@router.post("")
def change_person(request: Request, person_id: str, form: Annotated[PersonForm, Form()]) -> Response:
    """Change what is known of a person."""
    store_of(request).people.change(person_id, **form.fields())
    return RedirectResponse(f"/people/{person_id}", 303)


@router.get("/delete", response_class=HTMLResponse)
def confirm_delete(request: Request, person_id: str) -> HTMLResponse:
    """Ask before a person is deleted."""
    shown = store_of(request).people.one(person_id)
    return page(
        request,
        "confirm.html",
        title=f"Delete {shown.name}?",
        words="Recordings, analyses, diary, runs, comments and plans are removed for good.",
        kept="Export first if you may want them back: Settings, Export.",
        action=f"/people/{shown.id}/delete",
        verb="Delete everything of this person",
        back=f"/people/{shown.id}",
        typed=shown.name,
    )


@router.post("/delete")
def delete_person(
    request: Request, person_id: str, typed: Annotated[str, Form(max_length=300)] = ""
) -> Response:
    """Delete a person with everything."""
    store = store_of(request)
    shown = store.people.one(person_id)
    if typed.strip() != shown.name:
        raise Refusal(
            422, "The name was not typed as it is", shown.name, "go back and type it again; nothing is gone"
        )
    store.people.delete(shown.id)
    return RedirectResponse("/people", 303)


def _drawn(store: Store, person: Person) -> tuple[Markup, Markup]:
    """Return the last weeks, for a desk and for a phone; empty where there is nothing."""
    today = own_today()
    span = Span(today - timedelta(days=_DAYS - 1), today)
    numbers = {
        key: store.analyses.measures(person.id, key, since=span.start)
        for key in (HIP_OVER_ANKLE, STRIKE, CADENCE)
    }
    lanes = [
        lane
        for lane in lanes_of(store, person, span, numbers)
        if lane.title not in {"Foot strike", "Cadence"}
    ]
    if not lanes:
        return Markup(), Markup()
    label = f"Hip over foot, training and pain of {person.name} in the last eight weeks"
    wide, narrow = (time_line(lanes, span.first, span.last, width, label) for width in (_WIDE_PX, _NARROW_PX))
    return Markup(wide), Markup(narrow)  # noqa: S704  # our own drawings
