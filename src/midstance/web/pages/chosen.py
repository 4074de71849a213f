"""The person a page is about, where it needs one."""

from __future__ import annotations

from starlette.requests import Request

from midstance.journal import Person
from midstance.web.asking import person_of
from midstance.web.refusals import Refusal

__all__ = ["chosen_person"]


def chosen_person(request: Request) -> Person:
    """Return the person the pages are about.

    Raises
    ------
    Refusal
        If there is nobody yet.
    """
    person = person_of(request)
    if person is None:
        raise Refusal(404, "Nobody is here yet", "this store", "add a person on the page People")
    return person
