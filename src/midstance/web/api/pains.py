"""The diary of pain."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from midstance.journal import PainRow, Store
from midstance.model import PainEntry, PainSite, Tried
from midstance.web.api.shapes import Given, Made, Text, check_unchanged, version_of
from midstance.web.asking import store_of
from midstance.web.refusals import Refusal

__all__ = [
    "PainGiven",
    "PainShown",
    "add_pain",
    "change_pain",
    "delete_pain",
    "list_pains",
    "router",
    "show_pain",
]

router = APIRouter(prefix="/api/v1/people/{person_id}/pains", tags=["pains"])
Rating = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False, description="0 none, 10 worst imaginable")]
Onset = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 1, 1), description="in the runner's calendar")]


class PainGiven(Given):
    """What a runner writes down about one place on one day; every number may be missing."""

    day: Day
    site: PainSite
    side: Literal["left", "right", "both"]
    before: Rating | None = None
    during: Rating | None = None
    after: Rating | None = None
    next_morning: Rating | None = None
    onset_m: Annotated[Onset | None, Field(description="how far into the run it began")] = None
    onset_s: Annotated[Onset | None, Field(description="how long into the run it began")] = None
    tried: list[Tried] = Field(default_factory=list)
    swelling: bool | None = None
    note: Text = ""

    def entry(self) -> PainEntry:
        """Return it as the noun of the library."""
        return PainEntry(**{**self.model_dump(), "tried": frozenset(self.tried)})


class PainShown(BaseModel):
    """An entry of the diary."""

    id: str
    person_id: str
    added: datetime
    day: date
    site: PainSite
    side: str
    before: float | None
    during: float | None
    after: float | None
    next_morning: float | None
    onset_m: float | None
    onset_s: float | None
    tried: list[Tried]
    swelling: bool | None
    note: str


@router.get("")
def list_pains(
    request: Request,
    person_id: str,
    since: Annotated[date | None, Query(description="first day")] = None,
    until: Annotated[date | None, Query(description="last day")] = None,
) -> list[PainShown]:
    """List a person's entries, the oldest first."""
    store = store_of(request)
    store.people.one(person_id)
    return [_shown(row) for row in store.pains.of(person_id, since, until)]


@router.post("", status_code=201)
def add_pain(request: Request, person_id: str, pain: PainGiven) -> Made:
    """Write down an entry; a second one of the same day and place is kept beside the first."""
    store = store_of(request)
    store.people.one(person_id)
    return Made(id=store.pains.add(person_id, pain.entry()))


@router.get("/{pain_id}")
def show_pain(request: Request, response: Response, person_id: str, pain_id: str) -> PainShown:
    """Show an entry; the answer's ETag can be sent back as If-Match with a change."""
    shown = _shown(_own(store_of(request), person_id, pain_id))
    response.headers["etag"] = version_of(shown)
    return shown


@router.put("/{pain_id}")
def change_pain(request: Request, person_id: str, pain_id: str, pain: PainGiven) -> PainShown:
    """Put another entry in the place of one."""
    store = store_of(request)
    check_unchanged(request, _shown(_own(store, person_id, pain_id)))
    store.pains.change(pain_id, pain.entry())
    return _shown(store.pains.one(pain_id))


@router.delete("/{pain_id}", status_code=204)
def delete_pain(request: Request, person_id: str, pain_id: str) -> None:
    """Delete an entry."""
    store = store_of(request)
    _own(store, person_id, pain_id)
    store.pains.delete(pain_id)


def _own(store: Store, person_id: str, pain_id: str) -> PainRow:
    row = store.pains.one(pain_id)
    if row.person_id != person_id:
        raise Refusal(404, "There is no such entry", "this diary", "list them again")
    return row


def _shown(row: PainRow) -> PainShown:
    fields = {name: getattr(row.entry, name) for name in PainEntry.__dataclass_fields__}
    fields["tried"] = sorted(row.entry.tried)
    return PainShown(id=row.id, person_id=row.person_id, added=row.added, **fields)
