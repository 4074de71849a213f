"""Light on the figure: materials, lamps, contact shade, cloth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance.virtual.figure import Material

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.virtual.casting import Capsule, Eye, Seen

    Colour = tuple[int, int, int]

__all__ = ["Clothes", "painted"]


@dataclass(frozen=True, slots=True)
class Clothes:
    """Colours of the runner as displayed (red, green, blue; 0 to 255).

    Parameters
    ----------
    skin, shirt, shorts, shoe, sole, sock, hair, trim
        What their names say; `trim` are laces and stripes.
    """

    skin: tuple[int, int, int] = (205, 150, 120)
    shirt: tuple[int, int, int] = (40, 120, 190)
    shorts: tuple[int, int, int] = (38, 40, 52)
    shoe: tuple[int, int, int] = (225, 95, 40)
    sole: tuple[int, int, int] = (238, 238, 232)
    sock: tuple[int, int, int] = (235, 235, 235)
    hair: tuple[int, int, int] = (62, 42, 30)
    trim: tuple[int, int, int] = (245, 240, 225)

    def linear(self) -> NDArray[np.float32]:
        """Return the colour of each material (M, 3) as linear light."""
        eye, lip = (40, 32, 30), (165, 92, 84)
        table = {
            Material.SKIN: self.skin,
            Material.SHIRT: self.shirt,
            Material.SHORTS: self.shorts,
            Material.SHOE: self.shoe,
            Material.SOLE: self.sole,
            Material.SOCK: self.sock,
            Material.HAIR: self.hair,
            Material.EYE: eye,
            Material.LIP: lip,
            Material.TRIM: self.trim,
        }
        return (np.array([table[m] for m in Material], np.float32) / np.float32(255.0)) ** np.float32(2.2)


_KEY = np.array([0.35, 0.80, 0.50])  # towards the lamp; its last number is turned to the camera's side
_KEY_LIGHT, _SKY, _FLOOR = 0.95, 0.42, 0.16
_RIM, _GLOSS = 0.10, 0.05
_SHADE_RADIUS_M = 0.05
_ROUND_M = 0.012  # seams within a limb are smoothed over so much


def painted(
    seen: Seen,
    capsules: list[Capsule],
    eye: Eye,
    clothes: Clothes,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the figure as displayed (H, W, 3), 0 to 255, black around it, and its cover (H, W)."""
    rows, columns, position, normal = seen.surface(capsules, eye)
    group = np.array([c.group for c in capsules])[seen.part[rows, columns]]
    normal = _smoothed(normal, rows, columns, group, _ROUND_M * eye.focal_px / _mean_depth(seen))
    material = np.array([c.material for c in capsules])[seen.part[rows, columns]]
    colour = clothes.linear()[material] * _cloth(position, material)[:, None]
    light = _lit(normal, _towards(eye, position), eye)
    shade = _shade(seen, eye)[rows, columns]
    picture = np.zeros((*seen.part.shape, 3), np.float32)
    linear = colour * (light * shade)[:, None] + _shine(normal, position, eye, material)[:, None]
    picture[rows, columns] = np.float32(255.0) * np.minimum(linear, 1.0) ** np.float32(1.0 / 2.2)
    return picture, (seen.part >= 0).astype(np.float32)


def _mean_depth(seen: Seen) -> float:
    """Return the mean depth of the figure [m]."""
    hit = seen.part >= 0
    return float(seen.depth_m[hit].mean()) if hit.any() else 1.0


def _smoothed(
    normal: NDArray[np.float32],
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    group: NDArray[np.int64],
    radius_px: float,
) -> NDArray[np.float32]:
    """Return the normals (N, 3) smoothed within each group, so that capsules become one surface."""
    width = 2 * int(radius_px) + 1
    out = normal.copy()
    for one in np.unique(group):
        own = np.flatnonzero(group == one)
        top, left = rows[own].min(), columns[own].min()
        here = rows[own] - top, columns[own] - left
        field = np.zeros((here[0].max() + 1, here[1].max() + 1, 3), np.float32)
        field[here] = normal[own]
        out[own] = cv2.blur(cv2.blur(field, (width, width)), (width, width))[here]
    return np.asarray(out / (np.linalg.norm(out, axis=1, keepdims=True) + np.float32(1e-9)))


def _lamp(eye: Eye) -> NDArray[np.float32]:
    """Return the direction to the lamp: above, ahead, on the camera's side."""
    lamp = _KEY.copy()
    lamp[2] *= -np.sign(eye.axes[2, 2]) if eye.axes[2, 2] else 1.0
    return np.asarray(lamp / np.linalg.norm(lamp), dtype=np.float32)


def _towards(eye: Eye, position: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return unit directions to the eye (N, 3)."""
    away = eye.position_m.astype(np.float32) - position
    return np.asarray(away / np.linalg.norm(away, axis=1, keepdims=True), dtype=np.float32)


def _lit(normal: NDArray[np.float32], towards: NDArray[np.float32], eye: Eye) -> NDArray[np.float32]:
    """Return how much light falls on each pixel (N,)."""
    key = np.maximum(normal @ _lamp(eye), 0.0)
    sky = 0.5 + 0.5 * normal[:, 1]
    rim = (1.0 - np.clip(np.sum(normal * towards, axis=1), 0.0, 1.0)) ** 3 * sky
    return np.asarray(_KEY_LIGHT * key + _FLOOR + (_SKY - _FLOOR) * sky + _RIM * rim, dtype=np.float32)


def _shine(
    normal: NDArray[np.float32], position: NDArray[np.float32], eye: Eye, material: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return the reflected lamp (N,)."""
    half = _towards(eye, position) + _lamp(eye)
    half = half / np.linalg.norm(half, axis=1, keepdims=True)
    strength = np.where(material == Material.SKIN, _GLOSS, 0.3 * _GLOSS)
    return np.asarray(strength * np.clip(np.sum(normal * half, axis=1), 0.0, 1.0) ** 24, dtype=np.float32)


def _cloth(position: NDArray[np.float32], material: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return a slight unevenness of each pixel (N,): skin, folds of cloth, strands of hair."""
    x, y, z = (position[:, i] for i in range(3))
    folds = 0.5 * np.sin(31.0 * y + 23.0 * x + 3.0 * np.sin(17.0 * z)) + 0.5 * np.sin(53.0 * y - 37.0 * x)
    hair = np.sin(160.0 * x + 90.0 * y + 4.0 * np.sin(60.0 * y))
    amount = np.array([0.015, 0.07, 0.06, 0.03, 0.0, 0.02, 0.12, 0.0, 0.0, 0.0], np.float32)[material]
    return np.asarray(1.0 + amount * np.where(material == Material.HAIR, hair, folds), dtype=np.float32)


def _shade(seen: Seen, eye: Eye) -> NDArray[np.float32]:
    """Return how much less light reaches pixels beside nearer parts (H, W): 1 open, less behind an edge."""
    hit = seen.part >= 0
    far = np.float32(seen.depth_m[hit].max() + 0.3) if hit.any() else np.float32(1.0)
    depth = np.where(hit, seen.depth_m, far)
    reach = max(_SHADE_RADIUS_M * eye.focal_px / float(far), 1.0)
    small = cv2.resize(depth, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    around = cv2.resize(cv2.GaussianBlur(small, (0, 0), 0.25 * reach), depth.shape[::-1])
    behind = np.clip((depth - around) / 0.22, 0.0, 1.0)
    return np.asarray(1.0 - 0.65 * behind, dtype=np.float32)
