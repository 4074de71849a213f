"""Quiet standing in the laboratory: the posture that ties markers to joints."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # dataclass fields are read at run time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import DataError
from midstance.model import SIDES, Motion, Side
from midstance.numerics import finite_median

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Standing", "quiet_posture", "running_lengths", "standing_facts"]

_WINDOW_S = 0.5
_QUIET_M = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What quiet standing says of the runner; NaN where there is no static trial.

    Parameters
    ----------
    leg_length_m
        Hip to knee to ankle, by side [m].
    pelvis_width_m, pelvis_depth_m
        Between the ASIS, and from their middle to that of the PSIS [m].
    foot_pitch_deg
        Pitch of the line from heel to toe, by side [deg], toes up positive.
    hip_over_ankle_m
        Hip ahead of the ankle, by side [m].
    pelvic_tilt_deg
        Forward tilt of the plane of ASIS and PSIS [deg].
    pelvic_obliquity_deg
        Right side up positive [deg].
    trunk_lean_deg
        Line from mid-hip to mid-shoulder, forward positive [deg].
    """

    leg_length_m: Mapping[Side, float]
    pelvis_width_m: float
    pelvis_depth_m: float
    foot_pitch_deg: Mapping[Side, float] = field(default_factory=lambda: dict.fromkeys(SIDES, np.nan))
    hip_over_ankle_m: Mapping[Side, float] = field(default_factory=lambda: dict.fromkeys(SIDES, np.nan))
    pelvic_tilt_deg: float = float("nan")
    pelvic_obliquity_deg: float = float("nan")
    trunk_lean_deg: float = float("nan")


def _quietest(points: Array, length: int) -> tuple[slice, float]:
    """Return the window of that many samples in which the markers move least, and how much [m]."""
    starts = range(0, max(1, len(points) - length + 1), max(1, length // 4))
    moved = [float(np.nanmedian(np.nanstd(points[i : i + length], axis=0))) for i in starts]
    best = int(np.argmin(moved))
    return slice(starts[best], starts[best] + length), moved[best]


def quiet_posture(static: Motion) -> dict[str, Array]:
    """Return where each marker is in quiet standing.

    Parameters
    ----------
    static
        Paths of the markers (T, K, 3) [m] of the static trial.

    Returns
    -------
    dict
        Label to position (3,) [m]: the median over the recording, or over its quietest half second
        where it moves; markers never seen are left out.

    Raises
    ------
    DataError
        Where nobody stands still: the file is not a static trial.
    """
    ever = np.asarray(np.isfinite(static.points).all(axis=2).any(axis=0))
    points = static.points[:, ever]
    names = [name for name, there in zip(static.skeleton.names, ever, strict=True) if there]
    whole = slice(0, len(points))
    moved = float(np.nanmedian(np.nanstd(points, axis=0))) if points.size else np.inf
    if moved > _QUIET_M:
        whole, moved = _quietest(points, max(3, round(_WINDOW_S * static.rate_hz)))
    if moved > _QUIET_M:
        raise DataError(
            f"nobody stands still in it: the markers move by {1000 * moved:.0f} mm even in the quietest "
            f"{_WINDOW_S:g} s",
            "static trial",
            "give a recording of quiet standing as the static trial; this one looks like a run",
        )
    window = points[whole]
    seen = np.asarray(np.isfinite(window).all(axis=2).any(axis=0))
    return {name: np.nanmedian(window[:, k], axis=0) for k, name in enumerate(names) if seen[k]}


def _pitch(line: Array) -> float:
    return float(np.degrees(np.arctan2(line[1], line[0])))


def _along_heading(points: Mapping[str, Array]) -> dict[str, Array]:
    """Return the points turned about the vertical so that the hips face exactly forward."""
    across = points["right_hip"] - points["left_hip"]
    size = np.hypot(across[0], across[2])
    cos, sin = across[2] / size, across[0] / size
    turn = np.array([[cos, 0.0, -sin], [0.0, 1.0, 0.0], [sin, 0.0, cos]])
    return {name: turn @ point for name, point in points.items()}


def _lengths(points: Mapping[str, Array]) -> Standing:
    """Return leg lengths and pelvis size from points (..., 3): medians over the samples."""

    def apart(a: Array, b: Array) -> float:
        return finite_median(np.atleast_1d(np.linalg.norm(a - b, axis=-1)))

    front, back = (0.5 * (points[f"left_{n}"] + points[f"right_{n}"]) for n in ("asis", "psis"))
    legs: dict[Side, float] = {
        side: apart(points[f"{side}_hip"], points[f"{side}_knee"])
        + apart(points[f"{side}_knee"], points[f"{side}_ankle"])
        for side in SIDES
    }
    return Standing(legs, apart(points["left_asis"], points["right_asis"]), apart(front, back))


def running_lengths(paths: Mapping[str, Array]) -> Standing:
    """Return leg lengths and the size of the pelvis from a run; nothing is known of standing.

    Parameters
    ----------
    paths
        Names of `LAB_BODY` to paths (T, 3) [m].

    Returns
    -------
    Standing
        Medians over time; the angles of standing are NaN.
    """
    return _lengths(paths)


def standing_facts(points: Mapping[str, Array]) -> Standing:
    """Return what the points of quiet standing say of the runner.

    Parameters
    ----------
    points
        Names of `LAB_BODY` to positions (3,) [m] in the lab frame, NaN where unseen.

    Returns
    -------
    Standing
        Lengths, and the angles measured along the heading of the pelvis.
    """
    lengths, points = _lengths(points), _along_heading(points)
    ahead = sum((points[f"{side}_asis"] - points[f"{side}_psis"] for side in SIDES), np.zeros(3))
    trunk = sum((points[f"{side}_shoulder"] - points[f"{side}_hip"] for side in SIDES), np.zeros(3))
    across = points["right_asis"] - points["left_asis"]
    return replace(
        lengths,
        foot_pitch_deg={side: _pitch(points[f"{side}_toe"] - points[f"{side}_heel"]) for side in SIDES},
        hip_over_ankle_m={
            side: float(points[f"{side}_hip"][0] - points[f"{side}_ankle"][0]) for side in SIDES
        },
        pelvic_tilt_deg=-_pitch(ahead),
        pelvic_obliquity_deg=float(np.degrees(np.arcsin(across[1] / np.linalg.norm(across)))),
        trunk_lean_deg=float(np.degrees(np.arctan2(trunk[0], trunk[1]))),
    )
