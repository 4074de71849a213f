"""The ground under the runner: its belt moves, and the runner takes light from it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance.virtual.rasterising import kernels, on_screen, reach

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.virtual.eye import Eye
    from midstance.virtual.mesh import Mesh
    from midstance.virtual.places import Backdrop, Place
    from midstance.virtual.rasterising import Light

    Picture = NDArray[np.float32]

__all__ = ["BELT_MARK_M", "lay_ground", "taken_light"]

BELT_MARK_M = 0.8
_CELLS_M, _HALF_M = 64.0, 1.7
_LOW_M, _SHARP_M, _SOFT_M = 0.30, 0.018, 0.06
_TOUCH_M, _TOUCH_SOFT_M, _TOUCH_DARK = 0.10, 0.025, 0.95
_RUBBER_PX_M, _RUBBER_LONG_M, _RUBBER_WIDE_M = 160.0, 3.2, 0.8


def taken_light(body: Mesh, light: Light, around_m: float, slope: float = 0.0) -> Picture:
    """Return how much light the runner takes from the ground.

    Parameters
    ----------
    body
        The runner.
    light
        The lamp.
    around_m
        Where along X the maps have their middle [m].
    slope
        Rise of the ground over its length.

    Returns
    -------
    ndarray
        From the lamp, and from the sky close by: (2, A, B), rows along Z, columns along X.
    """
    lamp = light.unit()
    x, y, z = body.vertices_m.T
    high = np.maximum(y - np.float32(slope) * x, 0.0)
    key = np.array(light.key) * lamp[1]
    part = float(key.sum() / (key.sum() + np.sum(light.sky)))
    slide_x, slide_z = (np.float32(lamp[i] / lamp[1]) for i in (0, 2))
    below = _seen_from_below(body, x - slide_x * y, z - slide_z * y, high, around_m)
    soft = cv2.GaussianBlur((below < np.inf).astype(np.float32), (0, 0), _SOFT_M * _CELLS_M)
    sharp = cv2.GaussianBlur((below < _LOW_M).astype(np.float32), (0, 0), _SHARP_M * _CELLS_M)
    straight = _seen_from_below(body, x, z, high, around_m)
    touch = cv2.GaussianBlur(np.exp(-straight / _TOUCH_M), (0, 0), _TOUCH_SOFT_M * _CELLS_M)
    return np.stack([part * np.maximum(sharp, 0.9 * soft), (1.0 - part) * _TOUCH_DARK * touch]).astype(
        np.float32
    )


def _seen_from_below(
    body: Mesh, x: Picture, z: Picture, high: Picture, around_m: float
) -> NDArray[np.float32]:
    """Return how high the lowest part above each cell of the ground is [m]; infinite where none is."""
    count = int(2 * _HALF_M * _CELLS_M)
    corner = np.array([around_m - _HALF_M, -_HALF_M])
    across, down = (x - corner[0]) * _CELLS_M, (z - corner[1]) * _CELLS_M
    near = np.zeros((count, count), np.float32)
    drawn = kernels().Drawn(near, np.empty(near.shape, np.int32), np.empty((*near.shape, 2), np.float32))
    screen = np.stack([across, down, 1.0 + high], axis=1).astype(np.float32)
    kernels().rasterise(screen, body.faces, drawn)
    return np.where(near > 0, 1.0 / np.maximum(near, 1e-6) - 1.0, np.inf).astype(np.float32)


def lay_ground(
    picture: Picture,
    scenery: Backdrop,
    place: Place,
    eye: Eye,
    taken: Picture,
    around_m: float,
    moved_m: float,
    blur_m: float,
) -> None:
    """Draw the moved belt and the runner's shadow into a picture.

    Parameters
    ----------
    picture
        Linear light (H, W, 3): the backdrop's, changed here.
    scenery, place, eye
        What it shows, and from where.
    taken
        As `taken_light` gives it.
    around_m
        Where along X the maps have their middle [m].
    moved_m, blur_m
        How far the belt has moved back, and how far it moves while the shutter is open [m].
    """
    part = _part(picture.shape[:2], scenery, eye, around_m)
    if part is None:
        return
    top, bottom, left, right = part
    cut = (slice(top, bottom), slice(left, right))
    close = eye.cropped(top, left)
    floor = kernels().Floor(
        *(np.ascontiguousarray(v[cut]) for v in (scenery.ground, scenery.belt, scenery.height_m)),
        eye.position_m.astype(np.float32),
        eye.axes.astype(np.float32),
        np.array([close.focal_px, *close.middle_px], np.float32),
        _rubber() * _belt_light(place.light),
        np.float32(_RUBBER_PX_M),
        taken,
        np.array([around_m - _HALF_M, -_HALF_M, _CELLS_M], np.float32),
        place.light.unit().astype(np.float32),
    )
    whole = np.ascontiguousarray(picture[cut])
    kernels().ground(whole, floor, np.float32(moved_m % _RUBBER_LONG_M), np.float32(blur_m))
    picture[cut] = whole


def _part(
    size: tuple[int, ...], scenery: Backdrop, eye: Eye, around_m: float
) -> tuple[int, int, int, int] | None:
    """Return top, bottom, left and right of what belt and shadow can cover."""
    half = _HALF_M
    corners = [(around_m + a, h, b) for a in (-half, half) for b in (-half, half) for h in (-0.2, 0.1)]
    seen = on_screen(np.array(corners), eye)
    whole = (0, size[0], 0, size[1])
    part = whole if (seen[:, 2] < 0.1).any() else reach([seen], (size[0], size[1]))  # noqa: PLR2004  # behind the eye
    if part is None or not (scenery.ground[part[0] : part[1]] > 0).any():
        return None
    rows = np.flatnonzero((scenery.ground[part[0] : part[1], part[2] : part[3]] > 0).any(axis=1))
    return (part[0] + int(rows[0]), part[0] + int(rows[-1]) + 1, part[2], part[3]) if len(rows) else None


def _belt_light(light: Light) -> NDArray[np.float32]:
    """Return the light on the belt (3,)."""
    return np.asarray(np.array(light.key) * light.unit()[1] + np.array(light.sky), dtype=np.float32)


@lru_cache(maxsize=1)
def _rubber() -> Picture:
    """Return the belt: dark rubber with a mark now and then (rows across, columns along)."""
    rows, columns = int(_RUBBER_WIDE_M * _RUBBER_PX_M), int(_RUBBER_LONG_M * _RUBBER_PX_M)
    random = np.random.default_rng(41)
    grain = cv2.GaussianBlur(np.tile(random.standard_normal((rows, columns)), (3, 3)), (0, 0), 1.3)
    coarse = cv2.GaussianBlur(np.tile(random.standard_normal((rows, columns)), (3, 3)), (0, 0), 9.0)
    both = [v[rows : 2 * rows, columns : 2 * columns] for v in (grain, coarse)]
    light = 0.055 * (1.0 + 0.16 * both[0] / both[0].std() + 0.10 * both[1] / both[1].std())
    light[:, np.arange(columns) % int(BELT_MARK_M * _RUBBER_PX_M) < 4] *= 2.2  # noqa: PLR2004  # pixels
    return np.repeat(np.maximum(light, 0.005)[..., None], 3, axis=2).astype(np.float32)
