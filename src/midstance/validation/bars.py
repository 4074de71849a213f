"""What the laboratory truth asks for, and whether it is met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.validation.records import Row

__all__ = ["BARS", "Bar", "Verdict", "judged"]

_HIP = "hip_over_ankle_at_midstance_m"
_OTHERS = ("strike=midfoot", "strike=forefoot", "strike=other")
_ALL = ("all",)
_MILLI = 1000.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One number to reach.

    Parameters
    ----------
    words
        What it is about.
    measure, groups
        The rows it is read from; several groups are pooled by their number of pairs.
    statistic
        `bias` and `sd` are read from the rows; `n` pairs of a count hold it in `bias`.
    limit
        Largest size allowed, in `shown` units.
    shown, factor
        Unit for people, and how many of it make one of the row's.
    """

    words: str
    measure: str
    groups: tuple[str, ...]
    statistic: Literal["bias", "sd"]
    limit: float
    shown: str = "ms"
    factor: float = _MILLI


BARS: tuple[Bar, ...] = (
    Bar("Initial contact, rearfoot", "initial_contact_s", ("strike=rearfoot",), "bias", 2.0),
    Bar("Initial contact, other strikes", "initial_contact_s", _OTHERS, "bias", 2.0),
    Bar("Initial contact", "initial_contact_s", _ALL, "sd", 5.0),
    Bar("Toe-off", "toe_off_s", _ALL, "bias", 3.0),
    Bar("Toe-off", "toe_off_s", _ALL, "sd", 6.0),
    Bar("Lowest centre of mass, markers alone", "lowest_mass_s", _ALL, "bias", 3.0),
    Bar("Lowest centre of mass, markers alone", "lowest_mass_s", _ALL, "sd", 5.0),
    Bar("Hip over ankle, per step", _HIP, _ALL, "bias", 2.0, "mm"),
    Bar("Hip over ankle, per step", _HIP, _ALL, "sd", 8.0, "mm"),
    Bar("Hip over ankle, mean of 20 steps", _HIP, ("all/mean_of_20",), "sd", 3.0, "mm"),
    Bar("Contacts missed", "contacts_missed", _ALL, "bias", 0.0, "", 1.0),
    Bar("Contacts invented", "contacts_invented", _ALL, "bias", 0.0, "", 1.0),
    Bar("Hip over ankle, low-pass 10 instead of 20 Hz", _HIP, ("low_pass=10-20",), "bias", 3.0, "mm"),
    Bar("As video, 60 fps: hip over ankle, mean of all steps", _HIP, ("fps=60",), "bias", 5.0, "mm"),
    Bar("As video, 60 fps: hip over ankle, mean of all steps", _HIP, ("fps=60",), "sd", 5.0, "mm"),
    Bar("As video, 30 fps: hip over ankle, mean of all steps", _HIP, ("fps=30",), "sd", 10.0, "mm"),
)
"""The numbers to reach on the treadmill trials, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A number to reach and the number that was reached.

    Parameters
    ----------
    bar
        What was asked.
    value
        What was found, in the bar's shown unit; signed where it is a bias.
    n
        How many pairs it rests on.
    holds
        Whether it is met.
    """

    bar: Bar
    value: float
    n: int
    holds: bool


def judged(rows: Sequence[Row]) -> list[Verdict]:
    """Return the verdict on every bar there are rows for.

    Parameters
    ----------
    rows
        Of a validation.

    Returns
    -------
    list of Verdict
        In the order of `BARS`; bars without rows are left out.
    """
    by_name = {(row.measure, row.group): row for row in rows}
    verdicts = []
    for bar in BARS:
        own = [by_name[bar.measure, group] for group in bar.groups if (bar.measure, group) in by_name]
        own = [row for row in own if row.n]
        if own:
            verdicts.append(_verdict(bar, own))
    return verdicts


def _verdict(bar: Bar, rows: Sequence[Row]) -> Verdict:
    n = np.array([row.n for row in rows], np.float64)
    value = float(n @ [getattr(row, bar.statistic) for row in rows] / n.sum()) * bar.factor
    return Verdict(bar, value, int(n.sum()), bool(abs(value) <= bar.limit))
