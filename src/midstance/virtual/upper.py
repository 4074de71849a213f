"""Trunk, head and arms above the pelvis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Side
    from midstance.virtual.pelvis import Pelvis

__all__ = ["UpperBody"]

_TWIST_DEG, _SIDE_LEAN_DEG, _NOD_DEG = 8.0, 2.0, 1.2  # of the thorax: amplitudes over the stride
_ARM_MEAN_DEG, _ARM_SWING_DEG, _ELBOW_DEG, _ELBOW_SWING_DEG = -14.0, 28.0, 95.0, 10.0
_WALKING_ARM = (-6.0, 18.0, 25.0, 8.0)
_STANDING_ARM = (-2.0, 0.0, 12.0, 0.0)
_FOREARM_INWARD_DEG, _ARM_OUTWARD_DEG = 22.0, 12.0


@dataclass(frozen=True, slots=True, eq=False)
class UpperBody:
    """Points above the hips, on the belt (T, 3) [m].

    Parameters
    ----------
    pelvis
        What it stands on.
    """

    pelvis: Pelvis

    def lean_rad(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the lean of the line mid-hip to mid-shoulder (T,), + forward [rad]."""
        nod = self._moving(_NOD_DEG) * np.cos(2.0 * self._angle(time_s))
        return np.asarray(np.radians(self.pelvis.gait.trunk_lean_deg) + nod)

    def middle_of_hips(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the middle of the hips (T, 3)."""
        return 0.5 * (self.pelvis.hip(time_s, "left") + self.pelvis.hip(time_s, "right"))

    def axes(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the axes of the thorax (T, 3, 3): rows forward, up, right.

        The thorax twists against the pelvis and leans a little towards the foot that stands.
        """
        angle = self._angle(time_s)
        twist, side = self._moving(_TWIST_DEG) * np.cos(angle), self._moving(_SIDE_LEAN_DEG) * np.cos(angle)
        return _axes(self.lean_rad(time_s), side, twist)

    def middle_of_shoulders(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the middle of the shoulders (T, 3)."""
        up = self.axes(time_s)[..., 1, :]
        return self.middle_of_hips(time_s) + self.pelvis.gait.proportions.trunk_m * up

    def shoulder(self, time_s: NDArray[np.float64], side: Side) -> NDArray[np.float64]:
        """Return a shoulder (T, 3)."""
        half = _sign(side) * self.pelvis.gait.proportions.shoulder_half_m
        return self.middle_of_shoulders(time_s) + half * self.axes(time_s)[..., 2, :]

    def arm(
        self, time_s: NDArray[np.float64], side: Side
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Return shoulder, elbow and wrist (T, 3); the arm swings against the leg of its side."""
        body, sign = self.pelvis.gait.proportions, _sign(side)
        swing = -sign * np.cos(self._angle(time_s) + 2.0 * np.pi * 0.1)
        mean, wide, bend, more = self._arm_angles()
        upper = np.radians(mean + wide * swing)
        elbow = np.radians(bend + more * swing)
        axes = self.axes(time_s)
        out, inward = np.radians(_ARM_OUTWARD_DEG), np.radians(_FOREARM_INWARD_DEG) * np.sin(elbow)
        shoulder = self.shoulder(time_s, side)
        down = _turned(axes, np.sin(upper), -np.cos(upper), sign * np.tan(out))
        fore = _turned(axes, np.sin(upper + elbow), -np.cos(upper + elbow), -sign * np.tan(inward))
        middle = shoulder + body.upper_arm_m * down
        return shoulder, middle, middle + body.forearm_m * fore

    def head(self, time_s: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
        """Return nose and ears (T, 3): the head stays level and looks ahead."""
        body = self.pelvis.gait.proportions
        neck = self.middle_of_shoulders(time_s)
        zero = np.zeros_like(time_s)
        axes = _axes(0.5 * self.lean_rad(time_s), zero, zero)
        ahead, up, half = body.ear_m
        return {
            "nose": neck + _placed(axes, *body.nose_m),
            "left_ear": neck + _placed(axes, ahead, up, -half),
            "right_ear": neck + _placed(axes, ahead, up, half),
        }

    def _arm_angles(self) -> tuple[float, float, float, float]:
        """Return mean and swing of the upper arm, mean and swing of the elbow [deg]."""
        if self.pelvis.gait.activity == "running":
            return _ARM_MEAN_DEG, _ARM_SWING_DEG, _ELBOW_DEG, _ELBOW_SWING_DEG
        return _WALKING_ARM if self.pelvis.gait.activity == "walking" else _STANDING_ARM

    def _angle(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the stride angle (T,), 0 when the right foot is under load [rad]."""
        return np.asarray(2.0 * np.pi * (self.pelvis.schedule.phase(time_s) - 0.13))

    def _moving(self, angle_deg: float) -> float:
        """Return an amplitude in radians, nothing while standing."""
        return 0.0 if self.pelvis.gait.activity == "standing" else float(np.radians(angle_deg))


def _sign(side: Side) -> float:
    """Return +1 for the right side, −1 for the left."""
    return 1.0 if side == "right" else -1.0


def _axes(
    lean: NDArray[np.float64], side: NDArray[np.float64], twist: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return forward, up, right (T, 3, 3): leaned forward, leaned right, right side turned forward."""
    up = np.stack([np.sin(lean) * np.cos(side), np.cos(lean) * np.cos(side), np.sin(side)], axis=-1)
    right = np.stack([np.sin(twist), np.zeros_like(lean), np.cos(twist)], axis=-1)
    right = right - np.sum(right * up, axis=-1, keepdims=True) * up
    right = right / np.linalg.norm(right, axis=-1, keepdims=True)
    return np.stack([np.cross(up, right), up, right], axis=-2)


def _placed(axes: NDArray[np.float64], ahead: float, up: float, right: float) -> NDArray[np.float64]:
    """Return an offset (T, 3) given along body axes."""
    return np.asarray(np.einsum("...ij,i->...j", axes, np.array([ahead, up, right])))


def _turned(
    axes: NDArray[np.float64],
    ahead: NDArray[np.float64],
    up: NDArray[np.float64],
    right: NDArray[np.float64] | float,
) -> NDArray[np.float64]:
    """Return a unit direction (T, 3) given along body axes."""
    local = np.stack([ahead, up, np.broadcast_to(right, np.shape(ahead))], axis=-1)
    local = local / np.linalg.norm(local, axis=-1, keepdims=True)
    return np.asarray(np.einsum("...ij,...i->...j", axes, local))
