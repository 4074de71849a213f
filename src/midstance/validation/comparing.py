"""One trial measured in two ways: the same steps and the same legs, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.model import CATALOGUE, SIDES, Contacts, Tier
from midstance.validation.agreement import matched

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from midstance.model import Analysis, Measure, Side, StepTable
    from midstance.validation.agreement import Matching
    from midstance.validation.trials import Entry

    Columns = dict[str, NDArray[np.float64]]

__all__ = ["Comparison", "LegMean", "Steps", "compared"]

_ENDS_S = 0.15  # of a recording, where a contact may be whole for one way and cut for the other
_REARFOOT_DEG, _FOREFOOT_DEG = 8.0, -1.6  # Altman & Davis 2012, doi 10.1016/j.gaitpost.2011.09.104
_STRIKE = "foot_strike_angle_deg"
_LOWEST = "lowest_mass"  # by force; the markers of the other analysis call theirs `mass`
_LOWEST_BY_MARKERS = "mass"
_SPEED_STEP_M_S = 0.5
_KNEE_PEAK = "knee_flexion_peak_deg"  # of no definition
_CHOSEN = ("midstance_s", "midstance_after_lowest_mass_s")


@dataclass(frozen=True, slots=True)
class LegMean:
    """The mean of one leg over a trial, in both ways.

    Parameters
    ----------
    key, side
        Which measure, and of which leg; `both` where it belongs to none.
    found, low, high
        Value and stated 95 % interval of the way under test.
    true
        Value of the way it is held against.
    """

    key: str
    side: str
    found: float
    low: float
    high: float
    true: float


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """The steps both ways found, in order of time.

    Parameters
    ----------
    side
        `left` or `right` (P,).
    found, true
        Columns (P,) by measure. Instants are counted from the true initial contact [s].
    """

    side: NDArray[np.str_]
    found: Columns
    true: Columns


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """One trial, measured in two ways.

    Parameters
    ----------
    trial, subject
        Name of its file, and who ran.
    speed_m_s
        Running speed [m/s].
    strike
        How each foot lands: `rearfoot`, `midfoot`, `forefoot` or `other`.
    steps
        The steps both ways found.
    legs
        Means over the trial.
    vouched, missed, invented
        By side: true contacts within what both ways could see, those of them not found, and found
        contacts that were none.
    """

    trial: str
    subject: str
    speed_m_s: float
    strike: Mapping[Side, str]
    steps: Steps
    legs: tuple[LegMean, ...]
    vouched: Mapping[Side, int]
    missed: Mapping[Side, int]
    invented: Mapping[Side, int]


def compared(
    entry: Entry,
    found: Analysis,
    true: Analysis,
    *,
    later_s: float = 0.0,
    put_in: Mapping[str, float] | None = None,
    sides: Sequence[Side] = SIDES,
) -> Comparison:
    """Hold one analysis of a trial against another.

    Parameters
    ----------
    entry
        The trial.
    found, true
        The analysis under test, and the one that is believed.
    later_s
        How much later the clock of `true` reads [s].
    put_in
        What is known to be added to a measure of `found`, by key; taken off.
    sides
        Which legs are compared.

    Returns
    -------
    Comparison
        Matched steps, means of each leg, and the contacts only one of them has.
    """
    pair = matched(_contacts(found, later_s, sides), _contacts(true, 0.0, sides), _span(found, true, later_s))
    known = dict(put_in or {})
    speed = entry.speed_m_s
    return Comparison(
        trial=entry.run.name,
        subject=entry.subject,
        speed_m_s=round(true.speed_m_s / _SPEED_STEP_M_S) * _SPEED_STEP_M_S if speed is None else speed,
        strike={side: entry.strike.get(side) or _strike(true, side) for side in SIDES},
        steps=_paired(found, true, pair, later_s, known, sides),
        legs=_legs(found, true, known, sides),
        vouched=_counts(_contacts(true, 0.0, sides), pair.vouched, sides),
        missed=_counts(_contacts(true, 0.0, sides), pair.missed, sides),
        invented=_counts(_contacts(found, 0.0, sides), pair.invented, sides),
    )


def _rows(analysis: Analysis, sides: Sequence[Side]) -> NDArray[np.int64]:
    """Return which steps belong to the sides asked for."""
    if analysis.steps is None:
        return np.empty(0, np.int64)
    return np.flatnonzero(np.isin(analysis.steps.contacts.side, list(sides)))


def _contacts(analysis: Analysis, later_s: float, sides: Sequence[Side]) -> Contacts:
    """Return the contacts of some sides on the other's clock; none where there are no steps."""
    if analysis.steps is None:
        return Contacts(np.empty(0, "<U5"), np.empty(0), np.empty(0))
    contacts, rows = analysis.steps.contacts, _rows(analysis, sides)
    return Contacts(
        contacts.side[rows],
        contacts.initial_contact_s[rows] + later_s,
        contacts.toe_off_s[rows] + later_s,
    )


def _span(found: Analysis, true: Analysis, later_s: float) -> tuple[float, float]:
    """Return what both recordings hold, less a little at either end [s]."""
    clocks = found.recording.time_s + later_s, true.recording.time_s
    first, last = max(clock[0] for clock in clocks), min(clock[-1] for clock in clocks)
    return float(first) + _ENDS_S, float(last) - _ENDS_S


def _counts(contacts: Contacts, rows: NDArray[np.int64], sides: Sequence[Side]) -> dict[Side, int]:
    return {side: int(np.sum(contacts.side[rows] == side)) for side in sides}


def _strike(analysis: Analysis, side: Side) -> str:
    """Return how a foot lands, by its mean foot-strike angle."""
    angle = next((m.estimate.value for m in analysis.measures if (m.key, m.side) == (_STRIKE, side)), np.nan)
    if not np.isfinite(angle):
        return "other"
    return "rearfoot" if angle > _REARFOOT_DEG else "forefoot" if angle < _FOREFOOT_DEG else "midfoot"


def _paired(
    found: Analysis,
    true: Analysis,
    pair: Matching,
    later_s: float,
    put_in: Mapping[str, float],
    sides: Sequence[Side],
) -> Steps:
    """Return the columns of the matched steps."""
    if found.steps is None or true.steps is None:
        return Steps(np.empty(0, "<U5"), {}, {})
    ours, theirs = _rows(found, sides)[pair.found], _rows(true, sides)[pair.true]
    zero_s = true.steps.contacts.initial_contact_s[theirs]
    one = _columns(found.steps, ours, zero_s - later_s)
    if _LOWEST_BY_MARKERS in found.steps.midstances.by_definition:
        lowest = found.steps.midstances.by_definition[_LOWEST_BY_MARKERS][ours]
        one.setdefault("lowest_mass_s", lowest - zero_s + later_s)
    other = _columns(true.steps, theirs, zero_s)
    if "lowest_mass_s" in other:
        one["midstance_after_lowest_mass_s"] = one["midstance_s"] - other["lowest_mass_s"]
        other["midstance_after_lowest_mass_s"] = np.zeros(len(theirs))  # so that the bias is the offset
    both = [name for name in other if name in one]
    if found.steps.midstances.definition != true.steps.midstances.definition:
        both = [name for name in both if name not in _CHOSEN and not _of_midstance(name)]
    return Steps(
        true.steps.contacts.side[theirs],
        {name: one[name] - put_in.get(name, 0.0) for name in both},
        {name: other[name] for name in both},
    )


def _of_midstance(name: str) -> bool:
    return name in CATALOGUE and CATALOGUE[name].group in {"answer", "midstance"} and name != _KNEE_PEAK


def _columns(steps: StepTable, rows: NDArray[np.int64], zero_s: NDArray[np.float64]) -> Columns:
    """Return every per-step number of some steps; instants count from `zero_s`."""
    by_definition = steps.midstances.by_definition
    instants = {
        "initial_contact_s": steps.contacts.initial_contact_s,
        "toe_off_s": steps.contacts.toe_off_s,
        "midstance_s": steps.midstances.time_s,
        **{f"midstance_{name}_s": by_definition[name] for name in sorted(by_definition) if name != _LOWEST},
    }
    if _LOWEST in by_definition:
        instants["lowest_mass_s"] = by_definition[_LOWEST]
    columns = {name: column[rows] - zero_s for name, column in instants.items()}
    return columns | {key: steps.values[key][rows] for key in CATALOGUE if key in steps.values}


def _legs(
    found: Analysis, true: Analysis, put_in: Mapping[str, float], sides: Sequence[Side]
) -> tuple[LegMean, ...]:
    """Return the means that both analyses give."""
    believed = {(m.key, m.side): m for m in true.measures if m.estimate.tier is not Tier.REFUSED}
    means = []
    for measure in found.measures:
        other = believed.get((measure.key, measure.side))
        given = measure.estimate
        if other is None or given.tier is Tier.REFUSED or measure.side not in {*sides, "both"}:
            continue
        off = put_in.get(measure.key, 0.0)
        value, low, high = given.value - off, given.low - off, given.high - off
        means.append(LegMean(measure.key, measure.side, value, low, high, _under(measure.definition, other)))
    return tuple(means)


def _under(definition: str, measure: Measure) -> float:
    """Return a number under a definition of midstance; NaN where it is not known under that one."""
    same = measure.definition == definition
    return measure.estimate.value if same else measure.by_definition.get(definition, float("nan"))
