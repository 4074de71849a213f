"""Comments and questions on an analysis."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from midstance.journal import Store
from midstance.web.api.shapes import FromRow, Given, Line, Made, Text
from midstance.web.asking import store_of, visitor_of
from midstance.web.refusals import Refusal

__all__ = [
    "CommentGiven",
    "CommentShown",
    "add_comment",
    "delete_comment",
    "list_comments",
    "list_open_questions",
    "router",
    "settle_comment",
]

router = APIRouter(prefix="/api/v1", tags=["comments"])
Frame = Annotated[int, Field(ge=0, le=10**7, description="the frame it concerns, from 0")]


class CommentGiven(Given):
    """A comment or a question."""

    text: Text
    author: Annotated[
        Line, Field(description="who says it; with accounts it is always the one logged in")
    ] = ""
    frame: Frame | None = None
    question: Annotated[bool, Field(description="whether it wants an answer")] = False
    reply_to: Annotated[str | None, Field(description="the comment it answers")] = None


class CommentShown(FromRow):
    """A comment or a question."""

    id: str
    analysis_id: str
    person_id: str
    author: str
    text: str
    frame: int | None
    question: bool
    reply_to: str | None
    added: datetime
    settled: datetime | None


@router.get("/analyses/{analysis_id}/comments")
def list_comments(request: Request, analysis_id: str) -> list[CommentShown]:
    """List the comments on an analysis, the oldest first."""
    store = store_of(request)
    store.analyses.one(analysis_id)
    return [CommentShown.model_validate(row) for row in store.comments.of(analysis_id)]


@router.post("/analyses/{analysis_id}/comments", status_code=201)
def add_comment(request: Request, analysis_id: str, comment: CommentGiven) -> Made:
    """Say or ask something about an analysis."""
    visitor = visitor_of(request)
    author = visitor.name if visitor.account_id or not comment.author.strip() else comment.author
    return Made(
        id=store_of(request).comments.add(
            analysis_id, author, comment.text, comment.frame, comment.question, comment.reply_to
        )
    )


@router.post("/analyses/{analysis_id}/comments/{comment_id}/settle")
def settle_comment(request: Request, analysis_id: str, comment_id: str) -> CommentShown:
    """Say that a question is answered."""
    store = store_of(request)
    _hold(store, analysis_id, comment_id)
    store.comments.settle(comment_id)
    return CommentShown.model_validate(store.comments.one(comment_id))


@router.delete("/analyses/{analysis_id}/comments/{comment_id}", status_code=204)
def delete_comment(request: Request, analysis_id: str, comment_id: str) -> None:
    """Delete a comment; answers to it stay."""
    store = store_of(request)
    _hold(store, analysis_id, comment_id)
    store.comments.delete(comment_id)


@router.get("/people/{person_id}/questions")
def list_open_questions(request: Request, person_id: str) -> list[CommentShown]:
    """List the questions about a person that nobody has settled."""
    store = store_of(request)
    store.people.one(person_id)
    return [CommentShown.model_validate(row) for row in store.comments.open_of(person_id)]


def _hold(store: Store, analysis_id: str, comment_id: str) -> None:
    """Refuse a comment of another analysis."""
    if store.comments.one(comment_id).analysis_id != analysis_id:
        raise Refusal(404, "There is no such comment", "this analysis", "list them again")
