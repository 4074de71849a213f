"""Hair that hangs or is tied: ponytail and bun."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.virtual.bones import BONES
from tailor.landmarks import face_of
from tailor.piece import Piece

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tailor.standing import Standing
    from tailor.wardrobe import Look

    Array = NDArray[np.float64]

__all__ = ["tail"]

_AROUND = 14


def tail(body: Standing, look: Look) -> list[Piece]:
    """Return the ponytail or the bun, if there is one."""
    face = face_of(body)
    middle = (body.points[:, 1] > face.eye[1]) & (np.abs(body.points[:, 2]) < 0.03)  # noqa: PLR2004
    back = body.points[middle, 0].min()
    if look.hairstyle == "ponytail":
        root = np.array([back + 0.012, face.eye[1] + 0.045, 0.0])
        line = [(0.0, 0.0), (-0.024, 0.008), (-0.044, 0.004), (-0.058, -0.025), (-0.062, -0.07)]
        line += [(-0.056, -0.12), (-0.046, -0.165), (-0.044, -0.20)]
        thick = [0.018, 0.016, 0.019, 0.023, 0.024, 0.021, 0.014, 0.003]
    elif look.hairstyle == "bun":
        root = np.array([back + 0.012, face.eye[1] + 0.055, 0.0])
        line = [(0.0, 0.0), (-0.008, 0.002), (-0.018, 0.004), (-0.030, 0.006), (-0.042, 0.009)]
        line += [(-0.051, 0.011), (-0.056, 0.012)]
        thick = [0.020, 0.030, 0.036, 0.038, 0.033, 0.022, 0.004]
    else:
        return []
    points, faces = _tube(root + np.array([(x, y, 0.0) for x, y in line]), np.array(thick))
    weights = np.zeros((len(points), len(BONES)))
    weights[:, BONES.index("head")] = 1.0
    streak = np.tile(np.sin(np.arange(_AROUND) * 2.4), len(points) // _AROUND + 1)[: len(points)]
    colours = np.array(look.hair, float) * (1.0 + 0.12 * streak[:, None])
    return [Piece("hair", points, faces, weights, colours)]


def _tube(line: Array, thick: Array) -> tuple[Array, NDArray[np.int64]]:
    """Return a tube along a line in the plane of symmetry, closed at its end."""
    dense = np.linspace(0.0, len(line) - 1.0, 3 * len(line))
    place = np.stack([np.interp(dense, np.arange(len(line)), line[:, k]) for k in range(3)], axis=1)
    radius = np.interp(dense, np.arange(len(line)), thick)
    for _ in range(2):
        place[1:-1] = 0.5 * place[1:-1] + 0.25 * (place[:-2] + place[2:])
        radius[1:-1] = 0.5 * radius[1:-1] + 0.25 * (radius[:-2] + radius[2:])
    ahead = np.gradient(place, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    beside = np.array([0.0, 0.0, 1.0])
    above = np.cross(beside, ahead)
    angle = 2.0 * np.pi * np.arange(_AROUND) / _AROUND
    ring = np.cos(angle)[None, :, None] * above[:, None] + np.sin(angle)[None, :, None] * beside
    points = (place[:, None] + radius[:, None, None] * ring).reshape(-1, 3)
    points = np.concatenate([points, place[-1:] + 0.003 * ahead[-1:]])
    i = np.arange(_AROUND)
    j = (i + 1) % _AROUND
    faces = []
    for k in range(len(place) - 1):
        a, b = k * _AROUND + i, k * _AROUND + j
        faces += [np.stack([a, b, a + _AROUND], 1), np.stack([b, b + _AROUND, a + _AROUND], 1)]
    last = (len(place) - 1) * _AROUND
    faces.append(np.stack([last + i, last + j, np.full(_AROUND, len(points) - 1)], 1))
    return points, np.concatenate(faces)
