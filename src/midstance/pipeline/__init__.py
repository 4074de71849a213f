"""The order of steps: from a recording to an analysis, and from an analysis to files.

This is the only place that knows which room comes after which. `analysing.py` holds the order
itself; the other modules hand each room what it needs.
"""

from midstance.pipeline.analysing import analyse, analyse_sighting, seen, sight
from midstance.pipeline.checking import check
from midstance.pipeline.correcting import corrected
from midstance.pipeline.exporting import export
from midstance.pipeline.finding import findings_of, findings_of_record
from midstance.pipeline.printing import printed

__all__ = [
    "analyse",
    "analyse_sighting",
    "check",
    "corrected",
    "export",
    "findings_of",
    "findings_of_record",
    "printed",
    "seen",
    "sight",
]
