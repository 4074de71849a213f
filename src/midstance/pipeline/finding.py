"""From an analysis and an interview to findings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from midstance.findings import found
from midstance.formats import summary_of
from midstance.model import Summary, Trial

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.model import Analysis, Finding, Triage

__all__ = ["findings_of", "findings_of_record"]


def findings_of(analysis: Analysis | Summary, triage: Triage | None = None) -> tuple[Finding, ...]:
    """Return what stands out in an analysis, explained.

    Parameters
    ----------
    analysis
        The result of one recording, or what is left of it in `analysis.json`.
    triage
        What the interview came to; None where there was none.

    Returns
    -------
    tuple of Finding
        At most three; none where a red flag stops the programme.
    """
    if isinstance(analysis, Summary):
        rate_hz, filmed = analysis.rate_hz, analysis.filmed
    else:
        rate_hz, filmed = analysis.recording.rate_hz, not isinstance(analysis.recording, Trial)
    return found(
        analysis.measures,
        triage=triage,
        speed_m_s=analysis.speed_m_s,
        incline_percent=analysis.scene.incline_percent if analysis.scene else math.nan,
        issues=analysis.issues,
        frame_rate_hz=rate_hz,
        filmed=filmed,
    )


def findings_of_record(record: Mapping[str, Any], triage: Triage | None = None) -> tuple[Finding, ...]:
    """Return what stands out in an analysis as a store keeps it.

    Parameters
    ----------
    record
        What `formats.analysis_record` gives.
    triage
        What the interview came to; None where there was none.

    Returns
    -------
    tuple of Finding
        The same as `findings_of` gives for the analysis itself.
    """
    return findings_of(summary_of(record), triage)
