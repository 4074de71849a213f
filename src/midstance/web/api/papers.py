"""Papers: interview, plan, logs of lessons and cues, settings of a person."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AfterValidator, Field
from starlette.requests import Request
from starlette.responses import Response

from midstance.journal import Paper, Store
from midstance.web.api.shapes import FromRow, Given, Made, check_unchanged, version_of
from midstance.web.asking import store_of
from midstance.web.refusals import Refusal

__all__ = [
    "PaperChange",
    "PaperGiven",
    "PaperShown",
    "add_paper",
    "change_paper",
    "delete_paper",
    "list_papers",
    "router",
    "show_paper",
]

router = APIRouter(prefix="/api/v1/people/{person_id}/papers", tags=["papers"])
_LONGEST = 1_000_000


def _plain(payload: dict[str, Any]) -> dict[str, Any]:
    """Refuse what JSON and every database cannot hold."""
    try:
        text = json.dumps(payload, allow_nan=False, ensure_ascii=False)
        text.encode()
    except (ValueError, RecursionError) as error:
        raise ValueError("not plain JSON") from error
    if "\\u0000" in text or len(text) > _LONGEST:
        raise ValueError("longer than a million letters, or with a NUL")
    return payload


Kind = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="interview, plan, lesson_log …")]
Payload = Annotated[dict[str, Any], AfterValidator(_plain)]


class PaperGiven(Given):
    """A document to keep."""

    kind: Kind
    payload: Payload


class PaperChange(Given):
    """What a document says from now on."""

    payload: Payload


class PaperShown(FromRow):
    """A document."""

    id: str
    person_id: str
    kind: str
    payload: dict[str, Any]
    added: datetime
    changed: datetime


@router.get("")
def list_papers(
    request: Request, person_id: str, kind: Annotated[str | None, Query(max_length=40)] = None
) -> list[PaperShown]:
    """List a person's documents, of one kind or all."""
    store = store_of(request)
    store.people.one(person_id)
    return [PaperShown.model_validate(row) for row in store.papers.of(person_id, kind)]


@router.post("", status_code=201)
def add_paper(request: Request, person_id: str, paper: PaperGiven) -> Made:
    """Keep a document."""
    return Made(id=store_of(request).papers.put(person_id, paper.kind, paper.payload))


@router.get("/{paper_id}")
def show_paper(request: Request, response: Response, person_id: str, paper_id: str) -> PaperShown:
    """Show a document; the answer's ETag can be sent back as If-Match with a change."""
    shown = PaperShown.model_validate(_own(store_of(request), person_id, paper_id))
    response.headers["etag"] = version_of(shown)
    return shown


@router.put("/{paper_id}")
def change_paper(request: Request, person_id: str, paper_id: str, change: PaperChange) -> PaperShown:
    """Let a document say something else."""
    store = store_of(request)
    row = _own(store, person_id, paper_id)
    check_unchanged(request, PaperShown.model_validate(row))
    store.papers.put(person_id, row.kind, change.payload, paper_id)
    return PaperShown.model_validate(store.papers.one(paper_id))


@router.delete("/{paper_id}", status_code=204)
def delete_paper(request: Request, person_id: str, paper_id: str) -> None:
    """Delete a document."""
    store = store_of(request)
    _own(store, person_id, paper_id)
    store.papers.delete(paper_id)


def _own(store: Store, person_id: str, paper_id: str) -> Paper:
    row = store.papers.one(paper_id)
    if row.person_id != person_id:
        raise Refusal(404, "There is no such paper", "this person", "list them again")
    return row
