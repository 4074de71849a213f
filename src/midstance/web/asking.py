"""Who asks, about which person, and the store that answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from midstance.journal import UnknownIdError

if TYPE_CHECKING:
    from starlette.requests import Request

    from midstance.journal import Person, Store

__all__ = ["OWNER", "PERSON_COOKIE", "Visitor", "person_of", "store_of", "visitor_of"]

PERSON_COOKIE = "midstance_person"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who may come in.

    Parameters
    ----------
    name
        Of the account, or of the device.
    role
        A `coach` sees everybody, a `runner` one person.
    person_id
        That person; None for a coach.
    account_id
        The account; None where there are none.
    local
        Whether they sit at this machine.
    """

    name: str
    role: Literal["coach", "runner"]
    person_id: str | None = None
    account_id: str | None = None
    local: bool = False


OWNER = Visitor("this machine", "coach", local=True)
"""Whoever sits at this machine while there are no accounts."""


def visitor_of(request: Request) -> Visitor:
    """Return who asks."""
    return cast("Visitor", request.state.visitor)


def store_of(request: Request) -> Store:
    """Return the store behind the app."""
    return cast("Store", request.app.state.store)


def person_of(request: Request) -> Person | None:
    """Return the person the pages are about: a runner's own, or the one chosen, else the first there is."""
    store, chosen = store_of(request), getattr(request.state, "person_id", None)
    if chosen:
        try:
            return store.people.one(chosen)
        except UnknownIdError:  # deleted meanwhile, in another tab
            pass
    visitor = getattr(request.state, "visitor", None)
    if visitor is not None and visitor.role == "runner":
        return None
    rows = store.people.find(limit=1)
    return store.people.one(rows[0].id) if rows else None
