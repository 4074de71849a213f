"""The bare body made to stand as the contract says: limbs vertical, feet straight, fists loose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tailor.cutting import normals, smoothed, smoothstep

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tailor.source import Raw

    Array = NDArray[np.float64]

__all__ = ["STACK_M", "Standing", "hip_ahead", "stand"]

STACK_M = 0.028
"""Height of the bare sole above the ground, in a running shoe."""

_HIP_HALF = 0.088 / 1.75  # of stature
_ASIS_UP, _ASIS_OUT, _PSIS_OUT = 0.050, 0.066, 0.024  # of stature, above the hip and beside the middle
_CREASE_M = 0.022  # creases and corners of the shoulder that are smaller are smoothed away
_TISSUE_M = 0.016  # over ASIS and PSIS
_SHOULDER_BACK_M = 0.010  # a plumb line through the shoulder falls a little behind the hip
_CURL_DEG = ((1, 56.0), (2, 76.0), (3, 42.0))
_THUMB_DEG = ((1, 0.0), (2, 15.0), (3, 25.0))
_FINGERS_BESIDE, _THUMB_BESIDE = 0.85, 0.85  # how far they are brought beside the middle finger
_THUMB_OVER = 0.35  # how far the thumb lies over the palm
_SIDES = (("L", "left", -1.0), ("R", "right", 1.0))


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """A bare body that stands straight, its sole `STACK_M` above the ground.

    Parameters
    ----------
    points, faces, normals
        The skin (V, 3) [m], (F, 3), (V, 3).
    rig
        Parts of the source's bones (V, R), and their names.
    names
        Of these bones.
    at
        Landmark → place (3,) [m]; those of a side are given for the right.
    stature_m
        Barefoot.
    """

    points: Array
    faces: NDArray[np.int64]
    normals: Array
    rig: Array
    names: tuple[str, ...]
    at: dict[str, Array]
    stature_m: float

    def part(self, *starts: str) -> Array:
        """Return how much of each vertex the bones carry whose names begin so (V,)."""
        return np.asarray(self.rig[:, [n.startswith(starts) for n in self.names]].sum(axis=1))


def stand(raw: Raw, stature_m: float) -> Standing:
    """Return the body scaled to a stature and set straight."""
    low, high = raw.points[:, 1].min(), raw.points[:, 1].max()
    scale = stature_m / (high - low)
    points, heads = (raw.points - [0, low, 0]) * scale, (raw.heads - [0, low, 0]) * scale
    index = {name: i for i, name in enumerate(raw.names)}
    hip_x = hip_ahead(points, heads[index["upperleg01.R"]], stature_m)
    for letter, _, sign in _SIDES:
        heads[index[f"upperleg01.{letter}"], 2] = sign * _HIP_HALF * stature_m
        heads[index[f"upperleg01.{letter}"], 0] = hip_x
    turned = _turns(heads, index)
    places = heads.copy()
    for i, parent in enumerate(raw.parents):
        if parent >= 0:
            places[i] = places[parent] + turned[parent] @ (heads[i] - heads[parent])
    shift = places - np.einsum("bij,bj->bi", turned, heads)
    moves = np.concatenate([turned, shift[:, :, None]], axis=2).reshape(-1, 12)
    each = (raw.rig @ moves).reshape(-1, 3, 4)
    stood = np.einsum("vij,vj->vi", each[:, :, :3], points) + each[:, :, 3]
    stood = _settled(raw, stood)
    down = np.array([places[index["upperleg01.R"]][0], stood[:, 1].min() - STACK_M, 0.0])
    stood, places = stood - down, places - down
    at = {name[:-2]: places[i] for name, i in index.items() if name.endswith(".R")}
    at |= {name: places[i] for name, i in index.items() if "." not in name}
    return Standing(stood, raw.faces, normals(stood, raw.faces), raw.rig, raw.names, at, stature_m)


def hip_ahead(points: Array, hip: Array, stature_m: float) -> float:
    """Return how far forward the hip joint centre lies, from the depth of the pelvis.

    Harrington et al. 2007 (10.1016/j.jbiomech.2006.02.003), eq. 1: 0.24 of the pelvic depth and 9.9 mm
    behind the ASIS.
    """
    level = np.abs(points[:, 1] - hip[1] - _ASIS_UP * stature_m) < 0.015  # noqa: PLR2004
    near_asis = level & (np.abs(points[:, 2] - _ASIS_OUT * stature_m) < 0.02)  # noqa: PLR2004
    near_psis = level & (np.abs(points[:, 2] - _PSIS_OUT * stature_m) < 0.02)  # noqa: PLR2004
    front = points[near_asis, 0].max() - _TISSUE_M
    back = points[near_psis, 0].min() + _TISSUE_M
    return float(front - 0.24 * (front - back) - 0.0099)


def _turns(heads: Array, index: dict[str, int]) -> Array:
    """Return how each bone of the source turns from its rest to standing (R, 3, 3)."""
    turned = np.tile(np.eye(3), (len(heads), 1, 1))
    _turn_trunk(turned, heads, index)
    trunk = turned[index["spine01"]].copy()
    down = np.array([0.0, -1.0, 0.0])
    for letter, _, _ in _SIDES:
        at = {name[:-2]: heads[i] for name, i in index.items() if name.endswith(f".{letter}")}
        own = {name[:-2]: i for name, i in index.items() if name.endswith(f".{letter}")}
        toe = at["toe2-1"] - at["foot"]
        yaw = np.arctan2(toe[2], toe[0])  # about Y, back to straight ahead
        thigh = _between(at["lowerleg01"] - at["upperleg01"], down)
        shank = _between(at["foot"] - at["lowerleg01"], down)
        turned[own["upperleg01"]] = _about_y(0.25 * yaw) @ thigh
        turned[own["upperleg02"]] = _about_y(0.4 * yaw) @ thigh
        turned[own["lowerleg01"]] = _about_y(0.55 * yaw) @ shank
        turned[own["lowerleg02"]] = _about_y(0.8 * yaw) @ shank
        for name, i in own.items():
            if name.startswith(("foot", "toe")):
                turned[i] = _about_y(yaw)
        _turn_arm(turned, at, own, trunk)
    return turned


def _turn_trunk(turned: Array, heads: Array, index: dict[str, int]) -> None:
    """Bring the shoulders over the hips, the head staying level."""
    hip, shoulder = heads[index["upperleg01.R"]], heads[index["upperarm01.R"]]
    back = hip[0] - _SHOULDER_BACK_M - shoulder[0]
    lean = -np.arctan2(back, shoulder[1] - heads[index["spine04"]][1])
    parts = {"spine04": 0.4, "spine03": 0.8, "neck01": 0.8, "neck02": 0.5, "neck03": 0.2, "head": 0.0}
    for name, i in index.items():
        stem = name.partition(".")[0]
        if stem in parts or stem.startswith(("spine02", "spine01", "clavicle", "shoulder01")):
            turned[i] = _about(np.array([0.0, 0.0, 1.0]), lean * parts.get(stem, 1.0))


def _turn_arm(turned: Array, at: dict[str, Array], own: dict[str, int], trunk: Array) -> None:
    """Set arm and hand of one side: vertical, palm inward, loose fist."""
    down = np.array([0.0, -1.0, 0.0])
    upper = _between(at["lowerarm01"] - at["upperarm01"], down)
    turned[own["clavicle"]] = _part(upper, 0.05) @ trunk
    turned[own["shoulder01"]] = _part(upper, 0.28) @ trunk
    turned[own["upperarm01"]] = turned[own["upperarm02"]] = upper
    fore = _between(at["wrist"] - at["lowerarm01"], down)
    knuckles = fore @ (at["finger2-1"] - at["finger5-1"])
    twist = np.arctan2(knuckles[2], knuckles[0])
    for name, i in own.items():
        if name.startswith(("finger", "metacarpal", "wrist")):
            turned[i] = _about_y(twist) @ fore
    turned[own["lowerarm01"]] = _about_y(0.3 * twist) @ fore
    turned[own["lowerarm02"]] = _about_y(0.7 * twist) @ fore
    _close_hand(turned, at, own)


def _close_hand(turned: Array, at: dict[str, Array], own: dict[str, int]) -> None:
    """Close the hand to a loose fist: fingers side by side and curled, the thumb along them."""
    hand = turned[own["wrist"]]
    middle = at["finger3-2"] - at["finger3-1"]
    axis = at["finger5-1"] - at["finger2-1"]
    palm = np.cross(axis, middle)
    if (hand @ palm)[2] * at["wrist"][2] > 0.0:  # it has to point to the other hand
        axis, palm = -axis, -palm
    for finger in "2345":
        along = at[f"finger{finger}-2"] - at[f"finger{finger}-1"]
        beside = _about(palm, _FINGERS_BESIDE * _angle(along, middle, palm))
        _curl(turned, own, finger, hand, axis, beside, _CURL_DEG)
    along = at["finger1-2"] - at["finger1-1"]
    over = middle / np.linalg.norm(middle) + _THUMB_OVER * palm / np.linalg.norm(palm)
    _curl(turned, own, "1", hand, axis, _part(_between(along, over), _THUMB_BESIDE), _THUMB_DEG)


def _curl(
    turned: Array,
    own: dict[str, int],
    finger: str,
    hand: Array,
    axis: Array,
    beside: Array,
    joints: tuple[tuple[int, float], ...],
) -> None:
    """Bend the joints of one finger."""
    bent = 0.0
    for joint, angle in joints:
        bent += np.radians(angle)
        turned[own[f"finger{finger}-{joint}"]] = hand @ _about(axis, bent) @ beside


def _angle(first: Array, second: Array, axis: Array) -> float:
    """Return the turn about an axis from one direction to another."""
    n = axis / np.linalg.norm(axis)
    a, b = (v - (v @ n) * n for v in (first, second))
    return float(np.arctan2(np.cross(a, b) @ n, a @ b))


def _settled(raw: Raw, stood: Array) -> Array:
    """Return the skin without the creases that turning the arm has left around the shoulder."""
    turned = ("upperarm01", "shoulder01", "clavicle")
    share = raw.rig[:, [name.startswith(turned) for name in raw.names]].sum(axis=1)
    amount = smoothstep(share, 0.05, 0.5)[:, None]
    return np.asarray(stood + amount * (smoothed(stood, stood, raw.faces, _CREASE_M) - stood))


def _about_y(angle: float) -> Array:
    """Return a turn about the vertical axis."""
    return _about(np.array([0.0, 1.0, 0.0]), angle)


def _about(axis: Array, angle: float) -> Array:
    """Return a turn about an axis (Rodrigues)."""
    x, y, z = axis / np.linalg.norm(axis)
    skew = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    return np.asarray(np.eye(3) + np.sin(angle) * skew + (1.0 - np.cos(angle)) * (skew @ skew))


def _between(first: Array, second: Array) -> Array:
    """Return the smallest turn from one direction to another."""
    a, b = first / np.linalg.norm(first), second / np.linalg.norm(second)
    axis = np.cross(a, b)
    size = float(np.linalg.norm(axis))
    return np.eye(3) if size < 1e-12 else _about(axis, np.arctan2(size, a @ b))  # noqa: PLR2004


def _part(turn: Array, part: float) -> Array:
    """Return a part of a turn about the same axis."""
    angle = np.arccos(np.clip(0.5 * (np.trace(turn) - 1.0), -1.0, 1.0))
    axis = np.array([turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]])
    return np.eye(3) if np.linalg.norm(axis) < 1e-12 else _about(axis, part * float(angle))  # noqa: PLR2004
