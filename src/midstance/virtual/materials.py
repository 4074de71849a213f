"""What things are made of: textures, unevenness and gloss, all made here from numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Picture = NDArray[np.float32]

__all__ = ["MATERIALS", "bumps", "linear", "material", "table", "textures"]

_SIZE, _LEVELS, _BUMPS = 256, 6, 32


def linear(*displayed: float) -> Picture:
    """Return a displayed colour (red, green, blue; 0 to 255) as linear light (3,)."""
    return np.asarray((np.array(displayed) / 255.0) ** 2.2, dtype=np.float32)


def _noise(seed: int, across: float, along: float) -> Picture:
    """Return a repeating unevenness of mean 0 and SD 1, smooth over so many pixels."""
    white = np.random.default_rng([11, seed]).standard_normal((_SIZE, _SIZE)).astype(np.float32)
    wide = cv2.GaussianBlur(np.tile(white, (3, 3)), (0, 0), sigmaX=across, sigmaY=along)
    smooth = wide[_SIZE : 2 * _SIZE, _SIZE : 2 * _SIZE]
    return np.asarray((smooth - smooth.mean()) / smooth.std(), dtype=np.float32)


def _grey(light: Picture) -> Picture:
    """Return a texture without colour."""
    return np.repeat(np.clip(light, 0.0, 4.0)[..., None], 3, axis=2)


def _plaster() -> Picture:
    """Paint on a wall."""
    return _grey(1.0 + 0.03 * _noise(1, 30, 30) + 0.02 * _noise(2, 1.5, 1.5))


def _speckled() -> Picture:
    """Return a floor of rubber crumbs."""
    grain = np.where(_noise(3, 0.9, 0.9) > 2.0, 1.6, 0.0)  # noqa: PLR2004  # a few light crumbs
    return _grey(1.0 + 0.12 * _noise(4, 1.0, 1.0) + 0.06 * _noise(5, 25, 25) + grain)


def _paving() -> Picture:
    """Return four by four slabs with joints."""
    rows, columns = np.indices((_SIZE, _SIZE)) // 64
    slab = np.random.default_rng(6).normal(1.0, 0.07, (4, 4))[rows, columns]
    joint = (np.indices((_SIZE, _SIZE)) % 64 < 2).any(axis=0)  # noqa: PLR2004  # pixels
    return _grey((slab + 0.06 * _noise(7, 1.2, 1.2) + 0.05 * _noise(8, 12, 12)) * np.where(joint, 0.45, 1.0))


def _asphalt() -> Picture:
    """Return a road."""
    return _grey(1.0 + 0.18 * _noise(9, 0.8, 0.8) + 0.08 * _noise(10, 30, 30))


def _brick() -> Picture:
    """Return courses of bricks: eight high, four long."""
    row, column = np.indices((_SIZE, _SIZE))
    course = row // 32
    shifted = (column + 32 * (course % 2)) % _SIZE
    shade = np.random.default_rng(12).normal(1.0, 0.14, (8, 4))[course, shifted // 64]
    mortar = (row % 32 < 3) | (shifted % 64 < 3)  # noqa: PLR2004  # pixels
    face = np.array([0.40, 0.16, 0.10]) * (shade + 0.10 * _noise(13, 1.0, 1.0))[..., None]
    lime = np.array([0.42, 0.40, 0.36]) * (1.0 + 0.08 * _noise(14, 1.0, 1.0))[..., None]
    return np.asarray(np.where(mortar[..., None], lime, face), dtype=np.float32)


def _leaves() -> Picture:
    """Return a hedge or a crown."""
    light = np.clip(0.9 + 0.45 * _noise(15, 2.0, 2.0) + 0.35 * _noise(16, 9, 9), 0.1, 2.4)
    return np.asarray(light[..., None] * np.array([1.0, 1.0, 0.8]), dtype=np.float32)


def _wood() -> Picture:
    """Return boards along the texture's rows."""
    board = np.arange(_SIZE) // 32
    shade = np.random.default_rng(17).normal(1.0, 0.10, 8)[board][:, None]
    gap = (np.arange(_SIZE) % 32 < 1)[:, None]
    return _grey((shade + 0.10 * _noise(18, 40, 1.2)) * np.where(gap, 0.4, 1.0))


def _poster() -> Picture:
    """Return a picture of nothing in particular."""
    random = np.random.default_rng(19)
    sheet = np.full((_SIZE, _SIZE, 3), 0.55, np.float32)
    for _ in range(16):
        x, y = (int(v) for v in random.integers(0, _SIZE, 2))
        w, h = (int(v) for v in random.integers(12, 110, 2))
        sheet[y : y + h, x : x + w] = random.uniform(0.02, 0.7, 3)
    return np.asarray(cv2.GaussianBlur(sheet, (0, 0), 1.0), dtype=np.float32)


def _sky() -> Picture:
    """Return thin clouds."""
    cloud = np.clip(0.5 + 0.35 * _noise(20, 34, 10) + 0.12 * _noise(21, 7, 4), 0.0, 1.0)[..., None]
    return np.asarray(
        cloud * np.array([0.80, 0.81, 0.83]) + (1 - cloud) * np.array([0.42, 0.56, 0.78]), np.float32
    )


_TEXTURES: tuple[Callable[[], Picture], ...] = (
    _plaster,
    _speckled,
    _paving,
    _asphalt,
    _brick,
    _leaves,
    _wood,
    _poster,
    _sky,
)

# name: texture (−1 none), m per tile, unevenness, folds, gloss, its exponent, glow
MATERIALS: dict[str, tuple[float, ...]] = {
    "plain": (-1, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0),
    "metal": (-1, 1.0, 0.0, 0.0, 0.35, 30.0, 0.0),
    "plastic": (-1, 1.0, 0.0, 0.0, 0.10, 20.0, 0.0),
    "glowing": (-1, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0),
    "glass": (-1, 1.0, 0.0, 0.0, 0.50, 60.0, 0.0),
    "plaster": (0, 3.0, 0.0, 0.0, 0.0, 1.0, 0.0),
    "speckled": (1, 1.0, 0.0, 0.0, 0.03, 12.0, 0.0),
    "paving": (2, 2.0, 0.0, 0.0, 0.02, 12.0, 0.0),
    "asphalt": (3, 1.5, 0.0, 0.0, 0.02, 12.0, 0.0),
    "brick": (4, 0.9, 0.0, 0.0, 0.0, 1.0, 0.0),
    "leaves": (5, 1.2, 0.0, 0.0, 0.0, 1.0, 0.0),
    "foliage": (5, 6.0, 0.0, 0.0, 0.0, 1.0, 0.0),
    "wood": (6, 1.0, 0.0, 0.0, 0.05, 15.0, 0.0),
    "poster": (7, 1.1, 0.0, 0.0, 0.05, 30.0, 0.0),
    "clouds": (8, 60.0, 0.0, 0.0, 0.0, 1.0, 1.0),
    "skin": (-1, 0.020, 0.035, 0.0, 0.10, 14.0, 0.0),
    "cloth": (-1, 0.028, 0.03, 0.16, 0.015, 6.0, 0.0),
    "tight": (-1, 0.030, 0.03, 0.06, 0.05, 10.0, 0.0),
    "sock": (-1, 0.012, 0.06, 0.05, 0.0, 1.0, 0.0),
    "shoe": (-1, 0.008, 0.08, 0.05, 0.08, 16.0, 0.0),
    "sole": (-1, 0.010, 0.04, 0.0, 0.04, 10.0, 0.0),
    "hair": (-1, 0.006, 0.30, 0.30, 0.12, 10.0, 0.0),
}


def material(name: str) -> int:
    """Return the index of a material."""
    return list(MATERIALS).index(name)


@lru_cache(maxsize=1)
def table() -> Picture:
    """Return one row per material (M, 7)."""
    return np.array(list(MATERIALS.values()), dtype=np.float32)


@lru_cache(maxsize=1)
def textures() -> Picture:
    """Return every texture, ever more blurred (layers, levels, N, N, 3)."""
    stack = np.empty((len(_TEXTURES), _LEVELS, _SIZE, _SIZE, 3), np.float32)
    for layer, painted in enumerate(_TEXTURES):
        wide = np.tile(painted().astype(np.float32), (3, 3, 1))
        for level in range(_LEVELS):
            soft = cv2.GaussianBlur(wide, (0, 0), 0.5 * 2.0**level) if level else wide
            stack[layer, level] = soft[_SIZE : 2 * _SIZE, _SIZE : 2 * _SIZE]
    return stack


@lru_cache(maxsize=1)
def bumps() -> Picture:
    """Return the unevenness of cloth and skin (B, B, B)."""
    white = np.random.default_rng(22).standard_normal((_BUMPS,) * 3).astype(np.float32)
    for axis in range(3):
        white = 0.5 * white + 0.25 * (np.roll(white, 1, axis) + np.roll(white, -1, axis))
    return np.asarray(white / white.std(), dtype=np.float32)
