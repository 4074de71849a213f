"""The numbers of the mean stride, and how much they would change with other strides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance import gait, kinematics, uncertainty
from midstance.errors import DataError
from midstance.model import SIDES, Side, opposite

if TYPE_CHECKING:
    from midstance.pipeline.by_hand import Nudges
    from midstance.pipeline.placing import Gait
    from midstance.settings import Settings

__all__ = ["Pooled", "pooled", "spreads"]

_TURN = 2.0 * np.pi
_MOST_GROUPS = 8
_AT_MIDSTANCE = ("midstance_m", "midstance_deg", "midstance_percent")

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """Numbers by (key, side): values, their rate of change with time [unit/s], timing [s], definitions.

    `midstance` holds the phase of midstance of each side [rad].
    """

    values: dict[Key, float]
    slopes: dict[Key, float]
    timing_sd_s: dict[Key, float]
    by_definition: dict[Key, dict[str, float]]
    midstance: dict[Side, float]


def pooled(
    locked: gait.LockedStride,
    leg_m: dict[Side, float],
    settings: Settings,
    speed_m_s: float,
    network_side: Side | None,
    nudges: Nudges | None = None,
) -> Pooled:
    """Read every measure from the mean stride.

    Parameters
    ----------
    locked
        All samples pooled by phase.
    leg_m
        Leg length by side [m].
    settings
        Which contact rules and which definition of midstance.
    speed_m_s
        Running speed [m/s], NaN if unknown.
    network_side
        Which leg is nearer to the camera; None for points that no network gave.
    nudges
        How far events moved by hand shift the mean instants.
    """
    lags_s = uncertainty.midstance_lags_s(network_side)
    found = settings.contacts(locked, leg_m)
    stance = nudges.stance(found, locked.stride_time_s) if nudges else found
    result = Pooled(_of_both(locked, speed_m_s), {}, {}, {}, {})
    for side in SIDES:
        phases = gait.midstance_phases(locked, found, side, settings.midstance.harmonics, lags_s[side])
        if nudges:
            phases[settings.midstance.definition] += nudges.phase("midstance", side, locked.stride_time_s)
        peak = phases["knee"] + lags_s[side].get("knee", 0.0) / locked.stride_time_s * _TURN
        result.midstance[side] = phases[settings.midstance.definition]
        _read_leg(result, locked, stance, side, phases, peak, leg_m[side])
        _shift(result, side, network_side)
        _read_times(result, locked, stance, side, phases, speed_m_s)
    return result


def _of_both(locked: gait.LockedStride, speed_m_s: float) -> dict[Key, float]:
    stride = np.linspace(0.0, _TURN, 100, endpoint=False)
    return {
        ("cadence_spm", "both"): gait.cadence_spm(locked),
        ("speed_m_s", "both"): speed_m_s,
        ("vertical_oscillation_m", "both"): gait.vertical_oscillation_m(locked),
        ("trunk_lean_deg", "both"): float(np.mean(locked.mean("trunk_lean_deg", stride))),
    }


def _read_leg(
    result: Pooled,
    locked: gait.LockedStride,
    stance: gait.StancePhases,
    side: Side,
    phases: dict[str, float],
    knee_peak: float,
    leg_m: float,
) -> None:
    def read(name: str, phase: np.ndarray) -> np.ndarray:
        return locked.mean(name, phase)

    landing, leaving = np.array([stance.initial_contact[side]]), np.array([stance.toe_off[side]])
    flat = kinematics.flat_foot_deg(read, side, landing, leaving)
    for definition, phase in phases.items():
        instants = {
            "initial_contact": landing,
            "midstance": np.array([phase]),
            "knee_peak": np.array([knee_peak]),
        }
        values = kinematics.leg_readings(read, side, instants, leg_m, flat)
        for key, value in values.items():
            if key.endswith(_AT_MIDSTANCE) and definition != "hip_crossing":
                result.by_definition.setdefault((key, side), {})[definition] = float(value[0])
            if phase == result.midstance[side]:
                result.values[key, side] = float(value[0])
    _read_slopes(result, locked, stance, side)


def _shift(result: Pooled, side: Side, network_side: Side | None) -> None:
    """Take off what is known to be wrong with each measure on average."""
    for key in [key for key, own in result.values if own == side]:
        shift = uncertainty.known_shift(key, side, network_side)
        result.values[key, side] += shift
        others = result.by_definition.get((key, side), {})
        others.update({name: value + shift for name, value in others.items()})


def _read_slopes(result: Pooled, locked: gait.LockedStride, stance: gait.StancePhases, side: Side) -> None:
    """Put in how fast each reading changes with its instant, and how sure that instant is."""
    landing_sd = np.hypot(stance.sd_s["initial_contact"], 0.5 * stance.agreement_s[f"{side}_initial_contact"])
    known = {
        "initial_contact": (stance.initial_contact[side], float(landing_sd)),
        "midstance": (result.midstance[side], float(uncertainty.error_model()["midstance_timing_sd_s"])),
    }
    for key, (curve, at) in kinematics.READINGS.items():
        if at in known:
            phase, sd = known[at]
            result.slopes[key, side] = float(locked.mean(f"{side}_{curve}", phase, 1)[0])
            result.timing_sd_s[key, side] = sd


def _read_times(
    result: Pooled,
    locked: gait.LockedStride,
    stance: gait.StancePhases,
    side: Side,
    phases: dict[str, float],
    speed_m_s: float,
) -> None:
    seconds = locked.stride_time_s / _TURN
    other = opposite(side)
    contact = stance.toe_off[side] - stance.initial_contact[side]
    to_next = (stance.initial_contact[other] - stance.initial_contact[side]) % _TURN
    result.values["contact_time_s", side] = contact * seconds
    result.values["flight_time_s", side] = (to_next - contact) * seconds
    result.values["duty_factor", side] = contact / _TURN
    result.values["step_length_m", side] = speed_m_s * to_next * seconds
    middle = result.midstance[side] - stance.initial_contact[side]
    result.values["midstance_percent_contact", side] = 100.0 * middle / contact
    result.by_definition["midstance_percent_contact", side] = {
        name: 100.0 * (phase - stance.initial_contact[side]) / contact for name, phase in phases.items()
    }


def spreads(
    walk: Gait,
    settings: Settings,
    speed_m_s: float,
    network_side: Side | None,
    nudges: Nudges | None = None,
) -> dict[Key, float]:
    """Return the standard error of every number, by leaving out groups of strides.

    Parameters
    ----------
    walk
        The gait.
    settings, speed_m_s, network_side, nudges
        As in `pooled`.
    """
    locked = walk.locked
    groups = int(np.clip(np.floor(locked.strides), 0, _MOST_GROUPS))
    turn = np.floor((locked.phase - locked.phase[0]) / _TURN).astype(int)
    names = locked.signals.names

    def without(group: int) -> dict[Key, float]:
        kept = turn % groups != group
        try:
            part = locked.refit(kept, names)
            numbers = pooled(part, walk.leg_m, settings, speed_m_s, network_side, nudges)
        except DataError:
            return {}
        return numbers.values

    return uncertainty.jackknife_sd(without, groups)
