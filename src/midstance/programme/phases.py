"""A plan: what comes after what, and what was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from midstance.model import Advice, PainSite, RedFlag, Route

__all__ = ["OWN_WAY", "Draw", "LeftOut", "Note", "Phase", "PhaseKind", "Plan", "Preferences"]


OWN_WAY = "own_way"
"""Stands among cues for a block without one."""


class PhaseKind(StrEnum):
    """What a phase is for."""

    SETTLE = "settle"  # load finds its level; ends with green runs in a row
    BASELINE = "baseline"  # as you run by yourself, with pain noted; once more among the cues
    CUE = "cue"  # one cue
    KEEP = "keep"  # the cue that did best, to its full dose
    MAINTAIN = "maintain"  # less and less programme, until it is no longer needed


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the plan, counted in days with a run.

    Parameters
    ----------
    key
        Its name within the plan.
    kind
        What it is for.
    title
        As shown.
    why
        What happens in it and why, in a sentence or two.
    runs
        How many days with a run it lasts; for `settle` and `maintain` how many green ones.
    cue
        Key of the cue; empty where there is none, or where the best one is still to be found.
    lessons
        Keys of the lessons that belong to it.
    note
        In the coach's words.
    """

    key: str
    kind: PhaseKind
    title: str
    why: str
    runs: int
    cue: str = ""
    lessons: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a runner wishes and is used to.

    Parameters
    ----------
    runs_per_week
        Days a week with a run.
    usual_minutes
        Length of a usual run at present [min]; 0 for somebody who does not run at present.
    goal_minutes
        Length to come back to [min].
    cadence_spm
        Own step rate [steps/min], for the metronome; None where not known.
    cues
        How many cues to compare.
    own_way_again
        Whether a block of running one's own way is drawn among the cues: it tells what a cue does from what
        time does.
    strength
        Whether strength exercises are wanted.
    metronome
        Whether a beat is wanted with cues that can have one.
    lessons_per_week
        How many lessons to suggest.
    floor, kneeling
        Whether lessons on the floor, or on the knees, are fine.
    """

    runs_per_week: int = 3
    usual_minutes: float = 30.0
    goal_minutes: float = 45.0
    cadence_spm: float | None = None
    cues: int = 2
    own_way_again: bool = True
    strength: bool = True
    metronome: bool = True
    lessons_per_week: int = 2
    floor: bool = True
    kneeling: bool = True

    def __post_init__(self) -> None:
        """Refuse weeks and runs that cannot be."""
        limits = {
            "runs_per_week": (1, 7),
            "usual_minutes": (0, 300),
            "goal_minutes": (0, 300),
            "cues": (1, 4),
            "lessons_per_week": (0, 7),
        }
        for name, (low, high) in limits.items():
            if not low <= getattr(self, name) <= high:
                raise ValueError(f"{name} is {getattr(self, name):g}, not between {low} and {high}")
        if self.cadence_spm is not None and not 100 <= self.cadence_spm <= 260:  # noqa: PLR2004  (people run so)
            raise ValueError(f"cadence_spm is {self.cadence_spm:g}, not between 100 and 260")


@dataclass(frozen=True, slots=True)
class Draw:
    """What was drawn by chance, and from what: a randomisation test needs both.

    Parameters
    ----------
    seed
        Of the draw.
    baseline_choices, block_choices
        Lengths from which baseline and cue blocks were drawn [days with a run].
    cues
        What was put in order, by name: cues, and `own_way` for a block without one.
    baseline
        Length drawn for the baseline.
    order
        The order drawn, of the same.
    blocks
        Length drawn for each block, in that order.
    """

    seed: int
    baseline_choices: tuple[int, ...]
    block_choices: tuple[int, ...]
    cues: tuple[str, ...]
    baseline: int
    order: tuple[str, ...]
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A cue that is not part of the plan, and why.

    Parameters
    ----------
    cue
        Its key.
    why
        In one sentence.
    """

    cue: str
    why: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something written beside the plan.

    Parameters
    ----------
    day
        When.
    author
        By whom.
    text
        What.
    """

    day: date
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, in which order.

    Parameters
    ----------
    made
        The day it was made; it counts runs from then on.
    route
        Which story it follows.
    state
        `running`; `stopped` by a red flag; `waiting` for the interview to be finished.
    title
        As shown.
    story
        What this plan is about, in a few sentences.
    preferences
        What the runner wishes.
    red_flags
        What stopped it; empty where nothing did.
    site, side
        Where it hurts most; None where nothing hurts.
    worst
        Worst pain of the week before it was made, 0 to 10; None where not said.
    advice
        What to do from the first day on, the best supported first.
    phases
        One after the other.
    draw
        What was drawn; None where nothing was compared, or where a coach changed the order by hand.
    lessons
        Keys of lessons, in the order they are suggested.
    strength
        Keys of strength exercises; empty where none are wanted or fit.
    left_out
        Cues that are not part of it, with the reason.
    load
        What to do about load, in this story.
    clinician
        When to see somebody.
    questions
        What in the answers does not go together.
    notes
        Written beside it, the newest last.
    """

    made: date
    route: Route
    state: Literal["running", "stopped", "waiting"]
    title: str
    story: str
    preferences: Preferences = Preferences()
    red_flags: tuple[RedFlag, ...] = ()
    site: PainSite | None = None
    side: Literal["left", "right", "both"] | None = None
    worst: float | None = None
    advice: tuple[Advice, ...] = ()
    phases: tuple[Phase, ...] = ()
    draw: Draw | None = None
    lessons: tuple[str, ...] = ()
    strength: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    load: str = ""
    clinician: str = ""
    questions: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether a red flag stops it."""
        return self.state == "stopped"

    def phase(self, key: str) -> Phase | None:
        """Return a phase by its key; None where there is none.

        Parameters
        ----------
        key
            Its key.
        """
        return next((phase for phase in self.phases if phase.key == key), None)
