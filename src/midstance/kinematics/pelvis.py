"""How the pelvis is turned in the laboratory: obliquity, rotation, tilt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.model import Motion, Side, Signals

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["SIDED", "pelvis_axes", "pelvis_curves", "seen_from"]

SIDED: tuple[str, ...] = (
    "pelvic_obliquity_deg",
    "pelvic_rotation_deg",
    "thorax_lean_deg",
    "thorax_rotation_deg",
    "side_bend_deg",
    "twist_deg",
)
"""Curves whose sign is the right side's: they change sign when seen from the left leg."""


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(vector / np.linalg.norm(vector, axis=-1, keepdims=True))


def pelvis_axes(motion: Motion) -> NDArray[np.float64]:
    """Return the axes of the pelvis in the lab frame.

    Parameters
    ----------
    motion
        Points of `LAB_BODY` (T, K, 3) [m] in the lab frame.

    Returns
    -------
    ndarray
        Unit vectors (T, 3, 3): rows are forward, up and right. Right runs along the ASIS; forward lies in
        the plane of ASIS and PSIS.
    """
    right = _unit(motion.point("right_asis") - motion.point("left_asis"))
    ahead = motion.middle("asis") - motion.middle("psis")
    forward = _unit(ahead - right * (ahead * right).sum(axis=1, keepdims=True))
    return np.stack([forward, np.cross(right, forward), right], axis=1)


def pelvis_curves(motion: Motion) -> Signals:
    """Return obliquity, rotation and tilt of the pelvis over time.

    Parameters
    ----------
    motion
        Points of `LAB_BODY` (T, K, 3) [m] in the lab frame.

    Returns
    -------
    Signals
        (T, 3): `pelvic_obliquity_deg`, positive with the right side up; `pelvic_rotation_deg`, positive
        with the right side forward; `pelvic_tilt_deg`, positive with the front down. NaN where ASIS or
        PSIS are unseen. Neither standing nor the mean of the stride is removed.

    Notes
    -----
    Obliquity is the elevation of the line from left to right ASIS, rotation its direction seen from above,
    tilt the depression of the forward axis. `seen_from` turns the signs for the leg on the ground.
    """
    forward, _, right = np.moveaxis(pelvis_axes(motion), 1, 0)
    curves = {
        "pelvic_obliquity_deg": np.arcsin(right[:, 1]),
        "pelvic_rotation_deg": np.arctan2(right[:, 0], right[:, 2]),
        "pelvic_tilt_deg": -np.arcsin(forward[:, 1]),
    }
    values = np.degrees(np.stack(list(curves.values()), axis=1))
    return Signals(values, tuple(curves), ("deg",) * len(curves), motion.time_s)


def seen_from(curves: Signals, side: Side) -> Signals:
    """Return curves of pelvis and thorax with the signs of one leg.

    Parameters
    ----------
    curves
        As `pelvis_curves` and `thorax_curves` give them, right side positive.
    side
        The leg on the ground.

    Returns
    -------
    Signals
        The same curves (T, C); for the left leg those of `SIDED` change sign. Then obliquity is positive when
        the swing side has dropped, rotation when the stance side is forward, lean towards the stance side,
        side-bend with the waist short on the stance side, twist with the stance shoulder ahead of its hip.
    """
    sign = np.array([-1.0 if side == "left" and name in SIDED else 1.0 for name in curves.names])
    return Signals(curves.values * sign, curves.names, curves.units, curves.time_s)
