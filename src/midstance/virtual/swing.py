"""The leg in the air: splines from the way it left the ground to the way it lands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["Swing", "clamped_spline"]

# Where the curves go between the ends, at parts of the swing. Knee: over its peak. Line hip-ankle:
# from 0 (as at toe-off) to 1 (as at contact). Ankle: dorsiflexion in radians.
_RUNNING = {
    "part": (0.2, 0.4, 0.6, 0.8, 0.92),
    "knee": (0.56, 0.97, 0.88, 0.42, 0.19),
    "line": (-0.21, -0.13, 0.30, 0.88, 1.03),
    "ankle": (-0.25, -0.04, 0.05, 0.07, 0.07),
}
_WALKING = {
    "part": (0.2, 0.35, 0.5, 0.7, 0.88),
    "knee": (0.94, 0.99, 0.85, 0.42, 0.08),
    "line": (0.02, 0.26, 0.56, 0.90, 1.05),
    "ankle": (-0.20, 0.00, 0.04, 0.05, 0.03),
}


@dataclass(frozen=True, slots=True, eq=False)
class Swing:
    """All swings of one leg; columns are knee, line, foot pitch [rad] and ankle across [m].

    Parameters
    ----------
    start_s, end_s
        Toe-off and next contact (N,) [s].
    start, end
        The leg at these (N, 4).
    start_rate, end_rate
        How fast it changes there (N, 4) [per s].
    knee_peak_rad
        Largest knee flexion aimed at.
    walking
        Whether the curves are those of walking.
    """

    start_s: NDArray[np.float64]
    end_s: NDArray[np.float64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    start_rate: NDArray[np.float64]
    end_rate: NDArray[np.float64]
    knee_peak_rad: float
    walking: bool

    def at(self, time_s: NDArray[np.float64], swing: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the leg (T, 4) at instants in swing number `swing` (T,)."""
        shape = _WALKING if self.walking else _RUNNING
        long = self.end_s - self.start_s
        part = np.clip((time_s - self.start_s[swing]) / long[swing], 0.0, 1.0)
        knots = np.array([0.0, *shape["part"], 1.0])
        values = self._values(shape, knots)
        first, last = _relative_rate(self.start, self.start_rate), _relative_rate(self.end, self.end_rate)
        length = long[:, None]
        curves = clamped_spline(knots, values, first * length, last * length, part, swing)
        curves[..., 2] += _shank_tilt(curves)
        return curves

    def _values(
        self, shape: Mapping[str, tuple[float, ...]], knots: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the values at the knots (N, K, 4), the foot relative to the shank."""
        start, end = _relative(self.start), _relative(self.end)
        rise = np.array([0.0, *shape["line"], 1.0])[None, :, None]
        values = start[:, None] * (1.0 - rise) + end[:, None] * rise
        smooth = (knots * knots * (3.0 - 2.0 * knots))[None, :]
        values[:, :, 3] = start[:, 3, None] * (1.0 - smooth) + end[:, 3, None] * smooth
        values[:, 1:-1, 0] = self.knee_peak_rad * np.array(shape["knee"])
        values[:, 1:-1, 2] = np.array(shape["ankle"])
        values[:, [0, -1], 2] = np.stack([start[:, 2], end[:, 2]], axis=1)
        return np.asarray(values)


def _relative(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return leg columns with the pitch of the foot taken relative to the shank."""
    out = columns.copy()
    out[..., 2] -= _shank_tilt(columns)
    return out


def _relative_rate(columns: NDArray[np.float64], rate: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how fast the relative columns change when the columns change at a rate."""
    step = 1e-6
    return (_relative(columns + step * rate) - _relative(columns)) / step


def _shank_tilt(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the angle of the shank against the vertical, + ankle ahead of the knee [rad].

    Thigh and shank are taken as equally long here: the foot only needs a smooth reference.
    """
    return np.asarray(columns[..., 1] - 0.5 * columns[..., 0])


def clamped_spline(
    knots: NDArray[np.float64],
    values: NDArray[np.float64],
    start_slope: NDArray[np.float64],
    end_slope: NDArray[np.float64],
    at: NDArray[np.float64],
    which: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Evaluate N cubic splines with given end slopes.

    Parameters
    ----------
    knots
        (K,), the same for all.
    values
        (N, K, C).
    start_slope, end_slope
        (N, C).
    at
        Where to evaluate (T,).
    which
        Which of the N splines (T,).

    Returns
    -------
    ndarray
        (T, C).
    """
    gap = np.diff(knots)
    slope = np.diff(values, axis=1) / gap[:, None]
    count = len(knots)
    matrix = np.zeros((count, count))
    right = np.empty_like(values)
    matrix[0, :2] = 2.0 * gap[0], gap[0]
    matrix[-1, -2:] = gap[-1], 2.0 * gap[-1]
    for row in range(1, count - 1):
        matrix[row, row - 1 : row + 2] = gap[row - 1], 2.0 * (gap[row - 1] + gap[row]), gap[row]
    right[:, 0] = 6.0 * (slope[:, 0] - start_slope)
    right[:, 1:-1] = 6.0 * np.diff(slope, axis=1)
    right[:, -1] = 6.0 * (end_slope - slope[:, -1])
    bend = np.einsum("kj,njc->nkc", np.linalg.inv(matrix), right)
    i = np.clip(np.searchsorted(knots, at, "right") - 1, 0, count - 2)
    x, width = (at - knots[i])[..., None], gap[i][..., None]
    low, high = bend[which, i], bend[which, i + 1]
    first = slope[which, i] - width * (2.0 * low + high) / 6.0
    return np.asarray(values[which, i] + x * (first + x * (0.5 * low + x * (high - low) / (6.0 * width))))
