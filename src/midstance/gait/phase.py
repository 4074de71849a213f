"""The phase-locked stride: every sample of every stride put at its place in one mean stride.

On a treadmill the frames of a video fall on ever different phases of a periodic motion. Pooling
them by phase gives the mean stride a far finer time than the frame rate; how each stride runs
early or late against it gives back the time of every single event.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import DataError
from midstance.model import Signals
from midstance.numerics import PeriodicCurves, finite_median, fit_periodic, robust_sd

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["LockedStride", "PhaseLock", "stride_frequency"]

_TURN = 2.0 * np.pi
_BINS = 48  # phase bins per stride when shifts are smoothed
_SETTLED_STRIDES = 0.12  # a sample set by hand speaks for its stride over this part of it
_TIMING = ("ankle_ahead_of_pelvis_m", "ankle_height_m", "toe_height_m", "knee_flexion_deg")


def stride_frequency(time_s: NDArray[np.float64], separation: NDArray[np.float64]) -> float:
    """Return the frequency of the strides: the strongest rhythm of the legs' separation.

    Parameters
    ----------
    time_s
        (T,) [s], need not be even.
    separation
        Left ankle ahead of right ankle (T,), any unit; NaN where unseen.

    Returns
    -------
    float
        Strides per second [Hz].

    Raises
    ------
    DataError
        If the recording is shorter than about one and a half strides of anything periodic.
    """
    seen = np.isfinite(separation)
    duration = float(time_s[-1] - time_s[0]) if len(time_s) else 0.0
    if seen.sum() < 16:  # noqa: PLR2004  (less than half a second of 30-Hz video)
        raise DataError(
            f"the legs are visible in only {int(seen.sum())} frames",
            "finding the strides",
            "film at least ten steps with both legs in the picture",
        )
    time_s, separation = time_s[seen], separation[seen] - separation[seen].mean()
    highest = 0.5 * len(time_s) / duration
    frequency = np.arange(1.2 / duration, min(highest, 3.5 * max(1.0, 1.2 / duration)), 0.2 / duration)
    wave = np.exp(-1j * _TURN * np.outer(frequency, time_s))
    power = np.abs(wave @ separation)
    return float(frequency[int(np.argmax(power))])


@dataclass(frozen=True, slots=True, eq=False)
class LockedStride:
    """Phase of every sample, and the mean stride as Fourier curves.

    Parameters
    ----------
    signals
        The curves over time that were pooled.
    phase
        Phase of each sample (T,) [rad], increasing; one stride is 2π; its zero is arbitrary.
    curves
        The mean stride of each signal.
    stride_time_s
        Mean duration of a stride [s].
    settled
        Which samples of which curve are certain, set by hand (T, C); None where none is.
    """

    signals: Signals
    phase: NDArray[np.float64]
    curves: PeriodicCurves
    stride_time_s: float
    settled: NDArray[np.bool_] | None = None

    @property
    def strides(self) -> float:
        """How many strides the recording holds."""
        return float((self.phase[-1] - self.phase[0]) / _TURN)

    def mean(self, name: str, phase: NDArray[np.float64] | float, order: int = 0) -> NDArray[np.float64]:
        """Return the mean curve (N,) of a signal, or its derivative by time [unit/s^order]."""
        rate = (_TURN / self.stride_time_s) ** order
        return self.curves(np.atleast_1d(phase), self.signals.names.index(name), order) * rate

    def smoothed(self, harmonics: int) -> LockedStride:
        """Return the same strides with a mean stride of fewer harmonics."""
        return replace(self, curves=self.curves.up_to(harmonics))

    def times(self, phase: float) -> NDArray[np.float64]:
        """Return every instant (N,) [s] at which the motion passes a phase [rad]."""
        first = np.ceil((self.phase[0] - phase) / _TURN)
        turns = np.arange(first, (self.phase[-1] - phase) / _TURN + 1e-9)
        return np.interp(phase + _TURN * turns, self.phase, self.signals.time_s)

    def residual(self, name: str) -> NDArray[np.float64]:
        """Return each sample's difference from the mean stride (T,)."""
        return self.signals.curve(name) - self.mean(name, self.phase)

    def at(self, name: str, time_s: NDArray[np.float64], window_s: float) -> NDArray[np.float64]:
        """Return a signal at single instants: the mean stride plus what this stride adds to it.

        Parameters
        ----------
        name
            Which signal.
        time_s
            Instants (N,) [s].
        window_s
            Half-width over which this stride's own samples are averaged [s].

        Returns
        -------
        ndarray
            (N,) in the signal's unit; NaN where the stride has no sample within the window. Samples set
            by hand are read alone where there are any.
        """
        clock = self.signals.time_s
        mean = self.mean(name, np.interp(time_s, clock, self.phase))
        residual = self.residual(name)
        window_s = max(window_s, 0.75 * float(np.median(np.diff(clock))))
        low = np.searchsorted(clock, time_s - window_s)
        high = np.searchsorted(clock, time_s + window_s, side="right")
        certain = self._certain(name)
        own = [finite_median(_most_certain(residual, certain, a, b)) for a, b in zip(low, high, strict=True)]
        return np.asarray(mean + np.array(own, dtype=float))

    def _certain(self, name: str) -> NDArray[np.bool_]:
        """Return which samples of a signal were set by hand (T,)."""
        if self.settled is None:
            return np.zeros(len(self.phase), dtype=bool)
        return self.settled[:, self.signals.names.index(name)]

    def refit(self, kept: NDArray[np.bool_], names: tuple[str, ...]) -> LockedStride:
        """Return the mean stride of some samples (T,) and signals only, with the same phases."""
        columns = [self.signals.names.index(name) for name in names]
        part = self.signals
        signals = Signals(
            part.values[kept][:, columns],
            names,
            tuple(part.units[c] for c in columns),
            part.time_s[kept],
        )
        phase = self.phase[kept]
        settled = None if self.settled is None else self.settled[kept][:, columns]
        curves = fit_periodic(phase, signals.values, self.curves.harmonics, _trust(phase, settled))
        return LockedStride(signals, phase, curves, _stride_time_s(signals.time_s, phase), settled)


def _most_certain(
    residual: NDArray[np.float64], certain: NDArray[np.bool_], low: int, high: int
) -> NDArray[np.float64]:
    """Return the residuals of a window that were set by hand, all where none was."""
    own, sure = residual[low:high], certain[low:high]
    return own[sure] if sure.any() else own


def _trust(phase: NDArray[np.float64], settled: NDArray[np.bool_] | None) -> NDArray[np.float64] | None:
    """Return what each sample counts (T, C): one set by hand as much as all around it in its stride."""
    if settled is None:
        return None
    in_stride = _TURN / float(np.median(np.diff(phase)))
    return np.where(settled, max(_SETTLED_STRIDES * in_stride, 2.0), 1.0)


def _stride_time_s(time_s: NDArray[np.float64], phase: NDArray[np.float64]) -> float:
    """Return the mean duration of a stride: the slope of phase over time [s]."""
    return float(_TURN / np.polyfit(time_s, phase, 1)[0])


@dataclass(frozen=True, slots=True)
class PhaseLock:
    """Find the phase of every sample by pooling strides and shifting them against their mean.

    Parameters
    ----------
    harmonics
        Harmonics of the stride frequency in the mean stride.
    rounds
        How often the shifts are refined.
    window_strides
        Half-width of the window in which a shift is found [strides].
    wander_strides
        Expected size of the shifts [strides]: keeps noise from being taken for rhythm.
    """

    harmonics: int = 10
    rounds: int = 3
    window_strides: float = 0.18
    wander_strides: float = 0.016

    def __call__(self, signals: Signals, settled: NDArray[np.bool_] | None = None) -> LockedStride:
        """Lock the curves of a running (or walking) bout.

        Parameters
        ----------
        signals
            Curves (T, C) with the sided names of `kinematics.sagittal_curves`.
        settled
            Which of their samples were set by hand (T, C).

        Returns
        -------
        LockedStride
            Phases and mean stride of all C curves.

        Raises
        ------
        DataError
            If no rhythm of the legs can be found.
        """
        phase = _first_phase(signals)
        names = [f"{side}_{name}" for side in ("left", "right") for name in _TIMING]
        columns = [signals.names.index(name) for name in ("pelvis_height_m", *names)]
        timing = signals.values[:, columns]
        timing = timing[:, np.isfinite(timing).mean(axis=0) > 0.5]  # noqa: PLR2004
        harmonics = int(np.clip((len(phase) - 1) // 5, 3, self.harmonics))
        for _ in range(self.rounds):
            phase = self._shifted(phase, timing, harmonics)
        curves = fit_periodic(phase, signals.values, harmonics, _trust(phase, settled))
        return LockedStride(signals, phase, curves, _stride_time_s(signals.time_s, phase), settled)

    def _shifted(
        self, phase: NDArray[np.float64], timing: NDArray[np.float64], harmonics: int
    ) -> NDArray[np.float64]:
        curves = fit_periodic(phase, timing, harmonics)
        residual = timing - curves.all(phase)
        scale = np.array([robust_sd(column) for column in residual.T]) + 1e-9
        slope = curves.all(phase, 1) / scale
        clipped = np.clip(residual / scale, -3.0, 3.0)
        pull = np.nansum(slope * clipped, axis=1)
        stiffness = np.sum(np.where(np.isfinite(clipped), slope**2, 0.0), axis=1)
        return self._smoothed(phase, pull, stiffness)

    def _smoothed(
        self, phase: NDArray[np.float64], pull: NDArray[np.float64], stiffness: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        place = (phase - phase[0]) / _TURN * _BINS
        bins = place.astype(int)
        reach = np.arange(-_BINS // 2, _BINS // 2 + 1) / (_BINS * self.window_strides)
        kernel = np.exp(-0.5 * reach**2)
        count = int(bins[-1]) + 1 + len(kernel)
        pulls = np.convolve(np.bincount(bins, pull, count), kernel, mode="same")
        stiff = np.convolve(np.bincount(bins, stiffness, count), kernel, mode="same")
        shift = pulls / (stiff + (_TURN * self.wander_strides) ** -2)
        moved = phase + np.interp(place, np.arange(count) + 0.5, shift)
        return np.asarray(np.maximum.accumulate(moved + 1e-9 * np.arange(len(moved))))


def _legs_apart(signals: Signals) -> NDArray[np.float64]:
    """Return how far the left ankle is from the right one (T,), along the way they go further.

    From the side that is fore and aft, from front or rear up and down.
    """
    ways = [
        signals.curve(f"left_ankle_{way}") - signals.curve(f"right_ankle_{way}")
        for way in ("ahead_of_pelvis_m", "height_m")
    ]
    return max(ways, key=lambda way: float(np.nan_to_num(np.nanstd(way) if np.isfinite(way).any() else 0.0)))


def _first_phase(signals: Signals) -> NDArray[np.float64]:
    """Return a first phase (T,): the legs' separation, demodulated at the stride frequency."""
    time_s = signals.time_s
    apart = _legs_apart(signals)
    frequency = stride_frequency(time_s, apart)
    seen = np.isfinite(apart)
    step = 1.0 / (frequency * _BINS)
    even = np.arange(time_s[0], time_s[-1] + step, step)
    wave = np.interp(even, time_s[seen], apart[seen] - apart[seen].mean())
    reach = np.arange(-2 * _BINS, 2 * _BINS + 1) / (0.6 * _BINS)
    kernel = np.exp(-0.5 * reach**2)
    slow = np.convolve(wave * np.exp(-1j * _TURN * frequency * even), kernel, mode="full")
    slow = slow[2 * _BINS : 2 * _BINS + len(even)]
    angle = np.interp(time_s, even, np.unwrap(np.angle(slow)))
    phase = _TURN * frequency * time_s + angle
    return np.asarray(np.maximum.accumulate(phase + 1e-9 * np.arange(len(phase))))
