"""Where a smooth curve turns or crosses a level, finer than its samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Curve = Callable[[NDArray[np.float64]], NDArray[np.float64]]

__all__ = ["crossing", "extremum"]

_GRID = 241


def extremum(curve: Curve, start: float, stop: float, kind: str) -> float:
    """Return where a curve has its `max` or `min` inside an interval, NaN if only at its edge.

    Parameters
    ----------
    curve
        Function of an array (N,).
    start, stop
        The interval.
    kind
        `max` or `min`.

    Returns
    -------
    float
        The place, refined by a parabola through the three best grid points.
    """
    grid = np.linspace(start, stop, _GRID)
    values = curve(grid) if kind == "max" else -curve(grid)
    best = int(np.argmax(values)) if np.isfinite(values).all() else 0
    if not 0 < best < _GRID - 1:
        return float("nan")
    before, at, after = values[best - 1 : best + 2]
    bend = before - 2.0 * at + after
    return float(grid[best] + (grid[1] - grid[0]) * (0.5 * (before - after) / bend if bend else 0.0))


def crossing(
    curve: Curve, start: float, stop: float, level: float, *, rising: bool, last: bool = False
) -> float:
    """Return the first (or last) place in an interval where a curve crosses a level, NaN if nowhere.

    Parameters
    ----------
    curve
        Function of an array (N,).
    start, stop
        The interval.
    level
        The level to cross.
    rising
        Whether to look for crossings upwards or downwards.
    last
        Take the last such crossing instead of the first.

    Returns
    -------
    float
        The place, by a straight line between grid points.
    """
    grid = np.linspace(start, stop, _GRID)
    above = (curve(grid) - level) * (1.0 if rising else -1.0)
    places = np.flatnonzero((above[:-1] < 0) & (above[1:] >= 0))
    if not len(places):
        return float("nan")
    i = int(places[-1] if last else places[0])
    return float(grid[i] + (grid[1] - grid[0]) * above[i] / (above[i] - above[i + 1]))
