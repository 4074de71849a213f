"""Settings: appearance, units, privacy, export, delete, devices, about."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from midstance.errors import MidstanceError
from midstance.web.asking import person_of, store_of, visitor_of
from midstance.web.pages.chosen import chosen_person
from midstance.web.refusals import Refusal
from midstance.web.rendering import page
from midstance.web.safety import cookie
from midstance.web.safety.owners import coach_only
from midstance.web.words import moment_words, size_words

__all__ = [
    "APPEARANCE_COOKIE",
    "confirm_everything",
    "delete_everything",
    "export",
    "let_out",
    "router",
    "set_appearance",
    "set_units",
    "settings",
]

router = APIRouter(prefix="/settings", include_in_schema=False)
APPEARANCE_COOKIE = "midstance_appearance"
"""Cookie that keeps whether a browser shows light or dark."""

_SURE = "delete everything"
_YEAR_S = 365 * 24 * 3600
_SAVED = {
    "units": "Saved.",
    "appearance": "Saved.",
    "device": "The device is out.",
    "gone": "Everything is gone.",
}
Word = Annotated[str, Form(max_length=64)]


@router.get("", response_class=HTMLResponse)
def settings(request: Request, saved: str = "") -> HTMLResponse:
    """Show every setting."""
    store, person = store_of(request), person_of(request)
    coach = visitor_of(request).role == "coach"
    appearance = request.cookies.get(APPEARANCE_COOKIE, "")
    return page(
        request,
        "settings.html",
        person=person,
        appearance=appearance if appearance in {"light", "dark"} else "",
        coach=coach,
        where=store.where,
        files=str(store.files) if visitor_of(request).local else "",
        free=size_words(store.vault.free_bytes()),
        devices=[(d.id, d.device, moment_words(d.seen)) for d in store.accounts.devices()] if coach else [],
        lan=request.app.state.lan,
        toast=_SAVED.get(saved),
    )


@router.post("/appearance")
def set_appearance(
    request: Request,  # noqa: ARG001  # the browser that asks is the one that keeps it
    appearance: Annotated[Literal["", "light", "dark"], Form()] = "",
) -> Response:
    """Let a browser show light, dark, or what its system says."""
    answer = RedirectResponse("/settings?saved=appearance", 303)
    seconds = _YEAR_S if appearance else 0
    answer.headers.append("set-cookie", cookie(APPEARANCE_COOKIE, appearance, seconds))
    return answer


@router.post("/units")
def set_units(request: Request, units: Annotated[Literal["km", "miles"], Form()]) -> Response:
    """Change the units of the person shown."""
    store_of(request).people.change(chosen_person(request).id, units=units)
    return RedirectResponse("/settings?saved=units", 303)


@router.post("/export")
def export(request: Request, of: Annotated[Literal["person", "everything"], Form()]) -> Response:
    """Give out everything of a person, or everything, as a zip of open formats."""
    store, person = store_of(request), person_of(request)
    if of == "everything":
        coach_only(request)
    elif person is None:
        raise Refusal(404, "There is nobody to export", "this store", "add a person on the page People")
    person_id = person.id if of == "person" and person is not None else None
    target = store.files / f"export-{secrets.token_hex(8)}.zip"
    try:
        store.export(target, person_id)
    except MidstanceError:
        target.unlink(missing_ok=True)
        raise
    name = f"midstance-{datetime.now().astimezone():%Y-%m-%d}.zip"
    remove = BackgroundTask(_remove, target)
    return FileResponse(target, filename=name, media_type="application/zip", background=remove)


@router.get("/delete", response_class=HTMLResponse, dependencies=[Depends(coach_only)])
def confirm_everything(request: Request) -> HTMLResponse:
    """Ask before everything is deleted."""
    many = store_of(request).people.count()
    who = "one person" if many == 1 else f"{many} people"
    return page(
        request,
        "confirm.html",
        title="Delete everything?",
        words=f"All recordings, analyses, diaries and plans of {who} are removed for good.",
        kept="Export first if you may want them back.",
        action="/settings/delete",
        verb="Delete everything",
        back="/settings",
        typed=_SURE,
    )


@router.post("/delete", dependencies=[Depends(coach_only)])
def delete_everything(request: Request, typed: Annotated[str, Form(max_length=300)] = "") -> Response:
    """Delete everything."""
    if typed.strip() != _SURE:
        raise Refusal(422, f"“{_SURE}” was not typed", "Settings", "go back and type it; nothing is gone")
    store_of(request).erase()
    return RedirectResponse("/people", 303)


@router.post("/devices/end", dependencies=[Depends(coach_only)])
def let_out(request: Request, device_id: Word) -> Response:
    """Let a device out."""
    store_of(request).accounts.end_device(device_id)
    return RedirectResponse("/settings?saved=device", 303)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
