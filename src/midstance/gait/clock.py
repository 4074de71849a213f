"""Gait as a clock: slow motion and unsteady speed show in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.model import SIDES, opposite

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.gait.contacts import StancePhases
    from midstance.gait.phase import LockedStride
    from midstance.model import Signals

__all__ = ["ClockReading", "GaitClock", "free_fall_factor", "pace_range", "stride_time_range"]

_TURN = 2.0 * np.pi
_G = 9.81
_CAPTURE_RATES_HZ = {60.0: 1.0, 120.0: 4.0, 240.0: 6.0, 480.0: 1.0, 960.0: 0.5, 1000.0: 0.1}
_EDITED = {2.0: 0.5, 2.5: 0.5, 3.0: 0.1, 4.0: 0.5, 5.0: 0.3, 6.0: 0.1, 10.0: 0.5, 20.0: 0.1}  # afterwards
_LEAST_IN_SIXTH = 5  # samples
_MOST_AGAINST = 12.0  # log-likelihood: one witness alone never rules out everything


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the gait says about the clock.

    Parameters
    ----------
    factor
        Most likely slow-motion factor among those cameras offer.
    by_free_fall
        Factor from the fall of the pelvis in flight; NaN where there is no flight.
    probability
        Of `factor` among all, 0 to 1.
    """

    factor: float
    by_free_fall: float
    probability: float


def free_fall_factor(locked: LockedStride, stance: StancePhases) -> float:
    """Return the slow-motion factor that makes bodies fall with g between two steps.

    Parameters
    ----------
    locked, stance
        The mean stride with `pelvis_height_m` in metres, and its contacts.

    Returns
    -------
    float
        Factor, 1 for a video in real time; NaN where there is no flight.

    Notes
    -----
    In flight only gravity acts: the pelvis changes its vertical speed by g times the flight time,
    on screen by g over the factor squared. Both flights of the stride are averaged, their ends
    left out.
    """
    falls = []
    for side in SIDES:
        other = opposite(side)
        leave = stance.toe_off[side]
        land = leave + (stance.initial_contact[other] - leave) % _TURN
        if land - leave > 0.25 * _TURN or land - leave < 0.02 * _TURN:
            continue
        trim = 0.15 * (land - leave)
        speed = locked.mean("pelvis_height_m", np.array([leave + trim, land - trim]), 1)
        seconds = (land - leave - 2 * trim) / _TURN * locked.stride_time_s
        falls.append((speed[0] - speed[1]) / seconds)
    fall = float(np.mean(falls)) if falls else float("nan")
    return float(np.sqrt(_G / fall)) if fall > 0 else float("nan")


@dataclass(frozen=True, slots=True)
class GaitClock:
    """Weigh the slow-motion factors that cameras offer by cadence and free fall.

    Parameters
    ----------
    cadence_spm, cadence_sd_spm
        What runners do: mean and spread of the cadence [steps/min].
    fall_sd
        Relative spread of the factor found from free fall.
    ordinary
        Probability, before looking, that a video is not in slow motion.
    """

    cadence_spm: float = 166.0
    cadence_sd_spm: float = 14.0
    fall_sd: float = 0.2
    ordinary: float = 0.9

    def __call__(
        self, cadence_on_screen_spm: float, by_free_fall: float, screen_rate_hz: float
    ) -> ClockReading:
        """Return the most likely factor.

        Parameters
        ----------
        cadence_on_screen_spm
            Steps per minute on the video's own clock.
        by_free_fall
            Of `free_fall_factor`; may be NaN.
        screen_rate_hz
            Frame rate of the file [Hz].
        """
        offers, prior = _offers(screen_rate_hz, self.ordinary)
        z = (cadence_on_screen_spm * offers - self.cadence_spm) / self.cadence_sd_spm
        evidence = np.log(prior) - np.minimum(0.5 * z**2, _MOST_AGAINST)
        if np.isfinite(by_free_fall):
            z = np.log(by_free_fall / offers) / self.fall_sd
            evidence = evidence - np.minimum(0.5 * z**2, _MOST_AGAINST)
        chance = np.exp(evidence - evidence.max())
        best = int(np.argmax(chance))
        return ClockReading(float(offers[best]), by_free_fall, float(chance[best] / chance.sum()))


def _offers(screen_rate_hz: float, ordinary: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the factors (N,) that cameras and editors offer at a playing rate, and how common each is."""
    by_camera = {rate / screen_rate_hz: share for rate, share in _CAPTURE_RATES_HZ.items()}
    slow = {f: share for f, share in (by_camera | _EDITED).items() if f > 1.5}  # noqa: PLR2004
    offers = np.array([1.0, *slow])
    common = np.array(list(slow.values()))
    return offers, np.concatenate([[ordinary], (1.0 - ordinary) * common / common.sum()])


def pace_range(signals: Signals) -> float:
    """Return how many times faster the feet move in the fastest sixth of a bout than in the slowest.

    Parameters
    ----------
    signals
        Curves of `kinematics.sagittal_curves` over one bout of movement.

    Returns
    -------
    float
        Ratio, 1 for an even pace.

    Notes
    -----
    A steady runner on a steady clock gives up to about 1.7, from noise and hidden feet; slow motion
    that sets in and ends gives 3 and more. Sixths in which no foot is seen are left out.
    """
    clock = signals.time_s
    if len(clock) < 6 * _LEAST_IN_SIXTH:
        return 1.0
    swing = [np.abs(np.gradient(signals.curve(f"{side}_ankle_ahead_of_pelvis_m"), clock)) for side in SIDES]
    speed = np.fmax(*swing)
    sixths = [part[np.isfinite(part)] for part in np.array_split(speed, 6)]
    usual = [float(np.percentile(part, 75)) for part in sixths if len(part) >= _LEAST_IN_SIXTH]
    return max(usual) / max(min(usual), 1e-9) if len(usual) > 2 else 1.0  # noqa: PLR2004


def stride_time_range(locked: LockedStride) -> float:
    """Return the longest over the shortest stride time: 1 for a steady runner on a steady clock.

    Parameters
    ----------
    locked
        Phases of the recording.

    Returns
    -------
    float
        Ratio of the 95th to the 5th percentile of stride times.
    """
    clock, phase = locked.signals.time_s, locked.phase
    if phase[-1] - phase[0] < 1.5 * _TURN:
        return 1.0
    starts = np.arange(phase[0], phase[-1] - _TURN, 0.25 * _TURN)
    times = np.interp(starts + _TURN, phase, clock) - np.interp(starts, phase, clock)
    low, high = np.percentile(times, [5, 95])
    return float(high / max(low, 1e-9))
