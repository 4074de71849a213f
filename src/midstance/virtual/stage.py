"""Where the virtual runner runs: wall, floor, treadmill and its moving belt, soft shadow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance.virtual.textures import PX_M, TILE_M, displayed, floor, rubber, sensor_noise, wall
from midstance.virtual.treadmill import treadmill_faces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.virtual.casting import Capsule, Eye

    Picture = NDArray[np.float32]
    Vector = NDArray[np.float64]

__all__ = ["Stage", "shadow"]

_WALL_M = 2.6
_FLOOR_M, _NEAR_M = 60.0, 0.1
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
    seed
        Of textures and noise.
    """

    wall: tuple[int, int, int] = (196, 202, 204)
    floor: tuple[int, int, int] = (120, 122, 126)
    noise_sd: float = 2.0
    blur_px: float = 0.55
    seed: int = 0

    def background(self, eye: Eye, size: tuple[int, int], *, side: float, treadmill: bool) -> Picture:
        """Return wall, floor and treadmill as displayed (H, W, 3), 0 to 255.

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
        along, away = _facing(eye)
        below = np.array([0.0, -_FLOOR_BELOW_M if treadmill else 0.0, 0.0])
        foot = _WALL_M * away + below
        picture = _on_plane(wall(self.wall, self.seed), eye, size, foot, along, np.array([0.0, 1.0, 0.0]))
        ground = _on_plane(floor(self.floor, self.seed), eye, size, foot, along, -away)
        wide, near = _FLOOR_M * along, foot - _FLOOR_M * away
        edge = [foot - wide, foot + wide, near + wide, near - wide]
        picture = _over(picture, ground, _covered(edge, eye, size))
        if treadmill:
            for corners, shade in treadmill_faces(side):
                colour = displayed(np.array(shade))
                picture = _over(picture, colour, _covered([np.array(c) for c in corners], eye, size))
        return picture

    def belt(self, picture: Picture, eye: Eye, moved_m: float) -> None:
        """Draw the belt into a picture, moved back by so much [m]."""
        corners = [np.array([x, 0.0, z]) for x, z in _belt_corners()]
        top, bottom, left, right = _box(corners, eye, picture.shape[:2])
        close, size = eye.cropped(top, left), (bottom - top, right - left)
        origin = np.array([-(moved_m % TILE_M), 0.0, -_BELT_HALF_M])
        surface = _on_plane(
            rubber(self.seed), close, size, origin, np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0])
        )
        part = picture[top:bottom, left:right]
        picture[top:bottom, left:right] = _over(part, surface, _covered(corners, close, size))

    def developed(self, picture: Picture, number: int) -> NDArray[np.uint8]:
        """Return a photograph (H, W, 3) of a picture: lens, sensor, noise."""
        blurred = cv2.GaussianBlur(picture, (0, 0), self.blur_px) if self.blur_px > 0 else picture
        if self.noise_sd > 0:
            blurred = cv2.add(blurred, self._noise(picture.shape, number))
        return np.asarray(np.clip(blurred + 0.5, 0.0, 255.0), dtype=np.uint8)

    def _noise(self, shape: tuple[int, ...], number: int) -> Picture:
        """Return the sensor noise of a frame: one pattern, shifted at random from frame to frame."""
        down, across = np.random.default_rng([self.seed, 7, number]).integers(0, 256, 2)
        pattern = sensor_noise(self.seed, self.noise_sd, shape[0] + 256, shape[1] + 256)
        return pattern[down : down + shape[0], across : across + shape[1]]


def shadow(picture: Picture, eye: Eye, capsules: list[Capsule], around_m: float) -> None:
    """Draw the soft shadow of a figure on the ground into a picture.

    Parameters
    ----------
    picture
        As displayed (H, W, 3), 0 to 255.
    eye
        The view.
    capsules
        The figure.
    around_m
        Where along X the figure is [m].
    """
    half = _SHADOW_HALF_M
    corner = np.array([around_m - half, 0.0, -half])
    square = [corner + 2.0 * half * np.array([x, 0.0, z]) for x, z in ((0, 0), (1, 0), (1, 1), (0, 1))]
    top, bottom, left, right = _box(square, eye, picture.shape[:2])
    warp = _homography(
        eye.cropped(top, left), corner, np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0]), _SHADOW_PX_M
    )
    dark = cv2.warpPerspective(_footprint(capsules, corner), warp, (right - left, bottom - top))
    picture[top:bottom, left:right] *= (1.0 - _SHADOW_DARK * dark)[..., None]


def _footprint(capsules: list[Capsule], corner_m: Vector) -> Picture:
    """Return how much light the figure takes from the ground (rows along Z, columns along X)."""
    count = int(2 * _SHADOW_HALF_M * _SHADOW_PX_M)
    shade = np.zeros((count, count), np.float32)
    for capsule in sorted(capsules, key=lambda c: -float(c.start_m[1] + c.end_m[1])):
        height = max(0.5 * float(capsule.start_m[1] + capsule.end_m[1]), 0.0)
        ends = [
            np.round((p - corner_m)[[0, 2]] * _SHADOW_PX_M).astype(int)
            for p in (capsule.start_m, capsule.end_m)
        ]
        wide = max(int(2.0 * capsule.start_radius_m * _SHADOW_PX_M), 1)
        cv2.line(
            shade,
            tuple(ends[0].tolist()),
            tuple(ends[1].tolist()),
            float(np.exp(-height / _SHADOW_FADE_M)),
            wide,
        )
    return np.asarray(cv2.GaussianBlur(shade, (0, 0), _SHADOW_SOFT_M * _SHADOW_PX_M), dtype=np.float32)


def _facing(eye: Eye) -> tuple[Vector, Vector]:
    """Return the directions along and away of the wall that the camera faces."""
    ahead = eye.axes[2]
    if abs(ahead[2]) >= abs(ahead[0]):
        return np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, np.sign(ahead[2])])
    return np.array([0.0, 0.0, 1.0]), np.array([np.sign(ahead[0]), 0.0, 0.0])


def _belt_corners() -> list[tuple[float, float]]:
    """Return the corners of the belt: along X, along Z [m]."""
    half = _BELT_HALF_M
    return [(_BELT_BACK_M, -half), (_BELT_FRONT_M, -half), (_BELT_FRONT_M, half), (_BELT_BACK_M, half)]


def _box(corners: list[Vector], eye: Eye, size: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Return top, bottom, left, right of the pixels around points in space."""
    seen = np.array([eye.project(corner)[:2] for corner in corners])
    left, top = np.clip(np.floor(seen.min(axis=0)) - 1, 0, (size[1] - 2, size[0] - 2)).astype(int)
    right, bottom = np.clip(np.ceil(seen.max(axis=0)) + 1, (left + 1, top + 1), (size[1], size[0])).astype(
        int
    )
    return int(top), int(bottom), int(left), int(right)


def _homography(eye: Eye, origin: Vector, first: Vector, second: Vector, px_m: float) -> NDArray[np.float64]:
    """Return the map from a texture (columns along `first`, rows along `second`) to the picture."""
    plane = np.stack([first / px_m, second / px_m, origin - eye.position_m], axis=1)
    lens = np.array(
        [[eye.focal_px, 0.0, eye.middle_px[0]], [0.0, eye.focal_px, eye.middle_px[1]], [0.0, 0.0, 1.0]]
    )
    # OpenCV counts from the middle of the first pixel, Eye from its corner
    return np.asarray(np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1]]) @ lens @ eye.axes @ plane)


def _on_plane(
    texture: Picture, eye: Eye, size: tuple[int, int], origin: Vector, first: Vector, second: Vector
) -> Picture:
    """Return a picture filled with a plane whose texture repeats."""
    warp = _homography(eye, origin, first, second, PX_M)
    picture = cv2.warpPerspective(texture, warp, size[::-1], borderMode=cv2.BORDER_WRAP)
    return np.asarray(picture, dtype=np.float32)


def _over(below: Picture, above: Picture, cover: Picture) -> Picture:
    """Return one picture laid over another where it covers."""
    covered = cover[..., None]
    return np.where(covered > 0.0, below + (above - below) * covered, below).astype(np.float32)


def _covered(corners: list[Vector], eye: Eye, size: tuple[int, int]) -> Picture:
    """Return how much of each pixel (H, W) a polygon in space covers."""
    mask = np.zeros(size, np.uint8)
    ahead = _before_eye([eye.axes @ (corner - eye.position_m) for corner in corners])
    if ahead:
        seen = np.array([eye.focal_px * p[:2] / p[2] + eye.middle_px for p in ahead])
        cv2.fillConvexPoly(mask, np.round((seen - 0.5) * 16.0).astype(np.int32), 255, cv2.LINE_AA, 4)
    return mask.astype(np.float32) / np.float32(255.0)


def _before_eye(corners: list[Vector]) -> list[Vector]:
    """Return the part of a polygon (in the axes of the view) that lies before the camera."""
    kept: list[Vector] = []
    for one, two in zip(corners, corners[1:] + corners[:1], strict=True):
        if one[2] > _NEAR_M:
            kept.append(one)
        if (one[2] > _NEAR_M) != (two[2] > _NEAR_M):
            kept.append(one + (two - one) * (_NEAR_M - one[2]) / (two[2] - one[2]))
    return kept
