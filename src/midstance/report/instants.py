"""What a recording shows at one instant: points, reading, foot on the ground, event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from midstance.model import SIDES, Side, Tier

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Analysis, StepTable

__all__ = [
    "Event",
    "events",
    "given",
    "near_side",
    "nearest_frame",
    "points_at",
    "roll_deg",
    "standing_foot",
    "value_at",
]

Moment = Literal["contact", "midstance", "toe-off"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens to one foot.

    Parameters
    ----------
    time_s
        When, on the real clock [s].
    side
        To which foot.
    moment
        `contact`, `midstance` or `toe-off`.
    step
        Row of the step table.
    """

    time_s: float
    side: Side
    moment: Moment
    step: int


def events(steps: StepTable | None) -> tuple[Event, ...]:
    """Return every contact, midstance and toe-off, sorted by time; unknown ones are left out."""
    if steps is None:
        return ()
    columns: tuple[tuple[Moment, NDArray[np.float64]], ...] = (
        ("contact", steps.contacts.initial_contact_s),
        ("midstance", steps.midstances.time_s),
        ("toe-off", steps.contacts.toe_off_s),
    )
    found = [
        Event(float(times[step]), side, moment, int(step))
        for moment, times in columns
        for side in SIDES
        for step in np.flatnonzero(steps.contacts.of(side) & np.isfinite(times))
    ]
    return tuple(sorted(found, key=lambda event: event.time_s))


def near_side(analysis: Analysis) -> Side:
    """Return the side nearer to the camera; without a camera the right one, left where it is not known."""
    if analysis.volume is not None:
        return "right"
    return analysis.scene.near_side if analysis.scene else "left"


def given(analysis: Analysis, key: str, side: Side) -> bool:
    """Tell whether a number is given for a leg: what is refused is not shown elsewhere either."""
    return any(
        (m.key, m.side) == (key, side) and m.estimate.tier is not Tier.REFUSED for m in analysis.measures
    )


def roll_deg(analysis: Analysis) -> float:
    """Return the angle of true vertical in the picture [deg], 0 where it is not known."""
    known = analysis.scene is not None and np.isfinite(analysis.scene.roll_deg)
    return analysis.scene.roll_deg if analysis.scene and known else 0.0


def nearest_frame(analysis: Analysis, time_s: float) -> int:
    """Return the video frame nearest to a time."""
    clock = analysis.recording.time_s
    return int(np.searchsorted((clock[1:] + clock[:-1]) / 2, time_s))


def points_at(analysis: Analysis, time_s: float) -> NDArray[np.float64]:
    """Return the points (K, 2) [px] of the sample nearest to a time, NaN if none is near."""
    motion = analysis.image_motion
    clock = motion.time_s
    if not len(clock):
        return np.full((len(motion.skeleton.names), 2), np.nan)
    row = int(np.searchsorted((clock[1:] + clock[:-1]) / 2, time_s))
    near = 0.75 / motion.rate_hz if len(clock) > 1 else np.inf
    points = motion.points[row, :, :2]
    return points if abs(clock[row] - time_s) <= near else np.full_like(points, np.nan)


def value_at(analysis: Analysis, name: str, time_s: float) -> float:
    """Return a curve at a time, between its samples; NaN where there is none."""
    signals = analysis.signals
    if signals is None or name not in signals.names:
        return float("nan")
    return float(np.interp(time_s, signals.time_s, signals.curve(name), left=np.nan, right=np.nan))


def standing_foot(steps: StepTable | None, time_s: float) -> tuple[Side, int] | None:
    """Return which foot is on the ground at a time, and in which step; the later one if both are."""
    if steps is None:
        return None
    contacts = steps.contacts
    on = np.flatnonzero((contacts.initial_contact_s <= time_s) & (time_s < contacts.toe_off_s))
    if not len(on):
        return None
    step = int(on[-1])
    return ("left" if contacts.side[step] == "left" else "right"), step
