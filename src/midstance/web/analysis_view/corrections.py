"""Corrections made by hand, in words and with the frame where they can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from midstance import formats
from midstance.model import EventMoved, LegsExchanged, PersonChosen, PointMoved

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from midstance.model import Correction

__all__ = ["CorrectionShown", "corrections_shown"]

_EVENTS = {"initial_contact": "first contact", "midstance": "midstance", "toe_off": "toe-off"}


@dataclass(frozen=True, slots=True)
class CorrectionShown:
    """One correction as shown.

    Parameters
    ----------
    words
        What was done.
    frame
        Where it can be seen; None where only the time is known.
    """

    words: str
    frame: int | None


def corrections_shown(records: Iterable[Mapping[str, Any]]) -> list[CorrectionShown]:
    """Return corrections as the store keeps them, in words.

    Parameters
    ----------
    records
        As `midstance.formats.correction_record` gives them.

    Returns
    -------
    list of CorrectionShown
        In the same order.
    """
    return [_shown(formats.read_correction(record)) for record in records]


def _shown(correction: Correction) -> CorrectionShown:
    match correction:
        case PointMoved(frame=frame, point=point):
            return CorrectionShown(f"{point.replace('_', ' ').capitalize()} moved in frame {frame}", frame)
        case LegsExchanged(first_frame=first, last_frame=last):
            return CorrectionShown(f"Legs exchanged in frames {first} to {last}", first)
        case EventMoved(side=side, event=event, from_s=start, to_s=end):
            shift = f"{abs(1000 * (end - start)):.0f} ms {'later' if end > start else 'earlier'}"
            return CorrectionShown(f"{side.capitalize()} {_EVENTS[event]} at {start:.3f} s put {shift}", None)
        case PersonChosen(frame=frame):
            return CorrectionShown(f"Another person followed, shown in frame {frame}", frame)
