"""Where the hips are, over the ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.virtual.running.turning import about_z, turned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from midstance.model import Side
    from midstance.virtual.posture import Build
    from midstance.virtual.running.footfalls import Footfalls
    from midstance.virtual.running.trunk import Trunk

    Array = NDArray[np.float64]

__all__ = ["Hips", "HipsAt"]


@dataclass(frozen=True, slots=True, eq=False)
class HipsAt:
    """The hip joints at T instants, in the frame of the ground: X along it, Y off it, Z to the right.

    Parameters
    ----------
    time_s, phase
        Instants (T,) [s], and strides since a right contact.
    root
        Middle of the hips (T, 3) [m].
    hip
        Hip joint by side (T, 3) [m].
    """

    time_s: Array
    phase: Array
    root: Array
    hip: Mapping[Side, Array]

    def where(self, chosen: NDArray[np.bool_]) -> HipsAt:
        """Return some of the instants."""
        hip = {side: place[chosen] for side, place in self.hip.items()}
        return HipsAt(self.time_s[chosen], self.phase[chosen], self.root[chosen], hip)


@dataclass(frozen=True, slots=True, eq=False)
class Hips:
    """The hip joints over the whole run.

    Parameters
    ----------
    trunk
        How the pelvis moves in phase with the stride.
    footfalls
        The steps, which carry the phase.
    height_m
        Mean height of the middle of the hips over the ground [m].
    """

    trunk: Trunk
    footfalls: Footfalls
    height_m: float

    @property
    def build(self) -> Build:
        """The body's lengths."""
        return self.trunk.build

    @property
    def slope_rad(self) -> float:
        """Rise of the ground [rad]."""
        return float(np.arctan(self.trunk.running.slope_percent / 100.0))

    def at(self, time_s: Array) -> HipsAt:
        """Return where the hips are at instants (T,) [s]."""
        phase = self.footfalls.phase(time_s)
        angles = self.trunk.angles(phase)
        root = self.trunk.root(phase) + np.array([0.0, self.height_m, 0.0])
        level = turned(angles["pelvis_yaw"], angles["pelvis_roll"], np.zeros_like(phase))
        half = self.build.hip_half_m * level[..., 2] @ about_z(self.slope_rad)
        return HipsAt(time_s, phase, root, {"left": root - half, "right": root + half})
