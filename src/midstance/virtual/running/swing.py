"""The leg in the air: the lab trial's swing, bent so that it leaves and meets the ground as it must."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.virtual.running.cycle import RunCycle

    Array = NDArray[np.float64]

__all__ = ["COLUMNS", "Swing", "at_hip_rad", "faded"]

COLUMNS = ("knee", "line", "ankle", "across", "toes")
"""A leg as numbers: knee flexion, direction hip to ankle (+ ankle ahead), foot against shank [rad],
ankle outward of the pelvis' middle [m], toes against foot [rad]."""

_VALUE_FADES, _SLOPE_FADES = 0.5, 0.22  # parts of the swing
_THIGH_PART = 0.494  # of thigh plus shank, in the trial's model


def at_hip_rad(knee_rad: Array, thigh_m: float, shank_m: float) -> Array:
    """Return the angle between the thigh and the line from hip to ankle (...) [rad]."""
    return np.arctan2(shank_m * np.sin(knee_rad), thigh_m + shank_m * np.cos(knee_rad))


def faded(part: Array, value: Array, slope: Array) -> Array:
    """Return a bend (T, C) that begins with a value and a slope (T, C) at part 0 and dies away.

    The value fades over half of the swing, the slope sooner: a foot that leaves or meets the ground at
    another rate than that of the trial soon moves as that one did.
    """
    late = np.clip(1.0 - part / _VALUE_FADES, 0.0, 1.0)[:, None]
    soon = np.clip(1.0 - part / _SLOPE_FADES, 0.0, 1.0)[:, None]
    return np.asarray(value * late**2 * (3.0 - 2.0 * late) + slope * part[:, None] * soon**2)


@dataclass(frozen=True, slots=True, eq=False)
class Swing:
    """All swings of one leg: states (N, 5) by `COLUMNS` and their rates [per s] at both ends.

    Parameters
    ----------
    cycle
        Whose swing is followed.
    leg_m
        Thigh plus shank [m].
    start_s, end_s
        Toe-off and next contact (N,) [s].
    start, end, start_rate, end_rate
        The leg there, and how fast it changes (N, 5).
    extra_knee_rad
        How much more than in the trial the knee bends about mid-swing [rad].
    """

    cycle: RunCycle
    leg_m: float
    start_s: Array
    end_s: Array
    start: Array
    end: Array
    start_rate: Array
    end_rate: Array
    extra_knee_rad: float

    def at(self, time_s: Array, swing: NDArray[np.int64]) -> Array:
        """Return the leg (T, 5) at instants (T,) of swing number `swing` (T,)."""
        long = self.end_s - self.start_s
        part = (time_s - self.start_s[swing]) / long[swing]
        ends = np.array([0.0, 1.0])
        followed, slope = self._followed(ends), self._slope(ends)
        leaving, landing = (
            self.start_rate * long[:, None] - slope[0],
            self.end_rate * long[:, None] - slope[1],
        )
        bend = faded(part, (self.start - followed[0])[swing], leaving[swing])
        bend += faded(1.0 - part, (self.end - followed[1])[swing], -landing[swing])
        return np.asarray(self._followed(part) + bend)

    def _followed(self, part: Array) -> Array:
        """Return the trial's leg (P, 5) at parts of its swing."""
        begun = self.cycle.contact_part
        phase = begun + np.asarray(part) * (1.0 - begun)
        knee, line = self.cycle.at("knee_rad", phase), self.cycle.at("line_rad", phase)
        shank = line + at_hip_rad(knee, _THIGH_PART, 1.0 - _THIGH_PART) - knee
        ankle = self.cycle.at("foot_pitch_rad", phase) - shank
        across = self.cycle.at("across_m", phase) * self.leg_m / self.cycle.leg_m
        knee = knee + self.extra_knee_rad * (16.0 * part**2 * (1.0 - part) ** 2)
        return np.stack([knee, line, ankle, across, np.zeros_like(knee)], axis=-1)

    def _slope(self, part: Array) -> Array:
        """Return how fast the trial's leg changes (P, 5) at parts of its swing [per swing]."""
        step = 1e-5
        return (self._followed(part + step) - self._followed(part - step)) / (2.0 * step)
