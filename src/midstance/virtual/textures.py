"""Surfaces of the stage, painted once: wall, floor, rubber, sensor noise."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[np.float32]
    Colour = tuple[int, int, int]

__all__ = ["PX_M", "TILE_M", "displayed", "floor", "rubber", "sensor_noise", "wall"]

PX_M = 100.0  # of the textures
TILE_M = 4.0  # they repeat after so much
_WALL_HEIGHT_M = 6.0
_BAND_M = (1.02, 1.10)
_BAND_COLOUR = (0.70, 0.80, 0.92)
_SKIRTING_M = 0.12
_JOINT_M, _JOINT_PX = 1.0, 2
_MARK_M, _MARK_PX = 0.8, 5


def displayed(light: NDArray[np.floating]) -> Picture:
    """Return linear light as displayed, 0 to 255."""
    return np.asarray(255.0 * np.clip(light, 0.0, 1.0) ** (1.0 / 2.2), dtype=np.float32)


@lru_cache(maxsize=4)
def wall(colour: Colour, seed: int) -> Picture:
    """Return the wall as displayed: lighter above, skirting, band, joints; rows go up from the floor."""
    rows, columns = int(_WALL_HEIGHT_M * PX_M), int(TILE_M * PX_M)
    height = np.arange(rows) / PX_M
    light = np.broadcast_to((0.62 + 0.16 * np.minimum(height, 2.4))[:, None], (rows, columns))
    light = light * (1.0 + 0.015 * _grain(seed, rows, columns, 6))
    surface = light[..., None] * _linear(colour)
    surface[(height > _BAND_M[0]) & (height < _BAND_M[1])] *= np.array(_BAND_COLOUR)
    surface[height < _SKIRTING_M] *= 0.45
    surface[:, np.arange(columns) % int(_JOINT_M * PX_M) < _JOINT_PX] *= 0.5
    return displayed(surface)


@lru_cache(maxsize=4)
def floor(colour: Colour, seed: int) -> Picture:
    """Return the floor as displayed: speckled tiles."""
    count = int(TILE_M * PX_M)
    grain = 0.05 * _grain(seed, count, count, 2) + 0.04 * _grain(seed, count, count, 12)
    surface = (0.8 * (1.0 + grain))[..., None] * _linear(colour)
    edge = np.arange(count) % int(_JOINT_M * PX_M) < _JOINT_PX
    surface[edge] *= 0.8
    surface[:, edge] *= 0.8
    return displayed(surface)


@lru_cache(maxsize=4)
def rubber(seed: int) -> Picture:
    """Return the belt as displayed: dark rubber with a mark now and then."""
    count = int(TILE_M * PX_M)
    light = 0.030 * (1.0 + 0.22 * _grain(seed, count, count, 1))
    light[:, np.arange(count) % int(_MARK_M * PX_M) < _MARK_PX] *= 2.6
    return displayed(np.repeat(light[..., None], 3, axis=2))


@lru_cache(maxsize=2)
def sensor_noise(seed: int, noise_sd: float, rows: int, columns: int) -> Picture:
    """Return a field of noise from which every frame takes a part."""
    random = np.random.default_rng([seed, 6])
    return random.standard_normal((rows, columns, 3), dtype=np.float32) * np.float32(noise_sd)


def _linear(colour: Colour) -> NDArray[np.float64]:
    """Return a displayed colour as linear light."""
    return np.asarray((np.array(colour) / 255.0) ** 2.2)


def _grain(seed: int, rows: int, columns: int, coarse: int) -> NDArray[np.float64]:
    """Return a repeating unevenness of mean zero and standard deviation one."""
    white = np.random.default_rng([seed, 8, coarse]).standard_normal((rows, columns))
    wide = np.tile(white, (3, 3))
    smooth = cv2.GaussianBlur(wide, (0, 0), coarse)[rows : 2 * rows, columns : 2 * columns]
    return np.asarray(smooth / smooth.std())
