"""From how segments are turned to where the joints are: lengths hung on one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.model import SIDES
from midstance.virtual.running.planting import ball_height_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Side
    from midstance.virtual.posture import Build, Posture

    Array = NDArray[np.float64]

__all__ = ["joint_centres"]

_EAR = (0.005, 0.085, 0.045)  # ahead of, above and beside the middle of the shoulders, over stature
_NOSE = (0.065, 0.075, 0.0)


def joint_centres(posture: Posture, build: Build) -> dict[str, Array]:
    """Return every joint centre and the points of feet and head.

    Parameters
    ----------
    posture
        How the body stands at T instants.
    build
        Its lengths.

    Returns
    -------
    dict of str to ndarray
        The names of `model.BODY`, and `left_ball`, `right_ball`, each (T, 3) in the lab [m].

    Notes
    -----
    The trunk is one straight piece from mid-hip to mid-shoulder, turned with the thorax. A body with
    a spine bends on the way: its own joints tell where its shoulders are.
    """
    turn = posture.turned
    thorax = posture.root_m + _carried(turn["thorax"], build.shoulder_ahead_m, build.trunk_m, 0.0)
    head = build.stature_m
    points = {"nose": thorax + _carried(turn["head"], *(head * part for part in _NOSE))}
    for side in SIDES:
        sign = 1.0 if side == "right" else -1.0
        ear = _carried(turn["head"], head * _EAR[0], head * _EAR[1], sign * head * _EAR[2])
        shoulder = thorax + _carried(turn["thorax"], 0.0, 0.0, sign * build.shoulder_half_m)
        elbow = shoulder + _carried(turn[f"{side}_upper_arm"], 0.0, -build.upper_arm_m, 0.0)
        wrist = elbow + _carried(turn[f"{side}_forearm"], 0.0, -build.forearm_m, 0.0)
        arm = {"ear": thorax + ear, "shoulder": shoulder, "elbow": elbow, "wrist": wrist}
        points |= {f"{side}_{name}": point for name, point in (arm | _leg(posture, build, side)).items()}
    return points


def _leg(posture: Posture, build: Build, side: Side) -> dict[str, Array]:
    """Return the points of one leg."""
    turn, hinge = posture.turned, ball_height_m(build)
    half = (1.0 if side == "right" else -1.0) * build.hip_half_m
    foot, toes = turn[f"{side}_foot"], turn[f"{side}_toes"]
    hip = posture.root_m + _carried(turn["pelvis"], 0.0, 0.0, half)
    knee = hip + _carried(turn[f"{side}_thigh"], 0.0, -build.thigh_m, 0.0)
    ankle = knee + _carried(turn[f"{side}_shank"], 0.0, -build.shank_m, 0.0)
    ball = ankle + _carried(foot, build.ball_ahead_m, hinge - build.ankle_height_m, 0.0)
    return {
        "hip": hip,
        "knee": knee,
        "ankle": ankle,
        "heel": ankle + _carried(foot, -build.heel_back_m, -build.ankle_height_m, 0.0),
        "ball": ball,
        "toe": ball + _carried(toes, build.toe_ahead_m - build.ball_ahead_m, -hinge, 0.0),
    }


def _carried(turn: Array, ahead: float, up: float, right: float) -> Array:
    """Return a vector of a standing segment (3,), turned with it (T, 3)."""
    return np.asarray(turn @ np.array([ahead, up, right]))
