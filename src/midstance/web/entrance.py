"""The doors: log in and out, and the one a phone comes in by."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from midstance.web.asking import store_of
from midstance.web.phones import device_name, invitation
from midstance.web.refusals import Refusal
from midstance.web.rendering import page
from midstance.web.safety import SESSION_COOKIE, at_this_machine, cookie

__all__ = [
    "add_account",
    "let_in",
    "log_in",
    "log_out",
    "login_page",
    "new_invitation",
    "phone_page",
    "router",
    "use_code",
]

router = APIRouter(include_in_schema=False)
Word = Annotated[str, Form(max_length=200)]


@router.get("/login")
def login_page(request: Request) -> Response:
    """Ask for name and password; the first time, at this machine, for those of the first account."""
    return page(
        request,
        "login.html",
        person=None,
        next=_own_path(request.query_params.get("next", "/")),
        first=_nobody_yet(request),
    )


@router.post("/login")
def log_in(request: Request, name: Word, password: Word, next: Word = "/") -> Response:  # noqa: A002  # its field
    """Let in whoever knows name and password; the first who comes at this machine makes them up."""
    if _nobody_yet(request):
        add_account(request, name, password, "coach")
    token = let_in(request, name, password)
    return _entered(_own_path(next), token)


def let_in(request: Request, name: str, password: str) -> str:
    """Return the token of a new session of an account.

    Parameters
    ----------
    request
        What was asked.
    name, password
        As typed.

    Returns
    -------
    str
        What the browser or the program shows from now on.

    Raises
    ------
    Refusal
        If they do not fit, or were tried too often.
    """
    accounts = store_of(request).accounts
    names = (f"name {name.casefold()}", f"address {_address(request)}")
    request.app.state.attempts.count(*names)
    account = accounts.check(name, password)
    if account is None:
        raise Refusal(401, "Name and password do not fit together", "the login", "try again")
    request.app.state.attempts.forgive(*names)
    token: str = accounts.start_session(account.id, device_name(request.headers.get("user-agent", "")))
    return token


def add_account(
    request: Request, name: str, password: str, role: Literal["runner", "coach"], person_id: str | None = None
) -> str:
    """Return the id of a new account; from the first one on everybody logs in.

    Parameters
    ----------
    request
        What was asked.
    name, password
        What to log in with.
    role
        `coach` or `runner`.
    person_id
        The person a runner is.

    Returns
    -------
    str
        The id.

    Raises
    ------
    Refusal
        If the first account is not a coach's, or a runner is nobody.
    """
    store = store_of(request)
    if role == "runner" and person_id is None:
        raise Refusal(422, "A runner's account needs a person", "person_id", "say who it is")
    if role == "runner" and store.accounts.count() == 0:
        raise Refusal(422, "The first account is a coach's", "role", "else nobody could let others in")
    if person_id is not None:
        store.people.one(person_id)
    made = store.accounts.add(name, password, role, person_id)
    request.app.state.accounts = True
    return made


@router.post("/logout")
def log_out(request: Request) -> Response:
    """End the session of this browser."""
    if token := request.cookies.get(SESSION_COOKIE):
        store_of(request).accounts.end_session(token)
    answer = RedirectResponse("/login" if request.app.state.accounts else "/", 303)
    answer.headers.append("set-cookie", cookie(SESSION_COOKIE, "", 0))
    return answer


@router.get("/phone")
def phone_page(request: Request) -> Response:
    """Show the button by which a phone comes in; looking at the address alone uses up no code."""
    code = request.query_params.get("code", "")[:40]
    return page(request, "phone.html", person=None, code=code)


@router.post("/phone")
def use_code(request: Request, code: Word) -> Response:
    """Let in a device that has a code."""
    address = f"address {_address(request)}"
    request.app.state.attempts.count(address)
    token = store_of(request).accounts.redeem(code, device_name(request.headers.get("user-agent", "")))
    if token is None:
        raise Refusal(
            401,
            "This code does not work any more",
            "a code lets one device in, for a few minutes",
            "on the computer that runs Midstance, open Film and show a new code",
        )
    request.app.state.attempts.forgive(address)
    return _entered("/film", token)


@router.post("/phone/invitation")
def new_invitation(request: Request) -> Response:
    """Show a new code for a phone."""
    return page(request, "phone_invitation.html", person=None, invitation=invitation(request))


def _entered(where: str, token: str) -> Response:
    answer = RedirectResponse(where, 303)
    answer.headers.append("set-cookie", cookie(SESSION_COOKIE, token))
    return answer


def _nobody_yet(request: Request) -> bool:
    """Tell whether the first account can be made: there is none, and the machine itself asks."""
    return at_this_machine(request) and store_of(request).accounts.count() == 0


def _own_path(path: str) -> str:
    """Return a path of this server, whatever was sent: no login leads to another site."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if plain else "/"


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
