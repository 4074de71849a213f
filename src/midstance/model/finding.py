"""What a measurement means for a runner, how sure that is, and what to try."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

__all__ = ["Advice", "Finding", "Grade", "Source"]


class Grade(StrEnum):
    """How well a piece of advice is supported; the five words shown to users, nothing stronger."""

    TRIAL = "trial"  # a randomised comparison in runners with pain around the kneecap
    PRE_POST = "pre-post"  # runners before and after, without a comparison group
    COHORT = "cohort"  # runners followed over time
    CROSS_SECTION = "cross-section"  # groups compared at one time, or an immediate effect in the laboratory
    COACH = "coach"  # experience and opinion only


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from.

    Parameters
    ----------
    text
        Authors, year, journal and place.
    doi
        Digital object identifier without a host; empty where there is none.
    """

    text: str
    doi: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to try.

    Parameters
    ----------
    sentence
        What to do, in plain words.
    grade
        How well it is supported.
    sources
        What it rests on.
    watch
        What to watch for meanwhile: what the change may load instead. Empty where nothing.
    cue, lesson, article
        Keys into the programme's content; empty where none belongs to it.
    """

    sentence: str
    grade: Grade
    sources: tuple[Source, ...] = ()
    watch: str = ""
    cue: str = ""
    lesson: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was seen, explained.

    Parameters
    ----------
    key
        Name of the rule it comes from.
    title
        In a few words.
    seen
        What was seen, with its numbers and their intervals.
    why
        Why it may matter.
    otherwise
        What else could explain it.
    advice
        What to try, the best supported first; may be empty.
    grade
        How well the link from what was seen to pain or load is supported.
    sources
        What that rests on.
    chance
        Probability that the measured condition truly holds, 0 to 1; 1 where nothing was measured.
    relevance
        How much it matters for this runner, 0 to 1; the order of findings is relevance times chance.
    measures
        Keys of the measures it rests on.
    side
        `left`, `right` or `both`.
    frame
        Index of the video frame in which it can be seen; None where there is none.
    kind
        `finding` for something to act on, `quiet` where nothing stands out, `unclear` where it is too close
        to call or should be filmed again.
    """

    key: str
    title: str
    seen: str
    why: str
    otherwise: str
    advice: tuple[Advice, ...]
    grade: Grade
    sources: tuple[Source, ...] = ()
    chance: float = 1.0
    relevance: float = 0.5
    measures: tuple[str, ...] = ()
    side: Literal["left", "right", "both"] = "both"
    frame: int | None = None
    kind: Literal["finding", "quiet", "unclear"] = "finding"
