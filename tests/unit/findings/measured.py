"""Measures made to order, for the tests of findings."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from midstance.findings.judging import _limit
from midstance.model import CATALOGUE, Estimate, Measure, Tier

if TYPE_CHECKING:
    from midstance.findings.rule import Clause, Rule

SPEED = 3.0
HIP = "hip_over_ankle_at_midstance_m"
MIDDLE = {HIP: 0.07, "contact_time_s": 0.24}  # of a usual runner, for differences


def measure(key: str, value: float, sd: float, side: str = "left", **rest: Any) -> Measure:
    metric = CATALOGUE[key]
    margin = 1.96 * sd
    estimate = Estimate(value, value - margin, value + margin, metric.unit, 20, "made to order", Tier.HIGH)
    definition = "pelvis_dip" if "midstance" in key else ""
    return Measure(key, side if metric.sided else "both", estimate, definition=definition, **rest)


def refused(key: str, side: str = "left", why: str = "the feet were not seen") -> Measure:
    return Measure(key, side, Estimate.refused(CATALOGUE[key].unit, why), definition="pelvis_dip")


def held(rule: Rule, chance: float, side: str = "left") -> list[Measure]:
    """Return measures for which the conditions of a rule hold with this chance, all together."""
    each = chance ** (1.0 / max(len(rule.clauses), 1))
    return [one for clause in rule.clauses for one in _for(clause, each, side)]


def _for(clause: Clause, chance: float, side: str) -> list[Measure]:
    limit = _limit(clause, measure(clause.measure, 0.0, 1.0), SPEED)
    assert limit is not None
    sd = 1e-3 * max(abs(limit), 0.01)
    beyond = NormalDist().inv_cdf(chance) * sd
    if clause.difference:
        low = MIDDLE[clause.measure]
        return [
            measure(clause.measure, low + limit + beyond, sd, "left"),
            measure(clause.measure, low, 0.0, "right"),
        ]
    value = limit - beyond if clause.below is not None else limit + beyond
    return [measure(clause.measure, value, sd, side)]
