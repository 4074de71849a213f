"""A runner with an account sees only what is about that runner."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from starlette.requests import Request

from midstance.errors import MidstanceError
from midstance.web.asking import store_of, visitor_of
from midstance.web.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from midstance.journal import Store

__all__ = ["coach_only", "only_own", "own_person"]

_COACHES = ("/people", "/api/v1/people", "/api/v1/accounts", "/api/v1/devices", "/api/v1/everything")
_QUERIES = {
    "person_id": "people",
    "recording_id": "recordings",
    "analysis_id": "analyses",
    "with": "analyses",
    "other": "analyses",
    "job_id": "jobs",
    "log": "papers",
}


def only_own(request: Request) -> None:
    """Refuse a runner what is about somebody else: a dependency of every route.

    Raises
    ------
    Refusal
        As if it were not there, so that nothing can be learnt by asking.
    """
    visitor = getattr(request.state, "visitor", None)
    if visitor is None or visitor.role == "coach":
        return
    path = request.url.path.rstrip("/")
    own_page = path == "/people" and request.method == "GET" and visitor.person_id  # where it leads a runner
    if (path in _COACHES and not own_page) or path.startswith(("/api/v1/accounts/", "/api/v1/devices/")):
        raise _COACH
    for noun, key in (*_named_in_path(path), *_named_in_query(request)):
        if not _belongs(store_of(request), visitor.person_id, noun, key):
            raise _ABSENT


def own_person(request: Request, person_id: str) -> str:
    """Return a person's id that came in a body, after a look whether the visitor may see them."""
    visitor = visitor_of(request)
    if visitor.role == "runner" and person_id != visitor.person_id:
        raise _ABSENT
    return person_id


def coach_only(request: Request) -> None:
    """Refuse a runner what concerns the whole store: a dependency of such routes."""
    if visitor_of(request).role != "coach":
        raise _COACH


def _named_in_path(path: str) -> Iterator[tuple[str, str]]:
    """Return each noun and the id that follows it."""
    parts = path.split("/")
    for noun, key in pairwise(parts):
        if noun in _OWNERS and key and (noun, key) not in _NO_IDS:
            yield noun, key


def _named_in_query(request: Request) -> Iterator[tuple[str, str]]:
    for name, value in request.query_params.multi_items():
        if name in _QUERIES and value:
            yield _QUERIES[name], value


def _belongs(store: Store, person_id: str | None, noun: str, key: str) -> bool:
    try:
        return person_id is not None and _OWNERS[noun](store, key) == person_id
    except MidstanceError:
        return False


def _of_analysis(store: Store, key: str) -> str:
    return store.analyses.one(key).person.id


def _of_recording(store: Store, key: str) -> str:
    return store.recordings.one(key).person_id


def _of_pain(store: Store, key: str) -> str:
    return store.pains.one(key).person_id


def _of_run(store: Store, key: str) -> str:
    return store.runs.one(key).person_id


def _of_paper(store: Store, key: str) -> str:
    return store.papers.one(key).person_id or ""


def _of_job(store: Store, key: str) -> str:
    payload = store.jobs.one(key).payload
    if "analysis_id" in payload:
        return _of_analysis(store, payload["analysis_id"])
    return _of_recording(store, payload["recording_id"])


_OWNERS: dict[str, Callable[[Store, str], str]] = {
    "people": lambda _store, key: key,
    "recordings": _of_recording,
    "analyses": _of_analysis,
    "findings": _of_analysis,
    "compare": _of_analysis,
    "jobs": _of_job,
    "pain": _of_pain,
    "pains": _of_pain,
    "run": _of_run,
    "runs": _of_run,
    "papers": _of_paper,
    "own": _of_paper,
    "comments": lambda store, key: store.comments.one(key).person_id,
}
_NO_IDS = frozenset({("runs", "file"), ("people", "choose")})  # choosing is of no effect on a runner
_COACH = Refusal(403, "Only a coach may do that", "your account", "ask the coach who runs this server")
_ABSENT = Refusal(404, "There is no such page", "", "it may have been deleted: go back and choose again")
