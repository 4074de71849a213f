"""What lies nearer to a camera that looks a little from ahead or behind seems to be shifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.model import Motion, opposite

if TYPE_CHECKING:
    from midstance.model import Side

__all__ = ["in_plane_of_feet"]

_BESIDE = {"hip": 0.055, "knee": 0.028}  # further from the middle than the foot that stands, in legs


def in_plane_of_feet(motion: Motion, near_side: Side, nearer_ahead: float, leg_m: float) -> Motion:
    """Return the motion with hips and knees seen as if they were right above the way of the feet.

    Parameters
    ----------
    motion
        Points in the lab frame [m] (T, K, 2 or 3), X forward.
    near_side
        The leg nearer to the camera.
    nearer_ahead
        How far ahead a point seems to be, over how much nearer it is (`View.nearer_ahead`).
    leg_m
        Length of thigh plus shank [m].

    Returns
    -------
    Motion
        The middle of the hips stays; those of near and far leg are shifted against each other.

    Notes
    -----
    Feet fall 4 cm beside the middle, hip joints lie 9 cm beside it. Seen 10° off the side, the near hip
    is shown 8 mm too far ahead of its ankle or behind it, and the far one as much the other way. The
    angle is told by shoulders and hips, on rendered runners to 2.5°: 2 mm.
    """
    points = motion.points.copy()
    for part, beside in _BESIDE.items():
        for side, nearer in ((near_side, 1.0), (opposite(near_side), -1.0)):
            shift = nearer * nearer_ahead * beside * leg_m
            points[:, motion.skeleton.index(f"{side}_{part}"), 0] -= shift
    return motion.with_points(points)
