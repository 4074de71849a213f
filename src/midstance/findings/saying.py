"""Numbers of a finding in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from midstance.findings.chance import difference
from midstance.findings.norms import norm_range
from midstance.model import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.findings.judging import Judged
    from midstance.model import Estimate, Measure, Metric

__all__ = ["numbers", "title", "where"]


def numbers(found: Sequence[Judged], speed_m_s: float) -> str:
    """Return what was measured, one sentence for each number.

    Parameters
    ----------
    found
        One rule, for one leg or for each.
    speed_m_s
        Running speed [m/s]; NaN if unknown.

    Returns
    -------
    str
        Value, interval and the usual range; empty where nothing was measured.
    """
    said: dict[str, None] = {}
    for one in found:
        if any(clause.difference for clause in one.rule.clauses):
            said |= dict.fromkeys([_difference(*one.measures)])
        else:
            said |= dict.fromkeys(_number(measure, speed_m_s) for measure in one.measures)
    return " ".join(said)


def title(found: Sequence[Judged]) -> str:
    """Return the title of a rule for the legs it holds for."""
    rule = found[0].rule
    one, several = rule.who
    who = f"Both {several}" if len(found) > 1 else f"{found[0].side.capitalize()} {one}"
    return rule.title.format(who=who)


def where(found: Sequence[Judged]) -> int | None:
    """Return the frame in which it can be seen."""
    frames = (measure.frame for one in found for measure in one.measures)
    return next((frame for frame in frames if frame is not None), None)


def _number(measure: Measure, speed_m_s: float) -> str:
    metric = CATALOGUE[measure.key]
    leg = "" if measure.side == "both" else f", {measure.side}"
    return f"{metric.title}{leg}: {_value(metric, measure.estimate)}{_usual(metric, measure, speed_m_s)}."


def _difference(left: Measure, right: Measure) -> str:
    metric = CATALOGUE[left.key]
    return f"{metric.title}, left minus right: {_value(metric, difference(left.estimate, right.estimate))}."


def _value(metric: Metric, estimate: Estimate) -> str:
    value, low, high = (_shown(metric, x) for x in (estimate.value, estimate.low, estimate.high))
    unit = _unit(metric)
    return f"{value}{unit}, 95\u202f% between {low} and {high}{unit}"


def _usual(metric: Metric, measure: Measure, speed_m_s: float) -> str:
    usual = norm_range(measure.key, measure.definition, speed_m_s)
    if usual is None:
        return ""
    low, high = (_shown(metric, x) for x in usual)
    speed = f" at {speed_m_s:.1f} m/s" if math.isfinite(speed_m_s) else ""
    return f" (nine of ten healthy runners{speed}: {low} to {high}{_unit(metric)})"


def _shown(metric: Metric, value: float) -> str:
    return f"{value * metric.shown_factor:.{metric.decimals}f}".replace("-", "\u2212")


def _unit(metric: Metric) -> str:
    unit = metric.shown_unit or metric.unit
    return {"1": "", "°": "°", "deg": "°"}.get(unit, f" {unit}")
