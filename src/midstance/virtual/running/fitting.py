"""Putting the feet, the height and the ankles so that a run does what its options say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import SettingsError
from midstance.kinematics import forward_lean
from midstance.model import SIDES
from midstance.virtual.running.cycle import lab_cycle
from midstance.virtual.running.footfalls import scheduled
from midstance.virtual.running.hips import Hips
from midstance.virtual.running.legs import Stance, knee_for, leg_of
from midstance.virtual.running.planting import FootRoll
from midstance.virtual.running.run import Run
from midstance.virtual.running.trunk import trunk_of
from midstance.virtual.running.truth import midstance_instant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from midstance.model import Side
    from midstance.virtual.posture import Build, Posture
    from midstance.virtual.running.options import Running

    Array = NDArray[np.float64]
    Placed = Callable[[Posture], Mapping[str, Array]]

__all__ = ["fitted"]

_ROUNDS, _ROUNDS_OF_A_SLOPE = 16, 4
_CLOSE = np.array([1e-5, 1e-5, 1e-4, 1e-4, 1e-3, 1e-5])  # metres, metres, radians
_NUDGE = np.array([2e-3, 2e-3, 2e-3, 1e-2, 1e-2, 1e-2])
_LARGEST = np.array([0.05, 0.05, 0.03, 0.25, 0.4, 0.5])  # step of a round
_TOES_PART = 0.4  # of the foot's pitch at toe-off that the toes share
_SLIDE_M, _SOFT_M = 0.018, 0.005
_STRIDE_SAMPLES = 40
_SHORT_M = 0.005  # a leg may miss its foothold by so much


def fitted(running: Running, build: Build, duration_s: float, placed: Placed) -> Run:
    """Return the run that meets its options.

    Parameters
    ----------
    running
        What is asked for.
    build
        Lengths of the body.
    duration_s
        How long the run lasts [s].
    placed
        Where the points of the body are in a posture.

    Returns
    -------
    Run
        With feet, height and ankles as they must be.

    Raises
    ------
    SettingsError
        If the legs are too short for it.

    Notes
    -----
    Newton's method in six unknowns (where each foot is put, the mean height of the hips, the pitch of
    the foot at toe-off, the bend of the knee in swing, the pitch of the thorax) for six readings off
    the joints of one even stride: hip over ankle on either side, the knee at contact, at toe-off and in
    swing, the lean of the trunk.
    """
    even = replace(running, step_time_sd_s=0.0, contact_time_sd_s=0.0, placement_sd_m=0.0)
    even = replace(even, start_phase_percent=90.0)
    span = 2.9 * even.step_time_s
    leg = build.thigh_m + build.shank_m
    up = np.arctan(even.slope_percent / 100.0) * 0.9 * leg
    ahead = 0.4 * even.contact_time_s * even.speed_m_s - even.hip_over_ankle_m - up
    unknown = np.array([ahead, ahead, build.ankle_height_m + 0.955 * leg, np.radians(-50.0), 0.0, 0.1])
    found = _solved(lambda trial: _read(_built(even, build, span, placed, trial)) - _wanted(even), unknown)
    if found is None:
        raise _impossible(running)
    return _checked(_built(running, build, duration_s, placed, found))


def _solved(missed: Callable[[Array], Array], unknown: Array) -> Array | None:
    """Return where nothing is missed, None if nowhere: slopes are found anew every few rounds."""
    miss = missed(unknown)
    slopes = np.eye(len(unknown))
    for i in range(_ROUNDS):
        if np.all(np.abs(miss) < _CLOSE):
            return unknown
        if i % _ROUNDS_OF_A_SLOPE == 0:
            shifted = [missed(unknown + shift) - miss for shift in np.diag(_NUDGE)]
            slopes = np.stack(shifted, axis=1) / _NUDGE
        unknown = unknown - np.clip(np.linalg.solve(slopes, miss), -_LARGEST, _LARGEST)
        miss = missed(unknown)
    return None


def _wanted(running: Running) -> Array:
    """Return the six readings asked for [m, m, rad, rad, rad]."""
    half = 0.5 * running.hip_over_ankle_difference_m
    angles = (
        running.knee_at_contact_deg,
        running.knee_at_toe_off_deg,
        running.knee_swing_deg,
        running.trunk_lean_deg,
    )
    over = running.hip_over_ankle_m
    return np.array([over - half, over + half, *np.radians(angles)])


def _built(running: Running, build: Build, duration_s: float, placed: Placed, unknown: Array) -> Run:
    """Return the run with given unknowns."""
    hips = Hips(
        trunk_of(running, build, lab_cycle(), float(unknown[5])),
        scheduled(running, duration_s),
        float(unknown[2]),
    )
    off = float(unknown[3])
    roll = FootRoll(np.radians(running.foot_strike_angle_deg), off, _TOES_PART * off, _SLIDE_M, _SOFT_M)
    places = {side: float(unknown[i]) for i, side in enumerate(SIDES)}
    legs = {
        side: leg_of(Stance(side, hips, roll, place), float(unknown[4])) for side, place in places.items()
    }
    return Run(running, duration_s, hips, legs, placed)


def _read(run: Run) -> Array:
    """Return the six readings off the joints of an even run."""
    over, landing, leaving, swing = [], [], [], []
    for side in SIDES:
        own = run.contacts.of(side)
        start, end = run.contacts.initial_contact_s[own][:1], run.contacts.toe_off_s[own][:1]
        middle = midstance_instant(run.joints, side, float(start[0]), float(end[0]), run.running.midstance)
        points = run.joints(np.array([middle]))
        over.append(points[f"{side}_hip"][0, 0] - points[f"{side}_ankle"][0, 0])
        landing.append(_wanted_knee(run, side, start + 1e-9))
        leaving.append(_wanted_knee(run, side, end - 1e-9))
        swing.append(_knee(run, side, end + np.linspace(0.2, 0.7, 60) * run.running.step_time_s * 1.3))
    return np.array([*over, np.mean(landing), np.mean(leaving), np.mean(swing), _lean(run)])


def _lean(run: Run) -> float:
    """Return the mean lean of the trunk over a stride [rad]."""
    time = (np.arange(_STRIDE_SAMPLES) + 0.5) / _STRIDE_SAMPLES * 2.0 * run.running.step_time_s
    points = run.joints(time)
    hip, shoulder = (points[f"left_{name}"] + points[f"right_{name}"] for name in ("hip", "shoulder"))
    return float(np.radians(forward_lean(hip[:, :2], shoulder[:, :2])).mean())


def _foothold(run: Run, side: Side, time_s: Array) -> Array:
    """Return how far from the hip a standing foot wants its ankle at instants (T,) [m]."""
    leg = run.legs[side]
    wanted, _ = leg.stance.planted(time_s, leg.stance.steps.latest(time_s))
    return np.asarray(np.linalg.norm(wanted - run.hips.at(time_s).hip[side], axis=-1))


def _wanted_knee(run: Run, side: Side, time_s: Array) -> float:
    """Return the bend of the knee that a foothold asks for at one instant (1,) [rad]."""
    return float(knee_for(_foothold(run, side, time_s), run.build.thigh_m, run.build.shank_m)[0])


def _knee(run: Run, side: Side, time_s: Array) -> float:
    """Return the largest bend of a knee within instants (T,) [rad]."""
    return float(run.legs[side].state(run.hips.at(time_s))[:, 0].max())


def _checked(run: Run) -> Run:
    """Return the run if every stance leg reaches its foot, or nearly so."""
    contacts, build = run.contacts, run.build
    for side in SIDES:
        own = contacts.of(side)
        start, long = contacts.initial_contact_s[own], contacts.duration_s[own]
        time = (start[:, None] + np.linspace(0.0, 1.0, 41) * long[:, None]).ravel()
        knee = run.legs[side].state(run.hips.at(time))[:, 0]
        both = build.thigh_m**2 + build.shank_m**2 + 2.0 * build.thigh_m * build.shank_m * np.cos(knee)
        if np.any(_foothold(run, side, time) - np.sqrt(both) > _SHORT_M):
            raise _impossible(run.running)
    return run


def _impossible(running: Running) -> SettingsError:
    """Return the error for a run that no legs of this length can do."""
    return SettingsError(
        f"a leg would be overstretched: hip over ankle {running.hip_over_ankle_m:.3f} m, knee at contact "
        f"{running.knee_at_contact_deg:.0f} deg, at toe-off {running.knee_at_toe_off_deg:.0f} deg",
        "virtual running",
        "ask for more bend of the knee, less overstride or a hip further ahead",
    )
