"""What the numbers mean: norms of healthy runners, the answer in plain words, and findings."""

from midstance.findings.norms import (
    measured_speed,
    norm_curves,
    norm_limit,
    norm_range,
    norms_label,
    percentile,
)
from midstance.findings.ranking import found
from midstance.findings.strike import strike_words
from midstance.findings.verdict import State, Verdict, verdict

__all__ = [
    "State",
    "Verdict",
    "found",
    "measured_speed",
    "norm_curves",
    "norm_limit",
    "norm_range",
    "norms_label",
    "percentile",
    "strike_words",
    "verdict",
]
