"""What the page of an analysis shows: the answer, the numbers, what limited them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from midstance import findings
from midstance.model import Tier
from midstance.pipeline.exporting import answer
from midstance.report.assumptions import assumptions, issue_groups, settings_rows
from midstance.report.cards import definition_rows, leg_cards, short_facts
from midstance.report.numbers_table import number_groups
from midstance.report.words import HIP_OVER_ANKLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.model import Analysis
    from midstance.report import NormRange

__all__ = ["norm_ranges", "page_parts", "running"]


def page_parts(analysis: Analysis, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the templates of the page need of an analysis.

    Parameters
    ----------
    analysis
        The analysis, as recalled.
    record
        The record it was recalled from.

    Returns
    -------
    dict
        Names as the templates use them.
    """
    ranges = norm_ranges(analysis)
    norm = ranges.get(HIP_OVER_ANKLE)
    groups = number_groups(analysis, ranges)
    return {
        "filmed": analysis.volume is None,
        "legs": leg_cards(analysis, answer(analysis), norm),
        "norm": norm,
        "facts": short_facts(analysis) + _steps_fact(record),
        "groups": groups,
        "with_norm": any(row.norm_shown for group in groups for row in group.rows),
        "any_number": any(not cell.refused for group in groups for row in group.rows for cell in row.cells),
        "issues": issue_groups(analysis),
        "assumed": assumptions(analysis),
        "settings": settings_rows(analysis.settings),
        "versions": analysis.versions,
        "definitions": definition_rows(analysis),
    }


def norm_ranges(analysis: Analysis) -> dict[str, NormRange]:
    """Return the range of healthy runners of each measure that has one.

    Parameters
    ----------
    analysis
        The analysis.

    Returns
    -------
    dict
        Metric key → low, high and who they were measured on; empty where nobody runs.
    """
    if not running(analysis):
        return {}
    ranges: dict[str, NormRange] = {}
    for measure in analysis.measures:
        found = findings.norm_range(measure.key, measure.definition, analysis.speed_m_s)
        if found is not None:
            ranges[measure.key] = (*found, findings.norms_label(measure.key, measure.definition))
    return ranges


def running(analysis: Analysis) -> bool:
    """Tell whether hip over ankle is given for at least one leg."""
    return any(m.estimate.tier is not Tier.REFUSED for m in analysis.measures if m.key == HIP_OVER_ANKLE)


def _steps_fact(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    steps = record.get("steps")
    return [("Steps", str(steps["left"] + steps["right"]))] if steps else []
