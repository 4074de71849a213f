"""What a person corrected by hand in an analysis; the original is always kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from midstance.model.skeleton import Side

__all__ = ["Correction", "EventMoved", "EventName", "LegsExchanged", "PersonChosen", "PointMoved"]

EventName = Literal["initial_contact", "midstance", "toe_off"]


@dataclass(frozen=True, slots=True)
class PointMoved:
    """A point put elsewhere in one frame.

    Parameters
    ----------
    frame
        Index of the frame, from 0.
    point
        Name of the point, as in the skeleton.
    x_px, y_px
        Where it belongs, in the picture as shown: x right, y down [px].
    """

    frame: int
    point: str
    x_px: float
    y_px: float


@dataclass(frozen=True, slots=True)
class LegsExchanged:
    """Left and right legs exchanged over a span of frames.

    Parameters
    ----------
    first_frame, last_frame
        The span, both ends included.
    """

    first_frame: int
    last_frame: int


@dataclass(frozen=True, slots=True)
class EventMoved:
    """One event of one step put at another time.

    Parameters
    ----------
    side
        Whose foot.
    event
        `initial_contact`, `midstance` or `toe_off`.
    from_s
        Where it was found, on the real clock [s]; names the step.
    to_s
        Where it belongs [s].
    """

    side: Side
    event: EventName
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class PersonChosen:
    """Another person to follow.

    Parameters
    ----------
    frame
        A frame in which the person is seen.
    x_px, y_px
        A point on that person, in the picture as shown [px].
    """

    frame: int
    x_px: float
    y_px: float


Correction = PointMoved | LegsExchanged | EventMoved | PersonChosen
"""Anything a person can correct by hand."""
