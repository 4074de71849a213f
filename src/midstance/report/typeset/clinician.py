"""The two pages for a clinician: every number with its error, curves, evidence, method and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.model import CATALOGUE, Severity, Tier
from midstance.report.curves import PANELS, curve_panel, has_curve
from midstance.report.typeset.paper import (
    GRADES,
    answer_figures,
    answer_rows,
    finding_row,
    on_paper,
    what_ran,
)
from midstance.report.words import TIERS, definition_words, interval_words, metric_of, number, shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Measure, Metric, Summary
    from midstance.report.typeset.sheet import Sheet

__all__ = ["clinician_content", "clinician_figures"]

_CURVES = (
    "hip_over_ankle_m",
    "knee_flexion_deg",
    "shank_angle_deg",
    "foot_angle_deg",
    "trunk_lean_deg",
    "pelvis_height_m",
)
_PANEL_WIDTH = 300.0
_CONCERNS = 6
_HASH = 64  # digits of a sha256


def clinician_content(sheet: Sheet) -> dict[str, Any]:
    """Return the words and numbers of the clinician's pages as plain data."""
    summary = sheet.summary
    return {
        "day": sheet.day.isoformat(),
        "name": summary.runner.name,
        "what_ran": what_ran(summary),
        "answers": answer_rows(sheet),
        "rows": _rows(sheet),
        "panels": [_panel_row(name, summary) for name in _drawn(sheet)],
        "norms": _norm_label(sheet),
        "findings": [finding_row(finding) for finding in sheet.findings],
        "red_flags": [{"sentence": flag.sentence, "do": flag.what_to_do} for flag in sheet.red_flags],
        "grades": GRADES,
        "method": _method(summary),
        "refused": _refused(summary),
        "issues": _issues(summary),
        "versions": _versions(summary),
    }


def clinician_figures(sheet: Sheet) -> dict[str, str]:
    """Return the drawings of the clinician's pages by name."""
    return answer_figures(sheet) | {name: on_paper(svg) for name, svg in _drawn(sheet).items()}


def _drawn(sheet: Sheet) -> dict[str, str]:
    """Return the curves that there are, by name; hip over ankle over the whole stride."""
    panels = {panel.curve: panel for panel in PANELS if panel.until == "stride"}
    drawn = {
        name: curve_panel(panels[name], sheet.summary.mean_strides, sheet.norm_bands.get(name), _PANEL_WIDTH)
        for name in _CURVES
    }
    return {name: svg for name, svg in drawn.items() if svg}


def _panel_row(name: str, summary: Summary) -> dict[str, str]:
    panel = next(panel for panel in PANELS if panel.curve == name and panel.until == "stride")
    title = f"{panel.title.partition(',')[0]} ({panel.unit})"
    ends = "; ".join(
        f"{stride.side} leg from {number(low, 0)} to {number(high, 0)} {panel.unit}"
        for stride in summary.mean_strides
        if has_curve(stride, name)
        for low, high in [_ends(panel.factor * stride.curve(name))]
    )
    return {"file": f"{name}.svg", "title": title, "alt": f"{title} over the stride: {ends}"}


def _ends(curve: NDArray[np.float64]) -> tuple[float, float]:
    return float(np.nanmin(curve)), float(np.nanmax(curve))


def _norm_label(sheet: Sheet) -> str:
    labels = sorted({norm[2] for norm in sheet.norm_ranges.values()})
    return "; ".join(labels)


def _rows(sheet: Sheet) -> list[dict[str, str]]:
    """Return one row per metric that is given, in the order of the catalogue."""
    by_key: dict[str, dict[str, Measure]] = {}
    for measure in sheet.summary.measures:
        if measure.estimate.tier is not Tier.REFUSED:
            by_key.setdefault(measure.key, {})[measure.side] = measure
    order = [*(key for key in CATALOGUE if key in by_key), *(key for key in by_key if key not in CATALOGUE)]
    return [_row(key, by_key[key], sheet) for key in order]


def _row(key: str, sides: dict[str, Measure], sheet: Sheet) -> dict[str, str]:
    metric = metric_of(key, next(iter(sides.values())).estimate.unit)
    norm = sheet.norm_ranges.get(key)
    cells = {side: _cell(metric, measure) for side, measure in sides.items()}
    return {
        "title": metric.title,
        "left": cells.get("left", cells.get("both", "–")),
        "right": cells.get("right", "" if "both" in cells else "–"),
        "whole": "yes" if "both" in cells else "",
        "norm": _range(metric, norm[0], norm[1]) if norm else "",
        "positive": metric.positive,
    }


def _cell(metric: Metric, measure: Measure) -> str:
    symbol = TIERS[measure.estimate.tier][0]
    return f"{shown(metric, measure.estimate.value)} ({interval_words(metric, measure.estimate)}) {symbol}"


def _range(metric: Metric, low: float, high: float) -> str:
    return f"{number(low * metric.shown_factor, metric.decimals)} to {shown(metric, high)}"


def _method(summary: Summary) -> list[str]:
    seen = "Markerless: pose networks in a side-view video" if summary.filmed else "Markers of a laboratory"
    steps = summary.steps[0] + summary.steps[1]
    said = [
        f"{seen}; all strides pooled by phase into one mean stride per leg, from {steps} steps."
        if summary.filmed
        else f"{seen}; every step measured by itself.",
        "Intervals are 95 %: they hold step-to-step spread, timing, scale, tilt and the method's own error.",
    ]
    if summary.definition:
        said.append(f"Midstance: {definition_words(summary.definition)}.")
    if summary.filmed:
        said.append(
            "The networks' mean error at hip and ankle, found on rendered runners whose joints are known, is "
            "taken off, and its uncertainty is in the interval."
        )
    return said


def _refused(summary: Summary) -> list[dict[str, str]]:
    """Return what was not measured, by reason."""
    by_reason: dict[str, list[str]] = {}
    for measure in summary.measures:
        if measure.estimate.tier is Tier.REFUSED:
            title = metric_of(measure.key).title
            names = by_reason.setdefault(measure.estimate.method, [])
            names += [] if title in names else [title]
    rows = [{"what": ", ".join(names), "why": reason} for reason, names in by_reason.items()]
    if summary.filmed:
        depth = [metric.title.lower() for metric in CATALOGUE.values() if metric.needs == "depth"]
        rows.append({"what": "Not seen from the side", "why": ", ".join(depth)})
    return [
        *rows,
        {"what": "Not measured at all", "why": "forces, joint moments, strength, tissue, and pain"},
    ]


def _issues(summary: Summary) -> list[str]:
    said = [issue.sentence for issue in summary.issues if issue.severity is not Severity.NOTE]
    more = len(said) - _CONCERNS
    return said[:_CONCERNS] + ([f"and {more} more in analysis.json"] if more > 0 else [])


def _versions(summary: Summary) -> str:
    program = f"midstance {summary.versions.get('midstance', '')}"
    hashed = {name: value for name, value in sorted(summary.versions.items()) if len(value) == _HASH}
    networks = [f"{name} {value[:8]}" for name, value in hashed.items()]
    return " · ".join([program, *networks, f"recording {summary.sha256[:12]}"])
