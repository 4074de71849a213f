"""`midstance report`: an analysis on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

if TYPE_CHECKING:
    from midstance.model import Triage

__all__ = ["report"]


def report(
    analysis: Path,
    /,
    *,
    output: Annotated[Path, Parameter(name=["--output", "-o"])],
    audience: Annotated[Literal["runner", "clinician"], Parameter(name="--for")] = "runner",
    interview: Path | None = None,
    day: date | None = None,
) -> None:
    """Set the report of an analysis as a PDF: a page for the runner, or two for a clinician.

    Parameters
    ----------
    analysis
        `analysis.json`, or the folder it lies in; pictures beside it are taken in.
    output
        The PDF to write.
    audience
        `runner` or `clinician`.
    interview
        A JSON file of the answers of an interview; red flags and the place of the pain go into the report.
    day
        The day printed on it, such as 2026-05-01; that of the file if not given.
    """
    from midstance import formats, pipeline  # loads the rooms

    pdf = pipeline.printed(analysis, audience, triage=_triage(interview), day=day)
    with formats.replacing(output) as temporary:
        temporary.write_bytes(pdf)
    print(output)


def _triage(path: Path | None) -> Triage | None:
    """Read the answers of an interview and say what they come to."""
    if path is None:
        return None
    import json

    from midstance.errors import InputError
    from midstance.interview import triage

    try:
        answers = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"the answers cannot be read: {error}", str(path), "give a JSON object") from error
    if not isinstance(answers, dict):
        raise InputError("the answers are no JSON object", str(path), "give question → answer")
    return triage(answers)
