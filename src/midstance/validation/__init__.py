"""Validation: how well markers alone, and a phone, agree with force plates."""

from midstance.validation.agreement import Agreement, Matching, agreement, coverage, icc_2_1, matched
from midstance.validation.bars import BARS, Bar, Verdict, judged
from midstance.validation.comparing import Comparison, LegMean, Steps, compared
from midstance.validation.filming import Filmed, Phone, Replay, replay
from midstance.validation.gathering import Validation, gathered
from midstance.validation.page import validation_html, write_page
from midstance.validation.records import Row, Sample, rows_of, samples_of
from midstance.validation.running import validate
from midstance.validation.trials import Entry, found_trials
from midstance.validation.trying import Outcome, Problem, Trying, known_shifts
from midstance.validation.writing import write_csv, write_json

__all__ = [
    "BARS",
    "Agreement",
    "Bar",
    "Comparison",
    "Entry",
    "Filmed",
    "LegMean",
    "Matching",
    "Outcome",
    "Phone",
    "Problem",
    "Replay",
    "Row",
    "Sample",
    "Steps",
    "Trying",
    "Validation",
    "Verdict",
    "agreement",
    "compared",
    "coverage",
    "found_trials",
    "gathered",
    "icc_2_1",
    "judged",
    "known_shifts",
    "matched",
    "replay",
    "rows_of",
    "samples_of",
    "validate",
    "validation_html",
    "write_csv",
    "write_json",
    "write_page",
]
