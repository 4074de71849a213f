"""What changes something carries the token of the visit, which no other site can read (CSRF)."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import Request

from midstance.web.forms_with_files import boundary_of, parts
from midstance.web.refusals import Refusal, refuse
from midstance.web.safety.origins import SAFE_METHODS

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["TokenOfVisit", "token_of"]

_LONGEST_FORM = 1024 * 1024
_LONGEST_START = 256 * 1024
_BROWSER_MARKS = ("cookie", "origin", "sec-fetch-site", "sec-fetch-mode")


def token_of(visit: str, session: str) -> str:
    """Return the token of a visit: known to whoever may read its cookies, changed by logging in."""
    return hmac.new(visit.encode(), b"midstance form " + session.encode(), hashlib.sha256).hexdigest()


class TokenOfVisit:
    """Middleware that refuses changes without the token.

    Parameters
    ----------
    app
        What is asked next.

    Notes
    -----
    The token is taken from the header `X-CSRF-Token`, from the field `csrf` of a form (before its
    files), or from `csrf` in the address. A program has nothing a site could abuse: it sends neither cookies
    nor what browsers add by themselves, or it carries its session in `Authorization`; it needs no token.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS or _is_program(scope):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        given = request.headers.get("x-csrf-token") or request.query_params.get("csrf", "")
        try:
            if not given:
                given, receive = await _in_form(request, receive)
        except Refusal as refusal:
            await refuse(scope, receive, send, refusal)
            return
        if hmac.compare_digest(given.encode(), request.state.csrf.encode()):
            await self.app(scope, receive, send)
        else:
            await refuse(scope, receive, send, _OLD)


def _is_program(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return "authorization" in headers or not any(mark in headers for mark in _BROWSER_MARKS)


async def _in_form(request: Request, receive: Receive) -> tuple[str, Receive]:
    """Return the field `csrf` of a form, and a receive that gives the form once more."""
    kind = request.headers.get("content-type", "")
    seen: list[Message] = []
    given = ""
    if kind.startswith("application/x-www-form-urlencoded"):
        given = _field(await _begun(receive, seen, lambda _body: False, _LONGEST_FORM))
    elif kind.startswith("multipart/form-data"):
        boundary = boundary_of(kind)
        body = await _begun(receive, seen, lambda body: bool(_part(body, boundary)), _LONGEST_START)
        given = _part(body, boundary)
    return given, _again(seen, receive)


async def _begun(receive: Receive, seen: list[Message], enough: Callable[[bytes], bool], limit: int) -> bytes:
    """Return the beginning of a body, or all of it, noting the messages it came in."""
    body, more = b"", True
    while more and not enough(body):
        message = await receive()
        seen.append(message)
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > limit and not enough(body):
            raise Refusal(413, "The form is too long", "the form", "write less, or send a file")
    return body


def _field(body: bytes) -> str:
    try:
        fields = parse_qs(body.decode(), max_num_fields=1000)
    except ValueError:
        return ""
    return fields.get("csrf", [""])[0]


def _part(body: bytes, boundary: bytes) -> str:
    """Return the field of a form with files, if it has arrived: it comes before the files."""
    try:
        for part in parts([body], boundary):
            if part.filename is None and part.name == "csrf":
                return b"".join(part.pieces).decode("utf-8", "replace")
    except Refusal:
        return ""
    return ""


def _again(seen: list[Message], receive: Receive) -> Receive:
    """Return a receive that gives what was seen once more, then what comes after it."""
    waiting = list(reversed(seen))

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again


_OLD = Refusal(
    403,
    "This page is too old to change anything",
    "the token of the form",
    "reload the page and do it again; nothing was changed",
)
