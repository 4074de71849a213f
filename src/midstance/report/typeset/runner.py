"""The page for the runner: the answer, where it can be seen, what to try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from midstance.report.typeset.paper import answer_figures, answer_rows, finding_row, what_ran
from midstance.report.words import definition_words

if TYPE_CHECKING:
    from midstance.report.typeset.sheet import Sheet

__all__ = ["runner_content", "runner_figures"]

_MIDSTANCE = "_midstance.jpg"


def runner_content(sheet: Sheet) -> dict[str, Any]:
    """Return the words of the runner's page as plain data."""
    summary = sheet.summary
    shown = [f"{answer.side}{_MIDSTANCE}" for answer in sheet.answers]
    return {
        "day": sheet.day.isoformat(),
        "name": summary.runner.name,
        "what_ran": what_ran(summary),
        "answers": answer_rows(sheet),
        "shown": [
            {"file": name, "alt": _picture_words(name, sheet)} for name in shown if name in sheet.pictures
        ],
        "findings": [finding_row(finding) for finding in sheet.findings],
        "red_flags": [{"sentence": flag.sentence, "do": flag.what_to_do} for flag in sheet.red_flags],
        "definition": definition_words(summary.definition) if summary.definition else "",
        "version": summary.versions.get("midstance", ""),
        "recording_hash": summary.sha256[:12],
    }


def _picture_words(name: str, sheet: Sheet) -> str:
    """Return what a picture shows, for those who cannot see it."""
    side = name.split("_", maxsplit=1)[0]
    headline = next((answer.headline for answer in sheet.answers if answer.side == side), "")
    return f"The runner at midstance on the {side} leg, plumb line through the ankle. {headline}".strip()


def runner_figures(sheet: Sheet) -> dict[str, str]:
    """Return the drawings of the runner's page by name."""
    return answer_figures(sheet)
