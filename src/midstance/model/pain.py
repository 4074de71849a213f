"""Where it hurts, how much, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

__all__ = ["PAIN_MOMENTS", "PainEntry", "PainSite", "Tried"]

PainSide = Literal["left", "right", "both"]
PAIN_MOMENTS = ("before", "during", "after", "next_morning")
_WORST = 10.0


class PainSite(StrEnum):
    """The places of the body map; a place, never a diagnosis."""

    KNEECAP = "kneecap"  # around or behind it
    OUTSIDE_KNEE = "outside_knee"
    INSIDE_KNEE = "inside_knee"
    BELOW_KNEECAP = "below_kneecap"  # its lower tip, or the tendon
    SHIN_BUMP = "shin_bump"  # the bony bump below the kneecap
    JOINT_LINE = "joint_line"
    BACK_OF_KNEE = "back_of_knee"
    QUADRICEPS = "quadriceps"
    HAMSTRING = "hamstring"
    CALF = "calf"
    ACHILLES = "achilles"
    SHIN = "shin"
    FOOT = "foot"
    HIP_OR_GROIN = "hip_or_groin"
    BACK = "back"
    ELSEWHERE = "elsewhere"


class Tried(StrEnum):
    """What a runner may have done about a pain."""

    REST = "rest"
    LESS_RUNNING = "less_running"
    ICE = "ice"
    MEDICINE = "medicine"
    STRETCHING = "stretching"
    STRENGTH = "strength"
    SHOES = "shoes"
    INSOLES = "insoles"
    TAPE_OR_BRACE = "tape_or_brace"
    CAST = "cast"
    MASSAGE = "massage"
    FOREFOOT = "forefoot"
    SHORTER_STEPS = "shorter_steps"
    LESSON = "lesson"
    CLINICIAN = "clinician"


@dataclass(frozen=True, slots=True)
class PainEntry:
    """What a runner wrote down about one place on one day; every number may be missing.

    Parameters
    ----------
    day
        The day it concerns, in the runner's own calendar.
    site
        Where.
    side
        `left`, `right` or `both`.
    before, during, after, next_morning
        Numeric pain rating, 0 (none) to 10 (worst imaginable): before the run, the worst of it while
        running, within the hour after it, and on the next morning.
    onset_m, onset_s
        Distance [m] or time [s] into the run at which it began; None where it did not, or was not noted.
    tried
        What was done about it that day.
    swelling
        Whether the joint was swollen; None where not said.
    note
        In the runner's own words.
    """

    day: date
    site: PainSite
    side: PainSide
    before: float | None = None
    during: float | None = None
    after: float | None = None
    next_morning: float | None = None
    onset_m: float | None = None
    onset_s: float | None = None
    tried: frozenset[Tried] = frozenset()
    swelling: bool | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse ratings off the scale and onsets before the start."""
        for moment in PAIN_MOMENTS:
            rating = getattr(self, moment)
            if rating is not None and not 0.0 <= rating <= _WORST:
                raise ValueError(f"pain {moment.replace('_', ' ')} is {rating:g}, not between 0 and 10")
        if any(onset is not None and onset < 0 for onset in (self.onset_m, self.onset_s)):
            raise ValueError("pain cannot begin before the run")

    @property
    def worst(self) -> float | None:
        """Highest rating given; None where there is none."""
        given = [r for r in (getattr(self, moment) for moment in PAIN_MOMENTS) if r is not None]
        return max(given, default=None)
