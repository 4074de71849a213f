"""Diaries of made-up runners whose pain is known to change, or not."""

from __future__ import annotations

import numpy as np

from midstance.single_case import Course


def diary(
    draw: np.random.Generator, relief: float, *, fading: float = 0.0, entries: int | None = None
) -> Course:
    """Return 20 to 60 whole ratings of one runner, autocorrelation 0.3 to 0.6, spread 0.7 to 1.4 points."""
    count = entries or int(draw.integers(20, 61))
    likeness, spread = draw.uniform(0.3, 0.6), draw.uniform(0.7, 1.4)
    day = np.cumsum(draw.integers(1, 4, count)).astype(float)
    treated = np.arange(count) >= max(5, int(count * draw.uniform(0.3, 0.5)))
    error = np.zeros(count)
    error[0] = draw.normal(0, spread)
    for i in range(1, count):
        error[i] = likeness * error[i - 1] + draw.normal(0, spread * np.sqrt(1 - likeness**2))
    load = draw.normal(25_000, 6_000, count)
    level = draw.uniform(4, 6) + 0.3 * (load - 25_000) / 6_000 - fading * day / 7
    pain = np.clip(np.round(level - relief * treated + error), 0, 10)
    label = np.where(treated, "quiet_feet", "baseline")
    return Course(day, pain, treated, label, load)
