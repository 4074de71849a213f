"""Put the feet, roll them and carry the hips so that the gait is what was asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import SettingsError
from midstance.model import SIDES
from midstance.virtual.bounce import Bounce, Still, Vault
from midstance.virtual.foot import Roll
from midstance.virtual.legs import Leg
from midstance.virtual.pelvis import Pelvis
from midstance.virtual.schedule import planned
from midstance.virtual.truth import reference_instants

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Side
    from midstance.virtual.gait import Gait
    from midstance.virtual.schedule import Schedule

__all__ = ["fitted"]

_HEEL_OFF = 0.43  # part of contact
_WALKING_KNEE_DEG = 12.0  # at half of contact
_STRAIGHTEST_DEG = 12.0  # the knee at toe-off
_PITCH_AT_TOE_OFF_RAD = (-1.3, -0.3)
_LEAST_LIFT_M_RAD = 0.03  # the hips rise by at least so much as the heel does
_STANDING_SWAY_M = 0.0005
_ROUNDS = 40
_SLOPE = (0.45, 1.1)  # what is missing changes by so much of a step
_CLOSE_M, _BEARABLE_M = 1e-8, 2e-4
_CHECKED = 60  # instants per contact at which the leg must reach the ground


def fitted(gait: Gait, duration_s: float) -> dict[Side, Leg]:
    """Return the legs of a gait on their pelvis.

    Raises
    ------
    SettingsError
        If a leg does not reach the ground where it should, or hip over ankle cannot be met.
    """
    roll, offset = _even_gait(gait)
    schedule = _placed(gait, planned(gait, duration_s), offset)
    random = np.random.default_rng([gait.seed, 2])
    jitter = random.normal(0.0, gait.placement_sd_m, len(schedule.side))
    schedule = schedule.moved(schedule.ankle_m + jitter)
    legs = _legs(Pelvis(gait, schedule, _path(gait, schedule, roll)), roll)
    _check_reach(legs)
    return legs


def _legs(pelvis: Pelvis, roll: Roll) -> dict[Side, Leg]:
    """Return both legs on a pelvis."""
    gait = pelvis.gait
    half = 0.5 * gait.knee_swing_difference_deg
    peak = {"left": gait.knee_swing_deg - half, "right": gait.knee_swing_deg + half}
    return {
        side: Leg(side, pelvis, roll, gait.landing_slide_m, float(np.radians(peak[side]))) for side in SIDES
    }


def _placed(gait: Gait, schedule: Schedule, offset: dict[Side, float]) -> Schedule:
    """Return the schedule with each foot put a side's offset ahead of the evenly moving runner."""
    if gait.activity == "standing":
        return schedule
    ahead = np.where(schedule.side == "right", offset["right"], offset["left"])
    return schedule.moved(gait.speed_m_s * schedule.planned_contact_s + ahead)


def _first_roll(gait: Gait) -> Roll:
    """Return a roll of the feet to start from."""
    if gait.activity == "standing":
        return Roll(0.0, 0.0, _HEEL_OFF)
    return Roll(float(np.radians(gait.foot_strike_angle_deg)), -0.8, _HEEL_OFF)


def _even_gait(gait: Gait) -> tuple[Roll, dict[Side, float]]:
    """Return how the feet roll, and how far ahead of the evenly moving runner they are put.

    Found by turns: the pitch at toe-off that carries the hips, and the places that put the hip over
    the ankle as asked.
    """
    roll = _first_roll(gait)
    offset: dict[Side, float] = dict.fromkeys(SIDES, 0.3 * gait.speed_m_s * gait.contact_time_s)
    if gait.activity == "standing":
        return roll, offset
    even = replace(gait, step_time_sd_s=0.0, contact_time_sd_s=0.0, start_phase_percent=0.0)
    plan = planned(even, 0.0)
    worst = np.inf
    step = dict.fromkeys(SIDES, 0.0)
    before = dict.fromkeys(SIDES, 0.0)
    for _ in range(_ROUNDS):
        schedule = _placed(even, plan, offset)
        roll = replace(roll, toe_off_rad=_better_pitch(even, schedule, roll))
        legs = _legs(Pelvis(even, schedule, _path(even, schedule, roll)), roll)
        missing = {side: _missing(legs[side]) for side in SIDES}
        step = {side: _secant(step[side], before[side], missing[side]) for side in SIDES}
        offset, before = {side: offset[side] + step[side] for side in SIDES}, missing
        worst = max(abs(value) for value in missing.values())
        if worst < _CLOSE_M:
            break
    if not worst < _BEARABLE_M:
        raise SettingsError(
            f"no way of landing puts the hip {100.0 * gait.hip_over_ankle_m:.0f} cm ahead of the ankle",
            "virtual gait",
            "ask for less, a lower speed or a taller runner",
        )
    return roll, offset


def _secant(step_m: float, before_m: float, now_m: float) -> float:
    """Return the next step, given by how much the last one changed what is missing."""
    slope = (before_m - now_m) / step_m if step_m else _SLOPE[0]
    return now_m / float(np.clip(slope, *_SLOPE))


def _better_pitch(gait: Gait, schedule: Schedule, roll: Roll) -> float:
    """Return a pitch at toe-off that comes closer to carrying the hips as asked [rad] (a Newton step)."""

    def leaving_m(pitch_rad: float) -> float:
        legs = _legs(Pelvis(gait, schedule, Still(0.0)), replace(roll, toe_off_rad=pitch_rad))
        return float(_heights(legs, 1.0, gait.knee_at_toe_off_deg).mean())

    still = _legs(Pelvis(gait, schedule, Still(0.0)), roll)
    wanted = float(_heights(still, 0.0, gait.knee_at_contact_deg).mean()) + gait.rise_m
    now, step = leaving_m(roll.toe_off_rad), 0.01
    slope = (leaving_m(roll.toe_off_rad - step) - now) / step
    pitch = roll.toe_off_rad - (wanted - now) / max(slope, _LEAST_LIFT_M_RAD)
    return float(np.clip(pitch, *_PITCH_AT_TOE_OFF_RAD))


def _path(gait: Gait, schedule: Schedule, roll: Roll) -> Bounce | Vault | Still:
    """Return the height of the hips that gives the knees the flexion asked for."""
    legs = _legs(Pelvis(gait, schedule, Still(0.0)), roll)
    landing = _heights(legs, 0.0, gait.knee_at_contact_deg)
    if gait.activity == "standing":
        return Still(float(landing.mean()), _STANDING_SWAY_M)
    if gait.activity == "walking":
        lowest = 0.7 * schedule.initial_contact_s[1:] + 0.3 * schedule.toe_off_s[:-1]
        high = float(_heights(legs, 0.5, _WALKING_KNEE_DEG).min())
        passed = (schedule.initial_contact_s[1] - lowest[0]) / (lowest[1] - lowest[0])
        above = float(np.sin(np.pi * passed) ** 2)
        return Vault(lowest, (float(landing.min()) - above * high) / (1.0 - above), high)
    highest = _heights(legs, 1.0, _STRAIGHTEST_DEG)
    usual = 0.5 * sum(float(landing[schedule.side == side].mean()) for side in SIDES)
    leaving = np.minimum(usual + gait.rise_m, highest)
    return Bounce(schedule.initial_contact_s, schedule.duration_s, landing, leaving, gait.push_bluntness)


def _heights(legs: dict[Side, Leg], part: float, knee_deg: float) -> NDArray[np.float64]:
    """Return how high the middle of the hips must be at a part of every contact (N,) [m]."""
    schedule = legs["left"].pelvis.schedule
    heights = np.empty(len(schedule.side))
    for side, leg in legs.items():
        own = schedule.of(side)
        step = np.arange(len(own.toe_off_s))
        time = own.initial_contact_s + part * own.duration_s
        line = leg.stance_ankle(time, step) - leg.pelvis.hip(time, side)
        across = line[:, 0] ** 2 + line[:, 2] ** 2
        drop = np.sqrt(np.maximum(leg.length_m(np.radians(knee_deg)) ** 2 - across, 0.0))
        heights[schedule.side == side] = line[:, 1] + drop
    return heights


def _missing(leg: Leg) -> float:
    """Return by how much the foot must go ahead so that hip over ankle is what was asked [m]."""
    gait = leg.pelvis.gait
    sign = 1.0 if leg.side == "right" else -1.0
    wanted = gait.hip_over_ankle_m + 0.5 * sign * gait.hip_over_ankle_difference_m
    own = leg.pelvis.schedule.of(leg.side)
    step = np.array([int(np.argmin(np.abs(own.initial_contact_s)))])
    instant = reference_instants(leg, step)
    over = leg.pelvis.hip(instant, leg.side)[:, 0] - leg.stance_ankle(instant, step)[:, 0]
    return float(over[0] - wanted)


def _check_reach(legs: dict[Side, Leg]) -> None:
    """Refuse a gait in which a leg would have to be longer than it is."""
    for side, leg in legs.items():
        own = leg.pelvis.schedule.of(side)
        step = np.repeat(np.arange(len(own.toe_off_s)), _CHECKED)
        part = np.tile(np.linspace(0.0, 1.0, _CHECKED), len(own.toe_off_s))
        state = leg.stance(own.initial_contact_s[step] + part * own.duration_s[step], step)
        short = np.isnan(state.knee_rad)
        if np.any(short):
            raise SettingsError(
                f"the {side} leg does not reach the ground at {100.0 * part[short][0]:.0f} % of contact",
                "virtual gait",
                "ask for a shorter contact, a lower speed or a more bent knee",
            )
