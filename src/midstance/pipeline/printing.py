"""From `analysis.json` to a report on paper."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from midstance import findings, formats, report
from midstance.errors import InputError
from midstance.pipeline.exporting import answer, norm_ranges
from midstance.pipeline.finding import findings_of

if TYPE_CHECKING:
    from midstance.model import Triage

__all__ = ["printed"]


def printed(
    analysis: str | Path,
    audience: report.Audience,
    *,
    triage: Triage | None = None,
    day: date | None = None,
) -> bytes:
    """Return the report of an analysis as a PDF.

    Parameters
    ----------
    analysis
        `analysis.json`, or the folder it lies in; pictures beside it are taken in.
    audience
        `runner`: one page; `clinician`: two.
    triage
        What the interview came to; None where there was none.
    day
        The day printed on it; that of the file where None.

    Returns
    -------
    bytes
        PDF/A-2a, tagged; the same files and day give the same bytes.

    Raises
    ------
    InputError
        If the analysis cannot be read.
    """
    path = Path(analysis)
    path = path / "analysis.json" if path.is_dir() else path
    summary = formats.read_analysis_json(path)
    speed = summary.speed_m_s
    sheet = report.Sheet(
        summary=summary,
        answers=answer(summary),
        findings=findings_of(summary, triage),
        day=day or datetime.fromtimestamp(path.stat().st_mtime).astimezone().date(),
        red_flags=triage.red_flags if triage else (),
        norm_ranges=norm_ranges(summary),
        norm_bands=findings.norm_curves(speed) if summary.mean_strides else {},
        pictures=_pictures(path.parent),
    )
    return report.report_pdf(sheet, audience)


def _pictures(folder: Path) -> dict[str, bytes]:
    """Return the pictures that `export` wrote beside an analysis."""
    found = {}
    for picture in sorted(folder.glob("*_midstance.jpg")):
        try:
            found[picture.name] = picture.read_bytes()
        except OSError as error:
            what = f"the picture cannot be read: {error.strerror}"
            raise InputError(what, picture.name, "take it away, or make it readable") from error
    return found
