"""The error budget: what the analysis says of rendered runners whose every joint is known."""

from midstance.virtual.budget.design import Condition, designed
from midstance.virtual.budget.fitting import error_model_of
from midstance.virtual.budget.outcomes import Outcome, outcome_of
from midstance.virtual.budget.running import budget
from midstance.virtual.budget.summary import Row, summary
from midstance.virtual.budget.writing import run, written

__all__ = [
    "Condition",
    "Outcome",
    "Row",
    "budget",
    "designed",
    "error_model_of",
    "outcome_of",
    "run",
    "summary",
    "written",
]
