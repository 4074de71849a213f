"""What all trials gave, together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.errors import DataError
from midstance.validation.records import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midstance.validation.comparing import Comparison
    from midstance.validation.records import Row
    from midstance.validation.trying import Outcome, Problem

__all__ = ["Validation", "gathered"]

_FILTERED = "low_pass=10-20"


@dataclass(frozen=True, slots=True, eq=False)
class Validation:
    """How well a folder of trials is measured.

    Parameters
    ----------
    rows
        One measure in one group each.
    problems
        What could not be compared.
    trials
        How many trials were found.
    comparisons
        By way (`markers`, `low_pass`, `fps=60`, `fps=60/raw`): the trials in both ways.
    """

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    trials: int
    comparisons: Mapping[str, tuple[Comparison, ...]]


def gathered(outcomes: Sequence[Outcome]) -> Validation:
    """Return the rows of all trials together.

    Parameters
    ----------
    outcomes
        What each trial gave.

    Returns
    -------
    Validation
        Rows of markers against forces first, then of phones.
    """
    outcomes = sorted(outcomes, key=lambda outcome: outcome.trial)
    problems = tuple(problem for outcome in outcomes for problem in outcome.problems)
    ways = dict.fromkeys(way for outcome in outcomes for way in outcome.comparisons)
    by_way = {
        way: tuple(one for outcome in outcomes for one in outcome.comparisons.get(way, ())) for way in ways
    }
    if not any(by_way.values()):
        first = problems[0] if problems else None
        what = f"{first.trial}: {first.sentence}" if first else "there is nothing to compare"
        raise DataError(f"not one trial could be compared; {what}", "validate", "give trials with forces")
    rows = [row for way, own in by_way.items() for row in _rows(way, own)]
    return Validation(tuple(rows), problems, len(outcomes), by_way)


def _rows(way: str, comparisons: Sequence[Comparison]) -> list[Row]:
    """Return the rows of one way; of the low-passes and of raw phones only what is asked of them."""
    if way == "markers":
        return rows_of(comparisons)
    wanted = "hip_over_ankle_at_midstance_m"
    if way == "low_pass":
        return [row for row in rows_of(comparisons, _FILTERED) if row.measure == wanted]
    rows = rows_of(comparisons, way)
    return [row for row in rows if row.measure == wanted] if way.endswith("/raw") else rows
