"""What the forms of a lesson send."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

__all__ = ["AfterForm", "ScanForm"]

Rating = Annotated[float, Field(ge=0, le=10)] | None
Words = Annotated[str, Field(max_length=4000)]


class ScanForm(BaseModel):
    """What a scan found."""

    words: Words = ""
    pain: Rating = None


class AfterForm(ScanForm):
    """What the scan after a lesson found."""

    log: Annotated[str, Field(max_length=60)] = ""
    note: Words = ""
    finished: bool = False
