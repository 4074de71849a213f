"""A shoe that stands and rolls on the ground without slip: heel, flat sole, ball, tip of the toes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.virtual.posture import Build

    Array = NDArray[np.float64]

__all__ = ["HINGE_HEIGHT_PART", "FootRoll", "Planted", "ball_height_m"]

HINGE_HEIGHT_PART = 0.30  # the joint of the toes above the sole, over the height of the ankle
# The sole is flat in the middle and turns up in arcs at both ends, as those of the bodies do.
_HEEL_FLAT_PART, _HEEL_RADIUS_PART = 0.50, 0.45  # of the heel's length, of the ankle's height
_TOES_FLAT_PART, _TOES_RADIUS_PART = 0.30, 1.40  # of the length of the toes
_LANDED, _LANDING_POWER = 0.25, 2.0
_HEEL_OFF, _HEEL_OFF_POWER = 0.50, 1.65
_TOES_OFF, _TOES_OFF_POWER = 0.70, 1.7
_SETTLING_S = 0.055  # the shoe creeps forward for so long
_PRESSED_S = 0.022  # and its sole is pressed down in this time
_SPRINGS_BACK = (0.50, 0.90)  # parts of contact in which the sole springs back


def ball_height_m(build: Build) -> float:
    """Return the height of the toe joint above the sole [m]."""
    return HINGE_HEIGHT_PART * build.ankle_height_m


@dataclass(frozen=True, slots=True, eq=False)
class Planted:
    """A foot on the ground.

    Parameters
    ----------
    ahead_m, up_m
        Ankle ahead of where it is when the foot is flat, and above the ground (T,) [m].
    pitch_rad, toes_pitch_rad
        Pitch of foot and toes (T,), + toes up [rad].
    """

    ahead_m: Array
    up_m: Array
    pitch_rad: Array
    toes_pitch_rad: Array


@dataclass(frozen=True, slots=True)
class FootRoll:
    """How a foot rolls through contact.

    Parameters
    ----------
    strike_rad, toe_off_rad
        Pitch at the start and end of contact, + toes up [rad].
    toes_rad
        Pitch of the toes at the end [rad].
    slide_m
        How far the shoe still creeps forward while it settles [m].
    soft_m
        How far the sole is pressed together under load [m].

    Notes
    -----
    The shapes in time (flat within a quarter of contact, heel off at half of it) follow the trial
    of `lab_cycle`. All are smooth, so that the foot never moves by jerks.
    """

    strike_rad: float
    toe_off_rad: float
    toes_rad: float
    slide_m: float
    soft_m: float

    def at(self, part: Array, since_s: Array, build: Build) -> Planted:
        """Return the foot at parts of contact (T,), `since_s` (T,) after its start."""
        pitch = self.strike_rad * _falling(part, _LANDED, _LANDING_POWER)
        pitch = pitch + self.toe_off_rad * _rising(part, _HEEL_OFF, _HEEL_OFF_POWER)
        rolled = self.toes_rad * _rising(part, _TOES_OFF, _TOES_OFF_POWER)
        ahead, up = _rolled(pitch, rolled, build)
        left = np.clip(1.0 - since_s / _SETTLING_S, 0.0, 1.0)
        ahead = ahead - self.slide_m * left**2
        pressed = 1.0 - np.clip(1.0 - since_s / _PRESSED_S, 0.0, None) ** 3
        up = up - self.soft_m * pressed * (1.0 - _smooth(part, *_SPRINGS_BACK))
        return Planted(ahead, up, pitch, np.where(pitch > 0.0, pitch, rolled))


def _falling(part: Array, end: float, power: float) -> Array:
    """Return 1 at the start of contact, 0 from `end` on; the slope goes on before the start."""
    return np.asarray(np.clip(1.0 - part / end, 0.0, None) ** power)


def _rising(part: Array, start: float, power: float) -> Array:
    """Return 0 until `start`, 1 at the end of contact."""
    return np.asarray(np.clip((part - start) / (1.0 - start), 0.0, None) ** power)


def _smooth(part: Array, start: float, end: float) -> Array:
    """Return a step from 0 to 1 between two parts of contact."""
    p = np.clip((part - start) / (end - start), 0.0, 1.0)
    return np.asarray(p * p * (3.0 - 2.0 * p))


def _rolled(pitch: Array, toes: Array, build: Build) -> tuple[Array, Array]:
    """Return the ankle (ahead, up) of a foot that rolled over its heel, its ball and its toes."""
    height, hinge, ball = build.ankle_height_m, ball_height_m(build), build.ball_ahead_m
    heel, heel_radius = _HEEL_FLAT_PART * build.heel_back_m, _HEEL_RADIUS_PART * height
    long = build.toe_ahead_m - ball
    flat, toe_radius = _TOES_FLAT_PART * long, _TOES_RADIUS_PART * long
    back = _turned(np.maximum(pitch, 0.0), heel, height - heel_radius)
    back_ahead = back[0] - heel - heel_radius * np.maximum(pitch, 0.0)
    toe = _turned(toes, -flat, hinge - toe_radius)
    front = _turned(np.minimum(pitch, 0.0), -ball, height - hinge)
    front_ahead = ball + flat - toe_radius * toes + toe[0] + front[0]
    up = np.where(pitch > 0.0, heel_radius + back[1], toe_radius + toe[1] + front[1])
    return np.where(pitch > 0.0, back_ahead, front_ahead), up


def _turned(angle: Array, x: float, y: float) -> tuple[Array, Array]:
    """Return a plane vector turned by an angle, + front up."""
    cos, sin = np.cos(angle), np.sin(angle)
    return x * cos - y * sin, x * sin + y * cos
