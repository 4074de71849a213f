"""Who asks, about which person, and the store that answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from midstance.errors import MidstanceError

if TYPE_CHECKING:
    from starlette.requests import Request

    from midstance.journal import Person, Store

__all__ = ["PERSON_COOKIE", "person_of", "store_of"]

PERSON_COOKIE = "midstance_person"


def store_of(request: Request) -> Store:
    """Return the store behind the app."""
    return cast("Store", request.app.state.store)


def person_of(request: Request) -> Person | None:
    """Return the person the pages are about: the one chosen, else the first there is."""
    store, chosen = store_of(request), getattr(request.state, "person_id", None)
    if chosen:
        try:
            return store.people.one(chosen)
        except MidstanceError:  # deleted meanwhile, in another tab
            pass
    rows = store.people.find(limit=1)
    return store.people.one(rows[0].id) if rows else None
