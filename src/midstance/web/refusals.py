"""What cannot be done, as an answer: a page for people, problem+json for programs."""

from __future__ import annotations

import errno
import logging
from typing import TYPE_CHECKING, Any

from anyio import to_thread
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from midstance.errors import MidstanceError, MissingExtraError
from midstance.journal import NoRoomError, StoreError, UnknownIdError
from midstance.web.rendering import page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI
    from starlette.types import Receive, Scope, Send

__all__ = ["Refusal", "add_refusals", "refusal_of", "refuse", "wants_json"]

_log = logging.getLogger(__name__)
_FULL = {errno.ENOSPC, errno.EDQUOT}
_SERVER_ERROR = 500


class Refusal(MidstanceError):  # noqa: N818  # what it is, said shorter
    """A request that cannot be done, with the status it is answered with.

    Parameters
    ----------
    status
        HTTP status.
    what, where, remedy
        As in every error: what is wrong with its numbers, where, what to do.
    details
        More for programs, such as which field is wrong.
    headers
        More headers for the answer.
    """

    def __init__(
        self,
        status: int,
        what: str,
        where: str = "",
        remedy: str = "",
        details: list[dict[str, str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(what, where, remedy)
        self.status, self.details, self.headers = status, details or [], dict(headers or {})


def wants_json(request: Request) -> bool:
    """Tell whether a program asks, not a person."""
    return request.url.path.startswith("/api/")


async def refuse(scope: Scope, receive: Receive, send: Send, error: Exception) -> None:
    """Answer a request with a refusal, before any page has been asked."""
    answer = await _answer(Request(scope, receive), error)
    await answer(scope, receive, send)


def add_refusals(app: FastAPI) -> None:
    """Let every error of an app be answered with what is wrong, where, and what to do."""
    for kind in (MidstanceError, HTTPException, RequestValidationError, OSError, Exception):
        app.add_exception_handler(kind, _answer)


async def _answer(request: Request, error: Exception) -> Response:
    refusal = refusal_of(error)
    if refusal.status == _SERVER_ERROR:
        _log.error("%s %s: %s", request.method, request.url.path, error, exc_info=error)
    if wants_json(request):
        return _problem(request, refusal)
    return await to_thread.run_sync(_page, request, refusal)


def _page(request: Request, refusal: Refusal) -> Response:
    answer = page(
        request,
        "error.html",
        status_code=refusal.status,
        what=refusal.what,
        where=refusal.where,
        remedy=refusal.remedy,
        person=None,  # whoever is refused is told no name, and a store that is ill is not asked
    )
    answer.headers.update(refusal.headers)
    return answer


def _problem(request: Request, refusal: Refusal) -> Response:
    """Return a refusal as problem+json (RFC 9457)."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": refusal.what,
        "status": refusal.status,
        "detail": str(refusal),
        "where": refusal.where,
        "remedy": refusal.remedy,
        "instance": request.url.path,
    }
    if refusal.details:
        body["errors"] = refusal.details
    return JSONResponse(body, refusal.status, refusal.headers, media_type="application/problem+json")


def refusal_of(error: Exception) -> Refusal:
    """Return an error as what is answered.

    Parameters
    ----------
    error
        Anything that was raised.

    Returns
    -------
    Refusal
        Status and sentence.
    """
    for known in (error, error.__cause__):
        if isinstance(known, Refusal):
            return known
    if isinstance(error, MidstanceError):
        return Refusal(_status_of(error), error.what, error.where, error.remedy)
    if isinstance(error, RequestValidationError):
        return _unfitting(error)
    if isinstance(error, HTTPException):
        return _plain(error)
    if isinstance(error, OSError) and error.errno in _FULL:
        return Refusal(
            507,
            "The disk is full",
            "the folder of recordings",
            "make room or delete recordings, then do it again; what was there before is untouched",
        )
    return Refusal(
        _SERVER_ERROR,
        "Something went wrong here",
        f"inside the server ({type(error).__name__})",
        "nothing that was saved is lost: reload, and tell us what you did if it happens again",
    )


def _status_of(error: MidstanceError) -> int:
    if isinstance(error, UnknownIdError):
        return 404
    if isinstance(error, NoRoomError):
        return 507
    return 503 if isinstance(error, StoreError | MissingExtraError) else 422


def _unfitting(error: RequestValidationError) -> Refusal:
    details = [
        {"where": ".".join(str(part) for part in one["loc"]), "what": str(one["msg"])}
        for one in error.errors()
    ]
    first = details[0] if details else {"where": "", "what": "it does not fit"}
    return Refusal(
        422,
        f"What was sent does not fit: {first['what']}",
        first["where"],
        "see /api for each field",
        details,
    )


_PLAIN = {
    404: ("There is no such page", "it may have been deleted: go back and choose again"),
    405: ("This address does not do that", "see /api for what it does"),
}


def _plain(error: HTTPException) -> Refusal:
    what, remedy = _PLAIN.get(error.status_code, (str(error.detail), ""))
    return Refusal(error.status_code, what, remedy=remedy, headers=error.headers)
