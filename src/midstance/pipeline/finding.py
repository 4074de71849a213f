"""From an analysis and an interview to findings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from midstance.findings import found
from midstance.model import Code, Estimate, Issue, Measure, Severity, Tier, Trial

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.model import Analysis, Finding, Triage

__all__ = ["findings_of", "findings_of_record"]


def findings_of(analysis: Analysis, triage: Triage | None = None) -> tuple[Finding, ...]:
    """Return what stands out in an analysis, explained.

    Parameters
    ----------
    analysis
        The result of one recording.
    triage
        What the interview came to; None where there was none.

    Returns
    -------
    tuple of Finding
        At most three; none where a red flag stops the programme.
    """
    return found(
        analysis.measures,
        triage=triage,
        speed_m_s=analysis.speed_m_s,
        incline_percent=analysis.scene.incline_percent if analysis.scene else math.nan,
        issues=analysis.issues,
        frame_rate_hz=analysis.recording.rate_hz,
        filmed=not isinstance(analysis.recording, Trial),
    )


def findings_of_record(record: Mapping[str, Any], triage: Triage | None = None) -> tuple[Finding, ...]:
    """Return what stands out in an analysis as `analysis.json` keeps it.

    Parameters
    ----------
    record
        What `formats.analysis_record` gives, or a store kept.
    triage
        What the interview came to; None where there was none.

    Returns
    -------
    tuple of Finding
        The same as `findings_of` gives for the analysis itself.
    """
    place = record.get("scene") or record.get("volume") or {}
    recording = record["recording"]
    return found(
        [_measure(row) for row in record["measures"]],
        triage=triage,
        speed_m_s=_number(place.get("speed_m_s")),
        incline_percent=_number(place.get("incline_percent")),
        issues=[_issue(row) for row in record["issues"]],
        frame_rate_hz=_number(recording.get("frame_rate_hz")),
        filmed=recording.get("kind") == "video",
    )


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _measure(row: Mapping[str, Any]) -> Measure:
    value, low, high = (_number(row[part]) for part in ("value", "low", "high"))
    estimate = Estimate(value, low, high, row["unit"], row["n_steps"], row["method"], Tier(row["tier"]))
    return Measure(
        row["key"],
        row["side"],
        estimate,
        definition=row["definition"],
        frame=row["frame"],
        percentile=row["percentile"],
        by_definition=dict(row["by_definition"]),
        words=row["words"],
    )


def _issue(row: Mapping[str, Any]) -> Issue:
    severity = Severity(row["severity"])
    return Issue(Code(row["code"]), severity, row["sentence"], row["remedy"], row["start_s"], row["end_s"])
