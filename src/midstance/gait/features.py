"""Features of the mean stride from which the instants of contact are known.

Each is a place in the mean stride that comes a known time before or after initial contact or
toe-off. `contacts.py` puts them together with the offsets measured against force plates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.numerics import crossing, extremum

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from midstance.gait.phase import LockedStride
    from midstance.model import Side

    Curve = Callable[[NDArray[np.float64]], NDArray[np.float64]]

__all__ = ["AT_CONTACT", "AT_TOE_OFF", "StanceFeatures", "stance_features"]

_TURN = 2.0 * np.pi
_LIFT = 0.036  # of leg length: 3 cm of a leg of 0.83 m
_HALF = 0.5
_HEEL_OFF_DEG = 35.0

AT_CONTACT = (
    "ankle_lands",
    "toe_lands",
    "toe_brakes",
    "heel_reverses",
    "knee_straightest",
    "pelvis_falls",
    "knee_bent",
)
AT_TOE_OFF = ("toe_lifts", "ankle_lifts", "foot_tips", "knee_straight", "leg_longest", "pelvis_rises")

StanceFeatures = tuple[float, float, dict[str, float]]
"""Phase of the ankle under the pelvis [rad], pitch of the foot as it lands [rad], features [rad]."""


def _curve(locked: LockedStride, name: str, order: int = 0) -> Curve:
    return lambda phase: locked.mean(name, phase, order)


def _under_pelvis(locked: LockedStride, side: Side) -> float:
    """Return the phase at which the ankle passes backwards under the pelvis: within stance."""
    ahead = _curve(locked, f"{side}_ankle_ahead_of_pelvis_m")
    grid = np.linspace(0.0, _TURN, 361)
    furthest = float(grid[int(np.argmax(ahead(grid)))])
    middle = float(np.mean(ahead(grid)))
    level = 0.0 if ahead(grid).min() < 0 < ahead(grid).max() else middle
    return crossing(ahead, furthest, furthest + 0.75 * _TURN, level, rising=False)


def _contact_features(locked: LockedStride, side: Side, under: float, leg_m: float) -> dict[str, float]:
    def window(name: str, order: int, start: float, stop: float, kind: str) -> float:
        return extremum(_curve(locked, name, order), under + start * _TURN, under + stop * _TURN, kind)

    def lands(part: str) -> float:
        height = _curve(locked, f"{side}_{part}_height_m")
        low = height(np.linspace(under - 0.12 * _TURN, under + 0.06 * _TURN, 60)).min()
        return crossing(height, under - 0.35 * _TURN, under, low + _LIFT * leg_m, rising=False, last=True)

    heel = _curve(locked, f"{side}_heel_ahead_of_pelvis_m", 1)
    speed = float(np.median(heel(np.linspace(under - 0.02 * _TURN, under + 0.04 * _TURN, 20))))
    return {
        "ankle_lands": lands("ankle"),
        "toe_lands": lands("toe"),
        "toe_brakes": window(f"{side}_toe_height_m", 2, -0.18, 0.0, "max"),
        "heel_reverses": crossing(heel, under - 0.3 * _TURN, under, _HALF * speed, rising=False, last=True),
        "knee_straightest": window(f"{side}_knee_flexion_deg", 0, -0.3, -0.03, "min"),
        "pelvis_falls": window("pelvis_height_m", 1, -0.2, 0.08, "min"),
        "knee_bent": window(f"{side}_knee_flexion_deg", 0, -0.1, 0.14, "max"),
    }


def _toe_off_features(locked: LockedStride, side: Side, under: float, leg_m: float) -> dict[str, float]:
    def window(name: str, order: int, kind: str, stop: float = 0.35) -> float:
        return extremum(_curve(locked, name, order), under + 0.05 * _TURN, under + stop * _TURN, kind)

    def lifts(part: str) -> float:
        height = _curve(locked, f"{side}_{part}_height_m")
        low = height(np.linspace(under - 0.12 * _TURN, under + 0.06 * _TURN, 60)).min()
        return crossing(height, under, under + 0.4 * _TURN, low + _LIFT * leg_m, rising=True)

    pitch = _curve(locked, f"{side}_foot_angle_deg")
    flat = _flat(pitch, under)
    return {
        "toe_lifts": lifts("toe"),
        "ankle_lifts": lifts("ankle"),
        "foot_tips": crossing(
            pitch, under - 0.05 * _TURN, under + 0.3 * _TURN, flat - _HEEL_OFF_DEG, rising=False
        ),
        "knee_straight": window(f"{side}_knee_flexion_deg", 0, "min"),
        "leg_longest": window(f"{side}_hip_ankle_length_m", 0, "max"),
        "pelvis_rises": window("pelvis_height_m", 1, "max", 0.3),
    }


def _flat(pitch: Curve, under: float) -> float:
    return float(np.median(pitch(np.linspace(under - 0.03 * _TURN, under + 0.05 * _TURN, 20))))


def stance_features(locked: LockedStride, side: Side, leg_m: float) -> StanceFeatures:
    """Return every feature of one leg's stance in the mean stride.

    Parameters
    ----------
    locked
        The mean stride, with the curves of `kinematics.sagittal_curves`.
    side
        Which leg.
    leg_m
        Length of thigh plus shank, in the unit of the heights.

    Returns
    -------
    tuple
        Phase at which the ankle passes under the pelvis [rad]; pitch of the foot as it lands
        against flat [rad]; phase of each feature [rad], NaN where the curve does not show it.
    """
    under = _under_pelvis(locked, side)
    features = _contact_features(locked, side, under, leg_m)
    features |= _toe_off_features(locked, side, under, leg_m)
    pitch = _curve(locked, f"{side}_foot_angle_deg")
    landing = features["pelvis_falls"] - 0.04 * _TURN / locked.stride_time_s
    strike = float(np.radians(pitch(np.array([landing]))[0] - _flat(pitch, under)))
    return under, strike, features
