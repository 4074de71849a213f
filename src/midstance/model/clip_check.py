"""What a quick look says about a recording, before the long analysis."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

__all__ = ["CheckItem", "ClipCheck", "Fitness"]


class Fitness(StrEnum):
    """How fit a recording is, in one respect."""

    GOOD = "good"
    BETTER = "better"  # numbers can be had; they would be surer if this were better
    BAD = "bad"  # numbers that need it will be withheld


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing that was looked at.

    Parameters
    ----------
    key
        `file`, `upright`, `frame_rate`, `slow_motion`, `people`, `view`, `size`, `feet`, `tilt`, `activity`,
        `steps`; of a laboratory's file `file`, `markers`, `forces`, `frame_rate`.
    state
        How fit the recording is in this respect.
    sentence
        What was seen, with its numbers.
    remedy
        How to film better; empty where it is good.
    """

    key: str
    state: Fitness
    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class ClipCheck:
    """What a quick look says about a recording.

    Parameters
    ----------
    kind
        `video`, or `lab` for a laboratory's file.
    items
        What was looked at, in the order in which it is shown.
    frame_rate_hz, duration_s
        On the clock of the file.
    width_px, height_px
        Size of a picture as shown; None where there is none.
    codec
        Name of the video codec; empty where there is none.
    view
        `side`, `oblique`, `front`, `rear` or `unknown`.
    near_side
        The leg nearer to the camera in a view from the side.
    activity
        `running`, `walking`, `standing`, `on_the_spot` or `unclear`, as far as a quick look can tell.
    cadence_spm
        Steps per minute on the real clock; None where no rhythm was seen.
    slow_motion_factor
        What the clip is probably slowed by; 1 in real time.
    people
        How many people are in the picture.
    runner_px
        Height of the runner in the picture; None where nobody was seen.
    expected_steps
        Steps that the recording probably holds; None where no rhythm was seen.
    """

    kind: Literal["video", "lab"]
    items: tuple[CheckItem, ...]
    frame_rate_hz: float
    duration_s: float
    width_px: int | None = None
    height_px: int | None = None
    codec: str = ""
    view: Literal["side", "oblique", "front", "rear", "unknown"] = "unknown"
    near_side: Literal["left", "right"] | None = None
    activity: str = "unclear"
    cadence_spm: float | None = None
    slow_motion_factor: float = 1.0
    people: int = 0
    runner_px: float | None = None
    expected_steps: int | None = None

    @property
    def state(self) -> Fitness:
        """The worst state of all items."""
        states = [item.state for item in self.items]
        order = (Fitness.BAD, Fitness.BETTER)
        return next((state for state in order if state in states), Fitness.GOOD)

    def item(self, key: str) -> CheckItem | None:
        """Return one item, None where it was not looked at."""
        return next((item for item in self.items if item.key == key), None)
