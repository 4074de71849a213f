"""The body around the joints: limbs, trunk, head, clothes and shoes as tapered capsules."""

from __future__ import annotations

import itertools
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
    Spot = tuple[float, float, float]
    Shape = tuple[float, float, "Material", float]

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
_SHANK: Profile = (
    (0.0, 0.0305),
    (0.14, 0.0300),
    (0.32, 0.0325),
    (0.55, 0.0270),
    (0.85, 0.0195),
    (1.0, 0.0200),
)
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
_SHORTS_PARTS = 1  # the lowest stretches of the trunk are shorts
_QUADS: Profile = ((0.05, 0.0400), (0.5, 0.0392), (0.95, 0.0240))
_CALF: Profile = ((0.02, 0.0170), (0.28, 0.0300), (0.72, 0.0150))
# The shoe: from, to (point, ahead, above), radii, material, width over height; lengths over stature.
_SHOE = (
    (("heel", 0.021, 0.004), ("ankle", 0.008, -0.020), 0.0195, 0.0215, Material.SHOE, 1.05),
    (("ankle", 0.000, -0.004), ("ankle", 0.010, -0.022), 0.0225, 0.0230, Material.SHOE, 1.0),
    (("ankle", 0.012, -0.020), ("ball", 0.000, 0.019), 0.0215, 0.0165, Material.SHOE, 1.30),
    (("ball", 0.000, 0.019), ("toe", -0.014, 0.004), 0.0165, 0.0120, Material.SHOE, 1.75),
    (("heel", 0.013, -0.0125), ("ball", -0.020, 0.0105), 0.0115, 0.0100, Material.SOLE, 2.1),
    (("ball", -0.020, 0.0105), ("ball", 0.012, 0.0100), 0.0100, 0.0095, Material.SOLE, 2.6),
    (("ball", 0.012, 0.0100), ("toe", -0.012, -0.0030), 0.0095, 0.0080, Material.SOLE, 2.8),
    (("ankle", 0.030, -0.002), ("ball", -0.022, 0.0290), 0.0105, 0.0090, Material.TRIM, 1.2),
)
# The face and what is beside it: from, to (ahead, above, aside of the ears), radii, material, width.
_NOSE_BELOW_EAR = 0.29
_FACE: tuple[tuple[Spot, Spot, Shape], ...] = (
    ((-0.012, 0.026, 0.0), (0.018, 0.024, 0.0), (0.0460, 0.0440, Material.SKIN, 0.88)),
    ((0.014, 0.012, 0.0), (0.026, -0.036, 0.0), (0.0400, 0.0245, Material.SKIN, 0.92)),
    ((0.002, -0.006, 0.0), (0.026, -0.038, 0.0), (0.0300, 0.0220, Material.SKIN, 1.12)),
    ((-0.018, 0.034, 0.0), (0.010, 0.042, 0.0), (0.0480, 0.0430, Material.HAIR, 0.90)),
    ((-0.026, 0.010, 0.0), (-0.020, 0.030, 0.0), (0.0390, 0.0470, Material.HAIR, 0.95)),
    ((0.056, 0.004, 0.0), (0.061, -0.014, 0.0), (0.0055, 0.0085, Material.SKIN, 1.0)),
    ((0.0455, -0.0335, -0.010), (0.0455, -0.0335, 0.010), (0.0048, 0.0048, Material.LIP, 1.0)),
)
_BESIDE: tuple[tuple[Spot, Spot, Shape], ...] = (
    ((0.0000, 0.008, 0.0400), (-0.002, -0.010, 0.0390), (0.0100, 0.0070, Material.SKIN, 0.5)),
    ((0.0485, 0.011, 0.0180), (0.0505, 0.011, 0.0185), (0.0050, 0.0050, Material.EYE, 1.0)),
    ((0.0500, 0.021, 0.0120), (0.0460, 0.022, 0.0250), (0.0038, 0.0032, Material.HAIR, 1.0)),
)
_TRUNK_GROUP, _HEAD_GROUP, _FEATURE_GROUP = 0, 20, 120
_LEG_GROUP: dict[Side, int] = {"left": 40, "right": 60}
_ARM_GROUP: dict[Side, int] = {"left": 80, "right": 100}


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


def _limb(
    start: Vector, end: Vector, profile: Profile, height_m: float, material: Material, group: int
) -> list[Capsule]:
    """Return a limb of round cones along a line."""
    axis = _unit(end - start)
    return [
        Capsule(
            start + low * (end - start),
            start + high * (end - start),
            r0 * height_m,
            r1 * height_m,
            material,
            group,
            axis,
        )
        for (low, r0), (high, r1) in itertools.pairwise(profile)
    ]


def _trunk(points: Points, height_m: float, hips: Vector, shoulders: Vector) -> list[Capsule]:
    """Return hips, shirt and neck."""
    low = 0.5 * (points["left_hip"] + points["right_hip"])
    high = 0.5 * (points["left_shoulder"] + points["right_shoulder"])
    up = high - low
    parts = []
    for k, (one, two) in enumerate(itertools.pairwise(_TRUNK)):
        middle = 0.5 * (one[0] + two[0])
        across = _unit((1.0 - middle) * hips + middle * shoulders)
        ahead = _unit(np.cross(up, across))
        start, end = (low + part * up + height_m * forward * ahead for part, forward, _, _ in (one, two))
        material = Material.SHORTS if k < _SHORTS_PARTS else Material.SHIRT
        r0, r1, wide = one[2] * height_m, two[2] * height_m, 0.5 * (one[3] + two[3])
        parts.append(Capsule(start, end, r0, r1, material, _TRUNK_GROUP + int(material), across, wide))
    return parts + _neck(points, height_m, high, up, shoulders)


def _neck(points: Points, height_m: float, high: Vector, up: Vector, shoulders: Vector) -> list[Capsule]:
    """Return the neck and the slope from it to the shoulders."""
    ears = 0.5 * (points["left_ear"] + points["right_ear"])
    nape = high - 0.004 * height_m * _unit(np.cross(up, shoulders))
    collar, skull = nape + 0.02 * up, ears - 0.010 * height_m * _unit(up)
    neck = _limb(
        nape - 0.06 * up, skull, ((0.0, 0.0355), (1.0, 0.0330)), height_m, Material.SKIN, _HEAD_GROUP
    )
    slope: Profile = ((0.0, 0.0340), (0.55, 0.0290), (1.0, 0.0300))
    for side in SIDES:
        end = points[f"{side}_shoulder"]
        neck += _limb(collar, end, slope, height_m, Material.SHIRT, _TRUNK_GROUP + int(Material.SHIRT))
    return neck


def _leg(points: Points, height_m: float, side: Side, hips: Vector) -> list[Capsule]:
    """Return thigh, shorts, shank and sock."""
    hip, knee, ankle = (points[f"{side}_{name}"] for name in ("hip", "knee", "ankle"))
    front = 0.006 * height_m * _unit(np.cross(hip - knee, hips))
    calf = knee - 0.008 * height_m * _unit(np.cross(knee - ankle, hips))
    group = _LEG_GROUP[side]

    def limb(start: Vector, end: Vector, profile: Profile, material: Material) -> list[Capsule]:
        return _limb(start, end, profile, height_m, material, group + int(material))

    flesh = limb(hip, knee, _THIGH, Material.SKIN) + limb(knee, ankle, _SHANK, Material.SKIN)
    muscle = limb(hip + front, knee + 0.3 * front, _QUADS, Material.SKIN) + limb(
        calf, ankle, _CALF, Material.SKIN
    )
    return (
        flesh
        + muscle
        + limb(hip, knee, _SHORTS_LEG, Material.SHORTS)
        + limb(knee, ankle, _SOCK, Material.SOCK)
    )


def _foot(points: Points, height_m: float, side: Side, hips: Vector) -> list[Capsule]:
    """Return the shoe on its sole."""
    anchors = {name: points[f"{side}_{name}"] for name in ("ankle", "heel", "ball", "toe")}
    ahead = _unit(
        anchors["ball"] - anchors["heel"] + 0.023 * height_m * _unit(anchors["ankle"] - anchors["ball"])
    )
    across = _unit(hips - np.dot(hips, ahead) * ahead)
    up = np.cross(across, ahead)

    def at(spot: tuple[str, float, float]) -> Vector:
        name, forward, above = spot
        return np.asarray(anchors[name] + height_m * (forward * ahead + above * up))

    group = _LEG_GROUP[side]
    return [
        Capsule(at(one), at(two), r0 * height_m, r1 * height_m, material, group + int(material), across, wide)
        for one, two, r0, r1, material, wide in _SHOE
    ]


def _arm(points: Points, height_m: float, side: Side) -> list[Capsule]:
    """Return upper arm, sleeve, forearm and a loose fist."""
    shoulder, elbow, wrist = (points[f"{side}_{name}"] for name in ("shoulder", "elbow", "wrist"))
    fore = _unit(wrist - elbow)
    across = _unit(np.cross(fore, elbow - shoulder))
    palm, knuckles = wrist + 0.020 * height_m * fore, wrist + 0.044 * height_m * fore
    thumb = wrist + height_m * (0.030 * fore + 0.014 * np.cross(across, fore))
    skin, group = Material.SKIN, _ARM_GROUP[side]
    hand = [
        Capsule(palm, knuckles, 0.0150 * height_m, 0.0165 * height_m, skin, group, across, 0.72),
        Capsule(palm, thumb, 0.0105 * height_m, 0.0075 * height_m, skin, group, across),
    ]
    upper = _limb(shoulder, elbow, _UPPER_ARM, height_m, skin, group)
    sleeve = _limb(shoulder, elbow, _SLEEVE, height_m, Material.SHIRT, group + int(Material.SHIRT))
    return upper + sleeve + _limb(elbow, wrist, _FOREARM, height_m, skin, group) + hand


def _head(points: Points, height_m: float) -> list[Capsule]:
    """Return skull, jaw, hair, nose, ears, eyes and mouth."""
    ears = 0.5 * (points["left_ear"] + points["right_ear"])
    across = _unit(points["right_ear"] - points["left_ear"])
    gaze = points["nose"] - ears
    gaze = _unit(gaze - np.dot(gaze, across) * across)
    ahead = _unit(gaze + _NOSE_BELOW_EAR * np.cross(across, gaze))
    up = np.cross(across, ahead)

    def at(spot: tuple[float, float, float]) -> Vector:
        forward, above, aside = spot
        return np.asarray(ears + height_m * (forward * ahead + above * up + aside * across))

    def part(one: Vector, two: Vector, shape: Shape, group: int) -> Capsule:
        r0, r1, material, wide = shape
        return Capsule(one, two, r0 * height_m, r1 * height_m, material, group + int(material), across, wide)

    parts = [part(at(one), at(two), shape, _HEAD_GROUP) for one, two, shape in _FACE]
    for sign in (-1.0, 1.0):
        for (f0, u0, a0), (f1, u1, a1), shape in _BESIDE:
            ends = at((f0, u0, sign * a0)), at((f1, u1, sign * a1))
            parts.append(part(*ends, shape, _FEATURE_GROUP))
    return parts
