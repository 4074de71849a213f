"""Lanes of the time line: what each shows of one quantity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

__all__ = ["Amount", "AmountLane", "Lane", "Reading", "ReadingLane"]

Side = Literal["left", "right", "both"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One number with its interval, in the unit shown.

    Parameters
    ----------
    when
        When it was measured.
    side
        `left`, `right` or `both`.
    value, low, high
        The number and its interval.
    address
        Page on which it can be seen.
    words
        What it says to who cannot see the drawing.
    """

    when: datetime
    side: Side
    value: float
    low: float
    high: float
    address: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReadingLane:
    """Numbers with their intervals, one colour a leg.

    Parameters
    ----------
    title, unit
        What is shown, in what unit.
    readings
        The numbers, in the order of time.
    usual
        Range of healthy runners; None where there is none.
    zero
        Whether there is a line at zero.
    height
        Height [px].
    """

    title: str
    unit: str
    readings: Sequence[Reading]
    usual: tuple[float, float] | None = None
    zero: bool = False
    height: float = 96.0


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of a day, or of some days.

    Parameters
    ----------
    first, last
        The days it belongs to, both included.
    value
        How much.
    """

    first: date
    last: date
    value: float


@dataclass(frozen=True, slots=True)
class AmountLane:
    """Amounts as bars, or ratings as stems.

    Parameters
    ----------
    title, unit
        What is shown, in what unit.
    amounts
        In the order of time.
    top
        End of the axis; None for the largest amount.
    kind
        `bars` for amounts, `stems` for ratings, where none at all is drawn too.
    height
        Height [px].
    """

    title: str
    unit: str
    amounts: Sequence[Amount]
    top: float | None = None
    kind: Literal["bars", "stems"] = "bars"
    height: float = 76.0


Lane = ReadingLane | AmountLane
"""Any lane."""
