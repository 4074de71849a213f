"""Sampled curves read between their samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import CubicSpline

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Curves"]


class Curves:
    """Curves (T, C) through their samples, cubic between them; NaN beside a sample that is NaN.

    Parameters
    ----------
    time_s
        (T,) [s], strictly increasing.
    values
        (T, C).
    """

    __slots__ = ("_seen", "_spline", "_time_s")

    def __init__(self, time_s: NDArray[np.float64], values: NDArray[np.float64]) -> None:
        self._time_s = time_s
        self._seen = np.isfinite(values)
        filled = values.copy()
        for c, seen in enumerate(self._seen.T):
            if not seen.all():
                filled[:, c] = np.interp(time_s, time_s[seen], values[seen, c]) if seen.any() else 0.0
        self._spline = CubicSpline(time_s, filled)

    def __call__(self, instants_s: NDArray[np.float64], column: int) -> NDArray[np.float64]:
        """Return one curve at instants (N,) [s]; NaN outside the clock and beside a gap.

        Parameters
        ----------
        instants_s
            (N,) [s]; NaN gives NaN.
        column
            Which curve.

        Returns
        -------
        ndarray
            (N,), in the unit of the curve.
        """
        known = np.isfinite(instants_s)
        known &= (instants_s >= self._time_s[0]) & (instants_s <= self._time_s[-1])
        place = np.where(known, instants_s, self._time_s[0])
        after = np.clip(np.searchsorted(self._time_s, place), 1, len(self._time_s) - 1)
        seen = self._seen[after, column] & self._seen[after - 1, column]
        return np.where(known & seen, self._spline(place)[:, column], np.nan)
