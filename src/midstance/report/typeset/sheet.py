"""What goes on paper, before it is set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from midstance.model import Finding, RedFlag, Summary
    from midstance.report.answer import Answer
    from midstance.report.curves import NormBand
    from midstance.report.intervals import NormRange

__all__ = ["Audience", "Sheet"]

Audience = Literal["runner", "clinician"]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Everything a printed report needs.

    Parameters
    ----------
    summary
        The analysis.
    answers
        What it says first, one for each leg.
    findings
        What stands out, at most three; in their order.
    day
        The day of the recording or of the report, printed on it.
    red_flags
        What has to be looked at before anything else; printed first.
    norm_ranges
        Metric key → low, high and who they were measured on.
    norm_bands
        Curve name → band of healthy runners.
    pictures
        File name → bytes of a JPEG, as `Evidence.file_name` calls them; may be empty.
    """

    summary: Summary
    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]
    day: date
    red_flags: tuple[RedFlag, ...] = ()
    norm_ranges: Mapping[str, NormRange] = field(default_factory=dict)
    norm_bands: Mapping[str, NormBand] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
