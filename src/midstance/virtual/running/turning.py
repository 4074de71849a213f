"""Rotations as 3 by 3 matrices: made from angles, and read back as a turn, a tilt sideways and a pitch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

__all__ = ["about_x", "about_y", "about_z", "framed", "pitch_rad", "roll_rad", "turned", "yaw_rad"]


def _matrix(rows: list[list[Array]]) -> Array:
    """Return stacked matrices (..., 3, 3) from nine entries of one shape."""
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def _parts(angle_rad: ArrayLike) -> tuple[Array, Array, Array, Array]:
    """Return cosine, sine, one and zero in the shape of an angle."""
    angle = np.asarray(angle_rad, dtype=np.float64)
    return np.cos(angle), np.sin(angle), np.ones_like(angle), np.zeros_like(angle)


def about_x(angle_rad: ArrayLike) -> Array:
    """Return rotations (..., 3, 3) about the forward axis: positive leans to the right [rad]."""
    c, s, one, nil = _parts(angle_rad)
    return _matrix([[one, nil, nil], [nil, c, -s], [nil, s, c]])


def about_y(angle_rad: ArrayLike) -> Array:
    """Return rotations (..., 3, 3) about the upright axis: positive brings the right side forward [rad]."""
    c, s, one, nil = _parts(angle_rad)
    return _matrix([[c, nil, s], [nil, one, nil], [-s, nil, c]])


def about_z(angle_rad: ArrayLike) -> Array:
    """Return rotations (..., 3, 3) about the axis to the right: positive lifts the front [rad]."""
    c, s, one, nil = _parts(angle_rad)
    return _matrix([[c, -s, nil], [s, c, nil], [nil, nil, one]])


def turned(yaw: ArrayLike, roll: ArrayLike, pitch: ArrayLike) -> Array:
    """Return `about_y(yaw) about_x(roll) about_z(pitch)`: the axis to the right is free of the pitch.

    So `yaw` and `roll` are exactly what is seen of the line from left to right from above and from
    behind: the right side forward, and the right side down [rad].
    """
    return np.asarray(about_y(yaw) @ about_x(roll) @ about_z(pitch))


def yaw_rad(turn: Array) -> Array:
    """Return how far the right side is turned forward (...) [rad]."""
    return np.asarray(np.arctan2(turn[..., 0, 2], turn[..., 2, 2]))


def roll_rad(turn: Array) -> Array:
    """Return how far the right side is down (...) [rad]."""
    return np.asarray(-np.arcsin(np.clip(turn[..., 1, 2], -1.0, 1.0)))


def pitch_rad(turn: Array) -> Array:
    """Return how far the front is lifted (...) [rad]."""
    return np.asarray(np.arctan2(turn[..., 1, 0], turn[..., 1, 1]))


def framed(up: Array, right: Array) -> Array:
    """Return rotations (..., 3, 3) whose upright axis is `up`, the axis to the right near `right`."""
    up = up / np.linalg.norm(up, axis=-1, keepdims=True)
    front = np.cross(up, right)
    front = front / np.linalg.norm(front, axis=-1, keepdims=True)
    return np.stack([front, up, np.cross(front, up)], axis=-1)
