"""What a page says first about an analysis: a card for each leg, a few facts, the definitions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from markupsafe import Markup

from midstance.model import SIDES, Tier
from midstance.report.instants import near_side
from midstance.report.intervals import answer_figure, shared_span
from midstance.report.steps_figure import definition_bar
from midstance.report.words import HIP_OVER_ANKLE, definition_words, metric_of, number, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.model import Analysis, Estimate
    from midstance.report.answer import Answer
    from midstance.report.intervals import NormRange

__all__ = ["LegCard", "definition_rows", "given_estimates", "leg_cards", "short_facts"]

_STATES = {
    "usual": ("✓", "in the usual range"),
    "ahead": ("→", "further ahead than usual"),
    "behind": ("←", "further back than usual"),
    "too_close": ("≈", "too close to call"),
    "refused": ("–", "not measured"),
}
_FACTS = ("cadence_spm", "speed_m_s", "contact_time_s", "vertical_oscillation_m")


@dataclass(frozen=True, slots=True)
class LegCard:
    """The answer for one leg as shown.

    Parameters
    ----------
    answer
        What is said.
    symbol, state
        The call as a sign and in a few words.
    where
        How the leg stood to the camera; empty where that says nothing.
    figure
        The interval, drawn; empty where there is none.
    """

    answer: Answer
    symbol: str
    state: str
    where: str
    figure: Markup


def leg_cards(analysis: Analysis, answer: Sequence[Answer], norm: NormRange | None) -> list[LegCard]:
    """Return what a page says first, one card for each leg on a common axis.

    Parameters
    ----------
    analysis
        The result of one recording.
    answer
        What is said, one for each leg.
    norm
        Hip over ankle of healthy runners; None where it is not known.

    Returns
    -------
    list of LegCard
        In the order of the answer.
    """
    estimates = given_estimates(analysis)
    span = shared_span(estimates.values(), norm, zero=True)
    return [_leg(analysis, one, estimates.get(one.side), norm, span) for one in answer]


def _leg(
    analysis: Analysis,
    one: Answer,
    estimate: Estimate | None,
    norm: NormRange | None,
    span: tuple[float, float],
) -> LegCard:
    symbol, state = _STATES[one.state]
    drawn = answer_figure(estimate, one.side, norm, span) if estimate else ""
    where = "" if one.side == "both" or analysis.scene is None else _place(analysis, one.side)
    return LegCard(one, symbol, state, where, Markup(drawn))  # noqa: S704  # our own drawing


def _place(analysis: Analysis, side: str) -> str:
    return "near the camera" if side == near_side(analysis) else "far leg, less certain"


def given_estimates(analysis: Analysis) -> dict[str, Estimate]:
    """Return hip over ankle of the legs for which it is given.

    Parameters
    ----------
    analysis
        The result of one recording.

    Returns
    -------
    dict
        Side → hip over ankle [m].
    """
    return {
        measure.side: measure.estimate
        for measure in analysis.measures
        if measure.key == HIP_OVER_ANKLE and measure.estimate.tier is not Tier.REFUSED
    }


def short_facts(analysis: Analysis) -> list[tuple[str, str]]:
    """Return the few numbers of the line under the answer.

    Parameters
    ----------
    analysis
        The result of one recording.

    Returns
    -------
    list of tuple
        Name and value in words.
    """
    facts = []
    for key in _FACTS:
        own = [m.estimate for m in analysis.measures if m.key == key and m.estimate.tier is not Tier.REFUSED]
        if own:
            metric = metric_of(key)
            facts.append((metric.title, shown(metric, float(np.mean([estimate.value for estimate in own])))))
    if analysis.steps is not None:
        facts.append(("Steps", str(len(analysis.steps.contacts))))
    return facts


def definition_rows(analysis: Analysis) -> list[dict[str, Any]]:
    """Return hip over ankle by every definition of midstance that was seen, the chosen one first.

    Parameters
    ----------
    analysis
        The result of one recording.

    Returns
    -------
    list of dict
        `name`, `chosen`, the value of each side in words, and `bar`, a drawing.
    """
    measures = {
        m.side: m
        for m in analysis.measures
        if m.key == HIP_OVER_ANKLE and m.estimate.tier is not Tier.REFUSED
    }
    chosen = {measure.definition: measure for measure in measures.values()}
    by: dict[str, dict[str, float]] = {name: {} for name in chosen}
    for side, measure in measures.items():
        for name, value in {measure.definition: measure.estimate.value, **measure.by_definition}.items():
            by.setdefault(name, {})[side] = value
    ends = [value for values in by.values() for value in values.values() if np.isfinite(value)]
    span = (min([*ends, 0.0]) - 0.005, max([*ends, 0.0]) + 0.005)
    return [
        {
            "name": definition_words(name),
            "chosen": name in chosen,
            **{side: number(100 * values.get(side, np.nan), 1) for side in SIDES},
            "bar": Markup(definition_bar(values, span)),  # noqa: S704  # our own drawing
        }
        for name, values in by.items()
        if name in chosen or np.isfinite(list(values.values())).any()
    ]
