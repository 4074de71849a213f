"""A running shoe shaped over the bare foot: a stack of outlines from the sole to the collar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import ConvexHull

from tailor.cutting import smoothstep
from tailor.standing import STACK_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tailor.standing import Standing

    Array = NDArray[np.float64]

__all__ = ["Shoe", "shoe_surface"]

_AROUND = 56  # points of an outline
_PARTS = (0.05, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)  # of the way from sole to collar
_COLLAR_M = 0.020  # above the ankle
_HEEL_M, _SIDE_M, _TOE_M = 0.014, 0.006, 0.012  # thickness of the shoe beyond the foot


@dataclass(frozen=True, slots=True, eq=False)
class Shoe:
    """The right shoe.

    Parameters
    ----------
    points, faces
        (V, 3) [m], (F, 3).
    level
        Of each vertex (V,): 0 the ground, 1 the upper edge of the midsole, 2 the collar.
    along
        Of each vertex (V,): 0 the back of the heel, 1 the tip.
    """

    points: Array
    faces: NDArray[np.int64]
    level: Array
    along: Array


def shoe_surface(body: Standing) -> Shoe:
    """Return the right shoe."""
    ankle = body.at["foot"]
    top = ankle[1] + _COLLAR_M
    foot = body.points[(body.points[:, 2] > 0) & (body.part("foot", "toe", "lowerleg02") > 0.5)]  # noqa: PLR2004
    foot = foot[foot[:, 1] < top + 0.01]
    plan = _outline(foot[:, [0, 2]])
    back, tip = plan[:, 0].min() - _HEEL_M, plan[:, 0].max() + _TOE_M
    stack = [(level, _ring(outline, height)) for level, outline, height in _sole(plan, back, tip)]
    stack += [(1.0 + part, _section(foot, top, part)) for part in _PARTS]
    points = np.concatenate([ring for _, ring in stack])
    level = np.repeat([level for level, _ in stack], _AROUND)
    points, faces, level = _closed(points, level, len(stack), ankle)
    return Shoe(points, faces, level, (points[:, 0] - back) / (tip - back))


def _section(foot: Array, top: float, part: float) -> Array:
    """Return the ring of the upper (N, 3) that is a part of the way up to the collar."""
    height = STACK_M + 0.004 + part * (top - STACK_M - 0.004)
    outline = _outline(foot[foot[:, 1] >= height - 0.008][:, [0, 2]])
    turn = np.linspace(0.0, 2.0 * np.pi, _AROUND, endpoint=False)
    dip = part**2 * (0.011 * np.cos(2.0 * turn) + 0.003 * np.cos(turn))
    return _ring(_widened(outline, 1.0 - 0.2 * part), height + dip)


def _sole(plan: Array, back: float, tip: float) -> list[tuple[float, Array, Array]]:
    """Return level, outline and height of the rings of the sole, from its middle outwards and up."""
    wide = _widened(plan, 1.0)
    along = (wide[:, 0] - back) / (tip - back)
    spring = 0.014 * smoothstep(along, 0.80, 1.04) + 0.006 * smoothstep(along, 0.10, -0.02)
    upper = STACK_M + 0.006 + 0.008 * smoothstep(along, 0.55, 0.0) - 0.004 * smoothstep(along, 0.6, 0.9)
    upper = upper + 0.6 * spring
    middle = plan.mean(axis=0)
    rings = [(0.0, middle + 0.6 * (wide - middle), 0.0 * spring)]
    rings += [(0.0, middle + 0.93 * (wide - middle), 0.7 * spring)]
    for part, flare in ((0.06, 0.985), (0.3, 1.03), (0.6, 1.04), (0.9, 1.03), (1.0, 1.0)):
        rings.append((part, middle + flare * (wide - middle), spring + part * (upper - spring)))
    return rings


def _outline(points: Array) -> Array:
    """Return the rounded convex outline (N, 2) of points, from the heel around by the little toe."""
    ring = points[ConvexHull(points).vertices]
    ring = _spaced(ring, 160)
    for _ in range(40):
        ring = 0.5 * ring + 0.25 * (np.roll(ring, 1, axis=0) + np.roll(ring, -1, axis=0))
    start = int(np.argmin(ring[:, 0]))
    ring = np.roll(ring, -start, axis=0)
    if ring[len(ring) // 4, 1] < ring[3 * len(ring) // 4, 1]:
        ring = np.roll(ring[::-1], 1, axis=0)
    half = int(np.argmax(ring[:, 0]))
    first = _spaced(ring[: half + 1], _AROUND // 2 + 1, closed=False)
    second = _spaced(np.concatenate([ring[half:], ring[:1]]), _AROUND // 2 + 1, closed=False)
    return np.concatenate([first[:-1], second[:-1]])


def _spaced(ring: Array, count: int, *, closed: bool = True) -> Array:
    """Return points evenly along a line."""
    line = np.concatenate([ring, ring[:1]]) if closed else ring
    done = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    wished = np.linspace(0.0, done[-1], count, endpoint=not closed)
    return np.stack([np.interp(wished, done, line[:, k]) for k in range(2)], axis=1)


def _widened(outline: Array, part: float) -> Array:
    """Return an outline moved outwards by the thickness of the shoe, or a part of it."""
    tangent = np.roll(outline, -1, axis=0) - np.roll(outline, 1, axis=0)
    out = np.stack([-tangent[:, 1], tangent[:, 0]], axis=1)
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
    middle = outline.mean(axis=0)
    if np.sum(out * (outline - middle)) < 0:
        out = -out
    ahead = out[:, 0]
    thick = _SIDE_M + (_HEEL_M - _SIDE_M) * np.clip(-ahead, 0, 1) ** 2
    thick = thick + (_TOE_M - _SIDE_M) * np.clip(ahead, 0, 1) ** 2
    return np.asarray(outline + part * thick[:, None] * out)


def _ring(outline: Array, height: Array | float) -> Array:
    """Return an outline in space (N, 3)."""
    return np.stack([outline[:, 0], np.broadcast_to(height, len(outline)), outline[:, 1]], axis=1)


def _closed(points: Array, level: Array, rings: int, ankle: Array) -> tuple[Array, NDArray[np.int64], Array]:
    """Return the stack with faces, a floor and the inside of the collar."""
    count = _AROUND
    collar = points[-count:]
    inside = collar * [0.8, 1.0, 0.8] + ankle * [0.2, 0.0, 0.2] - [0.0, 0.02, 0.0]
    floor = points[:count].mean(axis=0, keepdims=True)
    points = np.concatenate([points, inside, floor])
    level = np.concatenate([level, np.full(count, 2.0), [0.0]])
    i = np.arange(count)
    j = (i + 1) % count
    faces = [np.stack([np.full(count, len(points) - 1), j, i], axis=1)]
    for ring in range(rings):
        a, b = ring * count + i, ring * count + j
        faces += [np.stack([a, b, a + count], axis=1), np.stack([b, b + count, a + count], axis=1)]
    return points, np.concatenate(faces), level
