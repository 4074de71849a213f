"""Which rules hold for a runner, for which leg, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.findings.chance import chance_above, chance_below, difference, together
from midstance.findings.norms import norm_limit
from midstance.model import SIDES, Tier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from midstance.findings.rule import Clause, Rule
    from midstance.model import Measure, Triage

    Measures = Mapping[tuple[str, str], Measure]

__all__ = ["Judged", "applies", "judged", "relevance"]

_OTHER_SIDE = 0.7  # what is seen on the side that does not hurt matters less


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule, held against one leg or against both together.

    Parameters
    ----------
    rule
        The rule.
    side
        `left`, `right` or `both`.
    chance
        Probability that its conditions hold; 1 for a rule that measures nothing.
    measures
        What it was held against, in the order of its conditions.
    """

    rule: Rule
    side: Literal["left", "right", "both"]
    chance: float
    measures: tuple[Measure, ...] = ()


def applies(rule: Rule, triage: Triage | None, incline_percent: float) -> bool:
    """Return whether a rule means something for this runner on this ground.

    Parameters
    ----------
    rule
        The rule.
    triage
        What the interview came to; None where there was none.
    incline_percent
        Slope [%], + uphill; NaN, unknown, is taken as level.

    Returns
    -------
    bool
        What was measured is not looked at.
    """
    slope = 0.0 if math.isnan(incline_percent) else incline_percent
    if rule.ground and not rule.ground[0] <= slope <= rule.ground[1]:
        return False
    route = triage.route if triage else ""
    context = triage.context if triage else frozenset()
    if rule.needs_route or rule.needs_context:
        wanted = route in rule.needs_route or bool(context & rule.needs_context)
        return wanted and route not in rule.not_route
    return route not in rule.not_route


def relevance(rule: Rule, side: str, triage: Triage | None) -> float:
    """Return how much a rule matters for this runner, 0 to 1.

    Parameters
    ----------
    rule
        The rule.
    side
        The leg it holds for.
    triage
        What the interview came to; None where there was none.

    Returns
    -------
    float
        By route and context; less for the leg that does not hurt.
    """
    if triage is None:
        return rule.relevance
    base = (rule.on_route or {}).get(triage.route, rule.relevance)
    more = sum(gain for key, gain in (rule.on_context or {}).items() if key in triage.context)
    sore = triage.side in {None, "both", side} or side == "both"
    return min(base + more, 1.0) * (1.0 if sore else _OTHER_SIDE)


def judged(rule: Rule, measures: Measures, speed_m_s: float) -> tuple[Judged, ...]:
    """Hold a rule against what was measured.

    Parameters
    ----------
    rule
        The rule.
    measures
        Each measure by key and side.
    speed_m_s
        Running speed [m/s]; NaN if unknown.

    Returns
    -------
    tuple of Judged
        One for each leg, or one for both; none where a measure is missing, refused or without norms.
    """
    if not rule.clauses:
        return (Judged(rule, "both", 1.0),)
    sides: tuple[Literal["left", "right", "both"], ...] = ("left", "right") if rule.sided else ("both",)
    found = ((side, _held(rule.clauses, side, measures, speed_m_s)) for side in sides)
    return tuple(
        Judged(rule, side, together([chance for chance, _ in held]), tuple(m for _, ms in held for m in ms))
        for side, held in found
        if held
    )


def _held(
    clauses: Sequence[Clause], side: str, measures: Measures, speed_m_s: float
) -> list[tuple[float, list[Measure]]]:
    """Return the chance and the measures of each clause; none at all where one cannot be told."""
    held = []
    for clause in clauses:
        found = _measures(clause, side, measures)
        chance = _chance(clause, found, speed_m_s) if found else None
        if chance is None:
            return []
        held.append((chance, found))
    return held


def _measures(clause: Clause, side: str, measures: Measures) -> list[Measure]:
    """Return what a clause speaks of: of both legs, of this one, or of neither in particular."""
    if clause.difference:
        wanted = [measures.get((clause.measure, each)) for each in SIDES]
    else:
        wanted = [measures.get((clause.measure, side)) or measures.get((clause.measure, "both"))]
    there = [measure for measure in wanted if measure and measure.estimate.tier is not Tier.REFUSED]
    return there if len(there) == len(wanted) else []


def _chance(clause: Clause, found: Sequence[Measure], speed_m_s: float) -> float | None:
    limit = _limit(clause, found[0], speed_m_s)
    if limit is None:
        return None
    if not clause.difference:
        estimate = found[0].estimate
        return chance_below(estimate, limit) if clause.below is not None else chance_above(estimate, limit)
    apart = difference(found[0].estimate, found[1].estimate)
    return chance_above(apart, limit) if apart.value >= 0 else chance_below(apart, -limit)


def _limit(clause: Clause, measure: Measure, speed_m_s: float) -> float | None:
    limit = clause.above if clause.below is None else clause.below
    if isinstance(limit, str):
        return norm_limit(measure.key, measure.definition, speed_m_s, float(limit.removeprefix("p")))
    if limit is None or isinstance(limit, int | float):
        return limit
    speeds, numbers = zip(*limit, strict=True)
    if math.isnan(speed_m_s):
        return float(min(numbers) if clause.above is None else max(numbers))
    return float(np.interp(speed_m_s, speeds, numbers))
