"""The report: everything one recording gave, on one page that needs nothing else."""

from __future__ import annotations

import secrets
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2
import numpy as np
from markupsafe import Markup

from midstance.report.assumptions import assumptions, issue_groups, settings_rows
from midstance.report.cards import definition_rows, given_estimates, leg_cards, short_facts
from midstance.report.colours import DARK, LIGHT, PICTURE, stylesheet
from midstance.report.curves import PANELS, Panel, curve_panel
from midstance.report.evidence import Evidence, evidence_frames, evidence_picture, jpeg_uri
from midstance.report.numbers_table import number_groups
from midstance.report.steps_figure import step_scatter
from midstance.report.stick_figure import midstance_figure
from midstance.report.words import HIP_OVER_ANKLE, hip_words, seconds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from midstance.model import Analysis
    from midstance.report.answer import Answer
    from midstance.report.curves import NormBand
    from midstance.report.intervals import NormRange

__all__ = ["report_html", "write_report"]

_MOMENTS = {"midstance": "midstance", "contact": "first contact", "seen": "What the camera saw"}
_PANEL_WIDTHS = {"wide": 400.0, "small": 300.0}


def write_report(
    analysis: Analysis,
    answer: Sequence[Answer],
    norm_bands: Mapping[str, NormBand],
    pictures: Mapping[int, NDArray[np.uint8]],
    path: Path,
    norm_ranges: Mapping[str, NormRange] | None = None,
) -> None:
    """Write the report as one HTML file, whole or not at all.

    Parameters
    ----------
    analysis
        The result of one recording.
    answer
        What it says first, one for each leg.
    norm_bands
        Curve name → phase (P,) [% of stride], low (P,), high (P,) and who they were measured on.
    pictures
        Frame index → picture (H, W, 3); `evidence_frames` tells which are wanted.
    path
        The file to write.
    norm_ranges
        Metric key → low, high and who they were measured on.
    """
    page = report_html(analysis, answer, norm_bands, pictures, norm_ranges)
    temporary = path.with_name(f".{path.stem}.{secrets.token_hex(4)}{path.suffix}")
    try:
        temporary.write_text(page, encoding="utf-8", newline="\n")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def report_html(
    analysis: Analysis,
    answer: Sequence[Answer],
    norm_bands: Mapping[str, NormBand],
    pictures: Mapping[int, NDArray[np.uint8]],
    norm_ranges: Mapping[str, NormRange] | None = None,
) -> str:
    """Return the report as one HTML page without scripts and without anything from outside.

    Parameters
    ----------
    analysis, answer, norm_bands, pictures, norm_ranges
        As in `write_report`.

    Returns
    -------
    str
        The page; the same input gives the same page.
    """
    ranges = dict(norm_ranges or {})
    return _page_template().render(
        themes={"light": Markup(stylesheet(LIGHT)), "dark": Markup(stylesheet(DARK))},  # noqa: S704  # our own
        picture_colours=PICTURE,
        analysis=analysis,
        filmed=analysis.volume is None,
        name=analysis.recording.path.name,
        legs=leg_cards(analysis, answer, ranges.get(HIP_OVER_ANKLE)),
        norm=ranges.get(HIP_OVER_ANKLE),
        facts=short_facts(analysis),
        figure=Markup(midstance_figure()),  # noqa: S704  # our own
        evidence=_evidence(analysis, pictures),
        groups=number_groups(analysis, ranges),
        panels=_panels(analysis, norm_bands),
        steps=_steps(analysis),
        issues=issue_groups(analysis),
        assumed=assumptions(analysis),
        settings=settings_rows(analysis.settings),
    )


@cache
def _page_template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("midstance.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")


def _evidence(analysis: Analysis, pictures: Mapping[int, NDArray[np.uint8]]) -> list[dict[str, Any]]:
    return [
        {
            "uri": jpeg_uri(evidence_picture(pictures[evidence.frame], analysis, evidence)),
            "title": _title(evidence),
            "side": evidence.side or "both",
            "value": _value_words(evidence),
            "frame": evidence.frame,
            "time": seconds(evidence.time_s),
            "offset": _offset_words(evidence),
        }
        for evidence in evidence_frames(analysis)
        if evidence.frame in pictures
    ]


def _title(evidence: Evidence) -> str:
    leg = "" if evidence.side is None else f"{evidence.side.capitalize()} leg, "
    return f"{leg}{_MOMENTS[evidence.moment]}"


def _value_words(evidence: Evidence) -> str:
    if not np.isfinite(evidence.value_m):
        return ""
    if evidence.moment == "midstance":
        return f"hip {hip_words(evidence.value_m, of='the ankle')} in this step"
    return f"ankle {hip_words(evidence.value_m, of='the hip')} in this step"


def _offset_words(evidence: Evidence) -> str:
    """Return how far the frame is from the instant itself."""
    if not np.isfinite(evidence.event_s):
        return ""
    apart = round(1000 * (evidence.time_s - evidence.event_s))
    return f"{abs(apart)} ms {'after' if apart > 0 else 'before'} the instant" if apart else "at the instant"


def _panels(analysis: Analysis, bands: Mapping[str, NormBand]) -> list[dict[str, Any]]:
    drawn = [
        (
            panel,
            curve_panel(panel, analysis.mean_strides, bands.get(panel.curve), _PANEL_WIDTHS[_size(panel)]),
        )
        for panel in PANELS
    ]
    return [
        {
            "title": panel.title,
            "unit": panel.unit,
            "size": _size(panel),
            "figure": Markup(svg),  # noqa: S704  # our own drawing
            "norm": bands[panel.curve][3] if panel.curve in bands else "",
        }
        for panel, svg in drawn
        if svg
    ]


def _size(panel: Panel) -> str:
    """Return how large a curve is shown: hip over ankle is what the page is about."""
    return "wide" if panel.curve == "hip_over_ankle_m" else "small"


def _steps(analysis: Analysis) -> dict[str, Any]:
    """Return the scatter of steps and the table of definitions."""
    estimates = given_estimates(analysis)
    scatter = step_scatter(analysis.steps, HIP_OVER_ANKLE, estimates) if analysis.steps else ""
    return {"scatter": Markup(scatter), "definitions": definition_rows(analysis)}  # noqa: S704  # our own drawing
