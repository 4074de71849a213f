"""What a runner notes about cues, lessons and days off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Break", "CueLog", "LessonLog", "Log"]


@dataclass(frozen=True, slots=True)
class CueLog:
    """One run with a cue.

    Parameters
    ----------
    day
        When.
    cue
        Its key.
    minutes
        How long it was attended to [min].
    pain_with, pain_without
        Pain with the cue, and in the same run without it, 0 to 10; None where not noted.
    ease
        How easy it felt, 0 to 10; None where not noted.
    note
        In the runner's own words.
    """

    day: date
    cue: str
    minutes: float | None = None
    pain_with: float | None = None
    pain_without: float | None = None
    ease: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LessonLog:
    """One lesson taken.

    Parameters
    ----------
    day
        When.
    lesson
        Its key.
    finished
        Whether it was taken to its end.
    before, after
        What the scan found, before and after, in the runner's own words.
    pain_before, pain_after
        Pain, 0 to 10; None where not noted.
    note
        Anything else.
    """

    day: date
    lesson: str
    finished: bool = True
    before: str = ""
    after: str = ""
    pain_before: float | None = None
    pain_after: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """Days off.

    Parameters
    ----------
    first, last
        From when to when, both included; `last` is None while it goes on.
    why
        `ill`, `travel` or `other`.
    """

    first: date
    last: date | None = None
    why: Literal["ill", "travel", "other"] = "other"


Log = CueLog | LessonLog | Break
"""Anything noted beside pain and runs."""
