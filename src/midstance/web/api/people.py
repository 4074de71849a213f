"""People: who runs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from midstance.journal import Person, PersonRow
from midstance.web.api.shapes import (
    FromRow,
    Given,
    Limit,
    Made,
    Name,
    Offset,
    Text,
    check_unchanged,
    version_of,
)
from midstance.web.asking import store_of
from midstance.web.safety.owners import coach_only

__all__ = [
    "PersonChange",
    "PersonGiven",
    "PersonInList",
    "PersonShown",
    "add_person",
    "change_person",
    "delete_person",
    "list_people",
    "router",
    "show_person",
]

router = APIRouter(prefix="/api/v1/people", tags=["people"])
Height = Annotated[float, Field(gt=0.5, lt=2.6, description="stature without shoes [m]")]
Mass = Annotated[float, Field(gt=10, lt=400, description="body mass [kg]")]
Year = Annotated[int, Field(ge=1900, le=2100, description="year of birth")]
Sex = Annotated[Literal["female", "male"], Field(description="which tables of norms to use")]
Units = Annotated[Literal["km", "miles"], Field(description="for texts; numbers here are always SI")]


class PersonGiven(Given):
    """A person to add."""

    name: Name
    height_m: Height | None = None
    mass_kg: Mass | None = None
    sex: Sex | None = None
    born_year: Year | None = None
    note: Text = ""
    units: Units = "km"


class PersonChange(Given):
    """What is to be changed about a person; what is left out stays."""

    name: Name | None = None
    height_m: Height | None = None
    mass_kg: Mass | None = None
    sex: Sex | None = None
    born_year: Year | None = None
    note: Text | None = None
    units: Units | None = None


class PersonShown(FromRow):
    """A person."""

    id: str
    name: str
    height_m: float | None
    mass_kg: float | None
    sex: str | None
    born_year: int | None
    note: str
    units: str


class PersonInList(PersonShown):
    """A person in a coach's list."""

    last_pain_day: date | None
    last_pain_worst: float | None
    last_analysis_id: str | None
    last_filmed: datetime | None
    open_questions: int
    recordings: int


@router.get("", dependencies=[Depends(coach_only)])
def list_people(
    request: Request,
    text: Annotated[str, Query(max_length=200, description="a part of the name")] = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> list[PersonInList]:
    """List people by name."""
    return [_in_list(row) for row in store_of(request).people.find(text, limit, offset)]


@router.post("", status_code=201, dependencies=[Depends(coach_only)])
def add_person(request: Request, person: PersonGiven) -> Made:
    """Add a person."""
    return Made(id=store_of(request).people.add(Person(**person.model_dump())))


@router.get("/{person_id}")
def show_person(request: Request, response: Response, person_id: str) -> PersonShown:
    """Show a person; the answer's ETag can be sent back as If-Match with a change."""
    shown = PersonShown.model_validate(store_of(request).people.one(person_id))
    response.headers["etag"] = version_of(shown)
    return shown


@router.patch("/{person_id}")
def change_person(request: Request, person_id: str, change: PersonChange) -> PersonShown:
    """Change a person."""
    people = store_of(request).people
    check_unchanged(request, PersonShown.model_validate(people.one(person_id)))
    return PersonShown.model_validate(people.change(person_id, **_meant(change)))


@router.delete("/{person_id}", status_code=204)
def delete_person(request: Request, person_id: str) -> None:
    """Delete a person with every recording, analysis, entry and file: they are really gone."""
    store_of(request).people.delete(person_id)


def _meant(change: PersonChange) -> dict[str, Any]:
    """Return the fields that were sent; null is meant where a field may be empty."""
    needed = {"name", "note", "units"}
    sent = change.model_dump(exclude_unset=True)
    return {name: value for name, value in sent.items() if value is not None or name not in needed}


def _in_list(row: PersonRow) -> PersonInList:
    pain, analysis = row.last_pain, row.last_analysis
    return PersonInList(
        **PersonShown.model_validate(row.person).model_dump(),
        last_pain_day=pain.entry.day if pain else None,
        last_pain_worst=pain.entry.worst if pain else None,
        last_analysis_id=analysis.id if analysis else None,
        last_filmed=analysis.when if analysis else None,
        open_questions=row.open_questions,
        recordings=row.recordings,
    )
