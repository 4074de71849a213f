"""The belt that moves and the shadow on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from midstance.virtual.compiled.jit import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]
    Real = Any  # a number of 32 bits: NumPy and Python disagree on its type

__all__ = ["Floor", "ground"]


class Floor(NamedTuple):
    """The ground in a part of the picture.

    How much of each pixel shows ground and belt (H, W), how high the ground lies there (H, W) [m];
    the view: eye (3,), axes (3, 3), focal length, column and row of the middle in this part; the belt's
    texture (N, M, 3) as lit, its pixels per metre; what the runner takes from lamp and sky (2, A, B) on a
    grid whose first corner is X, Z and whose cells per metre are the third number; direction to the lamp.
    """

    ground: Array
    belt: Array
    height: Array
    eye: Array
    axes: Array
    lens: Array
    rubber: Array
    rubber_px_m: Real
    taken: Array
    grid: Array
    lamp: Array


@compiled
def ground(picture: Array, floor: Floor, moved_m: Real, blur_m: Real) -> None:
    """Draw the moved belt and the runner's shadow into a part of the picture (H, W, 3)."""
    for y in range(picture.shape[0]):
        for x in range(picture.shape[1]):
            belt, share = floor.belt[y, x], floor.ground[y, x]
            if belt <= 0.0 and share <= 0.0:
                continue
            px, pz = _on_ground(floor, x, y)
            for i in range(3):
                if belt > 0.0:
                    picture[y, x, i] += belt * _rubber(floor, px + moved_m, pz, blur_m, i)
            dark = share * _taken(floor, px, floor.height[y, x], pz)
            for i in range(3):
                picture[y, x, i] *= np.float32(1.0) - dark


@compiled
def _on_ground(floor: Floor, x: int, y: int) -> tuple[Real, Real]:
    """Return X and Z where the ray of a pixel meets the ground."""
    h = (x + np.float32(0.5) - floor.lens[1]) / floor.lens[0]
    v = (y + np.float32(0.5) - floor.lens[2]) / floor.lens[0]
    dx = floor.axes[0, 0] * h + floor.axes[1, 0] * v + floor.axes[2, 0]
    dy = floor.axes[0, 1] * h + floor.axes[1, 1] * v + floor.axes[2, 1]
    dz = floor.axes[0, 2] * h + floor.axes[1, 2] * v + floor.axes[2, 2]
    far = (floor.height[y, x] - floor.eye[1]) / min(dy, np.float32(-1e-4))
    return floor.eye[0] + far * dx, floor.eye[2] + far * dz


@compiled
def _rubber(floor: Floor, along: Real, across: Real, blur_m: Real, i: int) -> Real:
    """Return the light of the belt, smeared along the way it moves while the shutter is open."""
    rows, columns = floor.rubber.shape[0], floor.rubber.shape[1]
    v = (across * floor.rubber_px_m) % rows
    j = int(v)
    g = np.float32(v - j)
    total = np.float32(0.0)
    for k in range(4):
        u = ((along + (k - np.float32(1.5)) * np.float32(0.25) * blur_m) * floor.rubber_px_m) % columns
        n = int(u)
        f = np.float32(u - n)
        m = (n + 1) % columns
        upper = floor.rubber[j % rows, n % columns, i] * (1 - f) + floor.rubber[j % rows, m, i] * f
        lower = (
            floor.rubber[(j + 1) % rows, n % columns, i] * (1 - f) + floor.rubber[(j + 1) % rows, m, i] * f
        )
        total += np.float32(0.25) * (upper * (1 - g) + lower * g)
    return total


@compiled
def _taken(floor: Floor, x: Real, height: Real, z: Real) -> Real:
    """Return the part of the light that the runner takes from a place on the ground."""
    slide = height / floor.lamp[1]
    key = _grid(floor, 0, x - slide * floor.lamp[0], z - slide * floor.lamp[2])
    return key + _grid(floor, 1, x, z)


@compiled
def _grid(floor: Floor, which: int, x: Real, z: Real) -> Real:
    """Return one map of what is taken, between its cells."""
    u, v = (
        (x - floor.grid[0]) * floor.grid[2] - np.float32(0.5),
        (z - floor.grid[1]) * floor.grid[2] - np.float32(0.5),
    )
    rows, columns = floor.taken.shape[1], floor.taken.shape[2]
    if u < 0 or v < 0 or u >= columns - 1 or v >= rows - 1:
        return np.float32(0.0)
    i, j = int(u), int(v)
    f, g = np.float32(u - i), np.float32(v - j)
    upper = floor.taken[which, j, i] * (1 - f) + floor.taken[which, j, i + 1] * f
    lower = floor.taken[which, j + 1, i] * (1 - f) + floor.taken[which, j + 1, i + 1] * f
    return upper * (1 - g) + lower * g
