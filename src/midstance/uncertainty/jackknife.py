"""How much a pooled number would change had other strides been filmed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import numpy as np

__all__ = ["jackknife_sd"]

_Key = TypeVar("_Key", bound=Hashable)


def jackknife_sd(without: Callable[[int], dict[_Key, float]], groups: int) -> dict[_Key, float]:
    """Return the standard error of every number by leaving out one group of strides at a time.

    Parameters
    ----------
    without
        Gives the numbers with one group, 0 to `groups` − 1, left out.
    groups
        How many groups; fewer than two give NaN.

    Returns
    -------
    dict
        Standard error of each number, in its unit; NaN where it could not be found each time.

    References
    ----------
    Efron & Stein 1981, Annals of Statistics 9:586, doi 10.1214/aos/1176345462 (grouped form).
    """
    if groups < 2:  # noqa: PLR2004  (one group has no spread)
        return {}
    tables = [without(group) for group in range(groups)]
    spread = {}
    for key in {key: None for table in tables for key in table}:
        values = np.array([table.get(key, np.nan) for table in tables])
        spread[key] = float(np.sqrt((groups - 1) / groups * np.sum((values - values.mean()) ** 2)))
    return spread
