"""Randomisation tests: what chance alone would have made of the order that was drawn."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from midstance.single_case.course import Course

__all__ = ["block_orders", "randomisation_test", "start_days"]

_FEWEST = 20  # assignments: with fewer, no p below 0.05 can come out


def randomisation_test(course: Course, permitted: Iterable[NDArray[np.bool_]]) -> float:
    """Return how often an order drawn by chance would have shown at least as much relief.

    Parameters
    ----------
    course
        The ratings, with what was really done.
    permitted
        Every assignment (N,) that the draw could have given, the real one among them.

    Returns
    -------
    float
        p, one-sided for less pain while trying: exact if the order was truly drawn from these.

    Raises
    ------
    DataError
        If there are fewer than twenty assignments, or the real one is not among them.

    References
    ----------
    Bulté & Onghena 2008, Behav Res Methods 40:467, doi 10.3758/BRM.40.2.467.
    """
    usable = [treated for treated in permitted if 0 < treated.sum() < len(treated)]
    if len(usable) < _FEWEST:
        what, remedy = f"the draw had {len(usable)} possible orders", f"draw from {_FEWEST} or more"
        raise DataError(what, "randomisation test", remedy)

    if not any(np.array_equal(treated, course.treated) for treated in usable):
        what = "what was done is not among the orders that could be drawn"
        raise DataError(what, "randomisation test", "keep to the plan")
    seen = _relief(course.pain, course.treated)
    drawn = np.array([_relief(course.pain, treated) for treated in usable])
    return float(np.mean(drawn >= seen - 1e-9))


def _relief(pain: NDArray[np.float64], treated: NDArray[np.bool_]) -> float:
    return float(pain[~treated].mean() - pain[treated].mean())


def start_days(course: Course, first_day: float, last_day: float) -> list[NDArray[np.bool_]]:
    """Return every assignment of a design whose start day was drawn.

    Parameters
    ----------
    course
        The ratings.
    first_day, last_day
        Window from which the start was drawn [days since the first entry], both ends included.

    Returns
    -------
    list of ndarray
        Assignments (N,), one for each day.
    """
    return [course.day >= day for day in np.arange(first_day, last_day + 1.0)]


def block_orders(course: Course, blocks: Sequence[int], tried: Sequence[bool]) -> list[NDArray[np.bool_]]:
    """Return every assignment of a design in which blocks of days were given out in a drawn order.

    Parameters
    ----------
    course
        The ratings.
    blocks
        Number of entries in each block, in the order of time; they sum to N.
    tried
        What each block really was; every distinct order of it could have been drawn.

    Returns
    -------
    list of ndarray
        Assignments (N,).
    """
    if sum(blocks) != len(course) or len(blocks) != len(tried):
        raise ValueError(f"blocks of {sum(blocks)} entries for a course of {len(course)}")
    places = range(len(blocks))
    orders = combinations(places, sum(tried))
    return [np.repeat(np.isin(places, order), blocks) for order in orders]
