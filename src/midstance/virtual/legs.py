"""Both legs between a pelvis that moves and feet that stand: thigh and shank keep their lengths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.virtual.foot import Roll, points_of_foot, rolled_ankle
from midstance.virtual.swing import Swing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Side
    from midstance.virtual.foot import FootPoints
    from midstance.virtual.pelvis import Pelvis
    from midstance.virtual.proportions import Proportions

__all__ = ["Leg", "LegPose", "LegState"]

_STEP_S = 1e-5  # for the speeds at which a swing starts and ends
_LANDING_DROP_M_S = 0.5  # the foot comes down with this speed


@dataclass(frozen=True, slots=True, eq=False)
class LegState:
    """A leg as numbers that can be splined.

    Parameters
    ----------
    knee_rad
        Knee flexion (T,).
    line_rad
        Direction hip to ankle in the sagittal plane (T,), + ankle ahead.
    pitch_rad
        Pitch of the foot (T,), + toes up.
    across_m
        Ankle to the runner's right (T,).
    """

    knee_rad: NDArray[np.float64]
    line_rad: NDArray[np.float64]
    pitch_rad: NDArray[np.float64]
    across_m: NDArray[np.float64]

    def columns(self) -> NDArray[np.float64]:
        """Return the four numbers (T, 4)."""
        return np.stack([self.knee_rad, self.line_rad, self.pitch_rad, self.across_m], axis=-1)


@dataclass(frozen=True, slots=True, eq=False)
class LegPose:
    """Joint centres and points of one leg on the belt (T, 3) [m], and its numbers."""

    hip: NDArray[np.float64]
    knee: NDArray[np.float64]
    ankle: NDArray[np.float64]
    heel: NDArray[np.float64]
    ball: NDArray[np.float64]
    toe: NDArray[np.float64]
    state: LegState


@dataclass(frozen=True, slots=True, eq=False)
class Leg:
    """One leg of a performance.

    Parameters
    ----------
    side
        Which.
    pelvis
        The pelvis it hangs from.
    roll
        How its foot rolls through contact.
    slide_m
        How far the shoe creeps while it settles [m].
    swing_peak_rad
        Largest knee flexion in swing [rad].
    """

    side: Side
    pelvis: Pelvis
    roll: Roll
    slide_m: float
    swing_peak_rad: float

    @property
    def body(self) -> Proportions:
        """The proportions."""
        return self.pelvis.gait.proportions

    def length_m(self, knee_rad: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Return the distance from hip to ankle at a knee flexion [m]."""
        thigh, shank = self.body.thigh_m, self.body.shank_m
        return np.asarray(np.sqrt(thigh**2 + shank**2 + 2.0 * thigh * shank * np.cos(knee_rad)))

    def stance_ankle(self, time_s: NDArray[np.float64], step: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the ankle (T, 3) on the belt, as far as contact number `step` (T,) prescribes it."""
        own = self.pelvis.schedule.of(self.side)
        part = (time_s - own.initial_contact_s[step]) / own.duration_s[step]
        ahead, up = rolled_ankle(self.roll.pitch(part), self.body)
        ahead = own.ankle_m[step] + ahead - self.slide_m * self.roll.unsettled(part)
        return np.stack([ahead, up, np.broadcast_to(own.across_m[step], np.shape(up))], axis=-1)

    def stance(self, time_s: NDArray[np.float64], step: NDArray[np.int64]) -> LegState:
        """Return the state of the leg while its foot stands."""
        own = self.pelvis.schedule.of(self.side)
        part = (time_s - own.initial_contact_s[step]) / own.duration_s[step]
        return self.reach(time_s, self.stance_ankle(time_s, step), self.roll.pitch(part))

    def reach(
        self, time_s: NDArray[np.float64], ankle_m: NDArray[np.float64], pitch_rad: NDArray[np.float64]
    ) -> LegState:
        """Return the state of the leg that puts the ankle (T, 3) where it is wanted; NaN if too far."""
        line = ankle_m - self.pelvis.hip(time_s, self.side)
        thigh, shank = self.body.thigh_m, self.body.shank_m
        cos = (np.sum(line**2, axis=-1) - thigh**2 - shank**2) / (2.0 * thigh * shank)
        knee = np.arccos(np.where(np.abs(cos) <= 1.0, cos, np.nan))
        return LegState(knee, np.arctan2(line[..., 0], -line[..., 1]), pitch_rad, ankle_m[..., 2])

    def state(self, time_s: NDArray[np.float64]) -> LegState:
        """Return the state of the leg at any instant."""
        own = self.pelvis.schedule.of(self.side)
        step = own.latest(time_s)
        stands = time_s <= own.toe_off_s[step]
        stance = self.stance(np.where(stands, time_s, own.initial_contact_s[step]), step)
        if np.all(stands):
            return stance
        step = np.minimum(step, len(own.toe_off_s) - 2)
        swing = self._swing().at(time_s, step)
        mixed = np.where(stands[..., None], stance.columns(), swing)
        return LegState(*np.moveaxis(mixed, -1, 0))

    def pose(self, time_s: NDArray[np.float64]) -> LegPose:
        """Return the joints and points of the leg at any instant."""
        state = self.state(time_s)
        hip = self.pelvis.hip(time_s, self.side)
        knee, ankle = self._joints(hip, state)
        foot = points_of_foot(ankle[..., :2], state.pitch_rad, self.body)
        heel, ball, toe = (self._turned_out(ankle, point) for point in _three(foot))
        return LegPose(hip, knee, ankle, heel, ball, toe, state)

    def _joints(
        self, hip: NDArray[np.float64], state: LegState
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return knee and ankle (T, 3); the knee bends forward in the plane of the leg."""
        thigh, shank = self.body.thigh_m, self.body.shank_m
        length = self.length_m(state.knee_rad)
        across = state.across_m - hip[..., 2]
        flat = np.sqrt(length**2 - across**2)
        line = np.stack([flat * np.sin(state.line_rad), -flat * np.cos(state.line_rad), across], axis=-1)
        along = line / length[..., None]
        front = np.stack([np.cos(state.line_rad), np.sin(state.line_rad), np.zeros_like(flat)], axis=-1)
        at_hip = np.arctan2(shank * np.sin(state.knee_rad), thigh + shank * np.cos(state.knee_rad))[..., None]
        return hip + thigh * (np.cos(at_hip) * along + np.sin(at_hip) * front), hip + line

    @staticmethod
    def _turned_out(ankle: NDArray[np.float64], point: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return a foot point (T, 3) in the plane of the ankle."""
        return np.concatenate([point, ankle[..., 2:]], axis=-1)

    def _swing(self) -> Swing:
        """Return the swings between this leg's contacts."""
        own = self.pelvis.schedule.of(self.side)
        last = np.arange(len(own.toe_off_s) - 1)
        off, on = own.toe_off_s[:-1], own.initial_contact_s[1:]
        leaving, landing = self.stance(off, last), self.stance(on, last + 1)
        before = self.stance(off - _STEP_S, last)
        late = self._approach(on - _STEP_S, last + 1)
        return Swing(
            start_s=off,
            end_s=on,
            start=leaving.columns(),
            end=landing.columns(),
            start_rate=(leaving.columns() - before.columns()) / _STEP_S,
            end_rate=(landing.columns() - late.columns()) / _STEP_S,
            knee_peak_rad=self.swing_peak_rad,
            walking=self.pelvis.gait.activity == "walking",
        )

    def _approach(self, time_s: NDArray[np.float64], step: NDArray[np.int64]) -> LegState:
        """Return the state just before landing: the foot comes down while it creeps forward as after."""
        own = self.pelvis.schedule.of(self.side)
        mirrored = 2.0 * own.initial_contact_s[step] - time_s
        ankle = 2.0 * self.stance_ankle(own.initial_contact_s[step], step) - self.stance_ankle(mirrored, step)
        ankle[..., 1] += _LANDING_DROP_M_S * _STEP_S
        part = (mirrored - own.initial_contact_s[step]) / own.duration_s[step]
        pitch = 2.0 * self.roll.strike_rad - self.roll.pitch(part)
        return self.reach(time_s, ankle, pitch)


def _three(foot: FootPoints) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return heel, ball and toe."""
    return foot.heel, foot.ball, foot.toe
