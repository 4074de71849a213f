"""How a rigid-segment body stands in space at each instant: the seam between motion and body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.model import SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["SEGMENTS", "Build", "Posture"]

_LIMBS = ("thigh", "shank", "foot", "toes", "upper_arm", "forearm")
SEGMENTS: tuple[str, ...] = ("pelvis", "thorax", "head", *(f"{s}_{part}" for part in _LIMBS for s in SIDES))
"""The segments that turn on their own; each hangs on the one before it in the chain of the body."""


@dataclass(frozen=True, slots=True)
class Build:
    """Lengths of one body, standing straight [m].

    Parameters
    ----------
    stature_m
        Height of the crown above the sole of the shoe.
    hip_half_m
        Half the distance between the hip joint centres.
    thigh_m, shank_m
        Hip to knee, knee to ankle.
    ankle_height_m
        Ankle joint centre above the sole.
    heel_back_m, ball_ahead_m, toe_ahead_m
        Horizontal distances from the ankle to the back of the shoe, the ball and the tip of the shoe.
    shoulder_half_m, trunk_m
        Half the distance between the shoulder joints; mid-hip to mid-shoulder.
    shoulder_ahead_m
        Mid-shoulder ahead of mid-hip when standing straight.
    upper_arm_m, forearm_m
        Shoulder to elbow, elbow to wrist.
    """

    stature_m: float
    hip_half_m: float
    thigh_m: float
    shank_m: float
    ankle_height_m: float
    heel_back_m: float
    ball_ahead_m: float
    toe_ahead_m: float
    shoulder_half_m: float
    trunk_m: float
    shoulder_ahead_m: float
    upper_arm_m: float
    forearm_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Posture:
    """Where the pelvis is and how every segment is turned.

    Parameters
    ----------
    time_s
        (T,) [s].
    root_m
        Middle of the hip joint centres in the lab (T, 3) [m]: X forward, Y up, Z to the runner's right.
    turned
        Segment → rotation (T, 3, 3) from its standing position to the lab. Standing: trunk, thighs,
        shanks and arms vertical, feet flat and straight ahead, palms inward; all rotations identity.
    """

    time_s: NDArray[np.float64]
    root_m: NDArray[np.float64]
    turned: Mapping[str, NDArray[np.float64]]

    def __post_init__(self) -> None:
        """Check that every segment is there, at every instant."""
        if missing := [name for name in SEGMENTS if name not in self.turned]:
            raise ValueError(f"segments are missing: {', '.join(missing)}")
        count = len(self.time_s)
        if self.root_m.shape != (count, 3):
            raise ValueError(f"root {self.root_m.shape} does not fit {count} times")
        for name in SEGMENTS:
            if self.turned[name].shape != (count, 3, 3):
                raise ValueError(f"{name} {self.turned[name].shape} does not fit {count} times")

    def __len__(self) -> int:
        """Return the number of instants."""
        return len(self.time_s)

    def at(self, index: int) -> Posture:
        """Return one instant, as a posture of length 1."""
        part = slice(index, index + 1)
        return Posture(
            self.time_s[part], self.root_m[part], {name: turn[part] for name, turn in self.turned.items()}
        )
