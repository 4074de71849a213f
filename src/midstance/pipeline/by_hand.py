"""What a person corrected by hand, put into points and events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.errors import DataError
from midstance.model import (
    SIDES,
    Contacts,
    EventMoved,
    LegsExchanged,
    Midstances,
    PersonChosen,
    PointMoved,
    Side,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from midstance.gait import StancePhases
    from midstance.model import Correction, Sighting, Skeleton, Video

__all__ = ["ByHand", "Nudges", "chosen_person", "edited", "moved_steps"]

_NEAR_S = 0.12  # an event further away belongs to another step
_LEG = ("hip", "knee", "ankle", "heel", "toe")
_TURN = 2.0 * np.pi


@dataclass(frozen=True, slots=True, eq=False)
class ByHand:
    """What of a recording is set by hand.

    Parameters
    ----------
    points
        Which points of which sample were put where they are (T, K); None where none was.
    events
        Events that were moved, in the order in which that was done.
    """

    points: NDArray[np.bool_] | None = None
    events: tuple[EventMoved, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Nudges:
    """How far the mean instants of a side move by events that were moved in some of its steps [s].

    Parameters
    ----------
    seconds
        By event and side: the sum of the moves over the number of steps.
    """

    seconds: dict[tuple[str, str], float]

    def phase(self, event: str, side: Side, stride_time_s: float) -> float:
        """Return the shift of one mean instant [rad]."""
        return self.seconds.get((event, side), 0.0) / stride_time_s * _TURN

    def stance(self, found: StancePhases, stride_time_s: float) -> StancePhases:
        """Return the mean contacts with their instants shifted."""
        landing, leaving = (
            {side: phase + self.phase(event, side, stride_time_s) for side, phase in phases.items()}
            for event, phases in (("initial_contact", found.initial_contact), ("toe_off", found.toe_off))
        )
        return replace(found, initial_contact=landing, toe_off=leaving)


def chosen_person(
    corrections: Sequence[Correction],
) -> tuple[PersonChosen | None, tuple[Correction, ...]]:
    """Return the person chosen last, and the corrections that were made after that.

    Parameters
    ----------
    corrections
        In the order in which they were made. What was corrected before another person was chosen
        belongs to the first one and is left out.
    """
    for i in range(len(corrections) - 1, -1, -1):
        one = corrections[i]
        if isinstance(one, PersonChosen):
            return one, tuple(corrections[i + 1 :])
    return None, tuple(corrections)


def edited(
    recording: Video, sighting: Sighting, corrections: Sequence[Correction]
) -> tuple[Sighting, ByHand]:
    """Return the sighting with points moved and legs exchanged, and what is set by hand.

    Parameters
    ----------
    recording
        The video, on the same clock as the sighting.
    sighting
        What was seen; it stays as it is.
    corrections
        In the order in which they were made.

    Raises
    ------
    DataError
        If a correction names a frame or a point that is not there.
    """
    motion = sighting.motion
    points, confidence, spread = (
        array.copy() for array in (motion.points, motion.confidence, sighting.spread_px)
    )
    by_hand = np.zeros(confidence.shape, dtype=bool)
    for one in corrections:
        if isinstance(one, PointMoved):
            at = _sample(one.frame, recording, sighting), _point(one.point, motion.skeleton)
            points[at] = _place(one, recording)
            confidence[at], spread[at], by_hand[at] = 1.0, 0.0, True
        elif isinstance(one, LegsExchanged):
            rows = _span(one, recording, sighting)
            for array in (points, confidence, spread, by_hand):
                _exchange(array, rows, motion.skeleton)
    moved = replace(motion, points=points, confidence=confidence)
    events = tuple(one for one in corrections if isinstance(one, EventMoved))
    hand = ByHand(by_hand if by_hand.any() else None, events)
    return replace(sighting, motion=moved, spread_px=spread), hand


def _sample(frame: int, recording: Video, sighting: Sighting) -> int:
    """Return the row of a frame that was measured."""
    if not 0 <= frame < recording.frames:
        raise DataError(
            f"there is no frame {frame}", "correction", f"frames run from 0 to {recording.frames - 1}"
        )
    clock, wanted = sighting.motion.time_s, recording.time_s[frame]
    row = int(np.argmin(np.abs(clock - wanted)))
    nearest = int(np.argmin(np.abs(recording.time_s - clock[row])))
    if nearest != frame:
        what = f"frame {frame} was not measured, so that no point can be moved in it"
        raise DataError(what, "correction", f"move it in frame {nearest}, or analyse in full quality")
    return row


def _point(name: str, skeleton: Skeleton) -> int:
    if name not in skeleton.names:
        raise DataError(
            f"there is no point {name!r}", "correction", f"use one of {', '.join(skeleton.names)}"
        )
    return skeleton.index(name)


def _place(moved: PointMoved, recording: Video) -> tuple[float, float]:
    inside = 0 <= moved.x_px <= recording.width_px and 0 <= moved.y_px <= recording.height_px
    if not inside:
        what = f"({moved.x_px:.0f}, {moved.y_px:.0f}) lies outside the picture"
        size = f"{recording.width_px} × {recording.height_px} pixels"
        raise DataError(what, f"correction of {moved.point}", f"the picture has {size}")
    return moved.x_px, moved.y_px


def _span(exchanged: LegsExchanged, recording: Video, sighting: Sighting) -> NDArray[np.bool_]:
    """Return which samples lie in a span of frames (T,)."""
    first, last = exchanged.first_frame, exchanged.last_frame
    if not 0 <= first <= last < recording.frames:
        what = f"frames {first} to {last} are no span of a video with {recording.frames} frames"
        raise DataError(what, "correction", "name the first and the last frame of the span")
    clock = sighting.motion.time_s
    half = 0.5 * float(np.min(np.diff(recording.time_s))) if recording.frames > 1 else 1.0
    return np.asarray((clock > recording.time_s[first] - half) & (clock < recording.time_s[last] + half))


def _exchange(array: NDArray[Any], rows: NDArray[np.bool_], skeleton: Skeleton) -> None:
    """Exchange left and right leg in some rows of an array (T, K, …), in place."""
    left, right = ([skeleton.index(f"{side}_{part}") for part in _LEG] for side in SIDES)
    own = array[rows]
    own[:, left], own[:, right] = own[:, right], own[:, left].copy()
    array[rows] = own


def moved_steps(
    contacts: Contacts, midstances: Midstances, events: Sequence[EventMoved]
) -> tuple[Contacts, Midstances, Nudges]:
    """Return contacts and midstances with events moved, and what that does to their means.

    Parameters
    ----------
    contacts, midstances
        As found.
    events
        In the order in which they were moved: an event may be moved again from where it was put.

    Raises
    ------
    DataError
        If there is no such event, or the order within a step would break.
    """
    times = {
        "initial_contact": contacts.initial_contact_s.copy(),
        "midstance": midstances.time_s.copy(),
        "toe_off": contacts.toe_off_s.copy(),
    }
    found = {name: time_s.copy() for name, time_s in times.items()}
    for event in events:
        step = _step(event, contacts, times[event.event])
        times[event.event][step] = event.to_s
        _check_order(event, times, step)
    nudges: dict[tuple[str, str], float] = {
        (name, side): float(np.nansum((times[name] - found[name])[contacts.of(side)]))
        / max(int(contacts.of(side).sum()), 1)
        for name in times
        for side in SIDES
    }
    by = midstances.by_definition | {midstances.definition: times["midstance"]}
    return (
        _contacts(contacts, times),
        replace(midstances, time_s=times["midstance"], by_definition=by),
        Nudges(nudges),
    )


def _step(event: EventMoved, contacts: Contacts, time_s: NDArray[np.float64]) -> int:
    """Return which step an event belongs to."""
    away = np.where(contacts.of(event.side), np.abs(time_s - event.from_s), np.inf)
    away = np.where(np.isfinite(away), away, np.inf)
    if not len(away) or away.min() > _NEAR_S:
        name = event.event.replace("_", " ")
        what = f"no {name} of the {event.side} foot was found near {event.from_s:.3f} s"
        raise DataError(what, "correction", "choose one of the steps in the table")
    return int(np.argmin(away))


def _check_order(event: EventMoved, times: dict[str, NDArray[np.float64]], step: int) -> None:
    landing, middle, leaving = (times[name][step] for name in ("initial_contact", "midstance", "toe_off"))
    in_order = landing < leaving and not (middle <= landing or middle >= leaving)
    if not in_order:
        name = event.event.replace("_", " ")
        what = (
            f"with {name} at {event.to_s:.3f} s the step would land at {landing:.3f} s, be at midstance at "
            f"{middle:.3f} s and leave at {leaving:.3f} s"
        )
        raise DataError(what, f"{event.side} foot", "keep landing, midstance and take-off in this order")


def _contacts(contacts: Contacts, times: dict[str, NDArray[np.float64]]) -> Contacts:
    try:
        return Contacts(contacts.side, times["initial_contact"], times["toe_off"])
    except ValueError as error:
        what = f"the steps would run into each other: {error}"
        raise DataError(what, "correction", "move the event less far") from error
