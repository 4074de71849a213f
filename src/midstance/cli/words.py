"""Results as lines of plain text."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from midstance.model import Analysis, Issue, Metric
    from midstance.report import Answer
    from midstance.validation import Validation

__all__ = ["metric_lines", "result_lines", "table_lines", "validated_lines", "wrapped"]

_WIDTH = 100


def result_lines(analysis: Analysis, answers: Sequence[Answer], files: Sequence[Path]) -> list[str]:
    """Return what an analysis found, what is doubtful about it and where it was written."""
    lines = [line for said in answers for line in wrapped(f"{said.headline} {said.detail}")]
    lines.append("")
    for issue in analysis.issues:
        lines += _issue_lines(issue)
    return [*lines, *([""] if analysis.issues else []), "Written:", *(f"  {file}" for file in files)]


def _issue_lines(issue: Issue) -> list[str]:
    """Return one doubt, wrapped, marked by how much it matters."""
    sentence = f"{issue.severity.value}: {issue.sentence} {issue.remedy}".strip()
    return wrapped(sentence)


def wrapped(text: str) -> list[str]:
    """Return a text as lines, the later ones set in."""
    return textwrap.wrap(text, _WIDTH, subsequent_indent="  ", break_long_words=False)


def metric_lines(metrics: Iterable[Metric]) -> list[str]:
    """Return the metric catalogue as a table."""
    rows = [("key", "unit", "side", "meaning")]
    for metric in metrics:
        positive = f" Positive: {metric.positive}." if metric.positive else ""
        rows.append((metric.key, metric.unit, _sides(metric), metric.meaning + positive))
    return table_lines(rows)


def _sides(metric: Metric) -> str:
    return "left, right" if metric.sided else "both"


def table_lines(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return rows of words as aligned columns."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]


def validated_lines(result: Validation, folder: Path) -> list[str]:
    """Return the numbers to reach and what was reached, what could not be compared, and the files."""
    from midstance.validation import judged  # loads NumPy

    rows = [("number to reach", "wanted", "found", "from", "")]
    for verdict in judged(result.rows):
        bar = verdict.bar
        found = f"{verdict.value:+.2f} {bar.shown}".strip()
        wanted = f"{bar.statistic} ≤ {bar.limit:g}"
        rows.append((bar.words, wanted, found, str(verdict.n), "holds" if verdict.holds else "missed"))
    lines = [*table_lines(rows), ""]
    for problem in result.problems:
        lines += wrapped(f"not compared: {problem.trial}: {problem.sentence}")
    return [*lines, "Written:", *(f"  {folder / f'validation.{kind}'}" for kind in ("html", "csv", "json"))]
