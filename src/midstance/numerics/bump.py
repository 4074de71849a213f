"""The middle of a bump in a curve: where it turns, told by its flanks instead of its flat top."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Curve = Callable[[NDArray[np.float64]], NDArray[np.float64]]

__all__ = ["bump_middle"]

_GRID = 241


def bump_middle(curve: Curve, start: float, stop: float, kind: str, level: float = 0.5) -> float:
    """Return the middle between the two places where a bump passes part of its height.

    Parameters
    ----------
    curve
        Function of an array (N,).
    start, stop
        The interval, wide enough to hold both flanks.
    kind
        `max` for a hill, `min` for a valley.
    level
        Part of the height, above 0 and below 1; the height is that above the higher of both feet.

    Returns
    -------
    float
        The middle; NaN where the bump has not two flanks in the interval.

    Notes
    -----
    On a flank a curve is steep and nearly straight: there neither noise nor a low-pass moves it in
    time, while both move the turn of its flat top.
    """
    grid = np.linspace(start, stop, _GRID)
    height = curve(grid) if kind == "max" else -curve(grid)
    if not np.isfinite(height).all():
        return float("nan")
    top = int(np.argmax(height))
    before, after = height[: top + 1], height[top:]
    foot = max(float(before.min()), float(after.min()))
    bar = foot + level * (height[top] - foot)
    up, down = np.flatnonzero(before < bar), np.flatnonzero(after < bar)
    if not (len(up) and len(down)):
        return float("nan")
    i, j = int(up[-1]), top + int(down[0]) - 1
    rise = i + (bar - height[i]) / (height[i + 1] - height[i])
    fall = j + (height[j] - bar) / (height[j] - height[j + 1])
    return float(start + 0.5 * (rise + fall) * (grid[1] - grid[0]))
