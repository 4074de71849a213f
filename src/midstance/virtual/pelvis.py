"""The path of the pelvis: free fall in flight, a smooth push from the ground in contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Side
    from midstance.virtual.bounce import Bounce, Still, Vault
    from midstance.virtual.gait import Gait
    from midstance.virtual.schedule import Schedule

__all__ = ["Pelvis"]

_BRAKING = 0.06  # how much of the speed is lost and won back in each contact
_DROP_PHASE = 0.13  # of the stride: when the swing side hangs lowest and is furthest forward
_THIRD_HARMONIC = 0.6  # of the pelvic obliquity, over its first


@dataclass(frozen=True, slots=True, eq=False)
class Pelvis:
    """Where the middle of the hips is, and how the pelvis is turned, at any instant.

    Parameters
    ----------
    gait
        The options.
    schedule
        The steps.
    path
        Its height over time.
    """

    gait: Gait
    schedule: Schedule
    path: Bounce | Vault | Still

    def ahead(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the middle of the hips along the belt (T,) [m]: braked and sped up in each contact."""
        if self.gait.activity == "standing":
            return 0.003 * np.sin(2.0 * np.pi * 0.31 * np.asarray(time_s))
        part = self._part(time_s)
        contact, phase = self.schedule.duration_s, self.schedule.phase_at_contact
        lost = part - np.sin(2.0 * np.pi * part) / (2.0 * np.pi)
        loss = 0.5 * _BRAKING * self.gait.speed_m_s
        count = np.sum(lost * contact, axis=-1) - np.sum(contact[phase < 0.0])
        since = time_s - self.schedule.initial_contact_s[np.argmin(np.abs(phase))]
        mean = self.gait.contact_time_s / self.gait.step_time_s
        return np.asarray(self.gait.speed_m_s * time_s + loss * (mean * since - count))

    def up(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the height of the middle of the hips (T,) [m]."""
        return self.path.up(time_s)

    def hip(self, time_s: NDArray[np.float64], side: Side) -> NDArray[np.float64]:
        """Return a hip joint (T, 3) on the belt: forward, up, right [m]."""
        sign = 1.0 if side == "right" else -1.0
        half = sign * self.gait.proportions.hip_half_m
        turn, drop = self.rotation_rad(time_s), self.obliquity_rad(time_s)
        ahead = self.ahead(time_s) + half * np.sin(turn) * np.cos(drop)
        return np.stack(
            [ahead, self.up(time_s) + half * np.sin(drop), half * np.cos(turn) * np.cos(drop)], axis=-1
        )

    def rotation_rad(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return axial rotation (T,), + right side forward [rad]."""
        phase = 2.0 * np.pi * (self.schedule.phase(time_s) - _DROP_PHASE)
        return np.asarray(-self._moving(self.gait.pelvis_rotation_deg) * np.cos(phase))

    def obliquity_rad(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return obliquity (T,), + right side up [rad]."""
        phase = 2.0 * np.pi * (self.schedule.phase(time_s) - _DROP_PHASE)
        shape = np.cos(phase + 0.5) + _THIRD_HARMONIC * np.cos(3.0 * phase)
        return np.asarray(self._moving(self.gait.pelvic_drop_deg) * shape)

    def _moving(self, angle_deg: float) -> float:
        """Return an amplitude in radians, nothing while standing."""
        return 0.0 if self.gait.activity == "standing" else float(np.radians(angle_deg))

    def _part(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how much of each contact has passed at each instant (T, N), 0 to 1."""
        since = np.asarray(time_s)[..., None] - self.schedule.initial_contact_s
        return np.asarray(np.clip(since / self.schedule.duration_s, 0.0, 1.0))
