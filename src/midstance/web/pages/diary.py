"""Diary: pain and runs, written down in seconds."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from midstance.journal import PainRow, Person, RunRow, Store
from midstance.model import PainEntry, PainSite
from midstance.web.asking import store_of
from midstance.web.pages.chosen import chosen_person
from midstance.web.pages.diary_forms import PainForm, RunForm
from midstance.web.pages.diary_log import diary_log
from midstance.web.pages.pain_question import pain_question
from midstance.web.refusals import Refusal
from midstance.web.rendering import page
from midstance.web.words import SITES, TRIED, distance_of, own_today, unit_words

__all__ = [
    "add_pain",
    "add_run",
    "change_pain",
    "delete_pain",
    "delete_run",
    "diary",
    "router",
    "take_back",
]

router = APIRouter(include_in_schema=False)
_SHOWN_DAYS = 28
_LOOKED_BACK_DAYS = 120


@router.get("/diary", response_class=HTMLResponse)
def diary(request: Request, entry: str = "", until: date | None = None, saved: str = "") -> HTMLResponse:
    """Show both forms, and the last weeks."""
    person, store = chosen_person(request), store_of(request)
    today = own_today()
    last = min(until or today, today)
    first = last - timedelta(days=_SHOWN_DAYS - 1)
    changed = _own_pain(store, person, entry) if entry else None
    pains = store.pains.of(person.id, since=first, until=last)
    runs = store.runs.of(person.id, since=_midnight(first), until=_midnight(last + timedelta(days=1)))
    return page(
        request,
        "diary.html",
        person=person,
        changed=changed,
        form=changed.entry if changed else _usual_entry(store, person),
        onset=_onset(changed.entry, person.units) if changed else ("", "distance"),
        sites=[(site.value, words) for site, words in SITES.items()],
        tried=[(tried.value, words) for tried, words in TRIED.items()],
        unit=unit_words(person.units),
        today=today,
        days=diary_log(pains, runs, person.units),
        earlier=first - timedelta(days=1),
        later=None if last >= today else last + timedelta(days=_SHOWN_DAYS),
        toast=_SAVED.get(saved),
    )


_SAVED = {
    "pain": "Written down.",
    "run": "The run is written down.",
    "known": "This run was there already; nothing was added.",
    "gone": "Deleted.",
}


@router.post("/diary/pain")
def add_pain(request: Request, form: Annotated[PainForm, Form()]) -> Response:
    """Write down an entry."""
    person = chosen_person(request)
    store_of(request).pains.add(person.id, form.entry(person.units))
    return RedirectResponse("/diary?saved=pain#log", 303)


@router.post("/diary/pain/{pain_id}")
def change_pain(request: Request, pain_id: str, form: Annotated[PainForm, Form()]) -> Response:
    """Put another entry in the place of one."""
    person, store = chosen_person(request), store_of(request)
    _own_pain(store, person, pain_id)
    store.pains.change(pain_id, form.entry(person.units))
    return RedirectResponse("/diary?saved=pain#log", 303)


@router.post("/diary/pain/{pain_id}/delete")
def delete_pain(request: Request, pain_id: str) -> Response:
    """Remove an entry."""
    person, store = chosen_person(request), store_of(request)
    store.pains.delete(_own_pain(store, person, pain_id).id)
    return RedirectResponse("/diary?saved=gone#log", 303)


@router.post("/diary/pain/{pain_id}/take-back")
def take_back(request: Request, pain_id: str) -> Response:
    """Remove the entry of one tap, and ask again."""
    person, store = chosen_person(request), store_of(request)
    store.pains.delete(_own_pain(store, person, pain_id).id)
    if "hx-request" in request.headers:
        asked = pain_question(store, person, again=True)
        return page(request, "parts/pain_today.html", person=person, asked=asked)
    return RedirectResponse("/?again=1", 303)


@router.post("/diary/run")
def add_run(request: Request, form: Annotated[RunForm, Form()]) -> Response:
    """Write down a run."""
    person = chosen_person(request)
    _, new = store_of(request).runs.add(person.id, form.run(person.units))
    return RedirectResponse(f"/diary?saved={'run' if new else 'known'}#log", 303)


@router.post("/diary/run/{run_id}/delete")
def delete_run(request: Request, run_id: str) -> Response:
    """Remove a run."""
    person, store = chosen_person(request), store_of(request)
    row: RunRow = store.runs.one(run_id)
    if row.person_id != person.id:
        raise _ABSENT
    store.runs.delete(run_id)
    return RedirectResponse("/diary?saved=gone#log", 303)


_ABSENT = Refusal(404, "There is no such entry", "Diary", "it may have been deleted: reload the page")


def _own_pain(store: Store, person: Person, pain_id: str) -> PainRow:
    row: PainRow = store.pains.one(pain_id)
    if row.person_id != person.id:
        raise _ABSENT
    return row


def _usual_entry(store: Store, person: Person) -> PainEntry:
    """Return an empty entry for the place that was written down last."""
    since = own_today() - timedelta(days=_LOOKED_BACK_DAYS)
    rows = store.pains.of(person.id, since=since)
    last = max(rows, key=lambda row: row.added, default=None)
    site, side = (last.entry.site, last.entry.side) if last else (PainSite.KNEECAP, "right")
    return PainEntry(own_today(), site, side)


def _onset(entry: PainEntry, units: str) -> tuple[str, str]:
    if entry.onset_s is not None:
        return f"{entry.onset_s / 60:g}", "minutes"
    return ("" if entry.onset_m is None else f"{distance_of(entry.onset_m, units):.3g}"), "distance"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time()).astimezone()
