"""The table of numbers: one row per metric, one cell per leg."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from midstance.model import CATALOGUE, Measure, Metric, Tier
from midstance.report.intervals import NormRange, interval_bar, shared_span
from midstance.report.words import TIERS, definition_words, interval_words, metric_of, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.model import Analysis

__all__ = ["Cell", "Group", "Row", "number_groups"]

_GROUPS = {
    "answer": "Hip over foot",
    "midstance": "At midstance",
    "contact": "At first contact",
    "time": "Rhythm and time",
    "posture": "Posture",
    "core": "Pelvis and chest",
}
_ALL = 100
_ORDER = {"left": 0, "right": 1, "both": 2}


@dataclass(frozen=True, slots=True)
class Cell:
    """One number as shown."""

    side: str
    value: str
    words: str
    interval: str
    bar: Markup
    steps: int
    symbol: str
    tier: str
    frame: int | None
    definition: str
    method: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One metric as shown, with a cell for each side it belongs to."""

    title: str
    key: str
    meaning: str
    positive: str
    norm: str
    percentiles: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def norm_shown(self) -> bool:
        """Whether anything is known of healthy runners."""
        return bool(self.norm or self.percentiles)

    @property
    def reason(self) -> str:
        """Why no side of it is given, if all are refused for the same reason; else empty."""
        reasons = {cell.method for cell in self.cells if cell.refused}
        return reasons.pop() if len(reasons) == 1 and all(cell.refused for cell in self.cells) else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Metrics that belong together."""

    title: str
    rows: tuple[Row, ...]


def number_groups(analysis: Analysis, norms: Mapping[str, NormRange]) -> tuple[Group, ...]:
    """Return the table of numbers by group, in the order of the catalogue.

    Parameters
    ----------
    analysis
        The result of one recording.
    norms
        Range of healthy runners of each metric, where known.

    Returns
    -------
    tuple of Group
        Groups without a metric are left out.
    """
    by_key: dict[str, list[Measure]] = {}
    for measure in analysis.measures:
        by_key.setdefault(measure.key, []).append(measure)
    order = sorted(by_key, key=lambda key: list(CATALOGUE).index(key) if key in CATALOGUE else len(CATALOGUE))
    groups = []
    for name, title in _GROUPS.items():
        keys = [key for key in order if metric_of(key).group == name]
        if keys:
            groups.append(Group(title, tuple(_row(key, by_key[key], norms.get(key)) for key in keys)))
    return tuple(groups)


def _row(key: str, measures: list[Measure], norm: NormRange | None) -> Row:
    metric = metric_of(key, measures[0].estimate.unit)
    ordered = sorted(measures, key=lambda measure: _ORDER[measure.side])
    given = [measure.estimate for measure in ordered if measure.estimate.tier is not Tier.REFUSED]
    span = shared_span(given, norm, zero=metric.group == "answer")
    drawn = norm is not None or len(given) > 1 or span[0] < 0 < span[1]
    cells = tuple(_cell(metric, measure, norm, span if drawn else None) for measure in ordered)
    places = tuple(words for words in map(_percentile_words, ordered) if words)
    return Row(metric.title, key, metric.meaning, metric.positive, _norm_words(metric, norm), places, cells)


def _norm_words(metric: Metric, norm: NormRange | None) -> str:
    if norm is None:
        return ""
    low = shown(metric, norm[0]).split("\N{NO-BREAK SPACE}")[0]
    return f"{low} to {shown(metric, norm[1])}"


def _cell(metric: Metric, measure: Measure, norm: NormRange | None, span: tuple[float, float] | None) -> Cell:
    estimate = measure.estimate
    refused = estimate.tier is Tier.REFUSED
    bar = "" if refused or span is None else interval_bar(metric.key, estimate, measure.side, norm, span)
    symbol, tier = TIERS[estimate.tier]
    return Cell(
        side=measure.side,
        value="" if refused else shown(metric, estimate.value),
        words=measure.words,
        interval="" if refused else interval_words(metric, estimate),
        bar=Markup(bar),  # noqa: S704  # our own drawing
        steps=estimate.n,
        symbol=symbol,
        tier=tier,
        frame=measure.frame,
        definition=definition_words(measure.definition) if measure.definition else "",
        method=estimate.method,
        refused=refused,
    )


def _percentile_words(measure: Measure) -> str:
    if measure.percentile is None or not math.isfinite(measure.percentile):
        return ""
    leg = "" if measure.side == "both" else f"{measure.side} leg: "
    count = round(measure.percentile)
    most = "more than all of them" if count >= _ALL else "less than all of them"
    return leg + (f"more than {count} of 100" if 0 < count < _ALL else most)
