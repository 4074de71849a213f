"""Who may come in: sessions, accounts, codes for phones."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field
from starlette.requests import Request

from midstance.web.api.shapes import FromRow, Given, Made, Name
from midstance.web.asking import store_of, visitor_of
from midstance.web.entrance import add_account, let_in
from midstance.web.phones import invitation
from midstance.web.refusals import Refusal
from midstance.web.safety.owners import coach_only
from midstance.web.safety.visits import session_token

__all__ = [
    "AccountGiven",
    "AccountShown",
    "CodeShown",
    "Credentials",
    "DeviceShown",
    "SessionShown",
    "VisitorShown",
    "end_device",
    "end_session",
    "list_accounts",
    "list_devices",
    "make_account",
    "new_code",
    "remove_account",
    "router",
    "show_visitor",
    "start_session",
]

router = APIRouter(prefix="/api/v1", tags=["access"])
Password = Annotated[str, Field(min_length=1, max_length=1000)]
Role = Literal["runner", "coach"]


class Credentials(Given):
    """Name and password."""

    name: Name
    password: Password


class SessionShown(BaseModel):
    """A session; send the token as `Authorization: Bearer …`."""

    token: str


class VisitorShown(FromRow):
    """Who asks."""

    name: str
    role: Role
    person_id: Annotated[str | None, Field(description="the one person a runner sees")]
    local: Annotated[bool, Field(description="whether they sit at the machine of the server")]


class AccountGiven(Credentials):
    """An account to make."""

    role: Role = "runner"
    person_id: Annotated[str | None, Field(description="who it is among the people; a runner needs one")] = (
        None
    )


class AccountShown(FromRow):
    """An account."""

    id: str
    name: str
    role: Role
    person_id: str | None
    added: datetime


class DeviceShown(FromRow):
    """A browser that was let in."""

    id: str
    account_id: str | None
    device: str
    added: datetime
    seen: datetime
    ends: datetime


class CodeShown(BaseModel):
    """What lets one phone in, once, within a few minutes."""

    address: str
    code: str
    picture_svg: Annotated[str, Field(description="the address as a QR code")]


@router.post("/session", status_code=201)
def start_session(request: Request, credentials: Credentials) -> SessionShown:
    """Log in."""
    return SessionShown(token=let_in(request, credentials.name, credentials.password))


@router.delete("/session", status_code=204)
def end_session(request: Request) -> None:
    """Log out."""
    if token := session_token(request):
        store_of(request).accounts.end_session(token)


@router.get("/visitor")
def show_visitor(request: Request) -> VisitorShown:
    """Show who asks."""
    return VisitorShown.model_validate(visitor_of(request))


@router.get("/accounts", dependencies=[Depends(coach_only)])
def list_accounts(request: Request) -> list[AccountShown]:
    """List the accounts."""
    return [AccountShown.model_validate(row) for row in store_of(request).accounts.all()]


@router.post("/accounts", status_code=201, dependencies=[Depends(coach_only)])
def make_account(request: Request, account: AccountGiven) -> Made:
    """Make an account; from the first one on everybody logs in, and the first is a coach's."""
    return Made(id=add_account(request, account.name, account.password, account.role, account.person_id))


@router.delete("/accounts/{account_id}", status_code=204, dependencies=[Depends(coach_only)])
def remove_account(request: Request, account_id: str) -> None:
    """Remove an account; the person and the recordings stay."""
    accounts = store_of(request).accounts
    coaches = [row.id for row in accounts.all() if row.role == "coach"]
    if coaches == [account_id] and accounts.count() > 1:
        raise Refusal(409, "This is the last coach's account", "accounts", "make another coach first")
    accounts.delete(account_id)


@router.get("/devices", dependencies=[Depends(coach_only)])
def list_devices(request: Request) -> list[DeviceShown]:
    """List the browsers that are let in."""
    return [DeviceShown.model_validate(row) for row in store_of(request).accounts.devices()]


@router.delete("/devices/{device_id}", status_code=204, dependencies=[Depends(coach_only)])
def end_device(request: Request, device_id: str) -> None:
    """Let a browser out."""
    store_of(request).accounts.end_device(device_id)


@router.post("/devices/codes", status_code=201, dependencies=[Depends(coach_only)])
def new_code(request: Request) -> CodeShown:
    """Make a code that lets one phone in."""
    made = invitation(request)
    if made is None:
        raise Refusal(
            409,
            "No device comes in by a code",
            "this server",
            "start it with --lan, or log in on the phone where there are accounts",
        )
    return CodeShown(address=made.address, code=made.code, picture_svg=str(made.picture))
