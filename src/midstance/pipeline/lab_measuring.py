"""From the steps of a laboratory recording to numbers: the step table and every measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance import findings, gait, kinematics, uncertainty
from midstance.model import CATALOGUE, SIDES, Estimate, MeanStride, Measure, Side, StepTable, Tier
from midstance.numerics import Curves, finite_median
from midstance.pipeline import doubts
from midstance.pipeline.lab_spans import stride_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from midstance.model import Issue
    from midstance.pipeline.lab_placing import LabBody
    from midstance.pipeline.lab_steps import LabSteps

    Columns = dict[str, NDArray[np.float64]]

__all__ = ["lab_measures", "lab_strides", "lab_table"]

_HIP = "hip_over_ankle_at_midstance_m"
_STANDING = "hip_over_ankle_relative_to_standing_m"
_NO_STATIC = "no standing trial was given"
_OF_MIDSTANCE = ("answer", "midstance")
_AT_MIDSTANCE = {
    "pelvic_obliquity_at_midstance_deg": "pelvic_obliquity_deg",
    "pelvic_rotation_at_midstance_deg": "pelvic_rotation_deg",
}
_SEEN = 0.9


def lab_table(body: LabBody, found: LabSteps, speed_m_s: float) -> StepTable:
    """Return one row per step, every number read at its own instants.

    Parameters
    ----------
    body, found
        The runner and the steps.
    speed_m_s
        Running speed [m/s]; NaN if unknown.
    """
    contacts, midstances = found.contacts, found.midstances
    curves = Curves(body.signals.time_s, body.signals.values)
    columns: Columns = gait.spatiotemporal_columns(
        contacts, midstances.time_s, _stride_time_s(found), speed_m_s
    )
    keys = [
        *kinematics.READINGS,
        "hip_over_ankle_at_midstance_percent",
        *_AT_MIDSTANCE,
        "pelvic_drop_peak_deg",
    ]
    columns |= {key: np.full(len(contacts), np.nan) for key in keys}
    names = body.signals.names

    def read(name: str, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        return curves(time_s, names.index(name))

    for side in SIDES:
        own = contacts.of(side)
        if not own.any():
            continue
        instants = {
            "initial_contact": contacts.initial_contact_s[own],
            "midstance": midstances.time_s[own],
            "knee_peak": midstances.by_definition["knee"][own],
        }
        flat = body.centres.standing.foot_pitch_deg[side]
        if not np.isfinite(flat):
            flat = kinematics.flat_foot_deg(read, side, instants["initial_contact"], contacts.toe_off_s[own])
        values = kinematics.leg_readings(read, side, instants, body.leg_m[side], flat)
        values |= {key: read(f"{side}_{name}", instants["midstance"]) for key, name in _AT_MIDSTANCE.items()}
        values["pelvic_drop_peak_deg"] = _peaks(
            body, f"{side}_pelvic_obliquity_deg", instants["initial_contact"], contacts.toe_off_s[own]
        )
        for key, value in values.items():
            columns[key][own] = value
    units = {key: CATALOGUE[key].unit for key in columns}
    return StepTable(contacts, midstances, columns, units, _complete(body, found))


def _stride_time_s(found: LabSteps) -> float:
    """Return the mean stride time [s], NaN where there is less than a stride."""
    if found.locked is not None:
        return found.locked.stride_time_s
    strides = [np.diff(found.contacts.initial_contact_s[found.contacts.of(side)]) for side in SIDES]
    return finite_median(np.concatenate(strides))


def _peaks(
    body: LabBody, name: str, start: NDArray[np.float64], stop: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the largest value of a curve in each contact (N,)."""
    curve, clock = body.signals.curve(name), body.signals.time_s
    spans = zip(np.searchsorted(clock, start), np.searchsorted(clock, stop), strict=True)
    parts = [curve[low:high] for low, high in spans]
    return np.array([np.nanmax(part) if np.isfinite(part).any() else np.nan for part in parts])


def _complete(body: LabBody, found: LabSteps) -> NDArray[np.bool_]:
    """Tell for each contact whether its leg was seen nearly all the time (N,)."""
    clock = body.signals.time_s
    complete = np.zeros(len(found.contacts), dtype=bool)
    for i, side in enumerate(found.contacts.side):
        inside = (clock >= found.contacts.initial_contact_s[i]) & (clock < found.contacts.toe_off_s[i])
        seen = np.isfinite(body.signals.curve(f"{side}_hip_over_ankle_m")[inside])
        complete[i] = len(seen) > 0 and float(seen.mean()) >= _SEEN
    return complete & np.isfinite(found.midstances.time_s)


def lab_strides(found: LabSteps) -> tuple[MeanStride, ...]:
    """Return the mean stride of each leg; none where the recording holds less than two strides.

    Parameters
    ----------
    found
        The steps.
    """
    if found.locked is None or found.stance is None:
        return ()
    return tuple(
        gait.mean_stride(found.locked, found.stance, side, _midstance_rad(found, found.stance, side))
        for side in SIDES
    )


def _midstance_rad(found: LabSteps, stance: gait.StancePhases, side: Side) -> float:
    own = found.contacts.of(side)
    part = (found.midstances.time_s - found.contacts.initial_contact_s)[own] / found.contacts.duration_s[own]
    return stance.initial_contact[side] + finite_median(part) * (
        stance.toe_off[side] - stance.initial_contact[side]
    )


def lab_measures(
    body: LabBody, found: LabSteps, steps: StepTable, speed_m_s: float, issues: tuple[Issue, ...]
) -> tuple[Measure, ...]:
    """Return every measure of the catalogue: a mean over steps with its interval, or why not.

    Parameters
    ----------
    body, found, steps
        The runner, the steps and their table.
    speed_m_s
        Running speed [m/s]; NaN if unknown.
    issues
        Doubts, of which refusals withhold numbers.
    """
    numbers = stride_numbers(body, found, speed_m_s)
    return tuple(
        _measure(key, side, body, found, steps, numbers, speed_m_s, issues)
        for key, metric in CATALOGUE.items()
        for side in (SIDES if metric.sided else ("both",))
    )


def _measure(
    key: str,
    side: str,
    body: LabBody,
    found: LabSteps,
    steps: StepTable,
    numbers: Mapping[str, NDArray[np.float64]],
    speed_m_s: float,
    issues: tuple[Issue, ...],
) -> Measure:
    metric = CATALOGUE[key]
    definition = steps.midstances.definition if metric.group in _OF_MIDSTANCE else ""
    if reason := doubts.withheld(key, issues):
        return Measure(key, side, Estimate.refused(metric.unit, reason), definition)
    rows = steps.complete & (steps.contacts.side == side)
    shift = body.centres.standing.hip_over_ankle_m["left" if side == "left" else "right"]
    if key == _STANDING and not np.isfinite(shift):
        return Measure(key, side, Estimate.refused(metric.unit, _NO_STATIC), definition)
    source = _HIP if key == _STANDING else key
    values = np.asarray(steps.values[source][rows] if source in steps.values else numbers[key])
    values = values - shift if key == _STANDING else values
    estimate = uncertainty.lab_interval(key, values, _doubts(key, side, body, found), _method(found))
    if estimate.tier is Tier.REFUSED:
        return Measure(key, side, estimate, definition)
    return Measure(
        key,
        side,
        estimate,
        definition,
        _typical_frame(steps, key, estimate.value, rows, body) if source in steps.values else None,
        findings.percentile(key, definition, estimate.value, speed_m_s),
        _by_definition(body, steps, "left" if side == "left" else "right", rows) if key == _HIP else {},
        findings.strike_words(estimate) if key == "foot_strike_angle_deg" else "",
    )


def _method(found: LabSteps) -> str:
    return f"mean over steps, contacts from {found.contacts_from}"


def _doubts(key: str, side: str, body: LabBody, found: LabSteps) -> uncertainty.LabDoubts:
    static = bool(body.static)
    if key not in kinematics.READINGS:
        return uncertainty.LabDoubts(static)
    curve, at = kinematics.READINGS[key]
    instants = {
        "initial_contact": found.contacts.initial_contact_s,
        "midstance": found.midstances.time_s,
    }.get(at)
    if instants is None:
        return uncertainty.LabDoubts(static)
    own = instants[found.contacts.side == side]
    own = own[np.isfinite(own)]
    speed = np.gradient(body.signals.curve(f"{side}_{curve}"), body.signals.time_s)
    slope = finite_median(np.interp(own, body.signals.time_s, speed))
    timing = _TIMING_SD_S[at] * (1.0 if found.contacts_from == "markers" or at == "midstance" else 0.5)
    return uncertainty.LabDoubts(static, slope if np.isfinite(slope) else 0.0, timing)


_TIMING_SD_S = {"initial_contact": 0.003, "midstance": 0.002}


def _typical_frame(
    steps: StepTable, key: str, value: float, rows: NDArray[np.bool_], body: LabBody
) -> int | None:
    """Return the sample nearest to the instant of the step nearest to the reported value."""
    column = np.where(rows, steps.values.get(key, np.full(len(rows), np.nan)), np.nan)
    if not np.isfinite(column).any():
        return None
    step = int(np.nanargmin(np.abs(column - value)))
    instant = (
        steps.midstances.time_s if CATALOGUE[key].group in _OF_MIDSTANCE else steps.contacts.initial_contact_s
    )
    return int(np.argmin(np.abs(body.trial.time_s - instant[step])))


def _by_definition(body: LabBody, steps: StepTable, side: Side, rows: NDArray[np.bool_]) -> dict[str, float]:
    """Return the mean hip over ankle [m] at midstance by every definition but its own crossing."""
    curve = body.signals.curve(f"{side}_hip_over_ankle_m")
    curves = Curves(body.signals.time_s, curve[:, None])
    values = {}
    for name, instants in steps.midstances.by_definition.items():
        seen = rows & np.isfinite(instants)
        if name != "hip_crossing" and seen.any():
            values[name] = float(np.nanmean(curves(instants[seen], 0)))
    return values
