"""The only way a reported number travels."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Estimate", "Measure", "Tier"]


class Tier(StrEnum):
    """How far a number can be believed."""

    HIGH = "high"
    FAIR = "fair"
    LOW = "low"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval, what it rests on and how far to believe it.

    Parameters
    ----------
    value, low, high
        The number and its 95 % interval, in `unit`; NaN when refused.
    unit
        `m`, `s`, `deg`, `%`, `spm`, `1` …
    n
        Number of steps it rests on.
    method
        How it was obtained, in a few words.
    tier
        How far to believe it.
    """

    value: float
    low: float
    high: float
    unit: str
    n: int
    method: str
    tier: Tier

    def __post_init__(self) -> None:
        """Check that the interval contains the value, or that all are NaN when refused."""
        if self.tier is Tier.REFUSED:
            if not all(math.isnan(x) for x in (self.value, self.low, self.high)):
                raise ValueError("a refused estimate has no value")
        elif not self.low <= self.value <= self.high:
            raise ValueError(f"{self.value} is outside its interval {self.low} … {self.high}")

    @classmethod
    def refused(cls, unit: str, why: str) -> Estimate:
        """Return an estimate without a value, `why` in place of the method."""
        nan = float("nan")
        return cls(nan, nan, nan, unit, 0, why, Tier.REFUSED)

    @property
    def margin(self) -> float:
        """Half the width of the interval, in `unit`."""
        return 0.5 * (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Measure:
    """A named estimate of one side, with where it can be seen.

    Parameters
    ----------
    key
        Name in the metric catalogue, with its unit suffix.
    side
        `left`, `right`, or `both` for what belongs to no side.
    estimate
        The number.
    definition
        Which definition of midstance it rests on; empty where none.
    frame
        Index of the video frame nearest to the instant of the most typical step; None where none.
    percentile
        Position among the lab norms at this speed, 0 to 100; None where not known.
    by_definition
        The value under every other definition of midstance, in the same unit.
    words
        What the number is called, where it has a name: the type of foot strike.
    """

    key: str
    side: str
    estimate: Estimate
    definition: str = ""
    frame: int | None = None
    percentile: float | None = None
    by_definition: dict[str, float] = field(default_factory=dict)
    words: str = ""
