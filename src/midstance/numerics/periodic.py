"""Periodic curves as short Fourier series, fitted to unevenly sampled, gappy, noisy data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["PeriodicCurves", "fit_periodic"]

_HUBER = 1.5
_ROBUST_ROUNDS = 3
_STIFFNESS = 1e-3


def _basis(phase: NDArray[np.float64], harmonics: int) -> NDArray[np.float64]:
    order = np.arange(1, harmonics + 1)
    angle = phase[:, None] * order
    return np.concatenate([np.ones((len(phase), 1)), np.cos(angle), np.sin(angle)], axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class PeriodicCurves:
    """C curves of one phase, each a Fourier series.

    Parameters
    ----------
    coefficients
        (1 + 2H, C): mean, H cosines, H sines; NaN columns where too little was seen.
    """

    coefficients: NDArray[np.float64]

    @property
    def harmonics(self) -> int:
        """Number H of harmonics."""
        return (len(self.coefficients) - 1) // 2

    def __call__(self, phase: ArrayLike, column: int, order: int = 0) -> NDArray[np.float64]:
        """Return one curve, or a derivative of it by phase.

        Parameters
        ----------
        phase
            Phase (N,) [rad].
        column
            Which curve.
        order
            0 for the curve, 1 and 2 for its derivatives.

        Returns
        -------
        ndarray
            (N,) in the curve's unit per rad to the power `order`.
        """
        multiple = np.arange(1, self.harmonics + 1)
        angle = np.atleast_1d(np.asarray(phase, float))[:, None] * multiple
        cosines = self.coefficients[1 : self.harmonics + 1, column]
        sines = self.coefficients[self.harmonics + 1 :, column]
        turn = 0.5 * np.pi * order
        curve = np.cos(angle + turn) @ (cosines * multiple**order)
        curve += np.sin(angle + turn) @ (sines * multiple**order)
        return np.asarray(curve + (self.coefficients[0, column] if order == 0 else 0.0))

    def up_to(self, harmonics: int) -> PeriodicCurves:
        """Return the same curves without their harmonics above a number: smoother, in zero lag."""
        kept, all_of = min(harmonics, self.harmonics), self.harmonics
        rows = [0, *range(1, kept + 1), *range(all_of + 1, all_of + kept + 1)]
        return PeriodicCurves(self.coefficients[rows])

    def all(self, phase: NDArray[np.float64], order: int = 0) -> NDArray[np.float64]:
        """Return all curves (N, C), or their derivatives by phase."""
        columns = range(self.coefficients.shape[1])
        return np.stack([self(phase, column, order) for column in columns], axis=1)


def _solve(
    basis: NDArray[np.float64],
    values: NDArray[np.float64],
    weight: NDArray[np.float64],
    ridge: NDArray[np.float64],
) -> NDArray[np.float64]:
    weighted = basis * weight[:, None]
    normal = weighted.T @ basis + np.diag(ridge * weight.sum())
    return np.asarray(np.linalg.solve(normal, weighted.T @ values), dtype=np.float64)


def _fit_column(
    basis: NDArray[np.float64],
    values: NDArray[np.float64],
    ridge: NDArray[np.float64],
    trust: NDArray[np.float64],
) -> NDArray[np.float64]:
    seen = np.isfinite(values)
    if seen.sum() < len(ridge):
        return np.full(len(ridge), np.nan)
    basis, values, trust = basis[seen], values[seen], trust[seen]
    weight = trust
    for _ in range(_ROBUST_ROUNDS):
        coefficients = _solve(basis, values, weight, ridge)
        error = np.abs(values - basis @ coefficients)
        scale = 1.4826 * np.median(error) + 1e-12
        doubt = np.maximum(1.0, error / (_HUBER * scale))
        weight = trust / np.where(trust > 1.0, 1.0, doubt)
    return _solve(basis, values, weight, ridge)


def fit_periodic(
    phase: NDArray[np.float64],
    values: NDArray[np.float64],
    harmonics: int,
    trust: NDArray[np.float64] | None = None,
) -> PeriodicCurves:
    """Fit a Fourier series of the phase to each column, without regard to single wild samples.

    Parameters
    ----------
    phase
        Phase of each sample (T,) [rad].
    values
        Samples (T, C); NaN where unseen.
    harmonics
        Number of harmonics H.
    trust
        How many samples each counts as (T, C); more than one is never taken for wild. None for one each.

    Returns
    -------
    PeriodicCurves
        The C curves; a column with fewer than 1 + 2H samples is NaN.

    Notes
    -----
    Least squares with Huber weights (iterated three times). A small penalty that grows with
    the fourth power of the order keeps gaps in the phase from ringing.
    """
    order = np.arange(1, harmonics + 1) / harmonics
    ridge = _STIFFNESS * np.concatenate([[0.0], order**4, order**4])
    basis = _basis(phase, harmonics)
    trust = np.ones(values.shape) if trust is None else trust
    columns = [_fit_column(basis, values[:, c], ridge, trust[:, c]) for c in range(values.shape[1])]
    return PeriodicCurves(np.stack(columns, axis=1))
