"""The bones that carry a surface: the segments of a posture, and bones half-way between two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.model import SIDES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.virtual.posture import Posture

__all__ = ["BONES", "PARENTS", "bone_rotations"]

# bone: what it hangs on, and the one or two segments whose (mean) rotation it has
_TRUNK: dict[str, tuple[str, tuple[str, ...]]] = {
    "pelvis": ("", ("pelvis",)),
    "lumbar": ("pelvis", ("pelvis", "thorax")),
    "thorax": ("lumbar", ("thorax",)),
    "neck": ("thorax", ("thorax", "head")),
    "head": ("neck", ("head",)),
}
_LIMBS: dict[str, tuple[str, tuple[str, ...]]] = {
    "hip": ("pelvis", ("pelvis", "thigh")),
    "thigh": ("pelvis", ("thigh",)),
    "knee": ("thigh", ("thigh", "shank")),
    "shank": ("thigh", ("shank",)),
    "foot": ("shank", ("foot",)),
    "toes": ("foot", ("toes",)),
    "shoulder": ("thorax", ("thorax", "upper_arm")),
    "upper_arm": ("thorax", ("upper_arm",)),
    "elbow": ("upper_arm", ("upper_arm", "forearm")),
    "forearm": ("upper_arm", ("forearm",)),
}


def _sided(name: str, side: str) -> str:
    """Return the name of a part on a side; the trunk has none."""
    return name if name in _TRUNK or not name else f"{side}_{name}"


_TABLE: dict[str, tuple[str, tuple[str, ...]]] = _TRUNK | {
    _sided(bone, side): (_sided(parent, side), tuple(_sided(s, side) for s in segments))
    for side in SIDES
    for bone, (parent, segments) in _LIMBS.items()
}

BONES: tuple[str, ...] = tuple(_TABLE)
"""Names; a parent stands before its children."""

PARENTS: tuple[int, ...] = tuple(BONES.index(parent) if parent else -1 for parent, _ in _TABLE.values())
"""Index of the bone that each hangs on; −1 for the pelvis."""


def bone_rotations(posture: Posture) -> NDArray[np.float64]:
    """Return how every bone is turned.

    Parameters
    ----------
    posture
        T instants.

    Returns
    -------
    ndarray
        Rotations from standing to the lab (T, B, 3, 3) in the order of `BONES`.

    Notes
    -----
    A bone between two segments takes half of the rotation from one to the other, about the same axis:
    a knee bent by 100° is carried by thigh, a bone bent by 50°, and shank, and does not collapse.
    """
    turned = np.empty((len(posture), len(BONES), 3, 3))
    for i, (_, segments) in enumerate(_TABLE.values()):
        first = posture.turned[segments[0]]
        if len(segments) == 1:
            turned[:, i] = first
        else:
            turned[:, i] = first @ _half(np.swapaxes(first, 1, 2) @ posture.turned[segments[1]])
    return turned


def _half(rotation: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rotations (T, 3, 3) by half the angle about the same axis; angles below 180°.

    I + S / 2h + S² / 4h²(1 + h), where S is the skew part, sin(angle) times the axis, and h the cosine of
    half the angle: no axis is needed, so that small angles stay exact.
    """
    skew = 0.5 * (rotation - np.swapaxes(rotation, 1, 2))
    cosine = np.clip(0.5 * (np.trace(rotation, axis1=1, axis2=2) - 1.0), -1.0 + 1e-9, 1.0)
    half = np.sqrt(0.5 * (1.0 + cosine))
    linear = 0.5 / half  # sin(a/2) / sin(a)
    square = linear**2 / (1.0 + half)  # (1 − cos(a/2)) / sin²(a)
    return np.asarray(np.eye(3) + linear[:, None, None] * skew + square[:, None, None] * (skew @ skew))
