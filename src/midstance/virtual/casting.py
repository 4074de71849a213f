"""Rays against tapered capsules: which part of a figure each pixel sees, how far, how turned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Capsule", "Eye", "Seen", "bounds", "cast"]

_FAR = np.float32(1e6)


@dataclass(frozen=True, slots=True, eq=False)
class Capsule:
    """A round cone: two balls and the hull between them, stretched along one axis.

    Parameters
    ----------
    start_m, end_m
        Centres of the balls (3,) [m].
    start_radius_m, end_radius_m
        Their radii across the stretch axis [m].
    material
        What it is made of.
    group
        Parts of one group are shaded as one surface.
    stretch_axis
        Unit vector (3,).
    stretch
        How much wider it is along that axis.
    """

    start_m: NDArray[np.float64]
    end_m: NDArray[np.float64]
    start_radius_m: float
    end_radius_m: float
    material: int
    group: int
    stretch_axis: NDArray[np.float64]
    stretch: float = 1.0

    def squash(self) -> NDArray[np.float64]:
        """Return the matrix (3, 3) into the space in which the balls are round."""
        return np.eye(3) + (1.0 / self.stretch - 1.0) * np.outer(self.stretch_axis, self.stretch_axis)


@dataclass(frozen=True, slots=True, eq=False)
class Eye:
    """A view of one instant: `View` of one frame, at the resolution that is drawn.

    Parameters
    ----------
    position_m
        (3,) [m].
    axes
        Right, down, ahead (3, 3).
    focal_px
        Focal length [px].
    middle_px
        Where the view goes through the picture: column, row [px].
    """

    position_m: NDArray[np.float64]
    axes: NDArray[np.float64]
    focal_px: float
    middle_px: tuple[float, float]

    def project(self, point_m: NDArray[np.float64]) -> tuple[float, float, float]:
        """Return column, row [px] and depth [m] of a point."""
        x, y, depth = self.axes @ (point_m - self.position_m)
        return (
            self.focal_px * x / depth + self.middle_px[0],
            self.focal_px * y / depth + self.middle_px[1],
            depth,
        )

    def cropped(self, top: int, left: int) -> Eye:
        """Return the same view of a part of the picture that begins at a row and column."""
        return replace(self, middle_px=(self.middle_px[0] - left, self.middle_px[1] - top))

    def enlarged(self, factor: float) -> Eye:
        """Return the same view in a picture of another size."""
        middle = self.middle_px[0] * factor, self.middle_px[1] * factor
        return replace(self, focal_px=self.focal_px * factor, middle_px=middle)

    def rays(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return directions (N, 3) of pixels, of unit length along the view."""
        across = ((columns + 0.5 - self.middle_px[0]) / self.focal_px).astype(np.float32)
        down = ((rows + 0.5 - self.middle_px[1]) / self.focal_px).astype(np.float32)
        axes = self.axes.astype(np.float32)
        return np.asarray(across[:, None] * axes[0] + down[:, None] * axes[1] + axes[2])


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What the pixels of a picture see.

    Parameters
    ----------
    depth_m
        Distance along the view (H, W) [m]; huge where nothing is hit.
    part
        Index of the capsule (H, W), −1 where nothing is hit.
    """

    depth_m: NDArray[np.float32]
    part: NDArray[np.int16]

    def surface(
        self, capsules: list[Capsule], eye: Eye
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32], NDArray[np.float32]]:
        """Return rows, columns, positions (N, 3) [m] and outward normals (N, 3) of the pixels that hit."""
        rows, columns = np.nonzero(self.part >= 0)
        position = eye.rays(rows, columns) * self.depth_m[rows, columns][:, None]
        position = position + eye.position_m.astype(np.float32)
        normal = np.empty_like(position)
        part = self.part[rows, columns]
        order = np.argsort(part, kind="stable")
        ends = np.searchsorted(part[order], np.arange(len(capsules) + 1))
        for capsule, start, end in zip(capsules, ends, ends[1:], strict=False):
            own = order[start:end]
            normal[own] = _outward(capsule, position[own])
        return rows, columns, position, normal


def cast(capsules: list[Capsule], eye: Eye, size: tuple[int, int]) -> Seen:
    """Return what each pixel of a picture of (height, width) sees."""
    depth = np.full(size, _FAR, np.float32)
    part = np.full(size, -1, np.int16)
    for k, capsule in enumerate(capsules):
        box = _bounds(capsule, eye, size)
        if box is None:
            continue
        hit = _hits(capsule, eye, box)
        top, bottom, left, right = box
        nearer = hit < depth[top:bottom, left:right]
        depth[top:bottom, left:right][nearer] = hit[nearer]
        part[top:bottom, left:right][nearer] = k
    return Seen(depth, part)


def bounds(capsules: list[Capsule], eye: Eye, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return top, bottom, left, right of the part of a picture (height, width) that a figure may cover.

    All four are even numbers; the picture must have even sides.
    """
    boxes = [box for box in (_bounds(capsule, eye, size) for capsule in capsules) if box]
    if not boxes:
        return 0, 0, 0, 0
    top, bottom, left, right = zip(*boxes, strict=True)
    return min(top) // 2 * 2, (max(bottom) + 1) // 2 * 2, min(left) // 2 * 2, (max(right) + 1) // 2 * 2


def _bounds(capsule: Capsule, eye: Eye, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """Return top, bottom, left, right of the pixels a capsule may cover; None if outside the picture."""
    columns, rows = [], []
    ends = ((capsule.start_m, capsule.start_radius_m), (capsule.end_m, capsule.end_radius_m))
    for centre, radius in ends:
        column, row, depth = eye.project(centre)
        reach = 1.05 * radius * max(capsule.stretch, 1.0) * eye.focal_px / depth + 2.0
        columns += [column - reach, column + reach]
        rows += [row - reach, row + reach]
    top, bottom = max(int(min(rows)), 0), min(int(max(rows)) + 1, size[0])
    left, right = max(int(min(columns)), 0), min(int(max(columns)) + 1, size[1])
    return (top, bottom, left, right) if top < bottom and left < right else None


@dataclass(frozen=True, slots=True, eq=False)
class _Rays:
    """The rays of a box of pixels in the space in which a capsule is round.

    Every scalar product with a ray is linear in column and row: one addition per pixel.
    """

    origin: NDArray[np.float64]
    axes: NDArray[np.float64]
    across: NDArray[np.float64]
    down: NDArray[np.float64]

    @classmethod
    def of(cls, eye: Eye, squash: NDArray[np.float64], box: tuple[int, int, int, int]) -> _Rays:
        """Return the rays of a box (top, bottom, left, right)."""
        top, bottom, left, right = box
        across = (np.arange(left, right, dtype=np.float64) + 0.5 - eye.middle_px[0]) / eye.focal_px
        down = (np.arange(top, bottom, dtype=np.float64) + 0.5 - eye.middle_px[1]) / eye.focal_px
        return cls(squash @ eye.position_m, eye.axes @ squash.T, across, down)

    def along(self, vector: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return the product of every ray with a vector."""
        right, down, ahead = self.axes @ vector
        column = (right * self.across).astype(np.float32)
        return np.asarray((ahead + down * self.down).astype(np.float32)[:, None] + column[None, :])

    def squared(self) -> NDArray[np.float32]:
        """Return the product of every ray with itself."""
        cross = self.axes @ self.axes.T
        row = cross[2, 2] + 2.0 * cross[1, 2] * self.down + cross[1, 1] * self.down**2
        column = 2.0 * cross[0, 2] * self.across + cross[0, 0] * self.across**2
        mixed = (2.0 * cross[0, 1] * self.down).astype(np.float32)[:, None] * self.across.astype(np.float32)
        return np.asarray(row.astype(np.float32)[:, None] + column.astype(np.float32)[None, :] + mixed)


def _hits(capsule: Capsule, eye: Eye, box: tuple[int, int, int, int]) -> NDArray[np.float32]:
    """Return the depth [m] at which the pixels of a box hit a capsule, huge where they miss.

    Notes
    -----
    A ray o + t·d meets the cone that touches both balls where k2·t² + 2·k1·t + k0 = 0, provided that
    the point lies between the circles along which it touches them; else it may meet a ball.
    """
    squash = capsule.squash()
    start, end = squash @ capsule.start_m, squash @ capsule.end_m
    rays = _Rays.of(eye, squash, box)
    squared = rays.squared()
    first = _ball(rays, squared, start, capsule.start_radius_m)
    last = _ball(rays, squared, end, capsule.end_radius_m)
    between = _cone(rays, squared, (start, end), (capsule.start_radius_m, capsule.end_radius_m))
    return np.minimum(between, np.minimum(first, last))


def _ball(
    rays: _Rays, squared: NDArray[np.float32], centre: NDArray[np.float64], radius_m: float
) -> NDArray[np.float32]:
    """Return where rays first meet a ball, huge where they miss."""
    offset = rays.origin - centre
    along = rays.along(offset)
    inside = along * along - squared * np.float32(offset @ offset - radius_m**2)
    root = np.sqrt(np.maximum(inside, 0.0))
    return np.where(inside > 0.0, (-along - root) / squared, _FAR)


def _cone(
    rays: _Rays,
    squared: NDArray[np.float32],
    centres: tuple[NDArray[np.float64], NDArray[np.float64]],
    radii_m: tuple[float, float],
) -> NDArray[np.float32]:
    """Return where rays first meet the cone between two balls, huge where they miss."""
    axis, offset = centres[1] - centres[0], rays.origin - centres[0]
    radius, taper = radii_m[0], radii_m[0] - radii_m[1]
    long, start, far = float(axis @ axis), float(axis @ offset), float(offset @ offset)
    tight = long - taper**2
    if tight <= 0.0:  # one ball lies within the other
        return np.full(squared.shape, _FAR, np.float32)
    on_axis, on_offset = rays.along(axis), rays.along(offset)
    second = np.float32(tight) * squared - on_axis * on_axis
    first = np.float32(tight) * on_offset + np.float32(taper * radius - start) * on_axis
    none = np.float32(tight * far - start**2 + 2.0 * start * taper * radius - long * radius**2)
    inside = first * first - second * none
    depth = (-first - np.sqrt(np.maximum(inside, 0.0))) / np.maximum(second, 1e-9)
    height = np.float32(start - radius * taper) + depth * on_axis
    good = (inside > 0.0) & (height > 0.0) & (height < tight)
    return np.where(good, depth, _FAR)


def _outward(capsule: Capsule, position_m: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the outward normals (N, 3) of points on a capsule."""
    squash = capsule.squash()
    start, end = squash @ capsule.start_m, squash @ capsule.end_m
    point = position_m @ squash.T.astype(np.float32)
    axis = end - start
    long, taper = float(axis @ axis), capsule.start_radius_m - capsule.end_radius_m
    part = (point - start.astype(np.float32)) @ axis.astype(np.float32)
    if long > taper**2:  # the foot of the normal lies a little towards the larger ball
        away = np.linalg.norm(point - start - part[:, None] / long * axis, axis=1)
        part = part - away * taper * np.sqrt(long / (long - taper**2))
    foot = start + np.clip(part / max(long, 1e-12), 0.0, 1.0)[:, None] * axis
    normal = (point - foot.astype(np.float32)) @ squash.astype(np.float32)
    return np.asarray(normal / (np.linalg.norm(normal, axis=1, keepdims=True) + 1e-9), dtype=np.float32)
