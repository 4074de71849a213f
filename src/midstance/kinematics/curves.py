"""Every curve the analysis needs, from the points in the lab frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.kinematics.angles import foot_angle, forward_lean, knee_flexion, shank_angle
from midstance.model import SIDES, Motion, Side, Signals
from midstance.numerics import finite_median

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["leg_length", "sagittal_curves"]

_FOOT_MIDDLE = 0.5


def leg_length(motion: Motion, side: Side) -> float:
    """Return the length of thigh plus shank [unit of the motion]: the median over time.

    Parameters
    ----------
    motion
        Points with hip, knee and ankle (T, K, D).
    side
        Which leg.

    Returns
    -------
    float
        Length, in the unit of the motion; NaN where the leg is never seen.
    """
    hip, knee, ankle = (motion.point(f"{side}_{part}") for part in ("hip", "knee", "ankle"))
    length = np.linalg.norm(hip - knee, axis=1) + np.linalg.norm(knee - ankle, axis=1)
    return finite_median(length)


def _leg(motion: Motion, side: Side) -> dict[str, NDArray[np.float64]]:
    hip, knee, ankle, heel, toe = (
        motion.point(f"{side}_{part}")[:, :2] for part in ("hip", "knee", "ankle", "heel", "toe")
    )
    pelvis = motion.middle("hip")[:, :2]
    middle = heel + _FOOT_MIDDLE * (toe - heel)
    return {
        "hip_over_ankle_m": hip[:, 0] - ankle[:, 0],
        "hip_over_ankle_deg": forward_lean(ankle, hip),
        "hip_over_midfoot_m": hip[:, 0] - middle[:, 0],
        "ankle_ahead_of_hip_m": ankle[:, 0] - hip[:, 0],
        "knee_flexion_deg": knee_flexion(hip, knee, ankle),
        "shank_angle_deg": shank_angle(knee, ankle),
        "foot_angle_deg": foot_angle(heel, toe),
        "hip_ankle_length_m": np.linalg.norm(hip - ankle, axis=1),
        "hip_height_m": hip[:, 1],
        **{f"{n}_height_m": p[:, 1] for n, p in (("ankle", ankle), ("heel", heel), ("toe", toe))},
        **{
            f"{n}_ahead_of_pelvis_m": p[:, 0] - pelvis[:, 0]
            for n, p in (("ankle", ankle), ("heel", heel), ("toe", toe))
        },
    }


def _head_height(motion: Motion) -> NDArray[np.float64]:
    head = np.stack([motion.point(n)[:, 1] for n in ("nose", "left_ear", "right_ear")])
    seen = np.isfinite(head).all(axis=0)
    return np.where(seen, head.mean(axis=0), np.nan)


def sagittal_curves(motion: Motion) -> Signals:
    """Return every sagittal curve of both legs and the trunk over time.

    Parameters
    ----------
    motion
        Points in the lab frame [m] (T, K, 2 or 3), X forward and Y up.

    Returns
    -------
    Signals
        (T, C): for each side `hip_over_ankle_m` (+ hip ahead), `hip_over_ankle_deg` (+ leaning
        forward), `hip_over_midfoot_m`, `ankle_ahead_of_hip_m`, `knee_flexion_deg`,
        `shank_angle_deg`, `foot_angle_deg`, `hip_ankle_length_m`, heights and distances ahead of
        the pelvis of ankle, heel and toe, each with the prefix `left_` or `right_`; unsided
        `pelvis_height_m`, `head_height_m`, `trunk_lean_deg`.
    """
    curves = {f"{side}_{name}": curve for side in SIDES for name, curve in _leg(motion, side).items()}
    curves["pelvis_height_m"] = motion.middle("hip")[:, 1]
    curves["head_height_m"] = _head_height(motion)
    hips, shoulders = motion.middle("hip")[:, :2], motion.middle("shoulder")[:, :2]
    curves["trunk_lean_deg"] = forward_lean(hips, shoulders)
    return Signals(
        values=np.stack(list(curves.values()), axis=1),
        names=tuple(curves),
        units=tuple("deg" if name.endswith("_deg") else "m" for name in curves),
        time_s=motion.time_s,
    )
