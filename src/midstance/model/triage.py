"""What an interview comes to: red flags first, then where a runner's question belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from midstance.model.pain import PainSite, Tried

__all__ = ["RedFlag", "Route", "Triage"]

Route = Literal[
    "kneecap",
    "outside_knee",
    "below_kneecap",
    "joint_line",
    "back_of_knee",
    "quadriceps",
    "achilles",
    "shin",
    "elsewhere",
    "no_pain",
]
"""Which story a pain belongs to; a way through the program, not a diagnosis."""


@dataclass(frozen=True, slots=True)
class RedFlag:
    """Something that a person has to look at before anything else is tried.

    Parameters
    ----------
    key
        Name of the question that raised it.
    urgency
        `emergency` (now) or `urgent` (a clinician within days).
    sentence
        What was said.
    what_to_do
        Where to go, and when.
    """

    key: str
    urgency: Literal["emergency", "urgent"]
    sentence: str
    what_to_do: str


@dataclass(frozen=True, slots=True)
class Triage:
    """What the answers of an interview come to.

    Parameters
    ----------
    red_flags
        Emergencies first; empty where there are none.
    route
        Which story the pain belongs to.
    site, side
        Where it hurts most; None where nothing hurts.
    weeks
        For how long it has hurt [weeks]; None where not said.
    worst
        Worst pain of the last week, 0 to 10; None where not said.
    context
        Keys of what else was said: `sitting`, `stairs`, `downhill`, `after_distance`, `forefoot_switch`, …
    tried
        What has been tried.
    contradictions
        Answers that do not go together, each as a sentence that asks which one holds.
    complete
        Whether every needed question has been answered.
    """

    red_flags: tuple[RedFlag, ...]
    route: Route
    site: PainSite | None = None
    side: Literal["left", "right", "both"] | None = None
    weeks: float | None = None
    worst: float | None = None
    context: frozenset[str] = frozenset()
    tried: frozenset[Tried] = frozenset()
    contradictions: tuple[str, ...] = ()
    complete: bool = False

    @property
    def stop(self) -> bool:
        """Whether a red flag stops the programme."""
        return bool(self.red_flags)
