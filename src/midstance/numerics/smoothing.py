"""Smooth curves through noisy, gappy samples, as smooth as the samples themselves ask for.

No lag, value and derivatives at any instant. Linear in the number of samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from scipy.fft import dct
from scipy.interpolate import BSpline
from scipy.linalg import cho_solve_banded, cholesky_banded
from scipy.signal import butter, sosfiltfilt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Smooth", "low_passed", "smoothed"]

_DEGREE = 5
_ORDER = 3  # the penalty is on the third derivative
_FEWEST = 12  # samples of a piece
_CANDIDATES = 48  # of smoothness
_LOWEST_HZ = 2.0
_CAUTION = 1.4
_MOST = 0.9  # of the samples that a curve can use up before nothing is left for noise
_EXACT = 1e-9  # of the penalty at the highest frequency: a curve through every sample


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    start: float
    stop: float
    columns: NDArray[np.intp]
    spline: BSpline


@dataclass(frozen=True, slots=True, eq=False)
class Smooth:
    """C smooth curves over time.

    Parameters
    ----------
    pieces
        Stretches between long gaps, each a spline.
    cutoff_hz
        Frequency at which half of the amplitude is left (C,) [Hz]; NaN for an empty column.
    noise_sd
        What was taken for noise (C,), in the unit of the samples; NaN for an empty column.
    """

    pieces: tuple[_Piece, ...]
    cutoff_hz: Array
    noise_sd: Array

    def __call__(self, time_s: Array, order: int = 0) -> Array:
        """Return all curves, or a derivative of them.

        Parameters
        ----------
        time_s
            Instants (N,) [s], in any order.
        order
            0 for the curve, 1 and 2 for its derivatives.

        Returns
        -------
        ndarray
            (N, C) in the unit of the samples per s^order; NaN in long gaps and outside.
        """
        return _drawn(self.pieces, np.atleast_1d(np.asarray(time_s, float)), len(self.cutoff_hz), order)

    def column(self, column: int) -> Callable[[Array], Array]:
        """Return one curve as a function of instants (N,) [s]."""
        own = [(p, int(np.flatnonzero(p.columns == column)[0])) for p in self.pieces if column in p.columns]
        parts = [(p.start, p.stop, BSpline(p.spline.t, p.spline.c[:, i], _DEGREE)) for p, i in own]
        return partial(_one, parts)


def _drawn(pieces: tuple[_Piece, ...], instants: Array, count: int, order: int = 0) -> Array:
    found = np.full((len(instants), count), np.nan)
    for piece in pieces:
        inside = np.flatnonzero((instants >= piece.start) & (instants <= piece.stop))
        found[np.ix_(inside, piece.columns)] = piece.spline(instants[inside], order)
    return found


def _one(parts: list[tuple[float, float, BSpline]], time_s: Array) -> Array:
    found = np.full(np.shape(time_s), np.nan)
    for start, stop, spline in parts:
        inside = (time_s >= start) & (time_s <= stop)
        found[inside] = spline(time_s[inside])
    return found


def smoothed(values: Array, time_s: Array, cutoff_hz: float | None = None, max_gap_s: float = 0.1) -> Smooth:
    """Return smooth curves through noisy samples.

    Parameters
    ----------
    values
        Samples (T, C); NaN where unseen.
    time_s
        (T,) [s], increasing, need not be even.
    cutoff_hz
        Cut-off of a zero-lag low-pass before the curve is drawn (`low_passed`); None lets each
        column decide by itself how smooth it is.
    max_gap_s
        Longest gap that is bridged [s].

    Returns
    -------
    Smooth
        C curves with derivatives.

    Notes
    -----
    A penalised quintic spline, one knot a sample; the penalty is on the third derivative, so that its
    amplitude response is 1 / (1 + (f / cutoff)⁶). Where no cut-off is given it is the one of least
    generalised cross-validation (with each degree of freedom counted 1.4 times, against
    following noise that is not white), found on the cosine spectrum.

    References
    ----------
    Craven & Wahba 1979, Numerische Mathematik 31:377, doi 10.1007/BF01404567 (cross-validation);
    Eilers & Marx 1996, Statistical Science 11:89, doi 10.1214/ss/1038425655 (penalty on coefficients);
    Woltring 1986, Advances in Engineering Software 8:104, doi 10.1016/0141-1195(86)90098-7 (in biomechanics).
    """
    step = float(np.median(np.diff(time_s)))
    if cutoff_hz is None:
        cutoffs, samples = np.array([_own_cutoff(column, time_s, step) for column in values.T]), values
    else:
        cutoffs = np.where(np.isfinite(values).any(axis=0), cutoff_hz, np.nan)
        samples = low_passed(values, time_s, cutoff_hz, max_gap_s)
    drawn = cutoffs if cutoff_hz is None else np.full(len(cutoffs), np.inf)
    pieces = tuple(
        _piece(samples[np.ix_(rows, columns)], time_s[rows], step, drawn[columns], columns)
        for rows, columns in _stretches(samples, time_s, max_gap_s)
    )
    error = values - _drawn(pieces, time_s, values.shape[1])
    freedom = np.minimum(cutoffs * 2.0 * step * np.pi / 6.0 / np.sin(np.pi / 6.0), _MOST)
    seen = np.isfinite(error).sum(axis=0)
    noise = np.sqrt(np.nansum(error**2, axis=0) / np.maximum(seen, 1) / (1.0 - freedom))
    return Smooth(pieces, cutoffs, noise)


def low_passed(values: Array, time_s: Array, cutoff_hz: float, max_gap_s: float = 0.1) -> Array:
    """Return the samples (T, C) after a zero-lag Butterworth low-pass, long gaps left open.

    Parameters
    ----------
    values
        Samples (T, C); NaN where unseen.
    time_s
        (T,) [s], increasing, need not be even.
    cutoff_hz
        Where the power is halved after both passes [Hz].
    max_gap_s
        Longest gap that is bridged by a straight line [s].

    Returns
    -------
    ndarray
        (T, C) in the unit of the samples; NaN in gaps longer than `max_gap_s`.

    Notes
    -----
    Second order, forwards and backwards; the cut-off of a pass is raised by 1 / (√2 − 1)^¼ = 1.25, without
    which a filter called 10 Hz would cut at 8. A cut-off from 90 % of half the sampling rate on passes all.

    References
    ----------
    Winter 2009, Biomechanics and Motor Control of Human Movement, 4th ed., section 3.4.4.2,
    doi 10.1002/9780470549148.
    """
    step = float(np.median(np.diff(time_s)))
    if cutoff_hz * 2.0 * step >= 0.9:  # noqa: PLR2004  (a digital filter ends at half the sampling rate)
        return values.copy()
    single = 2.0 / np.pi * np.arctan(np.tan(np.pi * cutoff_hz * step) / (np.sqrt(2.0) - 1.0) ** 0.25)
    filters = butter(2, single, output="sos")
    passed = np.full(values.shape, np.nan)
    for rows, columns in _stretches(values, time_s, max_gap_s):
        clock = time_s[rows]
        even = np.linspace(clock[0], clock[-1], round((clock[-1] - clock[0]) / step) + 1)
        first, last = np.searchsorted(time_s, clock[[0, -1]])
        for column in columns:
            line = np.interp(even, clock, values[rows, column])
            line = sosfiltfilt(filters, line, padlen=min(len(line) - 1, round(2.0 / single) * 3))
            passed[first : last + 1, column] = np.interp(time_s[first : last + 1], even, line)
    return passed


def _stretches(
    values: Array, time_s: Array, max_gap_s: float
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Yield rows and columns seen together without a long gap; columns seen alike come together."""
    seen = np.isfinite(values)
    patterns, which = np.unique(seen, axis=1, return_inverse=True)
    for i, pattern in enumerate(patterns.T):
        rows = np.flatnonzero(pattern)
        breaks = np.flatnonzero(np.diff(time_s[rows]) > max_gap_s) + 1
        for part in np.split(rows, breaks):
            if len(part) >= _FEWEST:
                yield part, np.flatnonzero(which.ravel() == i)


def _own_cutoff(values: Array, time_s: Array, step: float) -> float:
    """Return the cut-off [Hz] that least cross-validation asks for."""
    seen = np.isfinite(values)
    if seen.sum() < _FEWEST:
        return float("nan")
    clock = time_s[seen]
    even = np.linspace(clock[0], clock[-1], max(round((clock[-1] - clock[0]) / step) + 1, _FEWEST))
    line = np.interp(even, clock, values[seen])
    line = line - np.linspace(line[0], line[-1], len(line))
    power = dct(line, norm="ortho") ** 2
    highest = 0.5 / step
    frequency = highest * np.arange(len(line)) / len(line)
    candidates = np.geomspace(min(_LOWEST_HZ, 0.5 * highest), 1.5 * highest, _CANDIDATES)
    lost = 1.0 - 1.0 / (1.0 + (frequency / candidates[:, None]) ** (2 * _ORDER))
    freedom = np.mean(1.0 - lost, axis=1)
    score = lost**2 @ power / np.maximum(1.0 - _CAUTION * freedom, 1e-6) ** 2
    score[_CAUTION * freedom >= 1.0] = np.inf
    return float(candidates[int(np.argmin(score))])


def _piece(values: Array, clock: Array, step: float, cutoffs: Array, columns: NDArray[np.intp]) -> _Piece:
    """Return the splines of one stretch: banded normal equations, one factor a cut-off."""
    count = round((clock[-1] - clock[0]) / step) + 1
    width = (clock[-1] - clock[0]) / (count - 1)
    knots = clock[0] + width * np.arange(-_DEGREE, count + _DEGREE)
    inside = np.clip(clock, knots[_DEGREE], knots[-_DEGREE - 1])
    basis = BSpline.design_matrix(inside, knots, _DEGREE)
    size = basis.shape[1]
    gram = (basis.T @ basis).todia()
    banded = np.stack([np.pad(gram.diagonal(-d), (0, d)) for d in range(_DEGREE + 1)])
    penalty = _bending(size)
    right = basis.T @ values
    coefficients = np.empty((size, values.shape[1]))
    for cutoff in np.unique(cutoffs):
        own = cutoffs == cutoff
        stiff = max(float((2.0 * np.pi * cutoff * width) ** (-2 * _ORDER)), _EXACT)
        system = banded + stiff * penalty
        factor = cholesky_banded(system, lower=True, check_finite=False)
        coefficients[:, own] = cho_solve_banded((factor, True), right[:, own], check_finite=False)
    return _Piece(float(clock[0]), float(clock[-1]), columns, BSpline(knots, coefficients, _DEGREE))


def _bending(size: int) -> Array:
    """Return the bands of the sum of squared third differences of the coefficients."""
    weights = np.array([-1.0, 3.0, -3.0, 1.0])
    bands = np.zeros((_DEGREE + 1, size))
    rows = size - _ORDER
    for d in range(_ORDER + 1):
        for i in range(_ORDER + 1 - d):
            bands[d, i : i + rows] += weights[i] * weights[i + d]
    return bands
