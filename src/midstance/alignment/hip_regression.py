"""The hip joint centre from the size of the pelvis, where no one has measured it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Side

    Array = NDArray[np.float64]

__all__ = ["pelvis_axes", "pelvis_size", "regression_hip"]


def pelvis_axes(left_asis: Array, right_asis: Array, mid_psis: Array) -> Array:
    """Return the axes of the pelvis: forward, up, right.

    Parameters
    ----------
    left_asis, right_asis, mid_psis
        Landmarks (..., 3) [m].

    Returns
    -------
    ndarray
        Unit vectors (..., 3, 3): the columns are forward, up and right. Right runs from the left to the
        right ASIS; forward lies in the plane of the ASIS and the middle of the PSIS.
    """
    right = right_asis - left_asis
    right = right / np.linalg.norm(right, axis=-1, keepdims=True)
    ahead = 0.5 * (left_asis + right_asis) - mid_psis
    ahead = ahead - right * (ahead * right).sum(axis=-1, keepdims=True)
    ahead = ahead / np.linalg.norm(ahead, axis=-1, keepdims=True)
    return np.stack([ahead, np.cross(right, ahead), right], axis=-1)


def pelvis_size(left_asis: Array, right_asis: Array, mid_psis: Array) -> tuple[float, float]:
    """Return the width between the ASIS and the depth from their middle to that of the PSIS [m].

    Parameters
    ----------
    left_asis, right_asis, mid_psis
        Landmarks (3,) [m].

    Returns
    -------
    tuple of float
        Width, depth [m].
    """
    middle = 0.5 * (left_asis + right_asis)
    return float(np.linalg.norm(right_asis - left_asis)), float(np.linalg.norm(middle - mid_psis))


def regression_hip(left_asis: Array, right_asis: Array, mid_psis: Array, side: Side) -> Array:
    """Return the hip joint centre by regression on pelvic width and depth.

    Parameters
    ----------
    left_asis, right_asis, mid_psis
        Landmarks of one posture (3,) [m].
    side
        Which hip.

    Returns
    -------
    ndarray
        Hip joint centre (3,) [m].

    Notes
    -----
    From the middle of the ASIS, in millimetres: forward −0.24·depth − 9.9, up −0.30·width − 10.9,
    outward 0.33·width + 7.3. The regression has an error of one to two centimetres in a single person.
    Where the file holds a functional centre, that one is used instead.

    References
    ----------
    Harrington, Zavatsky, Lawson, Yuan & Theologis 2007, J Biomech 40:595,
    doi 10.1016/j.jbiomech.2006.02.003, simplified equations.
    """
    width, depth = (1000.0 * size for size in pelvis_size(left_asis, right_asis, mid_psis))
    outward = (1.0 if side == "right" else -1.0) * (0.33 * width + 7.3)
    offset = np.array([-0.24 * depth - 9.9, -0.30 * width - 10.9, outward]) / 1000.0
    axes = pelvis_axes(left_asis, right_asis, mid_psis)
    return np.asarray(0.5 * (left_asis + right_asis) + axes @ offset)
