"""Middles that pass over NaN, robust spread and lines, and the quantile of Student's t."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["finite_mean", "finite_median", "robust_line", "robust_sd", "t_quantile"]

_HUBER = 1.5


def finite_mean(values: NDArray[np.float64]) -> float:
    """Return the mean of the finite values.

    Parameters
    ----------
    values
        Samples (N,).

    Returns
    -------
    float
        In the unit of the values; NaN if none is finite.
    """
    finite = values[np.isfinite(values)]
    return float(np.mean(finite)) if len(finite) else float("nan")


def finite_median(values: NDArray[np.float64]) -> float:
    """Return the median of the finite values.

    Parameters
    ----------
    values
        Samples (N,).

    Returns
    -------
    float
        In the unit of the values; NaN if none is finite.
    """
    finite = values[np.isfinite(values)]
    return float(np.median(finite)) if len(finite) else float("nan")


def robust_sd(values: NDArray[np.float64]) -> float:
    """Return 1.4826 times the median absolute deviation of the finite values, NaN if there are none.

    Parameters
    ----------
    values
        Samples (N,); NaN is left out.

    Returns
    -------
    float
        Spread, in the unit of the values.
    """
    finite = values[np.isfinite(values)]
    return float(1.4826 * np.median(np.abs(finite - np.median(finite)))) if len(finite) else float("nan")


def robust_line(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return slope, intercept at the mean of x, and standard error of the slope, by Huber weights.

    Parameters
    ----------
    x, y
        Samples (N,); pairs with NaN are left out. Fewer than three pairs give NaN.

    Returns
    -------
    tuple of float
        Slope, intercept at the mean of x, standard error of the slope.
    """
    seen = np.isfinite(x) & np.isfinite(y)
    if seen.sum() < 3:  # noqa: PLR2004  (a line and a spread need three points)
        return float("nan"), float("nan"), float("nan")
    x, y = x[seen] - x[seen].mean(), y[seen]
    if not np.any(x):
        return float("nan"), float(y.mean()), float("nan")
    weight = np.ones(len(x))
    for _ in range(5):
        middle, centre = np.average(x, weights=weight), np.average(y, weights=weight)
        slope = float(np.sum(weight * (x - middle) * (y - centre)) / np.sum(weight * (x - middle) ** 2))
        centre -= slope * middle
        error = y - centre - slope * x
        weight = 1.0 / np.maximum(1.0, np.abs(error) / (_HUBER * robust_sd(error) + 1e-12))
    trusted = max(float(np.mean(weight >= 1.0)), 1.0 / len(x))
    variance = np.sum((weight * error) ** 2) / max(len(x) - 2, 1) / trusted**2
    return slope, float(centre), float(np.sqrt(variance / np.sum((x - middle) ** 2)))


def t_quantile(n: int) -> float:
    """Return the 97.5 % quantile of Student's t with n − 1 degrees of freedom.

    Parameters
    ----------
    n
        Sample size, at least 2.

    Returns
    -------
    float
        The quantile, 1.96 for many.

    Notes
    -----
    Cornish–Fisher expansion (Abramowitz & Stegun 26.7.5), within 1 % from 3 degrees of freedom on;
    exact values below.
    """
    freedom = max(n - 1, 1)
    exact = {1: 12.706, 2: 4.303}
    if freedom in exact:
        return exact[freedom]
    z = 1.959964
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return float(z + first / freedom + second / freedom**2 + third / freedom**3)
