"""A made-up runner with markers whose joint centres are known exactly."""

from __future__ import annotations

import numpy as np

from midstance.model import SIDES, MarkerSet, Motion, Skeleton

HIP = {"left": np.array([0.0, 0.9, -0.085]), "right": np.array([0.0, 0.9, 0.085])}
RATE_HZ = 100.0


def _sided(table: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {f"{s}_{k}": tuple(v.format(S=s[0].upper()).split()) for k, v in table.items() for s in SIDES}


MARKERS = MarkerSet(
    "made_up",
    "A made-up set",
    {
        **_sided(
            {
                "asis": "{S}ASI",
                "psis": "{S}PSI",
                "knee_lateral": "{S}KNL",
                "knee_medial": "{S}KNM",
                "ankle_lateral": "{S}ANL",
                "ankle_medial": "{S}ANM",
                "heel": "{S}HEE",
                "mt1": "{S}MT1",
                "mt5": "{S}MT5",
            }
        )
    },
    _sided({"hip": "{S}HJC"}),
    {
        "pelvis": ("LASI", "RASI", "LPSI", "RPSI"),
        **_sided({"thigh": "{S}TH1 {S}TH2 {S}TH3 {S}TH4", "shank": "{S}SH1 {S}SH2 {S}SH3 {S}SH4"}),
        **_sided({"foot": "{S}HEE {S}HEL {S}MT1 {S}MT5"}),
    },
)
CLUSTER = np.array([[0.05, -0.15, 0.07], [-0.02, -0.15, 0.09], [0.05, -0.25, 0.07], [-0.03, -0.26, 0.06]])


def _turn_z(angle: np.ndarray) -> np.ndarray:
    """Return rotations about Z (T, 3, 3): positive lifts what lies ahead."""
    cos, sin, one = np.cos(angle), np.sin(angle), np.ones_like(angle)
    zero = np.zeros_like(angle)
    rows = [[cos, -sin, zero], [sin, cos, zero], [zero, zero, one]]
    return np.moveaxis(np.array(rows), -1, 0)


def runner(
    *, seconds: float = 2.0, still: bool = False, speed_m_s: float = 0.0
) -> tuple[Motion, dict[str, np.ndarray]]:
    """Return markers in the lab frame and the true joint centres; on a belt unless a speed is given."""
    t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    moves = 0.0 if still else 1.0
    travel = np.stack([speed_m_s * t, 0.03 * moves * np.sin(8 * np.pi * t), 0 * t], axis=1)
    markers: dict[str, np.ndarray] = {}
    truth: dict[str, np.ndarray] = {}
    for label, x, z in (
        ("LASI", 0.09, -0.12),
        ("RASI", 0.09, 0.12),
        ("LPSI", -0.09, -0.04),
        ("RPSI", -0.09, 0.04),
    ):
        markers[label] = np.array([x, 1.0, z]) + travel
    for side in SIDES:
        letter, out = side[0].upper(), np.array([1.0, 1.0, 1.0 if side == "right" else -1.0])
        phase = 4 * np.pi * t + (np.pi if side == "left" else 0.0)
        thigh, knee = _turn_z(0.5 * moves * np.sin(phase)), _turn_z(-0.6 * moves * (1 + np.cos(phase)))
        hip = HIP[side] + travel
        knee_at = hip + thigh @ np.array([0.0, -0.42, 0.0])
        shank = thigh @ knee
        ankle_at = knee_at + shank @ np.array([0.0, -0.40, 0.0])
        truth |= {f"{side}_hip": hip, f"{side}_knee": knee_at, f"{side}_ankle": ankle_at}
        markers[f"{letter}HJC"] = hip
        for part, origin, turn in (("TH", hip, thigh), ("SH", knee_at, shank)):
            for n, place in enumerate(CLUSTER * out, 1):
                markers[f"{letter}{part}{n}"] = origin + turn @ place
        for joint, origin, turn, line in (
            ("KN", knee_at, thigh, np.array([0.0, 0.0, 0.058]) * out),
            ("AN", ankle_at, shank, np.array([-0.013, -0.010, 0.038]) * out),
        ):
            for face, sign in (("L", 1.0), ("M", -1.0)):
                markers[f"{letter}{joint}{face}"] = origin + turn @ (sign * line)
        for label, place in (
            ("HEE", (-0.06, -0.04, 0.0)),
            ("HEL", (-0.03, -0.04, 0.03)),
            ("MT1", (0.13, -0.05, -0.045)),
            ("MT5", (0.11, -0.05, 0.045)),
        ):
            markers[f"{letter}{label}"] = ankle_at + shank @ (np.array(place) * out)
    return motion(markers, t), truth


def motion(markers: dict[str, np.ndarray], time_s: np.ndarray) -> Motion:
    """Return the markers as a motion in the lab frame."""
    points = np.stack(list(markers.values()), axis=1)
    return Motion(points, np.ones(points.shape[:2]), time_s, Skeleton(tuple(markers), (), ()), "m", "lab")


def without(markers: Motion, *labels: str) -> Motion:
    """Return the motion without some markers."""
    keep = {name: markers.point(name) for name in markers.skeleton.names if name not in labels}
    return motion(keep, markers.time_s)


def renamed(markers: Motion, names: dict[str, str]) -> Motion:
    """Return the motion with other labels."""
    return motion({names.get(n, n): markers.point(n) for n in markers.skeleton.names}, markers.time_s)
