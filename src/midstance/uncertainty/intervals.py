"""From a number and everything that can be wrong with it to an honest interval."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from midstance.model import CATALOGUE, SIDES, Estimate, Side, Signals, Tier
from midstance.numerics import t_quantile

__all__ = [
    "Doubts",
    "corrected",
    "correction_words",
    "error_model",
    "interval",
    "known_shift",
    "midstance_lags_s",
]

_NORMAL = 1.96
_CURVE_OF = {
    "hip_over_ankle_at_midstance_m": "hip_over_ankle_m",
    "hip_over_ankle_at_midstance_deg": "hip_over_ankle_deg",
    "hip_over_midfoot_at_midstance_m": "hip_over_midfoot_m",
    "overstride_m": "ankle_ahead_of_hip_m",
    "shank_angle_at_contact_deg": "shank_angle_deg",
    "trunk_lean_deg": "trunk_lean_deg",
}


@cache
def error_model() -> dict[str, Any]:
    """Return the error model shipped as data: systematic spread of every measure, and its source."""
    text = resources.files("midstance.uncertainty").joinpath("data/error_model.json").read_text("utf-8")
    return dict(json.loads(text))


def corrected(signals: Signals, network_side: Side | None, leg_m: float) -> Signals:
    """Return the curves less what is wrong with them on average.

    Parameters
    ----------
    signals
        Curves made from key points of a video.
    network_side
        Which leg is nearer to the camera; None for points that no network gave: they stay as they are.
    leg_m
        Length of thigh plus shank as seen [m]: lengths are shifted in proportion to it.

    Returns
    -------
    Signals
        The curves named in the error model's `corrections`, shifted by them.
    """
    if network_side is None:
        return signals
    known = error_model()["corrections"]
    shift_of = dict(known["both"])
    for side in SIDES:
        leg = known["near" if side == network_side else "far"]
        shift_of |= {f"{side}_{name}": shift for name, shift in leg.items()}
    size = leg_m / error_model()["corrections_leg_m"]
    shifts = np.array(
        [
            shift_of.get(name, 0.0) * (size if unit == "m" else 1.0)
            for name, unit in zip(signals.names, signals.units, strict=True)
        ]
    )
    return replace(signals, values=signals.values + shifts)


def midstance_lags_s(network_side: Side | None) -> dict[Side, dict[str, float]]:
    """Return how late key points put definitions of midstance on average, by side [s].

    Parameters
    ----------
    network_side
        Which leg is nearer to the camera; None for points that no network gave.

    Returns
    -------
    dict
        Side → name of the definition → lag [s], + late.
    """
    if network_side is None:
        return {side: {} for side in SIDES}
    lags = error_model()["midstance_lags_s"]
    return {side: dict(lags["near" if side == network_side else "far"]) for side in SIDES}


def known_shift(key: str, side: Side, network_side: Side | None) -> float:
    """Return what is added to a measure because its points are known to be wrong on average.

    Parameters
    ----------
    key
        Measure of the catalogue.
    side
        Its leg.
    network_side
        Which leg is nearer to the camera; None for points that no network gave.

    Returns
    -------
    float
        In the catalogue's unit; 0 for measures that are right on average, or whose curve is shifted.
    """
    if network_side is None:
        return 0.0
    known = error_model()["measure_corrections"]
    return float(known["near" if side == network_side else "far"].get(key, 0.0))


def correction_words(key: str, side: str, network_side: Side | None) -> str:
    """Return what is known to be wrong with a measure on average and was put right, in words.

    Parameters
    ----------
    key
        Measure of the catalogue.
    side
        Its leg, or `both`.
    network_side
        Which leg is nearer to the camera; None for points that no network gave.

    Returns
    -------
    str
        How much was added or taken off, and how sure that is; empty where nothing was.
    """
    if network_side is None:
        return ""
    leg = "both" if side == "both" else "near" if side == network_side else "far"
    model = error_model()
    shift = model["corrections"][leg].get(_CURVE_OF.get(key, ""), 0.0)
    shift += model["measure_corrections"].get(leg, {}).get(key, 0.0)
    if not shift:
        return ""
    sure = _NORMAL * model["measures"][key]["far" if leg == "far" else "near"]
    way = "added to" if shift > 0 else "taken off"
    size = _shown(key, abs(shift)).removeprefix("± ")
    return f"{size} {way} what pose networks see on average ({_shown(key, sure)})"


@dataclass(frozen=True, slots=True)
class Doubts:
    """What bears on the certainty of one number beside its own spread.

    Parameters
    ----------
    near
        Whether the leg is the near one.
    roll_sd_deg
        Uncertainty of gravity in the picture [deg].
    scale_sd_percent
        Uncertainty of the scale [%]; lengths only.
    clock_sd_percent
        Uncertainty of the clock [%]; times and speeds only.
    slope_per_s
        How fast the number changes with the instant it is read at [unit/s].
    timing_sd_s
        Uncertainty of that instant [s].
    off_axis_deg
        Angle of the view off the runner's side [deg]; beyond 10° the systematic part grows.
    coarse
        Whether the points come from the quick network only.
    """

    near: bool = True
    roll_sd_deg: float = 0.0
    scale_sd_percent: float = 0.0
    clock_sd_percent: float = 0.0
    slope_per_s: float = 0.0
    timing_sd_s: float = 0.0
    off_axis_deg: float = 0.0
    coarse: bool = False


def _systematic_sd(key: str, value: float, doubts: Doubts) -> float:
    known = error_model()["measures"][key]
    unit = CATALOGUE[key].unit
    roll = np.radians(doubts.roll_sd_deg) * known.get("roll_arm_m", 0.0)
    roll += np.radians(doubts.roll_sd_deg) * known.get("roll_arm_percent", 0.0)
    roll += doubts.roll_sd_deg * known.get("roll_arm_deg", 0.0)
    scale = 0.01 * doubts.scale_sd_percent * value if unit in {"m", "m/s"} else 0.0
    clock = 0.01 * doubts.clock_sd_percent * value if unit in {"s", "spm", "m/s"} else 0.0
    oblique = max(1.0, doubts.off_axis_deg / 10.0)
    coarse = error_model()["coarse_factor"] if doubts.coarse else 1.0
    points = known["near" if doubts.near else "far"] * oblique * coarse
    timing = doubts.slope_per_s * doubts.timing_sd_s * coarse
    return float(np.sqrt(points**2 + roll**2 + scale**2 + clock**2 + timing**2))


def _shown(key: str, margin: float) -> str:
    """Return a half-width as people read it."""
    metric = CATALOGUE[key]
    unit = metric.shown_unit or {"1": "", "deg": "°"}.get(metric.unit, f" {metric.unit}")
    space = "" if unit.startswith(("°", " ")) or not unit else " "
    shown = metric.shown_factor * margin
    return f"± {shown:.0f}{space}{unit}" if shown >= 10 else f"± {shown:.2g}{space}{unit}"  # noqa: PLR2004


def interval(key: str, value: float, own_sd: float, n: int, doubts: Doubts, method: str) -> Estimate:
    """Return the estimate with its 95 % interval and its tier.

    Parameters
    ----------
    key
        Measure of the catalogue.
    value
        Its value, in the catalogue's unit; NaN is refused.
    own_sd
        Standard error from the strides themselves; NaN counts as unknown and is refused.
    n
        Number of steps.
    doubts
        What else is uncertain.
    method
        How the value was obtained.

    Returns
    -------
    Estimate
        Interval: Student's t times the strides' own standard error and 1.96 times the systematic
        part, added as squares. Tier: `high`, `fair`, `low` by half-width, never `high` for the
        far leg; `refused` beyond what would tell anything.
    """
    known = error_model()["measures"][key]
    unit = CATALOGUE[key].unit
    if not (np.isfinite(value) and np.isfinite(own_sd)):
        return Estimate.refused(unit, "not enough of the movement was seen")
    margin = float(np.hypot(t_quantile(n) * own_sd, _NORMAL * _systematic_sd(key, value, doubts)))
    if margin > known["refuse"]:
        return Estimate.refused(unit, f"too uncertain to tell: {_shown(key, margin)}")
    tier = Tier.HIGH if margin <= known["high"] and doubts.near else Tier.LOW
    if tier is Tier.LOW and margin <= known["fair"]:
        tier = Tier.FAIR
    return Estimate(value, value - margin, value + margin, unit, n, method, tier)
