"""Comments and questions on an analysis, between runner and coach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from midstance.web.analysis_view import threaded
from midstance.web.asking import store_of, visitor_of
from midstance.web.refusals import Refusal
from midstance.web.rendering import page

if TYPE_CHECKING:
    from midstance.journal import AnalysisRow

__all__ = ["comment", "delete_comment", "router", "settle"]

router = APIRouter(include_in_schema=False)
_PLAYER = "player.json"
Words = Annotated[str, Form(max_length=4000)]


@router.post("/analyses/{analysis_id}/comments")
def comment(  # the fields of the form
    request: Request,
    analysis_id: str,
    text: Words = "",
    frame: Annotated[int | None, Form(ge=0, le=10**9)] = None,
    question: Annotated[str, Form()] = "",
    reply_to: Annotated[str, Form()] = "",
) -> Response:
    """Say or ask something."""
    store = store_of(request)
    row = store.analyses.one(analysis_id)
    store.comments.add(row.id, _author(request, row), text, frame, bool(question), reply_to or None)
    return _thread(request, row)


@router.post("/analyses/{analysis_id}/comments/{comment_id}/settle")
def settle(request: Request, analysis_id: str, comment_id: str) -> Response:
    """Say that a question is answered."""
    row = _holding(request, analysis_id, comment_id)
    store_of(request).comments.settle(comment_id)
    return _thread(request, row)


@router.post("/analyses/{analysis_id}/comments/{comment_id}/delete")
def delete_comment(request: Request, analysis_id: str, comment_id: str) -> Response:
    """Remove a comment."""
    row = _holding(request, analysis_id, comment_id)
    store_of(request).comments.delete(comment_id)
    return _thread(request, row)


def _holding(request: Request, analysis_id: str, comment_id: str) -> AnalysisRow:
    """Return the analysis a comment belongs to: nobody reaches another's comment through their own."""
    store = store_of(request)
    if store.comments.one(comment_id).analysis_id != analysis_id:
        raise Refusal(404, "There is no such comment", "this analysis", "reload the page")
    return store.analyses.one(analysis_id)


def _author(request: Request, row: AnalysisRow) -> str:
    """Return who speaks: the account, or on one's own machine the person the page is about."""
    visitor = visitor_of(request)
    return row.person.name if visitor.local and visitor.account_id is None else visitor.name


def _thread(request: Request, row: AnalysisRow) -> Response:
    """Return the thread alone to a page that puts it in place, the whole page to others."""
    if request.headers.get("hx-request") != "true":
        return RedirectResponse(f"/analyses/{row.id}#thread", status_code=303)
    store = store_of(request)
    return page(
        request,
        "analysis/thread.html",
        row=row,
        thread=threaded(store.comments.of(row.id)),
        can_play=row.recording.kind == "video" and (store.vault.folder(row.id) / _PLAYER).is_file(),
    )
