"""The level of pain in each phase, with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import t as student

from midstance.single_case.effect_sizes import lag_one

if TYPE_CHECKING:
    from midstance.single_case.course import Course

__all__ = ["Level", "levels"]

_FEWEST = 3
_LIKEST = 0.8  # of neighbours; above it, too little is left to say how sure the level is


@dataclass(frozen=True, slots=True)
class Level:
    """Pain of one phase.

    Parameters
    ----------
    label
        Name of the phase.
    first_day, last_day
        Days of its first and last rating [days since the first entry].
    value
        Mean rating, 0 to 10.
    low, high
        95 % interval of the mean; NaN with fewer than three ratings.
    ratings
        How many ratings.
    """

    label: str
    first_day: float
    last_day: float
    value: float
    low: float
    high: float
    ratings: int


def levels(course: Course) -> tuple[Level, ...]:
    """Return the level of each phase of a course, in the order of their first rating.

    Parameters
    ----------
    course
        Pain over the phases.

    Returns
    -------
    tuple of Level
        One for each label.

    Notes
    -----
    Neighbouring days are alike, so that n ratings say as much as n (1 − r) / (1 + r) that are not: r is
    their autocorrelation about the means of the phases, kept between 0 and 0.8. The interval is Student's.

    References
    ----------
    Bayley & Hammersley 1946, Suppl J R Stat Soc 8:184, doi 10.2307/2983560, on the effective number.
    """
    labels = list(dict.fromkeys(course.label.tolist()))
    rest = course.pain.copy()
    for label in labels:
        rest[course.label == label] -= rest[course.label == label].mean()
    likeness = lag_one(rest)
    likeness = float(np.clip(likeness, 0.0, _LIKEST)) if np.isfinite(likeness) else 0.0
    return tuple(_level(course, label, likeness) for label in labels)


def _level(course: Course, label: str, likeness: float) -> Level:
    own = course.label == label
    pain, days = course.pain[own], course.day[own]
    mean, low, high = float(pain.mean()), float("nan"), float("nan")
    if len(pain) >= _FEWEST:
        count = max(len(pain) * (1.0 - likeness) / (1.0 + likeness), 2.0)
        half = float(student.ppf(0.975, count - 1.0) * pain.std(ddof=1) / np.sqrt(count))
        low, high = max(mean - half, 0.0), min(mean + half, 10.0)
    return Level(label, float(days[0]), float(days[-1]), mean, low, high, len(pain))
