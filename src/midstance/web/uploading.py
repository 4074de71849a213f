"""Uploads: a file as the body of a request, or in a form; streamed, never held."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, TypeVar

from anyio import CapacityLimiter, from_thread, to_thread
from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from midstance.web.asking import person_of, store_of
from midstance.web.forms_with_files import Part, boundary_of, parts
from midstance.web.receiving import About, Received, View, check_room, receive
from midstance.web.refusals import Refusal
from midstance.web.safety.owners import own_person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["STREAMED", "UploadReceipt", "router", "upload", "upload_form"]

STREAMED = frozenset({"/api/v1/uploads", "/uploads"})
"""Paths whose requests count their bytes themselves."""

_AT_ONCE = 32  # more uploads wait before their first byte, so that neither threads nor memory grow
_LONGEST_FIELD = 2000
_T = TypeVar("_T")
router = APIRouter(tags=["recordings"])


class UploadReceipt(BaseModel):
    """What became of an upload."""

    recording_id: str
    job_id: str
    name: str
    size_bytes: int


@router.put(
    "/api/v1/uploads",
    status_code=201,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def upload(
    request: Request,
    person_id: Annotated[str, Query(max_length=64)],
    name: Annotated[str, Query(max_length=1000)] = "",
    view: View = "unknown",
    pair_of: Annotated[str, Query(max_length=64)] = "",
) -> UploadReceipt:
    """Take a recording as the body of the request, and put its check in line."""
    about = About(own_person(request, person_id), name, view, pair_of)
    declared = _declared(request)

    def take(pieces: Iterator[bytes]) -> Received:
        check_room(store_of(request), declared)
        return receive(store_of(request), about, pieces, declared)

    received = await _streamed(request, take)
    return UploadReceipt(**asdict(received))


@router.post("/uploads", include_in_schema=False)
async def upload_form(request: Request) -> Response:
    """Take the files of a plain form, for browsers without scripts; its other fields come first."""
    boundary = boundary_of(request.headers.get("content-type", ""))

    def take(pieces: Iterator[bytes]) -> list[Received]:
        check_room(store_of(request), None)
        with closing(parts(pieces, boundary)) as form:  # type: ignore[type-var]  # a generator
            return _files(request, form)

    received = await _streamed(request, take)
    if not received:
        raise Refusal(400, "No file was chosen", "the form", "choose a video, then send it")
    where = f"/recordings/{received[0].recording_id}" if len(received) == 1 else "/film"
    return RedirectResponse(where, 303)


def _files(request: Request, form: Iterator[Part]) -> list[Received]:
    """Take every file of a form; what was taken stays, should a later one be refused."""
    fields: dict[str, str] = {}
    received = []
    for part in form:
        if part.filename is None:
            fields[part.name] = _short(part)
        elif part.filename:  # empty where no file was chosen
            received.append(receive(store_of(request), _about(request, fields, part.filename), part.pieces))
    return received


def _about(request: Request, fields: dict[str, str], filename: str) -> About:
    given = fields.get("view", "unknown")
    views: dict[str, View] = {"side": "side", "rear": "rear"}
    person_id = fields.get("person_id", "")
    if not person_id:
        person = person_of(request)
        person_id = person.id if person else ""
    return About(
        own_person(request, person_id), filename, views.get(given, "unknown"), fields.get("pair_of", "")
    )


def _short(part: Part) -> str:
    value = b""
    for piece in part.pieces:
        value += piece
        if len(value) > _LONGEST_FIELD:
            raise Refusal(413, f"The field {part.name[:40]} is too long", "the form", "write less")
    return value.decode("utf-8", "replace")


def _declared(request: Request) -> int | None:
    length = request.headers.get("content-length", "")
    return int(length) if length.isdigit() else None


async def _streamed(request: Request, take: Callable[[Iterator[bytes]], _T]) -> _T:
    """Let a thread take the body of a request piece by piece, the next once the last is on the disk."""
    stream = request.stream()

    def pieces() -> Iterator[bytes]:
        while True:
            try:
                yield from_thread.run(stream.__anext__)
            except StopAsyncIteration:
                return

    try:
        return await to_thread.run_sync(take, pieces(), limiter=_limiter(request))
    except ClientDisconnect as error:
        raise Refusal(
            400, "The upload broke off", "the connection", "send it again; nothing was kept"
        ) from error


def _limiter(request: Request) -> CapacityLimiter:
    state = request.app.state
    if not hasattr(state, "upload_slots"):
        state.upload_slots = CapacityLimiter(_AT_ONCE)
    slots: CapacityLimiter = state.upload_slots
    return slots
