"""People: the list of a coach, and everybody's own page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from midstance.journal import Person, PersonRow
from midstance.report.words import hip_words
from midstance.web.asking import PERSON_COOKIE, store_of, visitor_of
from midstance.web.rendering import page
from midstance.web.safety import cookie
from midstance.web.words import day_words, place_words, tenths

__all__ = ["ListedPerson", "PersonForm", "add_person", "choose", "people", "router"]

router = APIRouter(include_in_schema=False)
_AT_ONCE = 50
Word = Annotated[str, Form(max_length=64)]


class PersonForm(BaseModel):
    """A person, as typed."""

    name: Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
    height_cm: Annotated[float, Field(ge=60, le=250)] | None = None
    mass_kg: Annotated[float, Field(ge=10, le=400)] | None = None
    sex: Literal["", "female", "male"] = ""
    born_year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    units: Literal["km", "miles"] = "km"
    note: Annotated[str, Field(max_length=4000)] = ""

    def fields(self) -> dict[str, Any]:
        """Return what the store keeps of it."""
        return {
            "name": self.name.strip(),
            "height_m": None if self.height_cm is None else self.height_cm / 100,
            "mass_kg": self.mass_kg,
            "sex": self.sex or None,
            "born_year": self.born_year,
            "units": self.units,
            "note": self.note.strip(),
        }


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One person in the list.

    Parameters
    ----------
    id, name
        Who.
    pain, pain_when
        The last pain, and of which day and place.
    hip, hip_when
        The last numbers, and of which day.
    questions
        How many questions are open.
    """

    id: str
    name: str
    pain: str
    pain_when: str
    hip: Mapping[str, str]
    hip_when: str
    questions: int


@router.get("/people", response_class=HTMLResponse)
def people(request: Request, text: str = "", page_no: int = 1, *, add: bool = False) -> HTMLResponse:
    """Show the list, or the part of it that is looked for; the form unfolded for who comes to add."""
    visitor = visitor_of(request)
    if visitor.role == "runner" and visitor.person_id:
        return RedirectResponse(f"/people/{visitor.person_id}", 303)  # type: ignore[return-value]  # one's own
    store, number = store_of(request), max(1, min(page_no, 10_000))
    rows = store.people.find(text[:200], limit=_AT_ONCE + 1, offset=_AT_ONCE * (number - 1))
    return page(
        request,
        "people.html",
        text=text,
        rows=[_listed(row) for row in rows[:_AT_ONCE]],
        more=len(rows) > _AT_ONCE,
        number=number,
        count=store.people.count(),
        adding=add,
    )


@router.post("/people")
def add_person(request: Request, form: Annotated[PersonForm, Form()]) -> Response:
    """Take in a person, and turn the pages to them."""
    person_id = store_of(request).people.add(Person(**form.fields()))
    return _turned_to(person_id, f"/people/{person_id}")


@router.post("/people/choose")
def choose(request: Request, person_id: Word) -> Response:
    """Turn the pages to a person."""
    person = store_of(request).people.one(person_id)
    return _turned_to(person.id, "/")


def _turned_to(person_id: str, where: str) -> Response:
    answer = RedirectResponse(where, 303)
    answer.headers.append("set-cookie", cookie(PERSON_COOKIE, person_id))
    return answer


def _listed(row: PersonRow) -> ListedPerson:
    pain, last = row.last_pain, row.last_analysis
    hips = {} if last is None else last.hips
    return ListedPerson(
        row.id,
        row.person.name,
        "" if pain is None else tenths(pain.entry.worst),
        ""
        if pain is None
        else f"{day_words(pain.entry.day)}, {place_words(pain.entry.site, pain.entry.side)}",
        {side: hip_words(hip.value) for side, hip in sorted(hips.items()) if hip.value is not None},
        "" if last is None else day_words(last.when.astimezone().date()),
        row.open_questions,
    )
