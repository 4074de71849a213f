"""Colours of the bare body: skin, lips, brows, eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tailor.cutting import neighbour_mean, smoothstep
from tailor.landmarks import EYE_VERTICES, face_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tailor.standing import Standing

    Array = NDArray[np.float64]

__all__ = ["skin_colours"]


def skin_colours(body: Standing, tone: tuple[int, int, int], hair: tuple[int, int, int]) -> Array:
    """Return the displayed colour of each vertex of the bare body (V, 3)."""
    face = face_of(body)
    colour = np.tile(np.array(tone, float), (len(body.points), 1))
    colour *= 1.0 + 0.05 * _blotches(body)[:, None] * [0.6, 1.0, 1.0]
    x, y, z = (body.points[:, k] for k in range(3))
    z = np.abs(z)
    head = body.part("head", "neck03") > 0.3  # noqa: PLR2004
    front = head & (x > face.ear[0] + 0.03)
    lip = _spot(y - (face.nose[1] - 0.034), 0.010) * _spot(z, 0.026) * (x > face.nose[0] - 0.038)
    _mix(colour, 0.45 * lip * front, np.array(tone, float) * [0.92, 0.58, 0.58])
    cheek = _spot(y - (face.eye[1] - 0.035), 0.025) * _spot(z - 0.045, 0.025)
    _mix(colour, 0.25 * cheek * front, np.array(tone, float) * [1.02, 0.80, 0.78])
    arch = face.eye[1] + 0.020 + 0.006 * np.sin(np.pi * np.clip((z - 0.010) / 0.045, 0, 1))
    brow = _spot(y - arch, 0.0055) * smoothstep(z, 0.008, 0.014) * smoothstep(z, 0.056, 0.046)
    _mix(colour, 0.85 * brow * front, np.array(hair, float) * 0.75)
    lash = _spot(np.hypot((y - face.eye[1]) / 0.55, z - face.eye[2]) - 0.0145, 0.004)
    _mix(colour, 0.4 * lash * front, np.array(hair, float) * 0.5)
    colour[-EYE_VERTICES:] = _eyes(body.points[-EYE_VERTICES:])
    return np.asarray(np.clip(colour, 0.0, 255.0))


def _eyes(points: Array) -> Array:
    """Return the colours of the eyeballs: white with a dark iris ahead."""
    sides = np.sign(points[:, 2])
    colour = np.tile([206.0, 196.0, 190.0], (len(points), 1))
    for side in (-1.0, 1.0):
        own = sides == side
        pole = points[own].mean(axis=0)
        off = np.hypot(*(points[own][:, 1:] - pole[1:]).T)
        ahead = points[own][:, 0] > pole[0]
        iris = smoothstep(off, 0.0080, 0.0062) * ahead
        colour[own] += iris[:, None] * (np.array([52.0, 38.0, 30.0]) - colour[own])
    return colour


def _spot(distance: Array, wide: float) -> Array:
    """Return a bump of a given half-width."""
    return np.asarray(np.exp(-((distance / wide) ** 2)))


def _mix(colour: Array, part: Array, other: Array) -> None:
    """Mix another colour in."""
    colour += np.clip(part, 0.0, 1.0)[:, None] * (other - colour)


def _blotches(body: Standing) -> Array:
    """Return a smooth random unevenness, the same left and right (V,)."""
    cell = np.round(body.points / 0.004).astype(np.int64)
    cell[:, 2] = np.abs(cell[:, 2])
    seed = (cell * [73856093, 19349663, 83492791]).sum(axis=1) % 10007
    rough = seed / 10007.0 - 0.5
    mean = neighbour_mean(body.faces, len(rough))
    for _ in range(6):
        rough = 0.5 * rough + 0.5 * (mean @ rough)
    return np.asarray(rough / max(float(rough.std()), 1e-9))
