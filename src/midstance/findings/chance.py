"""How likely it is that a condition holds, from what is known about a number."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from midstance.model import Estimate, Tier

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["chance_above", "chance_below", "difference", "together"]

_NORMAL = 1.96


def chance_below(estimate: Estimate, limit: float) -> float:
    """Return the probability that the true value lies below a limit.

    Parameters
    ----------
    estimate
        The number with its interval.
    limit
        In the same unit.

    Returns
    -------
    float
        0 to 1, from two halves of normal distributions that meet at the value, one for each side of the
        interval.
    """
    half = estimate.value - estimate.low if limit < estimate.value else estimate.high - estimate.value
    sd = max(half / _NORMAL, 1e-12)
    return 0.5 * math.erfc((estimate.value - limit) / (sd * math.sqrt(2.0)))


def chance_above(estimate: Estimate, limit: float) -> float:
    """Return the probability that the true value lies above a limit."""
    return 1.0 - chance_below(estimate, limit)


def difference(left: Estimate, right: Estimate) -> Estimate:
    """Return left minus right.

    Parameters
    ----------
    left, right
        The same measure of both legs, neither refused.

    Returns
    -------
    Estimate
        Errors of the two legs taken as independent.
    """
    value = left.value - right.value
    down = math.hypot(left.value - left.low, right.high - right.value)
    up = math.hypot(left.high - left.value, right.value - right.low)
    tier = max(left.tier, right.tier, key=list(Tier).index)
    return Estimate(
        value, value - down, value + up, left.unit, min(left.n, right.n), "left minus right", tier
    )


def together(chances: Sequence[float]) -> float:
    """Return the probability that several conditions hold, as if their errors had nothing in common."""
    return math.prod(chances)
