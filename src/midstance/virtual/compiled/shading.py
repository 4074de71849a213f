"""The light that what was drawn sends to the eye."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from midstance.virtual.compiled.jit import compiled, inlined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]
    Real = Any  # a number of 32 bits: NumPy and Python disagree on its type
    Index = NDArray[np.int32]

    from midstance.virtual.compiled.triangles import Drawn

__all__ = ["Corners", "Lamps", "Paint", "shade"]


class Corners(NamedTuple):
    """A mesh as the kernels take it: see `mesh.Mesh`."""

    vertices: Array
    faces: Index
    normals: Array
    colour: Array
    surface: Array
    reached: Array  # parts of lamp and sky that reach a corner (V, 2)
    material: Index


class Paint(NamedTuple):
    """Materials (M, 6): texture or −1, m per tile, unevenness, folds, gloss, glow; textures; unevenness."""

    table: Array
    textures: Array  # (layers, levels of fineness, N, N, 3), linear
    bumps: Array  # (B, B, B), repeating, mean zero


class Lamps(NamedTuple):
    """Light: direction to the lamp and its colour, sky, light from below; the eye and its sharpness."""

    direction: Array
    key: Array
    sky: Array
    below: Array
    eye: Array
    sharpness: Real  # pixels per metre at 1 m


@compiled
def shade(drawn: Drawn, corners: Corners, paint: Paint, lamps: Lamps, light: Array, cover: Array) -> None:
    """Add the light (H, W, 3) of every pixel drawn, and 1 to its cover (H, W)."""
    for y in range(drawn.face.shape[0]):
        for x in range(drawn.face.shape[1]):
            t = drawn.face[y, x]
            if t >= 0:
                wb, wc = drawn.weight[y, x, 0], drawn.weight[y, x, 1]
                red, green, blue = _seen(t, (np.float32(1.0) - wb - wc, wb, wc), corners, paint, lamps)
                light[y, x, 0] += red
                light[y, x, 1] += green
                light[y, x, 2] += blue
                cover[y, x] += np.float32(1.0)


@inlined
def _seen(
    t: int, weights: tuple[Real, Real, Real], corners: Corners, paint: Paint, lamps: Lamps
) -> tuple[Real, Real, Real]:
    """Return the light that one place of a face sends to the eye."""
    at = (corners.faces[t, 0], corners.faces[t, 1], corners.faces[t, 2])
    px, py, pz = _mixed(corners.vertices, at, weights)
    row = paint.table[corners.material[t]]
    nx, ny, nz = _unit(_mixed(corners.normals, at, weights))
    ex, ey, ez = lamps.eye[0] - px, lamps.eye[1] - py, lamps.eye[2] - pz
    away = math.sqrt(ex * ex + ey * ey + ez * ez)
    ex, ey, ez = ex / away, ey / away, ez / away
    if nx * ex + ny * ey + nz * ez < 0.0:
        nx, ny, nz = -nx, -ny, -nz
    facing = nx * ex + ny * ey + nz * ez
    cr, cg, cb = _mixed(corners.colour, at, weights)
    u, v, w = _mixed(corners.surface, at, weights)
    if row[0] >= 0.0:
        fine = away / (lamps.sharpness * max(facing, np.float32(0.12)))
        tr, tg, tb = _texture(paint.textures, int(row[0]), u / row[1], v / row[1], fine / row[1])
        cr, cg, cb = cr * tr, cg * tg, cb * tb
    elif row[2] > 0.0 or row[3] > 0.0:
        rough, dx, dy, dz = _uneven(paint.bumps, u / row[1], v / row[1], w / row[1])
        even = np.float32(1.0) + row[2] * rough
        cr, cg, cb = cr * even, cg * even, cb * even
        nx, ny, nz = _unit((nx - row[3] * dx, ny - row[3] * dy, nz - row[3] * dz))
    wa, wb, wc = weights
    key = corners.reached[at[0], 0] * wa + corners.reached[at[1], 0] * wb + corners.reached[at[2], 0] * wc
    sky = corners.reached[at[0], 1] * wa + corners.reached[at[1], 1] * wb + corners.reached[at[2], 1] * wc
    return _lit((cr, cg, cb), (nx, ny, nz), (ex, ey, ez), (key, sky), row, lamps)


@inlined
def _lit(
    colour: tuple[Real, Real, Real],
    normal: tuple[Real, Real, Real],
    towards: tuple[Real, Real, Real],
    reached: tuple[Real, Real],
    row: Array,
    lamps: Lamps,
) -> tuple[Real, Real, Real]:
    """Return lamp, sky and gloss on a surface."""
    nx, ny, nz = normal
    one, half = np.float32(1.0), np.float32(0.5)
    lx, ly, lz = lamps.direction[0], lamps.direction[1], lamps.direction[2]
    key = max(nx * lx + ny * ly + nz * lz, np.float32(0.0)) * reached[0]
    above = (half + half * ny) * reached[1]
    below = (half - half * ny) * (half + half * reached[1])
    shine, rim = np.float32(0.0), np.float32(0.0)
    if row[4] > 0.0:
        hx, hy, hz = _unit((lx + towards[0], ly + towards[1], lz + towards[2]))
        peak = nx * hx + ny * hy + nz * hz
        edge = one - max(nx * towards[0] + ny * towards[1] + nz * towards[2], np.float32(0.0))
        rim = np.float32(0.25) * row[4] * edge * edge * edge * above
        if key > 0.0 and peak > half:
            shine = row[4] * math.exp(row[5] * (peak - one)) * reached[0]
    sky, low, glow = lamps.sky, lamps.below, row[6]
    return (
        colour[0] * (key * lamps.key[0] + above * sky[0] + below * low[0] + glow)
        + shine * lamps.key[0]
        + rim * sky[0],
        colour[1] * (key * lamps.key[1] + above * sky[1] + below * low[1] + glow)
        + shine * lamps.key[1]
        + rim * sky[1],
        colour[2] * (key * lamps.key[2] + above * sky[2] + below * low[2] + glow)
        + shine * lamps.key[2]
        + rim * sky[2],
    )


@compiled
def _mixed(
    values: Array, at: tuple[int, int, int], weights: tuple[Real, Real, Real]
) -> tuple[Real, Real, Real]:
    """Return the mean of three corners' vectors."""
    a, b, c = at
    wa, wb, wc = weights
    return (
        values[a, 0] * wa + values[b, 0] * wb + values[c, 0] * wc,
        values[a, 1] * wa + values[b, 1] * wb + values[c, 1] * wc,
        values[a, 2] * wa + values[b, 2] * wb + values[c, 2] * wc,
    )


@compiled
def _unit(v: tuple[Real, Real, Real]) -> tuple[Real, Real, Real]:
    """Return a direction."""
    size = np.float32(1.0) / math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2] + np.float32(1e-12))
    return v[0] * size, v[1] * size, v[2] * size


@compiled
def _texture(textures: Array, layer: int, u: Real, v: Real, fine: Real) -> tuple[Real, Real, Real]:
    """Return a colour of a repeating texture, in the fineness that the picture can show."""
    count = textures.shape[2]
    level = int(math.log2(max(fine * count, np.float32(1.0))) + 0.5)
    level = min(level, textures.shape[1] - 1)
    column = (u - math.floor(u)) * count - 0.5
    row = (v - math.floor(v)) * count - 0.5
    i, j = math.floor(column), math.floor(row)
    f, g = np.float32(column - i), np.float32(row - j)
    i0, i1, j0, j1 = i % count, (i + 1) % count, j % count, (j + 1) % count
    page = textures[layer, level]
    a, b = (np.float32(1.0) - f) * (np.float32(1.0) - g), f * (np.float32(1.0) - g)
    c, d = (np.float32(1.0) - f) * g, f * g
    return (
        page[j0, i0, 0] * a + page[j0, i1, 0] * b + page[j1, i0, 0] * c + page[j1, i1, 0] * d,
        page[j0, i0, 1] * a + page[j0, i1, 1] * b + page[j1, i0, 1] * c + page[j1, i1, 1] * d,
        page[j0, i0, 2] * a + page[j0, i1, 2] * b + page[j1, i0, 2] * c + page[j1, i1, 2] * d,
    )


@compiled
def _uneven(bumps: Array, x: Real, y: Real, z: Real) -> tuple[Real, Real, Real, Real]:
    """Return a repeating unevenness between its eight nearest numbers, and how it grows along each axis."""
    mask = bumps.shape[0] - 1
    fx, fy, fz = math.floor(x), math.floor(y), math.floor(z)
    i, j, k = int(fx) & mask, int(fy) & mask, int(fz) & mask
    f, g, h = np.float32(x - fx), np.float32(y - fy), np.float32(z - fz)
    one, two, three, six = np.float32(1.0), np.float32(2.0), np.float32(3.0), np.float32(6.0)
    rise = (six * f * (one - f), six * g * (one - g), six * h * (one - h))
    f, g, h = f * f * (three - two * f), g * g * (three - two * g), h * h * (three - two * h)
    p, q, r = one - f, one - g, one - h
    i1, j1, k1 = (i + 1) & mask, (j + 1) & mask, (k + 1) & mask
    a, b, c, d = bumps[i, j, k], bumps[i1, j, k], bumps[i, j1, k], bumps[i1, j1, k]
    e, u, v, w = bumps[i, j, k1], bumps[i1, j, k1], bumps[i, j1, k1], bumps[i1, j1, k1]
    low, low2, high, high2 = p * a + f * b, p * c + f * d, p * e + f * u, p * v + f * w
    return (
        r * (q * low + g * low2) + h * (q * high + g * high2),
        rise[0] * (r * (q * (b - a) + g * (d - c)) + h * (q * (u - e) + g * (w - v))),
        rise[1] * (r * (low2 - low) + h * (high2 - high)),
        rise[2] * (q * (high - low) + g * (high2 - low2)),
    )
