"""Sagittal angles and distances from joint centres: plain formulas on arrays.

All take positions (…, 2) with X forward and Y up [any one unit] and return degrees or that unit.
Signs: flexion positive, forward positive, toes up positive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["foot_angle", "forward_lean", "knee_flexion", "shank_angle"]


def _wrapped(angle_deg: Array) -> Array:
    return np.asarray((angle_deg + 180.0) % 360.0 - 180.0)


def forward_lean(low: Array, high: Array) -> Array:
    """Return how far the line from a low to a high point leans forward of the vertical.

    Parameters
    ----------
    low, high
        Positions (..., 2), X forward and Y up.

    Returns
    -------
    ndarray
        Angle (...) [deg], positive when the high point is ahead.
    """
    line = high - low
    return np.degrees(np.arctan2(line[..., 0], line[..., 1]))


def knee_flexion(hip: Array, knee: Array, ankle: Array) -> Array:
    """Return knee flexion: thigh against shank in the sagittal plane.

    Parameters
    ----------
    hip, knee, ankle
        Joint centres (..., 2), X forward and Y up.

    Returns
    -------
    ndarray
        Flexion (...) [deg]; 0 is straight, positive bends the heel towards the seat, negative
        is overstretched.
    """
    return _wrapped(forward_lean(knee, hip) * -1.0 + forward_lean(ankle, knee))


def shank_angle(knee: Array, ankle: Array) -> Array:
    """Return the angle of the shank against the vertical.

    Parameters
    ----------
    knee, ankle
        Joint centres (..., 2), X forward and Y up.

    Returns
    -------
    ndarray
        Angle (...) [deg], positive when the ankle is ahead of the knee ("reaching").
    """
    return -forward_lean(ankle, knee)


def foot_angle(heel: Array, toe: Array) -> Array:
    """Return the pitch of the line from heel to toe against the horizontal.

    Parameters
    ----------
    heel, toe
        Positions (..., 2), X forward and Y up.

    Returns
    -------
    ndarray
        Pitch (...) [deg], positive with the toes up; the pitch of the flat foot is not removed.
    """
    line = toe - heel
    return np.degrees(np.arctan2(line[..., 1], line[..., 0]))
