"""Numbers of the store as the pages say them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from midstance.findings import norm_range, norms_label, verdict
from midstance.journal import AnalysisRow, MeasureRow, Store
from midstance.model import Estimate, Measure, Tier
from midstance.report.intervals import answer_figure, shared_span
from midstance.report.words import HIP_OVER_ANKLE, hip_words, interval_words, metric_of
from midstance.web.words import moment_words

__all__ = ["LastNumber", "LegNumber", "estimate_of", "last_number", "measure_of", "speed_of", "usual_of"]

_STATES = {
    "usual": "in the usual range",
    "ahead": "further ahead than usual",
    "behind": "further back than usual",
    "too_close": "too close to call",
    "refused": "not measured",
}


@dataclass(frozen=True, slots=True)
class LegNumber:
    """Hip over ankle of one leg, ready to be shown.

    Parameters
    ----------
    side
        Which leg.
    state, pill
        How it compares with healthy runners, as a word and in words.
    words, interval
        The number, and the interval it lies in.
    figure
        The interval, drawn; empty where it was refused.
    """

    side: str
    state: str
    pill: str
    words: str
    interval: str
    figure: Markup


@dataclass(frozen=True, slots=True)
class LastNumber:
    """Hip over ankle of the newest analysis.

    Parameters
    ----------
    id
        The analysis.
    filmed
        When its recording was filmed.
    when
        The same in words.
    legs
        The near leg first.
    usual
        Whom the band of the drawing was measured on; empty where there is none.
    """

    id: str
    filmed: datetime
    when: str
    legs: list[LegNumber]
    usual: str


def estimate_of(row: MeasureRow) -> Estimate:
    """Return a number of the store as an estimate."""
    if row.value is None or row.low is None or row.high is None:
        return Estimate.refused(row.unit, row.method)
    return Estimate(row.value, row.low, row.high, row.unit, row.n, row.method, Tier(row.tier))


def measure_of(row: MeasureRow) -> Measure:
    """Return a number of the store as a measure."""
    return Measure(row.key, row.side, estimate_of(row), row.definition, row.frame, row.percentile)


def speed_of(set_up: Mapping[str, object]) -> float:
    """Return the running speed of a set-up [m/s]; NaN where unknown."""
    speed = set_up.get("speed_m_s")
    return float(speed) if isinstance(speed, int | float) else math.nan


def usual_of(row: MeasureRow) -> tuple[float, float, str] | None:
    """Return the range of healthy runners for a number and who they are; None where there is none."""
    found = norm_range(row.key, row.definition, speed_of(row.set_up))
    return None if found is None else (*found, norms_label(row.key, row.definition))


def last_number(store: Store, analysis: AnalysisRow | None) -> LastNumber | None:
    """Return hip over ankle of an analysis.

    Parameters
    ----------
    store
        Where its numbers are.
    analysis
        Which one; None where there is none yet.

    Returns
    -------
    LastNumber or None
        None where there is no analysis, or no such number in it.
    """
    if analysis is None:
        return None
    rows = [row for row in store.analyses.numbers(analysis.id) if row.key == HIP_OVER_ANKLE]
    if not rows:
        return None
    near = analysis.set_up.get("near_side")
    rows.sort(key=lambda row: (row.side != near, row.side))
    usual = next((found for row in rows if (found := usual_of(row))), None)
    filmed = analysis.recording.filmed
    label = usual[2] if usual else ""
    return LastNumber(analysis.id, filmed, moment_words(filmed), _legs(rows, usual), label)


def _legs(rows: Iterable[MeasureRow], usual: tuple[float, float, str] | None) -> list[LegNumber]:
    measures = [(row, measure_of(row)) for row in rows]
    given = [measure.estimate for _, measure in measures if measure.estimate.tier is not Tier.REFUSED]
    span = shared_span(given, usual, zero=True)
    return [_leg(row, measure, usual, span) for row, measure in measures]


def _leg(
    row: MeasureRow, measure: Measure, usual: tuple[float, float, str] | None, span: tuple[float, float]
) -> LegNumber:
    state = verdict(measure, row.side, speed_of(row.set_up)).state  # type: ignore[arg-type]  # left or right
    estimate = measure.estimate
    if estimate.tier is Tier.REFUSED:
        return LegNumber(row.side, state, _STATES[state], "Not measured", estimate.method, Markup())
    figure = Markup(answer_figure(estimate, row.side, usual, span))  # noqa: S704  # our own drawing
    interval = f"95 % certain: {interval_words(metric_of(row.key), estimate)}"
    words = f"{hip_words(estimate.value, of='the ankle')}"
    return LegNumber(row.side, state, _STATES[state], words[:1].upper() + words[1:], interval, figure)
