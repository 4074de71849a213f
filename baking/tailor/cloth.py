"""Clothes cut from the body's own skin: a region, drawn outwards, ironed, hung, cut and hemmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tailor.cutting import cut, divided, neighbour_mean, normals, rim, smoothed, smoothstep
from tailor.piece import Piece

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tailor.standing import Standing

    Array = NDArray[np.float64]

__all__ = ["Band", "Cloth", "sewn"]

_ROOM = 3  # rings of faces beyond the edge, to iron and cut
_CALM_M = 0.030  # what is smaller on the skin does not show through loose cloth
_DEEP_M = (0.04, 0.09)  # how far within the edge the skin is hidden and need not be kept outside of
_FOLD_M = 0.0004
_SHADE = 0.45  # of the inside of a hem


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A part of a garment in another colour: where all fields (V,) over the skin are positive."""

    fields: tuple[Array, ...]
    colour: tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Cloth:
    """How a garment is cut.

    Parameters
    ----------
    material
        One of `midstance.virtual.body.MATERIALS`.
    fields
        Each (V,) over the skin [m]: positive within the garment, 0 at its edge.
    ease_m
        Wished distance from the skin (V,) [m].
    colour
        Displayed (3,).
    shade
        What the colour is multiplied with (V,).
    bands
        Parts in other colours.
    ironing
        Rounds of smoothing.
    tension
        How far the cloth may come nearer than the ease, 0 to 1: drawn straight over hollows it lies
        further out, over ridges nearer.
    loose
        Whether muscles do not show through.
    fall
        Moves what is drawn (V, 3) to where it hangs, given which of the skin's vertices they are.
    """

    material: str
    fields: tuple[Array, ...]
    ease_m: Array
    colour: tuple[int, int, int]
    shade: Array
    bands: tuple[Band, ...] = ()
    ironing: int = 12
    tension: float = 0.5
    loose: bool = False
    fall: Callable[[Array, NDArray[np.int64]], Array] | None = None

    @property
    def inside(self) -> Array:
        """Return how far within the garment each vertex of the skin is (V,) [m]."""
        return np.asarray(np.min(self.fields, axis=0))


def sewn(body: Standing, weights: Array, cloth: Cloth) -> Piece:
    """Return a garment."""
    used, flat = np.unique(body.faces[_with_room(cloth.inside >= 0.0, body.faces)], return_inverse=True)
    faces = flat.reshape(-1, 3)
    drawn = _drawn(body.points[used], cloth, used, faces)
    mean = neighbour_mean(faces, len(used))
    carried = weights[used]
    for _ in range(4 if cloth.loose else 0):
        carried = 0.5 * carried + 0.5 * (mean @ carried)
    fields = [*cloth.fields, *(field for band in cloth.bands for field in band.fields)]
    shaded = cloth.shade[used, None] * np.array(cloth.colour, float)
    over = np.stack(fields, axis=1)[used]
    table = np.concatenate([drawn, body.points[used], cloth.shade[used, None], shaded, over, carried], axis=1)
    for i in range(len(cloth.fields)):
        table, faces = cut(table, faces, table[:, 10 + i])
    table, faces = _hemmed(table, faces)
    column = 10 + len(cloth.fields)
    for band in cloth.bands:
        columns = list(range(column, column + len(band.fields)))
        column += len(band.fields)
        table, faces, within = divided(table, faces, columns)
        table[within, 7:10] = table[within, 6:7] * np.array(band.colour, float)
    return Piece(cloth.material, table[:, :3], faces, table[:, 10 + len(fields) :], table[:, 7:10])


def _with_room(inside: NDArray[np.bool_], faces: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which faces lie within a garment or a little beyond."""
    for _ in range(_ROOM):
        near = inside[faces].any(axis=1)
        inside = inside.copy()
        inside[faces[near]] = True
    return np.asarray(inside[faces].all(axis=1))


def _drawn(skin: Array, cloth: Cloth, used: NDArray[np.int64], faces: NDArray[np.int64]) -> Array:
    """Return where the cloth lies (V, 3)."""
    mean = neighbour_mean(faces, len(skin))
    deep = smoothstep(cloth.inside[used], *_DEEP_M)[:, None]
    base, out = skin, normals(skin, faces)
    if cloth.loose:
        base = skin + deep * (smoothed(skin, skin, faces, _CALM_M) - skin)
        out = smoothed(out, skin, faces, _CALM_M)
    for _ in range(4):
        out = out + mean @ out
        out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
    ease = cloth.ease_m[used]
    least = np.maximum((1.0 - cloth.tension) * ease, 0.0015)
    place = base + out * ease[:, None]
    for _ in range(cloth.ironing):
        moved = 0.6 * (mean @ place - place)
        across = out * np.einsum("vi,vi->v", moved, out)[:, None]
        place = place + across + deep * (moved - across)
        place = _kept_off(place, base, out, least)
    if cloth.fall is not None:
        place = cloth.fall(place, used)
    return _kept_off(place, skin, out, np.where(deep[:, 0] > 0.0, -np.inf, least))


def _kept_off(place: Array, skin: Array, out: Array, least: Array) -> Array:
    """Return cloth at least so far outside of what is beneath."""
    near = np.einsum("vi,vi->v", place - skin, out)
    return np.asarray(place + out * np.maximum(least - near, 0.0)[:, None])


def _hemmed(table: Array, faces: NDArray[np.int64]) -> tuple[Array, NDArray[np.int64]]:
    """Return the garment with its edges turned in to the skin."""
    edge = rim(faces)
    along, place = np.unique(edge, return_inverse=True)
    place = place.reshape(-1, 2)
    fold, lid = table[along].copy(), table[along].copy()
    inward = fold[:, 3:6] - fold[:, :3]
    size = np.maximum(np.linalg.norm(inward, axis=1, keepdims=True), 1e-9)
    fold[:, :3] += _FOLD_M * inward / size
    lid[:, :3] = lid[:, 3:6] + 0.0015 * inward / size
    for new in (fold, lid):
        new[:, 6:10] *= _SHADE
    u, v = len(table) + place[:, 0], len(table) + place[:, 1]
    p, q = u + len(along), v + len(along)
    closing = np.concatenate([np.stack([u, p, v], 1), np.stack([v, p, q], 1)])
    return np.concatenate([table, fold, lid]), np.concatenate([faces, closing])
