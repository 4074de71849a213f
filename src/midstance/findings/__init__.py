"""What the numbers mean: norms of healthy runners, and the answer in plain words."""

from midstance.findings.norms import measured_speed, norm_curves, norm_range, norms_label, percentile
from midstance.findings.strike import strike_words
from midstance.findings.verdict import State, Verdict, verdict

__all__ = [
    "State",
    "Verdict",
    "measured_speed",
    "norm_curves",
    "norm_range",
    "norms_label",
    "percentile",
    "strike_words",
    "verdict",
]
