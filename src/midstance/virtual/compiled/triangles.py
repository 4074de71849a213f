"""Triangles into pixels, and shadows into corners."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from midstance.virtual.compiled.jit import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]
    Index = NDArray[np.int32]

__all__ = ["Drawn", "light_reaching", "rasterise"]


_NEAREST_M = 0.05
_OVERLAP = np.float32(1e-5)  # closes cracks where rounding leaves a pixel to neither neighbour


class Drawn(NamedTuple):
    """What each pixel of a part of the picture shows: 1/depth, face (−1 none), weights of two corners."""

    near: Array
    face: Index
    weight: Array


@compiled
def rasterise(screen: Array, faces: Index, drawn: Drawn) -> None:
    """Draw triangles whose corners are column, row [px] and depth [m] (V, 3); the nearest stays.

    A pixel belongs to a triangle if its middle does; what is nearer than 5 cm is left out.
    """
    rows, columns = drawn.near.shape
    for t in range(faces.shape[0]):
        a, b, c = faces[t, 0], faces[t, 1], faces[t, 2]
        if min(screen[a, 2], screen[b, 2], screen[c, 2]) < _NEAREST_M:
            continue
        ax, ay, bx, by = screen[a, 0], screen[a, 1], screen[b, 0], screen[b, 1]
        cx, cy = screen[c, 0], screen[c, 1]
        top = max(math.ceil(min(ay, by, cy) - 0.5), 0)
        bottom = min(math.floor(max(ay, by, cy) - 0.5), rows - 1)
        left = max(math.ceil(min(ax, bx, cx) - 0.5), 0)
        right = min(math.floor(max(ax, bx, cx) - 0.5), columns - 1)
        twice = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        if top > bottom or left > right or twice == 0.0:
            continue
        inverse = np.float32(1.0) / twice
        one = np.float32(1.0)
        za, zb, zc = one / screen[a, 2], one / screen[b, 2], one / screen[c, 2]
        for y in range(top, bottom + 1):
            for x in range(left, right + 1):
                px, py = np.float32(x + 0.5) - ax, np.float32(y + 0.5) - ay
                wb = (px * (cy - ay) - py * (cx - ax)) * inverse
                wc = ((bx - ax) * py - (by - ay) * px) * inverse
                if wb < -_OVERLAP or wc < -_OVERLAP or wb + wc > 1.0 + _OVERLAP:
                    continue
                near = (np.float32(1.0) - wb - wc) * za + wb * zb + wc * zc
                if near > drawn.near[y, x]:
                    drawn.near[y, x] = near
                    drawn.face[y, x] = t
                    drawn.weight[y, x, 0] = wb * zb / near
                    drawn.weight[y, x, 1] = wc * zc / near


@compiled
def light_reaching(
    vertices: Array, normals: Array, shadow: Array, near: Array, spread: int, share: Array
) -> None:
    """Multiply what reaches each corner (V,) by how much of a lamp is free, in 16 looks into its map.

    A map is the rows (3, 4) that take a place to column, row and distance in its picture, and 1/distance
    of what is nearest to the lamp there; looks are `spread` pixels apart.
    """
    rows, columns = near.shape
    reach = np.float32(1.5) * spread
    for n in range(vertices.shape[0]):
        off = np.float32(0.012)
        x, y = vertices[n, 0] + off * normals[n, 0], vertices[n, 1] + off * normals[n, 1]
        z = vertices[n, 2] + off * normals[n, 2]
        column = shadow[0, 0] * x + shadow[0, 1] * y + shadow[0, 2] * z + shadow[0, 3]
        row = shadow[1, 0] * x + shadow[1, 1] * y + shadow[1, 2] * z + shadow[1, 3]
        depth = shadow[2, 0] * x + shadow[2, 1] * y + shadow[2, 2] * z + shadow[2, 3]
        limit = np.float32(1.0) / (depth - np.float32(0.012) * spread)
        if column < reach or row < reach or column >= columns - reach - 1 or row >= rows - reach - 1:
            continue
        free = 0
        for j in range(4):
            for i in range(4):
                if near[int(row + j * spread - reach), int(column + i * spread - reach)] <= limit:
                    free += 1
        share[n] *= np.float32(free) * np.float32(0.0625)
