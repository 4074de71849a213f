"""The report page and what is drawn on the annotated video."""

from __future__ import annotations

from midstance.report.annotation import Annotation, annotate, annotated_frames
from midstance.report.answer import Answer
from midstance.report.colours import DARK, LIGHT, PICTURE, Colours, PictureColours
from midstance.report.curves import PANELS, NormBand, Panel, curve_panel
from midstance.report.evidence import Evidence, evidence_frames, evidence_picture, jpeg
from midstance.report.intervals import NormRange, answer_figure, interval_bar
from midstance.report.page import report_html, write_report
from midstance.report.stage import staged
from midstance.report.steps_figure import step_scatter
from midstance.report.typeset import Audience, Sheet, report_pdf

__all__ = [
    "DARK",
    "LIGHT",
    "PANELS",
    "PICTURE",
    "Annotation",
    "Answer",
    "Audience",
    "Colours",
    "Evidence",
    "NormBand",
    "NormRange",
    "Panel",
    "PictureColours",
    "Sheet",
    "annotate",
    "annotated_frames",
    "answer_figure",
    "curve_panel",
    "evidence_frames",
    "evidence_picture",
    "interval_bar",
    "jpeg",
    "report_html",
    "report_pdf",
    "staged",
    "step_scatter",
    "write_report",
]
