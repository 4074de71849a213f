"""Where the virtual runner runs: wall, floor, treadmill and its moving belt, soft shadow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance.virtual.treadmill import treadmill_faces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.virtual.casting import Capsule, Eye

    Picture = NDArray[np.float32]
    Vector = NDArray[np.float64]

__all__ = ["Stage"]

_PX_M = 96.0  # of the textures
_TILE_M = 4.0  # they repeat after so much
_WALL_M, _WALL_HEIGHT_M = 2.6, 4.0
_FLOOR_BELOW_M = 0.20  # the floor under the deck of a treadmill
_BELT_HALF_M, _BELT_FRONT_M, _BELT_BACK_M = 0.26, 0.98, -0.98
_SHADOW_PX_M, _SHADOW_HALF_M = 120.0, 1.5
_SHADOW_DARK, _SHADOW_SOFT_M, _SHADOW_FADE_M = 0.62, 0.035, 0.35


@dataclass(frozen=True, slots=True)
class Stage:
    """The scenery.

    Parameters
    ----------
    wall, floor
        Colours (red, green, blue; 0 to 255).
    noise_sd
        Standard deviation of the sensor noise, of 255.
    blur_px
        Standard deviation of the blur of the lens [px].
    exposure
        Brightness of the picture.
    seed
        Of textures and noise.
    """

    wall: tuple[int, int, int] = (196, 202, 204)
    floor: tuple[int, int, int] = (120, 122, 126)
    noise_sd: float = 2.0
    blur_px: float = 0.55
    exposure: float = 1.0
    seed: int = 0

    def background(self, eye: Eye, size: tuple[int, int], *, side: float, treadmill: bool) -> Picture:
        """Return wall, floor and treadmill as linear light (H, W, 3).

        Parameters
        ----------
        eye
            The view.
        size
            Height and width of the picture [px].
        side
            +1 when the camera stands on the runner's right, −1 on the left.
        treadmill
            Whether there is one.
        """
        below = _FLOOR_BELOW_M if treadmill else 0.0
        away = -side * _WALL_M
        picture = _on_plane(_wall(self), eye, size, (0.0, -below, away), (0.0, 1.0, 0.0), 1.0)
        ground = _on_plane(_floor(self), eye, size, (0.0, -below, away), (0.0, 0.0, side), 1.0)
        mask = _covered([[(-40.0, -below, away), (40.0, -below, away), (9.0, -below, away + 3.2 * side), (-9.0, -below, away + 3.2 * side)]], eye, size)
        picture = picture + (ground - picture) * mask[..., None]
        if treadmill:
            for corners, shade in treadmill_faces(side):
                cover = _covered([corners], eye, size)[..., None]
                picture = picture + (np.array(shade, np.float32) - picture) * cover
        return np.asarray(picture, dtype=np.float32)

    def belt(self, picture: Picture, eye: Eye, moved_m: float) -> Picture:
        """Return the picture with the belt drawn in, moved back by so much [m]."""
        corners = [(x, 0.0, z) for x, z in _belt_corners()]
        cover = _covered([corners], eye, picture.shape[:2])[..., None]
        origin = (-(moved_m % _TILE_M), 0.0, -_BELT_HALF_M)
        surface = _on_plane(_rubber(self), eye, picture.shape[:2], origin, (0.0, 0.0, 1.0), 1.0)
        return np.asarray(picture + (surface - picture) * cover, dtype=np.float32)

    def developed(self, picture: Picture, number: int) -> NDArray[np.uint8]:
        """Return linear light as a photograph (H, W, 3): lens, sensor, noise."""
        blurred = cv2.GaussianBlur(picture, (0, 0), self.blur_px) if self.blur_px > 0 else picture
        shown = np.clip(self.exposure * blurred, 0.0, 1.0) ** np.float32(1.0 / 2.2)
        shown *= np.float32(255.0)
        if self.noise_sd > 0:
            shown = shown + self._noise(picture.shape, number)
        return np.clip(shown + 0.5, 0.0, 255.0).astype(np.uint8)

    def _noise(self, shape: tuple[int, ...], number: int) -> Picture:
        """Return the sensor noise of a frame: one pattern, shifted at random from frame to frame."""
        random = np.random.default_rng([self.seed, 6])
        pattern = random.standard_normal((256, 256, 3), dtype=np.float32) * np.float32(self.noise_sd)
        shift = np.random.default_rng([self.seed, 7, number]).integers(0, 256, 2)
        rows, columns = shape[0] // 256 + 1, shape[1] // 256 + 1
        return np.tile(np.roll(pattern, tuple(shift), (0, 1)), (rows, columns, 1))[: shape[0], : shape[1]]


def shadowed(picture: NDArray[np.float32], eye: Eye, capsules: list[Capsule], around_m: float) -> NDArray[np.float32]:
    """Return the picture with the soft shadow of a figure on the ground.

    Parameters
    ----------
    picture
        Linear light (H, W, 3).
    eye
        The view.
    capsules
        The figure.
    around_m
        Where along X the figure is [m].
    """
    count = int(2 * _SHADOW_HALF_M * _SHADOW_PX_M)
    shade = np.zeros((count, count), np.float32)
    for capsule in sorted(capsules, key=lambda c: -float(c.start_m[1] + c.end_m[1])):
        height = max(0.5 * float(capsule.start_m[1] + capsule.end_m[1]), 0.0)
        strength = float(np.exp(-height / _SHADOW_FADE_M))
        ends = [
            tuple(int(round(v)) for v in (_SHADOW_HALF_M + (p[[0, 2]] - [around_m, 0.0]) ) * _SHADOW_PX_M)
            for p in (capsule.start_m, capsule.end_m)
        ]
        wide = max(int(2.0 * capsule.start_radius_m * _SHADOW_PX_M), 1)
        cv2.line(shade, ends[0], ends[1], strength, wide)
    shade = cv2.GaussianBlur(shade, (0, 0), _SHADOW_SOFT_M * _SHADOW_PX_M)
    corner = (around_m - _SHADOW_HALF_M, 0.0, -_SHADOW_HALF_M)
    warp = _homography(eye, corner, (0.0, 0.0, 1.0), _SHADOW_PX_M)
    cast = cv2.warpPerspective(shade, warp, picture.shape[1::-1], flags=cv2.INTER_LINEAR, borderValue=0.0)
    return np.asarray(picture * (1.0 - _SHADOW_DARK * cast)[..., None], dtype=np.float32)


def _belt_corners() -> list[tuple[float, float]]:
    """Return the corners of the belt: along X, along Z [m]."""
    half = _BELT_HALF_M
    return [(_BELT_BACK_M, -half), (_BELT_FRONT_M, -half), (_BELT_FRONT_M, half), (_BELT_BACK_M, half)]


def _homography(
    eye: Eye, origin: tuple[float, float, float], second: tuple[float, float, float], px_m: float
) -> NDArray[np.float64]:
    """Return the map from a texture (columns along X, rows along `second`) to the picture."""
    along, down = np.array([1.0, 0.0, 0.0]), np.array(second)
    plane = np.stack([along / px_m, down / px_m, np.array(origin) - eye.position_m], axis=1)
    lens = np.array([[eye.focal_px, 0.0, eye.middle_px[0]], [0.0, eye.focal_px, eye.middle_px[1]], [0.0, 0.0, 1.0]])
    # a texture's pixel centres lie at whole numbers in OpenCV, a picture's at halves here
    return np.asarray(np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1]]) @ lens @ eye.axes @ plane)


def _on_plane(  # noqa: PLR0913  (a textured plane has this many givens)
    texture: Picture,
    eye: Eye,
    size: tuple[int, int],
    origin: tuple[float, float, float],
    second: tuple[float, float, float],
    fine: float,
) -> Picture:
    """Return a picture filled with a plane whose texture repeats."""
    warp = _homography(eye, origin, second, _PX_M * fine)
    flags = cv2.INTER_LINEAR
    return cv2.warpPerspective(texture, warp, size[::-1], flags=flags, borderMode=cv2.BORDER_WRAP)


def _covered(faces: list[list[tuple[float, float, float]]], eye: Eye, size: tuple[int, int]) -> Picture:
    """Return how much of each pixel (H, W) polygons in space cover."""
    mask = np.zeros(size, np.uint8)
    for corners in faces:
        seen = np.array([eye.project(np.array(corner))[:2] for corner in corners])
        cv2.fillConvexPoly(mask, np.round((seen - 0.5) * 16.0).astype(np.int32), 255, cv2.LINE_AA, 4)
    return mask.astype(np.float32) / np.float32(255.0)


def _linear(colour: tuple[int, int, int]) -> Picture:
    """Return a displayed colour as linear light."""
    return (np.array(colour, np.float32) / np.float32(255.0)) ** np.float32(2.2)


def _grain(seed: int, rows: int, columns: int, coarse: int) -> Picture:
    """Return a repeating unevenness of mean zero and standard deviation one."""
    white = np.random.default_rng([seed, 8, coarse]).standard_normal((rows, columns)).astype(np.float32)
    wide = np.tile(white, (3, 3))
    smooth = cv2.GaussianBlur(wide, (0, 0), coarse)[rows : 2 * rows, columns : 2 * columns]
    return np.asarray(smooth / smooth.std())


def _wall(stage: Stage) -> Picture:
    """Return the wall: lighter above, a skirting board, panel joints; rows go up from the floor."""
    rows, columns = int(_WALL_HEIGHT_M * _PX_M), int(_TILE_M * _PX_M)
    height = (np.arange(rows) / _PX_M)[:, None, None]
    light = 0.62 + 0.16 * np.minimum(height, 2.4)
    wall = _linear(stage.wall) * light * np.ones((1, columns, 1), np.float32)
    wall *= (1.0 + 0.015 * _grain(stage.seed, rows, columns, 6))[..., None]
    band = (height[:, 0, 0] > 1.02) & (height[:, 0, 0] < 1.10)
    wall[band] *= np.array([0.70, 0.80, 0.92])
    wall[height[:, 0, 0] < 0.12] *= 0.45
    joints = np.arange(columns) % int(1.0 * _PX_M) < 2  # noqa: PLR2004  (two pixels wide)
    wall[:, joints] *= 0.86
    return wall.astype(np.float32)


def _floor(stage: Stage) -> Picture:
    """Return the floor: speckled rubber."""
    count = int(_TILE_M * _PX_M)
    grain = 0.05 * _grain(stage.seed, count, count, 2) + 0.04 * _grain(stage.seed, count, count, 12)
    floor = _linear(stage.floor) * 0.8 * (1.0 + grain)[..., None]
    edge = np.arange(count) % int(1.0 * _PX_M) < 2  # noqa: PLR2004  (two pixels wide)
    floor[edge] *= 0.8
    floor[:, edge] *= 0.8
    return floor.astype(np.float32)


def _rubber(stage: Stage) -> Picture:
    """Return the belt: dark rubber with a mark now and then."""
    count = int(_TILE_M * _PX_M)
    belt = np.full((count, count, 3), 0.030, np.float32)
    belt *= (1.0 + 0.22 * _grain(stage.seed, count, count, 1))[..., None]
    column = np.arange(count)
    belt[:, column % int(0.8 * _PX_M) < 5] *= 2.6  # noqa: PLR2004  (marks of five pixels)
    return belt
