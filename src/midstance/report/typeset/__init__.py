"""The report on paper: one page for the runner, two for a clinician."""

from midstance.report.typeset.sheet import Audience, Sheet
from midstance.report.typeset.typesetting import report_pdf

__all__ = ["Audience", "Sheet", "report_pdf"]
