"""The centre of mass of the body from the points that are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from midstance.kinematics.curves import leg_length
from midstance.model import SIDES, Motion

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["centre_of_mass"]

_Sex = Literal["female", "male"]
_Limbs = dict[str, tuple[str, str, float, float]]
_LIMBS: dict[_Sex, _Limbs] = {
    "female": {
        "thigh": ("hip", "knee", 0.1478, 0.3612),
        "shank": ("knee", "ankle", 0.0481, 0.4352),
        "foot": ("heel", "toe", 0.0129, 0.4014),
        "upper_arm": ("shoulder", "elbow", 0.0255, 0.5754),
        "forearm": ("elbow", "wrist", 0.0138 + 0.0056, 0.6130),
    },
    "male": {
        "thigh": ("hip", "knee", 0.1416, 0.4095),
        "shank": ("knee", "ankle", 0.0433, 0.4395),
        "foot": ("heel", "toe", 0.0137, 0.4415),
        "upper_arm": ("shoulder", "elbow", 0.0271, 0.5772),
        "forearm": ("elbow", "wrist", 0.0162 + 0.0061, 0.6060),
    },
}
_TRUNK: dict[_Sex, tuple[float, float]] = {"female": (0.4257, 0.3782), "male": (0.4346, 0.4310)}
_HEAD: dict[_Sex, float] = {"female": 0.0668, "male": 0.0694}
_HEAD_ABOVE = 0.37  # above the shoulders, as a share of the trunk
_UPPER_ABOVE = 0.34  # head, arms and trunk above the hips, as a share of the leg


def _limb(motion: Motion, ends: tuple[str, str, float, float]) -> list[tuple[float, Array]]:
    first, last, mass, share = ends
    return [
        (mass, (1.0 - share) * motion.point(f"{side}_{first}") + share * motion.point(f"{side}_{last}"))
        for side in SIDES
    ]


def _ever(path: Array) -> bool:
    return bool(np.isfinite(path).all(axis=1).any())


def _upper(motion: Motion, sex: _Sex) -> list[tuple[float, Array]]:
    """Return masses and centres of trunk, head and arms; unseen arms hang at the shoulders."""
    hips, shoulders = motion.middle("hip"), motion.middle("shoulder")
    mass, share = _TRUNK[sex]
    parts = [(mass, (1.0 - share) * shoulders + share * hips)]
    ears = motion.middle("ear")
    parts.append((_HEAD[sex], ears if _ever(ears) else shoulders + _HEAD_ABOVE * (shoulders - hips)))
    for name in ("upper_arm", "forearm"):
        for arm_mass, centre in _limb(motion, _LIMBS[sex][name]):
            parts.append((arm_mass, centre if _ever(centre) else shoulders))
    return parts


def _above_hips(motion: Motion, mass: float) -> list[tuple[float, Array]]:
    """Return the unseen upper body as one mass straight above the hips."""
    leg = np.nanmean([leg_length(motion, side) for side in SIDES])
    return [(mass, motion.middle("hip") + np.array([0.0, _UPPER_ABOVE * leg, 0.0]))]


def centre_of_mass(motion: Motion, sex: Literal["female", "male"] = "male") -> Array:
    """Return the centre of mass of the whole body.

    Parameters
    ----------
    motion
        Points in the lab frame (T, K, 3) [m] with hips, knees, ankles, heels and toes, and shoulders,
        elbows, wrists and ears where they are seen.
    sex
        Whose body the tables are of.

    Returns
    -------
    ndarray
        Position (T, 3) [m]; NaN where a point that is otherwise seen is missing.

    Notes
    -----
    Segment masses and centres after de Leva. The trunk lies between mid-hip and mid-shoulder, the head's
    centre between the ears (else in line with the trunk), the hand at the end of the forearm. Where the
    shoulders are never seen, the upper body (60 % of the mass) is one point above mid-hip, at 34 % of
    leg length: its rise and fall is then that of the pelvis, and swaying of trunk and arms is not seen.

    References
    ----------
    de Leva 1996, J Biomech 29:1223, doi 10.1016/0021-9290(95)00178-6, table 4 and its joint-centre variants.
    """
    parts = [part for name in ("thigh", "shank", "foot") for part in _limb(motion, _LIMBS[sex][name])]
    if _ever(motion.middle("shoulder")):
        parts += _upper(motion, sex)
    else:
        parts += _above_hips(motion, 1.0 - sum(mass for mass, _ in parts))
    total = sum(mass for mass, _ in parts)
    return np.asarray(sum((mass * centre for mass, centre in parts), np.zeros(3)) / total)
