"""Numbers and names as people read them."""

from __future__ import annotations

import math

from midstance.model import CATALOGUE, Estimate, Metric, Tier

__all__ = [
    "HIP_OVER_ANKLE",
    "TIERS",
    "definition_words",
    "hip_words",
    "interval_words",
    "metric_of",
    "number",
    "seconds",
    "shown",
    "tick_words",
    "unit_of",
]

HIP_OVER_ANKLE = "hip_over_ankle_at_midstance_m"

TIERS = {
    Tier.HIGH: ("●●●", "high"),
    Tier.FAIR: ("●●○", "fair"),
    Tier.LOW: ("●○○", "low"),
    Tier.REFUSED: ("○○○", "not given"),
}
"""How far a number can be believed, as a symbol and as words."""

_UNITS = {"1": "", "%": "%", "deg": "°"}
_DEFINITIONS = {
    "mid_bend": "middle of the bend, of knee and pelvis",
    "knee_bend": "middle of the knee's bend",
    "pelvis_dip": "body lowest: middle of the hips' dip",
    "most_bent": "median of most bent knee, leg and pelvis",
    "knee": "knee most bent",
    "leg_line": "hip and ankle closest together",
    "pelvis": "pelvis lowest",
    "head": "head lowest",
    "mass": "centre of mass lowest",
    "half_contact": "half-way through contact",
    "hip_crossing": "hip passes over the ankle",
}


def metric_of(key: str, unit: str = "") -> Metric:
    """Return a metric of the catalogue, or a plain one where a plug-in brought its own."""
    return CATALOGUE.get(key) or Metric(key, unit, key.replace("_", " ").capitalize(), "")


def unit_of(metric: Metric) -> str:
    """Return the unit as shown, empty for plain numbers."""
    return metric.shown_unit or _UNITS.get(metric.unit, metric.unit)


def number(value: float, decimals: int) -> str:
    """Return a number with a true minus sign, a dash where it is unknown."""
    if not math.isfinite(value):
        return "–"
    text = f"{value:.{decimals}f}"
    return text.replace("-", "−") if float(text) else f"{0:.{decimals}f}"


def tick_words(value: float) -> str:
    """Return a number beside an axis, without decimals where it needs none."""
    return number(value, 0 if value == round(value) else 1)


def _with_unit(text: str, unit: str) -> str:
    return text + (unit if unit in {"", "°"} else f"\N{NO-BREAK SPACE}{unit}")


def shown(metric: Metric, value: float) -> str:
    """Return a value of a metric in the unit people know, for example `2.1 cm`."""
    return _with_unit(number(value * metric.shown_factor, metric.decimals), unit_of(metric))


def interval_words(metric: Metric, estimate: Estimate) -> str:
    """Return the 95 % interval in the unit people know, for example `0.9 to 3.3 cm`."""
    low = number(estimate.low * metric.shown_factor, metric.decimals)
    return f"{low} to {shown(metric, estimate.high)}"


def hip_words(value_m: float, decimals: int = 1, of: str = "") -> str:
    """Return where the hip is, for example `2.1 cm ahead`, or `0.6 cm behind the ankle`."""
    size = number(abs(100.0 * value_m), decimals)
    if not math.isfinite(value_m):
        return "unknown"
    if float(size) == 0:
        return f"straight above {of}".rstrip()
    where = f"ahead{' of' if of else ''}" if value_m > 0 else "behind"
    return f"{size}\N{NO-BREAK SPACE}cm {where} {of}".rstrip()


def seconds(time_s: float) -> str:
    """Return a time on the recording's clock, for example `4.386 s`."""
    return _with_unit(number(time_s, 3), "s")


def definition_words(name: str) -> str:
    """Return what a definition of midstance means."""
    return _DEFINITIONS.get(name, name.replace("_", " "))
