"""The hips in side view, where one hides the other and a network only guesses how they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["steadied", "stride_time"]

_LEFT, _RIGHT, _ANKLES = 9, 10, (13, 14)
_SIDE, _WIDE = 0.08, 0.16  # hip distance across the picture in leg lengths: below side view, above not
_LEAST_S = 0.2
_LEAST_LIKENESS = 0.3  # autocorrelation from which a movement counts as repeating


def stride_time(points: NDArray[np.float64], time_s: NDArray[np.float64]) -> float:
    """Return the time after which the legs are where they were [s], from ankle over ankle; NaN if never.

    Parameters
    ----------
    points
        (T, K, 2) [px].
    time_s
        (T,) [s].
    """
    apart = points[:, _ANKLES[0]] - points[:, _ANKLES[1]]
    good = np.asarray(np.isfinite(apart).all(axis=1))
    if good.sum() < 8:  # noqa: PLR2004  (too few to tell)
        return float("nan")
    step_s = float(np.median(np.diff(time_s)))
    even = np.arange(time_s[good][0], time_s[good][-1], step_s)
    curve = np.stack([np.interp(even, time_s[good], apart[good, axis]) for axis in (0, 1)])
    curve -= curve.mean(axis=1, keepdims=True)
    spectrum = np.abs(np.fft.rfft(curve, 2 * len(even))) ** 2
    likeness = np.fft.irfft(spectrum.sum(axis=0))[: len(even)]
    likeness /= max(likeness[0], 1e-12) * (1 - np.arange(len(even)) / len(even))
    usable = slice(max(1, round(_LEAST_S / step_s)), int(0.7 * len(even)))
    return _first_peak(likeness[usable], usable.start) * step_s


def _first_peak(likeness: NDArray[np.float64], offset: int) -> float:
    """Return the place of the first peak nearly as high as the highest one, NaN where none is high."""
    inner = likeness[1:-1]
    peak = np.flatnonzero((inner >= likeness[:-2]) & (inner > likeness[2:]) & (inner > _LEAST_LIKENESS))
    if not len(peak):
        return float("nan")
    first = peak[inner[peak] > 0.8 * inner[peak].max()][0]
    return float(first + 1 + offset)


def _moving_mean(
    values: NDArray[np.float64], time_s: NDArray[np.float64], width_s: float
) -> NDArray[np.float64]:
    """Return the mean (T, 2) of values over a window of time around each sample; NaN are left out."""
    good = np.asarray(np.isfinite(values).all(axis=1))
    total = np.concatenate([np.zeros((1, 2)), np.cumsum(np.where(good[:, None], values, 0.0), axis=0)])
    number = np.concatenate([[0], np.cumsum(good)])
    half = np.clip(width_s / 2, 0, (time_s[-1] - time_s[0]) / 2)
    middle = np.clip(time_s, time_s[0] + half, time_s[-1] - half)  # a whole window at the ends too
    low = np.searchsorted(time_s, middle - half - 1e-9)
    high = np.searchsorted(time_s, middle + half + 1e-9)
    count = np.maximum(number[high] - number[low], 1)
    return np.asarray((total[high] - total[low]) / count[:, None])


def steadied(points: NDArray[np.float64], time_s: NDArray[np.float64], leg_px: float) -> NDArray[np.float64]:
    """Replace what a network guesses about left against right hip by its mean over a stride, in side view.

    Parameters
    ----------
    points
        (T, K, 2) [px].
    time_s
        (T,) [s].
    leg_px
        Length of a leg [px].

    Returns
    -------
    ndarray
        Points (T, K, 2) [px]; only the hips differ, and their middle is the same.

    Notes
    -----
    In side view the difference of the hips that networks report swings with the legs, against the pelvis'
    true rotation: on rendered runners it correlates with the truth by −0.5, and one hip alone scatters
    three times as much as the middle of both. Where the hips are apart in the picture (oblique, front and
    rear view) nothing is changed; in between, the two are blended.
    """
    if len(time_s) < 3 or not np.isfinite(leg_px):  # noqa: PLR2004  (nothing to average)
        return points
    stride_s = stride_time(points, time_s)
    width_s = stride_s if np.isfinite(stride_s) else float(time_s[-1] - time_s[0])
    apart = points[:, _LEFT] - points[:, _RIGHT]
    slow = _moving_mean(apart, time_s, width_s)
    believed = np.clip((np.abs(slow[:, :1]) / leg_px - _SIDE) / (_WIDE - _SIDE), 0, 1)
    steady = believed * apart + (1 - believed) * slow
    middle = (points[:, _LEFT] + points[:, _RIGHT]) / 2
    result = points.copy()
    result[:, _LEFT], result[:, _RIGHT] = middle + steady / 2, middle - steady / 2
    return result
