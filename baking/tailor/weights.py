"""Which of our bones carries what: the source's many bones brought to ours, joints made smooth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.virtual.bones import BONES
from tailor.cutting import neighbour_mean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tailor.standing import Standing

    Array = NDArray[np.float64]

__all__ = ["strongest", "weights"]

_TRUNK = {
    "root": {"pelvis": 1.0},
    "pelvis": {"pelvis": 1.0},
    "spine05": {"pelvis": 1.0},
    "spine04": {"pelvis": 0.5, "lumbar": 0.5},
    "spine03": {"lumbar": 1.0},
    "spine02": {"lumbar": 0.35, "thorax": 0.65},
    "spine01": {"thorax": 1.0},
    "clavicle": {"thorax": 1.0},
    "breast": {"thorax": 1.0},
    "neck01": {"thorax": 0.6, "neck": 0.4},
    "neck02": {"neck": 1.0},
    "neck03": {"neck": 0.5, "head": 0.5},
    "head": {"head": 1.0},
    "eye": {"head": 1.0},
}
_LIMB = {
    "upperleg": {"thigh": 1.0},
    "lowerleg": {"shank": 1.0},
    "foot": {"foot": 1.0},
    "toe": {"toes": 1.0},
    "shoulder01": {"thorax": 0.7, "upper_arm": 0.3},
    "upperarm": {"upper_arm": 1.0},
    "lowerarm": {"forearm": 1.0},
    "wrist": {"forearm": 1.0},
    "finger": {"forearm": 1.0},
    "metacarpal": {"forearm": 1.0},
}
_JOINTS = (
    ("pelvis", "hip", "thigh"),
    ("thigh", "knee", "shank"),
    ("thorax", "shoulder", "upper_arm"),
    ("upper_arm", "elbow", "forearm"),
)
_SIDES = {"L": "left", "R": "right"}
_SMOOTHING = 6
_LEAST = 0.012  # a smaller part of one bone is left out
_FEW = 0.06  # a smaller part of a joint is none


def weights(body: Standing) -> Array:
    """Return the part of each of our bones in each vertex (V, B)."""
    table = np.zeros((len(body.names), len(BONES)))
    for i, name in enumerate(body.names):
        stem, _, letter = name.partition(".")
        side = _SIDES.get(letter, "")
        for limb, targets in (_TRUNK | _LIMB).items():
            if stem.startswith(limb):
                for target, part in targets.items():
                    sided = target if target in BONES else f"{side}_{target}"
                    table[i, BONES.index(sided)] = part
                break
        else:
            raise ValueError(f"no bone of ours for {name}")
    found = body.rig @ table
    mean = neighbour_mean(body.faces, len(found))
    for _ in range(_SMOOTHING):
        found = 0.5 * found + 0.5 * (mean @ found)
    for side in _SIDES.values():
        for first, half, second in _JOINTS:
            _share(
                found, first if first in BONES else f"{side}_{first}", f"{side}_{half}", f"{side}_{second}"
            )
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def _share(found: Array, first: str, half: str, second: str) -> None:
    """Give the middle of a joint to the bone half-way."""
    i, j, k = BONES.index(first), BONES.index(half), BONES.index(second)
    other = np.zeros(len(found))
    if first in ("pelvis", "thorax"):  # shared with the limb of the other side
        mirror = second.replace("left", "x").replace("right", "left").replace("x", "right")
        other = found[:, BONES.index(mirror)]
    both = found[:, i] * found[:, k] / np.maximum(found[:, k] + other, 1e-9)  # its share of the first
    total = both + found[:, k]
    part = np.clip((found[:, k] / np.maximum(total, 1e-9) - _FEW) / (1.0 - 2.0 * _FEW), 0.0, 1.0)
    found[:, i] += total * np.maximum(1.0 - 2.0 * part, 0.0) - both
    found[:, j] += total * (1.0 - np.abs(2.0 * part - 1.0))
    found[:, k] = total * np.maximum(2.0 * part - 1.0, 0.0)


def strongest(found: Array) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the four strongest bones of each vertex (V, 4) and their parts of 255, which sum to 255."""
    indices = np.argsort(-found, axis=1, kind="stable")[:, :4]
    parts = np.take_along_axis(found, indices, axis=1)
    parts = np.where(parts < _LEAST, 0.0, parts)
    parts = parts / parts.sum(axis=1, keepdims=True)
    whole = np.floor(parts * 255.0).astype(int)
    whole[:, 0] += 255 - whole.sum(axis=1)
    return indices.astype(np.uint8), whole.astype(np.uint8)
