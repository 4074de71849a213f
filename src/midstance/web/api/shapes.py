"""What the shapes of the API share: numbers that are numbers, words that end."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from starlette.requests import Request

from midstance.web.refusals import Refusal

__all__ = [
    "FromRow",
    "Given",
    "Limit",
    "Line",
    "Made",
    "Moment",
    "Name",
    "Number",
    "Offset",
    "Text",
    "check_unchanged",
    "version_of",
]

_LONGEST_TEXT = 10_000
_LONGEST_LINE = 200
_YEARS = range(1900, 2200)


def _sayable(text: str) -> str:
    """Return words without what no database holds."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def _in_utc(moment: datetime) -> datetime:
    """Return a time with its zone; one without is taken as UTC."""
    if moment.year not in _YEARS:
        raise ValueError(f"a time between {_YEARS.start} and {_YEARS.stop}")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Text = Annotated[str, Field(max_length=_LONGEST_TEXT), AfterValidator(_sayable)]
"""Words of people."""
Line = Annotated[str, Field(max_length=_LONGEST_LINE), AfterValidator(_sayable)]
"""A line of words."""
Name = Annotated[str, Field(min_length=1, max_length=_LONGEST_LINE, pattern=r"\S"), AfterValidator(_sayable)]
"""A name: something that can be read."""
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e9, le=1e9)]
"""A number that is one."""
Moment = Annotated[datetime, AfterValidator(_in_utc)]
"""A time with its zone."""
Limit = Annotated[int, Query(ge=1, le=1000, description="how many at most")]
Offset = Annotated[int, Query(ge=0, le=10**9, description="how many to leave out")]


class FromRow(BaseModel):
    """A shape that is read off a row of the store."""

    model_config = ConfigDict(from_attributes=True)


class Given(BaseModel):
    """A shape that is sent here: what it does not know is refused, so that a typing error is not lost."""

    model_config = ConfigDict(extra="forbid")


class Made(BaseModel):
    """The name of something new."""

    id: str


def version_of(shape: BaseModel) -> str:
    """Return a version that changes with what is shown: an entity tag."""
    return f'"{hashlib.sha256(shape.model_dump_json().encode()).hexdigest()[:16]}"'


def check_unchanged(request: Request, shape: BaseModel) -> None:
    """Refuse a change to something that has been changed since it was looked at, if `If-Match` says so.

    Raises
    ------
    Refusal
        With what to do, so that neither of two tabs loses anything unseen.
    """
    wanted = request.headers.get("if-match")
    if wanted and wanted != "*" and version_of(shape) not in {tag.strip() for tag in wanted.split(",")}:
        raise Refusal(
            412,
            "It was changed meanwhile, perhaps in another tab",
            request.url.path,
            "reload, look at what is there now, and change it again",
        )
