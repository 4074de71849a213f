"""Where a runner can be filmed: what stands there, its light, and how it looks while nobody runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from midstance.virtual.mesh import Mesh, joined
from midstance.virtual.rasterising import Canvas, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from midstance.virtual.eye import Eye
    from midstance.virtual.rasterising import Light

    Picture = NDArray[np.float32]
    Corners = tuple[tuple[float, float, float], tuple[float, float, float]]

__all__ = ["Backdrop", "Course", "Place", "backdrop", "mirrored", "shaded_near", "tilted"]

_UP, _GROUND_BELOW_M = 0.9, 0.06  # what faces up and lies no higher takes the runner's shadow


@dataclass(frozen=True, slots=True)
class Course:
    """Where a run leads.

    Parameters
    ----------
    half_m, travel_m
        Where along X the runner is half-way, and how far it runs [m]; nothing on a treadmill.
    slope
        Rise of the ground over its length.
    """

    half_m: float = 0.0
    travel_m: float = 0.0
    slope: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Everything that stands around the runner.

    Parameters
    ----------
    still
        What does not move.
    belt
        The belt of the treadmill; None over ground.
    light
        Its light.
    surface
        What the runner runs on.
    """

    still: Mesh
    belt: Mesh | None
    light: Light
    surface: Literal["treadmill", "overground"]


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """A place as one camera sees it, without the runner, and the belt black.

    Parameters
    ----------
    light
        Linear light (H, W, 3).
    near
        1/distance of what the middle of each pixel shows (H, W) [1/m].
    ground, belt
        How much of each pixel shows the ground, and the belt (H, W).
    height_m
        How high the ground lies in each pixel (H, W) [m].
    """

    light: Picture
    near: Picture
    ground: Picture
    belt: Picture
    height_m: Picture


def backdrop(place: Place, eye: Eye, size: tuple[int, int], eyes: Sequence[Eye]) -> Backdrop:
    """Return how a place looks from somewhere.

    Parameters
    ----------
    place
        The place.
    eye
        The view.
    size
        Height and width of the picture [px].
    eyes
        The view for each ray of a pixel: of one that moves, at instants while the shutter is open.

    Returns
    -------
    Backdrop
        With smooth edges.
    """
    mesh = place.still if place.belt is None else joined([place.still, place.belt])
    first_of_belt = len(place.still.faces)
    light, cover = np.zeros((*size, 3), np.float32), np.zeros(size, np.float32)
    ground, belt = np.zeros(size, np.float32), np.zeros(size, np.float32)
    level = _level(mesh)
    level[first_of_belt:] = True
    for view, (down, across) in zip(eyes, spread(len(eyes)), strict=True):
        canvas = Canvas.empty(view, size)
        canvas.draw(mesh, (across, down))
        canvas.shade(mesh, place.light, light, cover)
        seen = np.maximum(canvas.face, 0)
        ground += level[seen]
        belt += (canvas.face >= first_of_belt).astype(np.float32)
    middle = Canvas.empty(eye, size)
    middle.draw(mesh)
    height = np.where(level[np.maximum(middle.face, 0)], middle.places_m(mesh)[..., 1], 0.0)
    share = np.float32(1.0 / len(eyes))
    return Backdrop(share * light, middle.near, share * ground, share * belt, _grown(height, level, middle))


def tilted(mesh: Mesh, slope: float) -> Mesh:
    """Return a mesh turned about the Z axis by the slope of the ground."""
    angle = np.arctan(slope)
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    turn = np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]], np.float32)
    return mesh.moved(mesh.vertices_m @ turn, mesh.normals @ turn)


def mirrored(mesh: Mesh) -> Mesh:
    """Return a mesh with left and right exchanged."""
    flip = np.array([1.0, 1.0, -1.0], np.float32)
    return mesh.moved(mesh.vertices_m * flip, mesh.normals * flip)


def shaded_near(mesh: Mesh, boxes: Sequence[Corners], deep: float = 0.65, wide_m: float = 0.14) -> Mesh:
    """Return a mesh that is darker where something stands on it or hangs low above it.

    Parameters
    ----------
    mesh
        What is to be darkened.
    boxes
        Lowest and highest corners [m] of what stands there.
    deep
        How much of the sky is taken right below.
    wide_m
        How far this reaches [m].

    Returns
    -------
    Mesh
        With another `reached`.
    """
    x, y, z = mesh.vertices_m.T
    free = np.ones(len(x))
    for low, high in boxes:
        outside = np.hypot(
            np.maximum(np.maximum(low[0] - x, x - high[0]), 0.0),
            np.maximum(np.maximum(low[2] - z, z - high[2]), 0.0),
        )
        above = np.maximum(low[1] - y, 0.0)
        below = y < 0.5 * (low[1] + high[1])
        free *= 1.0 - deep * below * np.exp(-outside / wide_m - above / (2.0 * wide_m))
    return mesh.lit(mesh.reached * np.stack([0.25 + 0.75 * free, free], axis=1))


def _level(mesh: Mesh) -> NDArray[np.bool_]:
    """Return which faces (F,) are ground."""
    corner = mesh.faces[:, 0]
    up = np.abs(mesh.normals[corner, 1]) > _UP
    return np.asarray(up & (mesh.vertices_m[corner, 1] < _GROUND_BELOW_M))


def _grown(height: NDArray[np.floating], level: NDArray[np.bool_], middle: Canvas) -> Picture:
    """Return heights in which the pixels beside ground have its height too: for edges."""
    known = np.where(level[np.maximum(middle.face, 0)], height, -np.inf)
    near = known.copy()
    near[1:] = np.maximum(near[1:], known[:-1])
    near[:-1] = np.maximum(near[:-1], known[1:])
    return np.where(np.isfinite(known), height, np.where(np.isfinite(near), near, 0.0)).astype(np.float32)
