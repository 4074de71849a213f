"""Rigid segments: where a body of several markers is and how it is turned, by least squares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Pose", "mean_shape", "rigid_pose"]

_FEWEST = 3
_SLACK_M = 0.01  # skin moves markers by some millimetres; beyond, a marker counts less
_ROUNDS = 1
_SHAPE_ROUNDS = 2
_FLAT = 1e-3  # second singular value against the first: below, the markers lie on one line


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """Position and orientation of a rigid body over time.

    Parameters
    ----------
    rotation
        From the rest posture to now (T, 3, 3); NaN where fewer than three markers are seen.
    shift_m
        Added after turning (T, 3) [m].
    misfit_m
        Root mean square distance of the seen markers from the rigid body (T,) [m].
    """

    rotation: Array
    shift_m: Array
    misfit_m: Array

    def carried(self, point: Array) -> Array:
        """Return the path (T, 3) [m] of a point (3,) given in the rest posture."""
        return np.asarray(np.einsum("tij,j->ti", self.rotation, point) + self.shift_m)

    def at_rest(self, path: Array) -> Array:
        """Return where a path (T, 3) [m] lies in the rest posture (T, 3) [m]."""
        return np.asarray(np.einsum("tji,tj->ti", self.rotation, path - self.shift_m))


def _turned(rest: Array, moving: Array, weight: Array) -> tuple[Array, Array]:
    """Return the weighted least-squares rotation and shift of each frame."""
    share = weight / np.maximum(weight.sum(axis=1, keepdims=True), 1e-12)
    rest_centre, centre = share @ rest, np.einsum("tk,tki->ti", share, moving)
    cross = np.einsum("tk,ki,tkj->tij", share, rest, moving)
    cross -= rest_centre[:, :, None] * centre[:, None, :]
    u, size, vt = np.linalg.svd(cross)
    sign = np.sign(np.linalg.det(u) * np.linalg.det(vt))
    vt[:, 2] *= sign[:, None]
    rotation = np.einsum("tji,tkj->tik", vt, u)
    rotation[size[:, 1] < _FLAT * size[:, 0]] = np.nan
    return rotation, centre - np.einsum("tij,tj->ti", rotation, rest_centre)


def rigid_pose(rest: Array, moving: Array) -> Pose:
    """Return the pose of a rigid body from the markers fixed to it.

    Parameters
    ----------
    rest
        Markers in the rest posture (K, 3) [m].
    moving
        The same markers over time (T, K, 3) [m]; NaN where unseen.

    Returns
    -------
    Pose
        NaN where fewer than three markers are seen, or where those seen lie on one line.

    Notes
    -----
    Least squares by singular value decomposition. A marker that lies further than some
    millimetres off the rigid body counts less (Cauchy weights, one round), so that one loose
    marker does not turn the segment.

    References
    ----------
    Söderkvist & Wedin 1993, J Biomech 26:1473, doi 10.1016/0021-9290(93)90098-Y.
    """
    seen = np.asarray(np.isfinite(moving).all(axis=2))
    known = np.where(seen[..., None], moving, 0.0)
    weight = seen.astype(float)
    for _ in range(_ROUNDS if rest.shape[0] > _FEWEST else 0):
        rotation, shift = _turned(rest, known, weight)
        off = np.linalg.norm(known - np.einsum("tij,kj->tki", rotation, rest) - shift[:, None], axis=2)
        weight = np.where(seen & np.isfinite(off), 1.0 / (1.0 + (off / _SLACK_M) ** 2), seen)
    rotation, shift = _turned(rest, known, weight)
    few = seen.sum(axis=1) < _FEWEST
    rotation[few], shift[few] = np.nan, np.nan
    apart = known - np.einsum("tij,kj->tki", rotation, rest) - shift[:, None]
    square = np.where(seen, (apart**2).sum(axis=2), 0.0).sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
    return Pose(rotation, shift, np.asarray(np.sqrt(square)))


def mean_shape(moving: Array) -> Array | None:
    """Return the mean shape of a rigid body from its markers in motion.

    Parameters
    ----------
    moving
        Markers over time (T, K, 3) [m]; NaN where unseen.

    Returns
    -------
    ndarray or None
        Shape (K, 3) [m] in the posture of one frame in which all are seen; None where no frame
        shows all of them.

    Notes
    -----
    Generalised Procrustes: every frame is turned onto the shape, the mean of them is the next
    shape, twice.
    """
    complete = np.asarray(np.isfinite(moving).all(axis=(1, 2)))
    whole = moving[complete]
    if not len(whole):
        return None
    whole = whole[:: max(1, len(whole) // 400)]
    shape = np.asarray(whole[len(whole) // 2])
    for _ in range(_SHAPE_ROUNDS):
        rotation, shift = _turned(shape, whole, np.ones(whole.shape[:2]))
        if not np.isfinite(rotation).all(axis=(1, 2)).any():
            return shape
        back = np.einsum("tji,tkj->tki", rotation, whole - shift[:, None])
        shape = np.asarray(np.nanmean(back, axis=0))
    return shape
