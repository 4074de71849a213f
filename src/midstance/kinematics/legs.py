"""Hip and knee angles in three dimensions, from joint centres and the pelvis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.kinematics.pelvis import pelvis_axes
from midstance.model import SIDES, Motion, Side, Signals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["leg_curves"]


def _unit(vector: Array) -> Array:
    return np.asarray(vector / np.linalg.norm(vector, axis=-1, keepdims=True))


def _dot(a: Array, b: Array) -> Array:
    return np.asarray((a * b).sum(axis=-1))


def _leg(motion: Motion, axes: Array, side: Side) -> dict[str, Array]:
    hip, knee, ankle = (motion.point(f"{side}_{part}") for part in ("hip", "knee", "ankle"))
    thigh, shank = _unit(knee - hip), _unit(ankle - knee)
    forward, up, right = (_dot(thigh, axes[:, k]) for k in range(3))
    outward = right if side == "right" else -right
    across = _unit(axes[:, 2] - thigh * right[:, None])
    ahead = np.cross(thigh, across)
    return {
        "hip_flexion_deg": np.degrees(np.arctan2(forward, -up)),
        "hip_adduction_deg": -np.degrees(np.arcsin(outward)),
        "knee_flexion_3d_deg": np.degrees(np.arctan2(_dot(shank, ahead), _dot(shank, thigh))),
    }


def leg_curves(motion: Motion) -> Signals:
    """Return hip and knee angles of both legs in three dimensions over time.

    Parameters
    ----------
    motion
        Points of `LAB_BODY` (T, K, 3) [m] in the lab frame.

    Returns
    -------
    Signals
        (T, 6), for each side with the prefix `left_` or `right_`: `hip_flexion_deg`, thigh against
        pelvis, flexion positive; `hip_adduction_deg`, inwards positive; `knee_flexion_3d_deg`, shank against
        thigh in the plane of the thigh and the way the pelvis faces, flexion positive. NaN where unseen.
    """
    axes = pelvis_axes(motion)
    curves = {f"{side}_{name}": curve for side in SIDES for name, curve in _leg(motion, axes, side).items()}
    return Signals(
        np.stack(list(curves.values()), axis=1), tuple(curves), ("deg",) * len(curves), motion.time_s
    )
