"""Movement lessons: what they hold, and how they are spoken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.model import Route

__all__ = ["FIGURES", "SIDES_OF_A_BLOCK", "WORDS_PER_MINUTE", "Block", "Lesson", "Line", "Passage"]

WORDS_PER_MINUTE = 115.0
"""A calm voice."""

FIGURES = (
    "lying_on_back",
    "lying_knees_bent",
    "lying_one_leg_long",
    "side_lying",
    "side_lying_arm_over",
    "sitting",
    "sitting_hands_on_chest",
    "hands_and_knees",
    "half_kneeling",
    "standing",
    "standing_at_wall",
    "one_foot_at_wall",
    "leaning",
    "walking",
    "running",
)
"""Keys of the pictures a line can be shown with."""

SIDES_OF_A_BLOCK = ("first", "second", "both", "imagined")


@dataclass(frozen=True, slots=True)
class Passage:
    """What is said in one breath, and the silence after it.

    Parameters
    ----------
    text
        The words.
    pause_s
        Time to do it, or to notice [s].
    """

    text: str
    pause_s: float


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance of a lesson as it is played.

    Parameters
    ----------
    text
        The words.
    pause_s
        Silence after them [s].
    part
        Key of the part of the lesson it belongs to, as in `Lesson.parts`.
    figure
        Key of the picture to show with it, one of `FIGURES`.
    """

    text: str
    pause_s: float
    part: str
    figure: str

    @property
    def spoken_s(self) -> float:
        """How long a calm voice takes for the words [s]."""
        return 60.0 * len(self.text.split()) / WORDS_PER_MINUTE


@dataclass(frozen=True, slots=True)
class Block:
    """One movement with its rest.

    Parameters
    ----------
    title
        In a few words.
    intent
        What it is for.
    base
        What carries the body: lying, sitting, a wall.
    constraint
        What stays where it is, so that something else has to move; empty where nothing.
    range
        How far, for example `half of easy`.
    reps
        How often.
    tempo
        How slowly, in words.
    tempo_s
        Time of one repetition [s].
    rest_s
        Rest at the end [s].
    side
        `first`, `second` (the other one), `both`, or `imagined`.
    figure
        Key of its picture.
    movement
        What is said to lead the movement.
    attention
        Questions asked while it goes on.
    rest
        What is said in the rest.
    """

    title: str
    intent: str
    base: str
    constraint: str
    range: str
    reps: int
    tempo: str
    tempo_s: float
    rest_s: float
    side: Literal["first", "second", "both", "imagined"]
    figure: str
    movement: tuple[Passage, ...]
    attention: tuple[Passage, ...]
    rest: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A spoken movement lesson.

    Parameters
    ----------
    key
        Its name in addresses and plans.
    number
        Its place in the course.
    title
        As shown.
    summary
        What it is about, in one or two sentences.
    function
        The one thing it is about.
    position
        How you lie, sit or stand.
    duration_min
        How long it takes [min].
    equipment
        What to have at hand.
    contraindications
        When to leave it out, or ask first.
    not_for
        Routes it is not suggested on.
    on_floor, kneeling
        Whether parts of it are on the floor, or on the knees.
    alternative
        What to do in place of kneeling or the floor.
    metric_targets
        Keys of the measures it is about; the lesson is no promise that they change.
    stop_rules
        When to stop.
    opening
        What is said first.
    scan_open, scan_close
        The same attentive look over the body, before and after.
    scan_figure
        Picture of the scans.
    blocks
        The movements.
    standing, walking, running
        What brings it into running.
    running_s
        How long the easy running lasts [s].
    """

    key: str
    number: int
    title: str
    summary: str
    function: str
    position: str
    duration_min: float
    equipment: tuple[str, ...]
    contraindications: tuple[str, ...]
    not_for: tuple[Route, ...]
    on_floor: bool
    kneeling: bool
    alternative: str
    metric_targets: tuple[str, ...]
    stop_rules: tuple[str, ...]
    opening: tuple[Passage, ...]
    scan_open: tuple[Passage, ...]
    scan_close: tuple[Passage, ...]
    scan_figure: str
    blocks: tuple[Block, ...]
    standing: tuple[Passage, ...]
    walking: tuple[Passage, ...]
    running: tuple[Passage, ...]
    running_s: float

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Key and title of each part, in the order they are played."""
        middle = [(f"block_{n}", block.title) for n, block in enumerate(self.blocks, 1)]
        return (
            ("opening", "Before you begin"),
            ("scan_open", "How you are now"),
            *middle,
            ("standing", "Standing"),
            ("walking", "Walking"),
            ("running", "Easy running"),
            ("scan_close", "How you are after it"),
        )

    def script(self) -> tuple[Line, ...]:
        """Return everything that is said, in order, with the pauses.

        Returns
        -------
        tuple of Line
            Ready to be spoken one after the other.
        """
        return tuple(self._lines())

    @property
    def seconds(self) -> float:
        """How long the script takes at a calm voice, pauses and all [s]."""
        return sum(line.spoken_s + line.pause_s for line in self.script())

    @property
    def words(self) -> int:
        """Number of words spoken."""
        return sum(len(line.text.split()) for line in self.script())

    def _lines(self) -> Iterator[Line]:
        yield from _spoken(self.opening, "opening", self.scan_figure)
        yield from _spoken(self.scan_open, "scan_open", self.scan_figure)
        for number, block in enumerate(self.blocks, 1):
            part = f"block_{number}"
            yield from _spoken((*block.movement, *block.attention, *block.rest), part, block.figure)
        yield from _spoken(self.standing, "standing", "standing")
        yield from _spoken(self.walking, "walking", "walking")
        yield from _spoken(self.running, "running", "running")
        yield from _spoken(self.scan_close, "scan_close", "standing")


def _spoken(passages: tuple[Passage, ...], part: str, figure: str) -> Iterator[Line]:
    for passage in passages:
        yield Line(passage.text, passage.pause_s, part, figure)
