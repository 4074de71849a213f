"""Both legs between hips that move and feet that stand: thigh and shank keep their lengths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.virtual.running.swing import COLUMNS, Swing, at_hip_rad
from midstance.virtual.running.turning import framed, turned

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Side
    from midstance.virtual.running.footfalls import OwnSteps
    from midstance.virtual.running.hips import Hips, HipsAt
    from midstance.virtual.running.planting import FootRoll, Planted

    Array = NDArray[np.float64]
    Index = NDArray[np.int64]

__all__ = ["Leg", "Stance", "knee_for", "leg_of"]

_STEP_S = 1e-5  # for the rates at which a swing starts and ends
_STRAIGHTEST_RAD, _GIVES_RAD = np.radians(3.5), np.radians(1.3)


@dataclass(frozen=True, slots=True, eq=False)
class Stance:
    """One leg while its foot stands.

    Parameters
    ----------
    side
        Which.
    hips
        What it hangs from.
    roll
        How its foot rolls through contact.
    place_m
        Where the foot stands flat at initial contact, ahead of the runner's mean place [m].
    """

    side: Side
    hips: Hips
    roll: FootRoll
    place_m: float

    @property
    def sign(self) -> float:
        """1 on the right, -1 on the left: outward is `sign` times Z."""
        return 1.0 if self.side == "right" else -1.0

    @property
    def steps(self) -> OwnSteps:
        """The contacts of this foot."""
        return self.hips.footfalls.of(self.side)

    def planted(self, time_s: Array, step: Index) -> tuple[Array, Planted]:
        """Return where contact number `step` (T,) wants the ankle (T, 3) [m], and how the foot stands."""
        own, running = self.steps, self.hips.trunk.running
        since = time_s - own.initial_contact_s[step]
        part = since / (own.toe_off_s - own.initial_contact_s)[step]
        foot = self.roll.at(part, since, self.hips.build)
        out = np.radians(running.toe_out_deg)
        ahead = self.place_m + own.placed_m[step] - running.speed_m_s * (time_s - own.planned_s[step])
        outward = 0.5 * running.step_width_m + foot.ahead_m * np.sin(out)
        ankle = np.stack([ahead + foot.ahead_m * np.cos(out), foot.up_m, self.sign * outward], axis=-1)
        return ankle, foot

    def at(self, hips: HipsAt, step: Index) -> Array:
        """Return the leg (T, 5) by `swing.COLUMNS` while contact number `step` (T,) lasts."""
        ankle, foot = self.planted(hips.time_s, step)
        build = self.hips.build
        line = ankle - hips.hip[self.side]
        knee = _never_straight(knee_for(np.linalg.norm(line, axis=-1), build.thigh_m, build.shank_m))
        direction = np.arctan2(line[..., 0], -line[..., 1])
        shank_pitch = direction + at_hip_rad(knee, build.thigh_m, build.shank_m) - knee
        outward = self.sign * (ankle[..., 2] - hips.root[..., 2])
        toes = foot.toes_pitch_rad - foot.pitch_rad
        return np.stack([knee, direction, foot.pitch_rad - shank_pitch, outward, toes], axis=-1)


def knee_for(distance_m: Array, thigh_m: float, shank_m: float) -> Array:
    """Return the bend of the knee [rad] at a distance of hip and ankle; negative beyond reach."""
    cos = (distance_m**2 - thigh_m**2 - shank_m**2) / (2.0 * thigh_m * shank_m)
    straight = np.cos(_STRAIGHTEST_RAD)
    beyond = np.maximum(cos - straight, 0.0) / np.sin(_STRAIGHTEST_RAD)
    return np.asarray(np.arccos(np.clip(cos, -1.0, straight)) - beyond)


def _never_straight(knee_rad: Array) -> Array:
    """Return the knee a little bent where it would be straight, or the leg too short for its foothold."""
    over = np.logaddexp(0.0, (knee_rad - _STRAIGHTEST_RAD) / _GIVES_RAD)
    return np.asarray(_STRAIGHTEST_RAD + _GIVES_RAD * over)


@dataclass(frozen=True, slots=True, eq=False)
class Leg:
    """One leg, in the frame of the ground: X along it, Y off it, Z to the runner's right.

    Parameters
    ----------
    stance
        While its foot stands.
    swing
        Between the contacts.
    """

    stance: Stance
    swing: Swing

    @property
    def side(self) -> Side:
        """Which."""
        return self.stance.side

    def state(self, hips: HipsAt) -> Array:
        """Return the leg (T, 5) by `swing.COLUMNS` under hips at T instants."""
        own, time = self.stance.steps, hips.time_s
        step = own.latest(time)
        stands = time <= own.toe_off_s[step]
        state = np.empty((len(time), len(COLUMNS)))
        state[stands] = self.stance.at(hips.where(stands), step[stands])
        state[~stands] = self.swing.at(time[~stands], step[~stands])
        return state

    def turns(self, hips: HipsAt) -> dict[str, Array]:
        """Return the rotations (T, 3, 3) of thigh, shank, foot and toes under hips at T instants."""
        knee, direction, ankle, outward, toes = self.state(hips).T
        build, sign, trunk = self.stance.hips.build, self.stance.sign, self.stance.hips.trunk
        across = hips.root[:, 2] + sign * outward - hips.hip[self.side][:, 2]
        at_hip = at_hip_rad(knee, build.thigh_m, build.shank_m)
        length = build.thigh_m * np.cos(at_hip) + build.shank_m * np.cos(knee - at_hip)
        flat = np.sqrt(np.maximum(length**2 - across**2, 0.0))
        line = np.stack([flat * np.sin(direction), -flat * np.cos(direction), across], axis=-1)
        leg = framed(-line, self._hinge(hips))
        pitch = direction + at_hip - knee + ankle
        nil = np.zeros_like(pitch)
        out = nil - sign * np.radians(trunk.running.toe_out_deg)
        return {
            f"{self.side}_thigh": leg @ turned(nil, nil, at_hip),
            f"{self.side}_shank": leg @ turned(nil, nil, at_hip - knee),
            f"{self.side}_foot": turned(out, nil, pitch),
            f"{self.side}_toes": turned(out, nil, pitch + toes),
        }

    def _hinge(self, hips: HipsAt) -> Array:
        """Return the level axis (T, 3) about which the knee bends, to the runner's right."""
        phase = hips.phase - (0.0 if self.side == "right" else 0.5)
        out = self.stance.sign * self.stance.hips.trunk.cycle.at("knee_out_rad", phase)
        return np.stack([-np.sin(out), np.zeros_like(out), np.cos(out)], axis=-1)


def leg_of(stance: Stance, extra_knee_rad: float) -> Leg:
    """Return a leg, its swings leading from each contact to the next.

    Parameters
    ----------
    stance
        The leg while its foot stands.
    extra_knee_rad
        How much more than in the trial the knee bends in swing [rad].
    """
    own, build = stance.steps, stance.hips.build
    last = np.arange(len(own.toe_off_s) - 1)
    off, on = own.toe_off_s[:-1], own.initial_contact_s[1:]

    def at(time: Array, step: Index) -> Array:
        return stance.at(stance.hips.at(time), step)

    leaving, landing = at(off, last), at(on, last + 1)
    swing = Swing(
        cycle=stance.hips.trunk.cycle,
        leg_m=build.thigh_m + build.shank_m,
        start_s=off,
        end_s=on,
        start=leaving,
        end=landing,
        start_rate=(leaving - at(off - _STEP_S, last)) / _STEP_S,
        end_rate=(at(on + _STEP_S, last + 1) - landing) / _STEP_S,
        extra_knee_rad=extra_knee_rad,
    )
    return Leg(stance, swing)
