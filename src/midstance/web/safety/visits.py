"""Who comes in: the owner at this machine, a device with a code, or somebody with an account."""

from __future__ import annotations

import secrets
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import quote

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse

from midstance.errors import MidstanceError
from midstance.journal import Account, Session, UnknownIdError
from midstance.web.asking import OWNER, PERSON_COOKIE, Visitor, store_of
from midstance.web.refusals import Refusal, refuse, wants_json
from midstance.web.safety.origins import SAFE_METHODS
from midstance.web.safety.tokens import token_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from midstance.journal import Store

__all__ = ["SESSION_COOKIE", "VISIT_COOKIE", "Visits", "at_this_machine", "cookie", "session_token"]

VISIT_COOKIE = "midstance_visit"
SESSION_COOKIE = "midstance_session"
_VISIT_BYTES = 24
_VISIT_LENGTH = 32
_MONTH_S = 30 * 24 * 3600
_OPEN = frozenset({"/login", "/phone", "/favicon.ico", "/api/v1/session"})


def cookie(name: str, value: str, seconds: int = _MONTH_S) -> str:
    """Return a `Set-Cookie` header that no script reads and no other site sends along."""
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict"


def at_this_machine(request: Request) -> bool:
    """Tell whether a request comes from the machine the server runs on."""
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False


class Visits:
    """Middleware that says who asks, and lets nobody else in.

    Parameters
    ----------
    app
        What is asked next.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or ask for the code or the password."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        visit = request.cookies.get(VISIT_COOKIE, "")
        known = len(visit) == _VISIT_LENGTH
        visit = visit if known else secrets.token_urlsafe(_VISIT_BYTES)
        send = send if known else _remembering(send, visit)
        try:
            visitor = await _visitor(request)
        except MidstanceError as error:
            await refuse(scope, receive, send, error)
            return
        _note(request, visitor, visit)
        if visitor is None and not _is_open(request.url.path):
            await _turn_away(request, receive, send)
        else:
            await self.app(scope, receive, send)


def _note(request: Request, visitor: Visitor | None, visit: str) -> None:
    """Write on the request who asks, about whom, and the token of the visit."""
    chosen = request.cookies.get(PERSON_COOKIE)
    if visitor is not None and visitor.role == "runner":
        chosen = visitor.person_id
    request.state.visitor = visitor
    request.state.csrf = token_of(visit, session_token(request))
    request.state.person_id = chosen


def session_token(request: Request) -> str:
    """Return the token a request shows: of its header, else of its cookie."""
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    return bearer.strip() if scheme.lower() == "bearer" else request.cookies.get(SESSION_COOKIE, "")


async def _visitor(request: Request) -> Visitor | None:
    token = session_token(request)
    known = await to_thread.run_sync(_known, store_of(request), token) if token else None
    local = at_this_machine(request)
    if isinstance(known, Account):
        return Visitor(known.name, known.role, known.person_id, known.id, local)
    if request.app.state.accounts and await to_thread.run_sync(_has_accounts, request):
        return None
    if local:
        return OWNER
    return Visitor(known.device, "coach") if known is not None else None


def _has_accounts(request: Request) -> bool:
    """Tell whether everybody logs in, by a look into the store: it may have been emptied meanwhile."""
    state = request.app.state
    state.accounts = state.always_accounts or state.store.accounts.count() > 0
    return bool(state.accounts)


def _known(store: Store, token: str) -> Account | Session | None:
    """Return the account a token belongs to, or the session of a device without one."""
    session = store.accounts.session(token)
    if session is None or session.account_id is None:
        return session
    try:
        return store.accounts.one(session.account_id)
    except UnknownIdError:  # deleted meanwhile
        return None


def _is_open(path: str) -> bool:
    return path in _OPEN or path.startswith("/static/")


async def _turn_away(request: Request, receive: Receive, send: Send) -> None:
    accounts = request.app.state.accounts
    if accounts and request.method in SAFE_METHODS and not wants_json(request):
        where = quote(request.url.path)
        await RedirectResponse(f"/login?next={where}", 303)(request.scope, receive, send)
        return
    unknown = (
        Refusal(401, "Nobody is logged in", "this browser", "log in at /login and do it again")
        if accounts
        else Refusal(
            401,
            "This device is not known here",
            "this browser",
            "on the computer that runs Midstance, open Film and show the code for a phone; scan it here",
        )
    )
    await refuse(request.scope, receive, send, unknown)


def _remembering(send: Send, visit: str) -> Send:
    """Return a send that gives a browser the cookie of its visit, with the first page."""

    async def send_with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith("text/html"):
                headers.append("set-cookie", cookie(VISIT_COOKIE, visit))
        await send(message)

    return send_with_cookie
