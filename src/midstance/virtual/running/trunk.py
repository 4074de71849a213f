"""Pelvis, thorax, head and arms in phase with the stride."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.virtual.running.bounce import even_bounce
from midstance.virtual.running.footfalls import LIGHT_S
from midstance.virtual.running.turning import about_x, about_y, about_z, turned

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Side
    from midstance.virtual.posture import Build
    from midstance.virtual.running.bounce import Bounce
    from midstance.virtual.running.cycle import RunCycle
    from midstance.virtual.running.options import Running

    Array = NDArray[np.float64]

__all__ = ["Trunk", "trunk_of"]

_HEAD_FOLLOWS = 0.12  # part of the thorax' turns that the head does not cancel
_ARM_CLEARANCE_RAD = np.radians(4.0)  # the trial's arms hung from a slimmer trunk


@dataclass(frozen=True, slots=True, eq=False)
class Trunk:
    """What hangs on the phase alone.

    Parameters
    ----------
    running
        The options.
    build
        The body's lengths.
    cycle
        The stride followed.
    lean_rad
        Mean forward pitch of the thorax [rad].
    bounce, trial
        Up and down of a body with these steps, and with those of the trial.
    """

    running: Running
    build: Build
    cycle: RunCycle
    lean_rad: float
    bounce: Bounce
    trial: Bounce

    @property
    def scale(self) -> float:
        """Leg length over that of the trial's runner."""
        return (self.build.thigh_m + self.build.shank_m) / self.cycle.leg_m

    def root(self, phase: Array) -> Array:
        """Return the middle of the hips (T, 3) [m] along the ground, its mean height taken off."""
        cycle, running = self.cycle, self.running
        ahead = cycle.at("root_ahead_m", phase) - cycle.mean("root_ahead_m")
        besides = cycle.at("root_up_m", phase) - cycle.mean("root_up_m") - self.trial.up(2.0 * phase)
        up = running.bounce * (self.bounce.up(2.0 * phase) + self.scale * besides)
        across = self.scale * cycle.at("root_across_m", phase)
        return np.stack([self.scale * ahead, up, across], axis=-1)

    def angles(self, phase: Array) -> dict[str, Array]:
        """Return yaw, roll and pitch of pelvis and thorax (T,) [rad]."""
        running, cycle = self.running, self.cycle
        drop = np.radians(running.pelvic_drop_deg) / (0.5 * cycle.range("pelvis_roll_rad"))
        yaw = self._ranged("pelvis_yaw_rad", running.pelvic_rotation_deg, phase)
        roll = drop * cycle.at("pelvis_roll_rad", phase)
        twisted = phase - 0.01 * running.twist_later_percent
        sway = cycle.at("pelvis_pitch_rad", phase) - cycle.mean("pelvis_pitch_rad")
        nod = cycle.at("thorax_pitch_rad", phase) - cycle.mean("thorax_pitch_rad")
        return {
            "pelvis_yaw": yaw,
            "pelvis_roll": roll,
            "pelvis_pitch": sway - np.radians(running.pelvic_tilt_deg),
            "thorax_yaw": yaw + self._ranged("twist_rad", running.twist_deg, twisted),
            "thorax_roll": roll + self._ranged("side_bend_rad", running.side_bend_deg, phase),
            "thorax_pitch": nod - self.lean_rad,
        }

    def turns(self, phase: Array) -> dict[str, Array]:
        """Return the rotations (T, 3, 3) of pelvis, thorax, head and arms."""
        a = self.angles(phase)
        follows = _HEAD_FOLLOWS
        thorax = turned(a["thorax_yaw"], a["thorax_roll"], a["thorax_pitch"])
        nod = follows * (a["thorax_pitch"] + self.lean_rad)
        turns = {
            "pelvis": turned(a["pelvis_yaw"], a["pelvis_roll"], a["pelvis_pitch"]),
            "thorax": thorax,
            "head": turned(follows * a["thorax_yaw"], follows * a["thorax_roll"], nod),
        }
        return turns | self._arm(thorax, phase, "right") | self._arm(thorax, phase - 0.5, "left")

    def _arm(self, thorax: Array, phase: Array, side: Side) -> dict[str, Array]:
        """Return the rotations of one arm; phases since initial contact of its own side."""
        sign = 1.0 if side == "right" else -1.0
        flexion, adduction, turn, elbow, pronation = (
            self._swung(name, phase)
            for name in ("arm_flexion_rad", "arm_adduction_rad", "arm_turn_rad", "elbow_rad", "pronation_rad")
        )
        out = about_x(sign * (adduction - _ARM_CLEARANCE_RAD)) @ about_y(sign * turn)
        upper = thorax @ about_z(flexion) @ out
        fore = upper @ about_z(elbow) @ about_y(sign * pronation)
        return {f"{side}_upper_arm": upper, f"{side}_forearm": fore}

    def _swung(self, name: str, phase: Array) -> Array:
        """Return an arm's angle [rad], its swing about the mean scaled."""
        mean = self.cycle.mean(name)
        return np.asarray(mean + self.running.arm_swing * (self.cycle.at(name, phase) - mean))

    def _ranged(self, name: str, range_deg: float, phase: Array) -> Array:
        """Return a curve of the trunk [rad], scaled to a range."""
        return np.asarray(np.radians(range_deg) / self.cycle.range(name) * self.cycle.at(name, phase))


def trunk_of(running: Running, build: Build, cycle: RunCycle, lean_rad: float) -> Trunk:
    """Return the trunk of a runner whose thorax is pitched forward by so much on average."""
    shape = cycle.push_bluntness, cycle.push_skew
    bounce = even_bounce(running.step_time_s, running.contact_time_s - sum(LIGHT_S), *shape)
    trial = even_bounce(0.5 * cycle.stride_s, cycle.contact_part * cycle.stride_s, *shape)
    return Trunk(running, build, cycle, lean_rad, bounce, trial)
