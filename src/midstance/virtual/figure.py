"""The body around the joints: limbs, trunk, head, clothes and shoes as tapered capsules."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from midstance.model import SIDES
from midstance.virtual.casting import Capsule

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Side

    Vector = NDArray[np.float64]
    Points = dict[str, Vector]
    Profile = tuple[tuple[float, float], ...]

__all__ = ["Material", "figure"]


class Material(IntEnum):
    """What a part of the figure is made of."""

    SKIN = 0
    SHIRT = 1
    SHORTS = 2
    SHOE = 3
    SOLE = 4
    SOCK = 5
    HAIR = 6
    EYE = 7
    LIP = 8
    TRIM = 9


# Radii along a limb: (part of its length, radius over stature).
_THIGH: Profile = ((0.0, 0.0500), (0.25, 0.0475), (0.55, 0.0400), (0.85, 0.0325), (1.0, 0.0315))
_SHORTS_LEG: Profile = ((0.0, 0.0560), (0.22, 0.0545), (0.47, 0.0535))
_SHANK: Profile = ((0.0, 0.0305), (0.14, 0.0300), (0.32, 0.0325), (0.55, 0.0270), (0.85, 0.0195), (1.0, 0.0200))
_SOCK: Profile = ((0.87, 0.0215), (1.0, 0.0225))
_UPPER_ARM: Profile = ((0.0, 0.0270), (0.4, 0.0255), (0.8, 0.0220), (1.0, 0.0215))
_SLEEVE: Profile = ((0.0, 0.0335), (0.25, 0.0325), (0.52, 0.0320))
_FOREARM: Profile = ((0.0, 0.0215), (0.25, 0.0230), (0.65, 0.0175), (1.0, 0.0150))
# The trunk from hips to shoulders: (part of its length, ahead, half depth, half width over half depth).
_TRUNK = (
    (-0.06, -0.004, 0.060, 1.46),
    (0.12, -0.004, 0.061, 1.40),
    (0.36, 0.000, 0.055, 1.40),
    (0.62, 0.002, 0.060, 1.46),
    (0.84, -0.002, 0.058, 1.62),
    (0.97, -0.006, 0.036, 2.05),
)
_SHORTS_PARTS = 2  # the lowest stretches of the trunk are shorts


def figure(points: Points, height_m: float) -> list[Capsule]:
    """Return the capsules of a runner.

    Parameters
    ----------
    points
        Named joint centres and points (3,) in the lab, as `Performance.points` gives them, of one
        instant.
    height_m
        Stature [m].

    Returns
    -------
    list of Capsule
    """
    right = _unit(points["right_shoulder"] - points["left_shoulder"])
    hips = _unit(points["right_hip"] - points["left_hip"])
    parts = _trunk(points, height_m, hips, right)
    parts += _head(points, height_m)
    for side in SIDES:
        parts += _leg(points, height_m, side, hips)
        parts += _foot(points, height_m, side, hips)
        parts += _arm(points, height_m, side)
    return parts


def _unit(vector: Vector) -> Vector:
    """Return a vector of length 1."""
    return np.asarray(vector / np.linalg.norm(vector))


def _limb(start: Vector, end: Vector, profile: Profile, height_m: float, material: Material) -> list[Capsule]:
    """Return a limb of round cones along a line."""
    axis = _unit(end - start)
    return [
        Capsule(
            start + low * (end - start), start + high * (end - start), r0 * height_m, r1 * height_m, material, axis
        )
        for (low, r0), (high, r1) in zip(profile, profile[1:], strict=False)
    ]


def _trunk(points: Points, height_m: float, hips: Vector, shoulders: Vector) -> list[Capsule]:
    """Return hips, shirt and neck."""
    low = 0.5 * (points["left_hip"] + points["right_hip"])
    high = 0.5 * (points["left_shoulder"] + points["right_shoulder"])
    up = high - low
    parts = []
    for k, (one, two) in enumerate(zip(_TRUNK, _TRUNK[1:], strict=False)):
        middle = 0.5 * (one[0] + two[0])
        across = _unit((1.0 - middle) * hips + middle * shoulders)
        ahead = _unit(np.cross(up, across))
        centres = [low + part * up + height_m * forward * ahead for part, forward, _, _ in (one, two)]
        material = Material.SHORTS if k < _SHORTS_PARTS - 1 else Material.SHIRT
        wide = 0.5 * (one[3] + two[3])
        parts.append(Capsule(centres[0], centres[1], one[2] * height_m, two[2] * height_m, material, across, wide))
    ears = 0.5 * (points["left_ear"] + points["right_ear"])
    nape = high - 0.006 * height_m * _unit(np.cross(up, shoulders))
    parts += _limb(nape - 0.1 * up, ears - 0.012 * height_m * _unit(up), ((0.0, 0.036), (1.0, 0.031)), height_m, Material.SKIN)
    return parts


def _leg(points: Points, height_m: float, side: Side, hips: Vector) -> list[Capsule]:
    """Return thigh, shorts, shank and sock."""
    hip, knee, ankle = (points[f"{side}_{name}"] for name in ("hip", "knee", "ankle"))
    front = np.cross(hip - knee, hips)
    front = 0.006 * height_m * _unit(front)
    calf = np.cross(knee - ankle, hips)
    calf = -0.008 * height_m * _unit(calf)
    inner = 0.10 * (hip - knee) * 0.0
    thigh = _limb(hip + inner, knee, _THIGH, height_m, Material.SKIN)
    shank = _limb(knee, ankle, _SHANK, height_m, Material.SKIN)
    bulge = _limb(knee + calf, ankle, ((0.12, 0.026), (0.30, 0.0305), (0.62, 0.022)), height_m, Material.SKIN)
    quads = _limb(hip + front, knee + 0.3 * front, ((0.1, 0.044), (0.5, 0.039), (0.9, 0.029)), height_m, Material.SKIN)
    shorts = _limb(hip, knee, _SHORTS_LEG, height_m, Material.SHORTS)
    return thigh + quads + shank + bulge + shorts + _limb(knee, ankle, _SOCK, height_m, Material.SOCK)


def _foot(points: Points, height_m: float, side: Side, hips: Vector) -> list[Capsule]:
    """Return the shoe on its sole."""
    ankle, heel, ball, toe = (points[f"{side}_{name}"] for name in ("ankle", "heel", "ball", "toe"))
    ahead = _unit(ball - heel + 0.023 * height_m * _unit(ankle - ball) * 0.0)
    across = _unit(hips - np.dot(hips, ahead) * ahead)
    up = np.cross(across, ahead)
    unit = height_m

    def at(base: Vector, forward: float, above: float) -> Vector:
        return np.asarray(base + unit * (forward * ahead + above * up))

    def part(one: Vector, two: Vector, radii: tuple[float, float], material: Material, wide: float) -> Capsule:
        return Capsule(one, two, radii[0] * unit, radii[1] * unit, material, across, wide)

    back = at(heel, 0.021, 0.004)
    return [
        part(back, at(ankle, 0.008, -0.020), (0.0195, 0.0215), Material.SHOE, 1.05),
        part(at(ankle, 0.0, -0.004), at(ankle, 0.010, -0.022), (0.0225, 0.0230), Material.SHOE, 1.0),
        part(at(ankle, 0.012, -0.020), at(ball, 0.0, 0.019), (0.0215, 0.0165), Material.SHOE, 1.30),
        part(at(ball, 0.0, 0.019), at(toe, -0.014, 0.004), (0.0165, 0.0120), Material.SHOE, 1.75),
        part(at(heel, 0.013, -0.0125), at(ball, -0.02, 0.0105), (0.0115, 0.0100), Material.SOLE, 2.1),
        part(at(ball, -0.02, 0.0105), at(ball, 0.012, 0.010), (0.0100, 0.0095), Material.SOLE, 2.6),
        part(at(ball, 0.012, 0.010), at(toe, -0.012, -0.003), (0.0095, 0.0080), Material.SOLE, 2.8),
        part(at(ankle, 0.030, 0.000), at(ball, -0.022, 0.0300), (0.0105, 0.0090), Material.TRIM, 1.2),
    ]


def _arm(points: Points, height_m: float, side: Side) -> list[Capsule]:
    """Return upper arm, sleeve, forearm and a loose fist."""
    shoulder, elbow, wrist = (points[f"{side}_{name}"] for name in ("shoulder", "elbow", "wrist"))
    fore = _unit(wrist - elbow)
    across = _unit(np.cross(fore, elbow - shoulder))
    palm, knuckles = wrist + 0.020 * height_m * fore, wrist + 0.044 * height_m * fore
    thumb = wrist + 0.030 * height_m * fore + 0.014 * height_m * np.cross(across, fore)
    hand = [
        Capsule(palm, knuckles, 0.0150 * height_m, 0.0165 * height_m, Material.SKIN, across, 0.72),
        Capsule(palm, thumb, 0.0105 * height_m, 0.0075 * height_m, Material.SKIN, across, 1.0),
    ]
    upper = _limb(shoulder, elbow, _UPPER_ARM, height_m, Material.SKIN)
    sleeve = _limb(shoulder, elbow, _SLEEVE, height_m, Material.SHIRT)
    return upper + sleeve + _limb(elbow, wrist, _FOREARM, height_m, Material.SKIN) + hand


def _head(points: Points, height_m: float) -> list[Capsule]:
    """Return skull, jaw, hair, nose, ears, eyes and mouth."""
    ears = 0.5 * (points["left_ear"] + points["right_ear"])
    across = _unit(points["right_ear"] - points["left_ear"])
    gaze = points["nose"] - ears
    gaze = _unit(gaze - np.dot(gaze, across) * across)
    up = np.cross(across, gaze)
    ahead = _unit(gaze + 0.29 * up)  # the nose lies below the ears' level
    up = np.cross(across, ahead)
    unit = height_m

    def at(forward: float, above: float, right: float = 0.0) -> Vector:
        return np.asarray(ears + unit * (forward * ahead + above * up + right * across))

    def part(  # noqa: PLR0913  (a capsule has this many givens)
        one: Vector, two: Vector, start: float, end: float, material: Material, wide: float = 1.0
    ) -> Capsule:
        return Capsule(one, two, start * unit, end * unit, material, across, wide)

    parts = [
        part(at(-0.012, 0.026), at(0.018, 0.024), 0.0460, 0.0440, Material.SKIN, 0.88),
        part(at(0.020, 0.010), at(0.030, -0.040), 0.0340, 0.0200, Material.SKIN, 1.0),
        part(at(-0.004, -0.012), at(0.026, -0.040), 0.0300, 0.0210, Material.SKIN, 1.15),
        part(at(-0.018, 0.034), at(0.010, 0.042), 0.0480, 0.0430, Material.HAIR, 0.90),
        part(at(-0.026, 0.010), at(-0.020, 0.030), 0.0390, 0.0470, Material.HAIR, 0.95),
        part(at(0.056, 0.004), at(0.061, -0.014), 0.0055, 0.0085, Material.SKIN, 1.0),
        part(at(0.046, -0.0335, -0.010), at(0.046, -0.0335, 0.010), 0.0050, 0.0050, Material.LIP),
    ]
    for sign in (-1.0, 1.0):
        parts.append(part(at(0.0, 0.008, sign * 0.040), at(-0.002, -0.010, sign * 0.039), 0.0100, 0.0070, Material.SKIN, 0.5))
        parts.append(part(at(0.0485, 0.012, sign * 0.018), at(0.0485, 0.012, sign * 0.0185), 0.0062, 0.0062, Material.EYE))
        parts.append(part(at(0.050, 0.023, sign * 0.012), at(0.046, 0.024, sign * 0.025), 0.0040, 0.0034, Material.HAIR))
    return parts
