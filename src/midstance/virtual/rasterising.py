"""Triangles into pixels: perspective, nearest first, light, shadows of the runner on itself."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.errors import MissingExtraError
from midstance.virtual.materials import bumps, table, textures

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.virtual.eye import Eye
    from midstance.virtual.mesh import Mesh

    Picture = NDArray[np.float32]

__all__ = ["Canvas", "Light", "kernels", "on_screen", "reach", "shadowed", "spread"]

_MAP_PX = 448
_MARGIN_PX = 16
_LEAST_SKY = 0.3  # comes from the side to what has something above it
_LIGHT_AWAY_M = 10.0  # of the plane from which depth towards a lamp is counted


@dataclass(frozen=True, slots=True)
class Light:
    """One lamp and the light from all around.

    Parameters
    ----------
    direction
        Towards the lamp: X, Y, Z; any length.
    key, sky, below
        Light of the lamp, from above and from below: red, green, blue; a white sheet that faces all of
        one lights the picture with it.
    """

    direction: tuple[float, float, float] = (0.3, 0.85, 0.42)
    key: tuple[float, float, float] = (0.62, 0.60, 0.56)
    sky: tuple[float, float, float] = (0.34, 0.35, 0.37)
    below: tuple[float, float, float] = (0.13, 0.12, 0.11)

    def unit(self) -> NDArray[np.float64]:
        """Return the direction to the lamp (3,), of length 1."""
        return np.asarray(np.array(self.direction) / np.linalg.norm(self.direction))


def kernels() -> Any:  # noqa: ANN401  # a module
    """Return the compiled loops.

    Returns
    -------
    module
        `midstance.virtual.compiled`.

    Raises
    ------
    MissingExtraError
        If numba is not installed.
    """
    try:
        return import_module("midstance.virtual.compiled")
    except ModuleNotFoundError as error:
        if error.name != "numba":
            raise
        raise MissingExtraError(
            "numba is missing, which draws the virtual runner",
            "midstance.virtual",
            "pip install 'midstance[virtual]'",
        ) from error


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """A part of the picture that triangles are drawn into; what is nearest stays.

    Parameters
    ----------
    eye
        The view of this part, at the resolution that is drawn.
    near
        1/distance of what is drawn (H, W) [1/m]; 0 where nothing is.
    face
        Which face of the mesh it is (H, W); −1 where none.
    weight
        Weights of the second and third corner (H, W, 2).
    """

    eye: Eye
    near: Picture
    face: NDArray[np.int32]
    weight: Picture

    @classmethod
    def empty(cls, eye: Eye, size: tuple[int, int], near: Picture | None = None) -> Canvas:
        """Return a canvas on which nothing is drawn, behind things of a given nearness."""
        nearest = np.zeros(size, np.float32) if near is None else np.array(near, np.float32)
        return cls(eye, nearest, np.full(size, -1, np.int32), np.zeros((*size, 2), np.float32))

    def draw(self, mesh: Mesh, shift_px: tuple[float, float] = (0.0, 0.0)) -> None:
        """Draw the triangles of a mesh, its picture shifted by columns and rows."""
        screen = on_screen(mesh.vertices_m, self.eye)
        screen[:, :2] += np.array(shift_px, np.float32)
        kernels().rasterise(screen, mesh.faces, self._drawn())

    def shade(self, mesh: Mesh, light: Light, onto: Picture, cover: Picture) -> None:
        """Add the light of the mesh that was drawn to a picture (H, W, 3), and 1 to its cover (H, W)."""
        k = kernels()
        corners = k.Corners(
            mesh.vertices_m,
            mesh.faces,
            mesh.normals,
            mesh.colour,
            mesh.surface_m,
            mesh.reached,
            mesh.material,
        )
        lamp = (np.array(v, np.float32) for v in (light.unit(), light.key, light.sky, light.below))
        lamps = k.Lamps(*lamp, self.eye.position_m.astype(np.float32), np.float32(self.eye.focal_px))
        k.shade(self._drawn(), corners, k.Paint(table(), textures(), bumps()), lamps, onto, cover)

    def places_m(self, mesh: Mesh) -> Picture:
        """Return where in the lab each pixel is (H, W, 3) [m]; NaN where nothing is drawn."""
        corner = mesh.vertices_m[mesh.faces[np.maximum(self.face, 0)]]
        b, c = self.weight[..., :1], self.weight[..., 1:]
        place = corner[..., 0, :] * (1 - b - c) + corner[..., 1, :] * b + corner[..., 2, :] * c
        return np.asarray(np.where(self.face[..., None] >= 0, place, np.nan), dtype=np.float32)

    def _drawn(self) -> Any:  # noqa: ANN401  # a tuple of the kernels
        """Return the pixels as the kernels take them."""
        return kernels().Drawn(self.near, self.face, self.weight)


def on_screen(points_m: NDArray[np.floating], eye: Eye) -> Picture:
    """Return column, row [px] and distance along the view [m] of points in the lab.

    Parameters
    ----------
    points_m
        (N, 3) [m].
    eye
        The view.

    Returns
    -------
    ndarray
        (N, 3); the middle of the first pixel is at 0.5, 0.5.
    """
    seen = (points_m.astype(np.float64) - eye.position_m) @ eye.axes.T
    depth = seen[:, 2]
    safe = np.where(np.abs(depth) < 1e-6, 1e-6, depth)  # noqa: PLR2004  # behind the eye: not drawn
    seen[:, :2] = seen[:, :2] * (eye.focal_px / safe)[:, None] + eye.middle_px
    return seen.astype(np.float32)


def reach(
    screens: list[Picture], size: tuple[int, int], margin_px: int = 3
) -> tuple[int, int, int, int] | None:
    """Return the part of the picture that points cover.

    Parameters
    ----------
    screens
        Points as `on_screen` gives them (N, 3), of any number of instants.
    size
        Height and width of the picture [px].
    margin_px
        Added all around [px].

    Returns
    -------
    tuple or None
        Top, bottom, left, right [px], half open; None if nothing is within the picture.
    """
    seen = np.concatenate(screens)
    seen = seen[seen[:, 2] > 0]
    if not len(seen):
        return None
    left, top = np.floor(seen[:, :2].min(axis=0)).astype(int) - margin_px
    right, bottom = np.ceil(seen[:, :2].max(axis=0)).astype(int) + margin_px
    top, left, bottom, right = max(top, 0), max(left, 0), min(bottom, size[0]), min(right, size[1])
    return (int(top), int(bottom), int(left), int(right)) if top < bottom and left < right else None


def spread(rays: int) -> list[tuple[float, float]]:
    """Return where within a pixel its rays go.

    Parameters
    ----------
    rays
        How many.

    Returns
    -------
    list of tuple
        Down and across from its middle [px]: evenly over the pixel, in both directions, with mean 0.
    """
    down = (np.arange(rays) + 0.5) / rays - 0.5
    across = np.array([int(f"{i:016b}"[::-1], 2) / 2.0**16 for i in range(rays)])  # as van der Corput has it
    across -= across.mean()
    return [(float(d), float(a)) for d, a in zip(down, across, strict=True)]


def shadowed(mesh: Mesh, light: Light) -> Mesh:
    """Return a body that keeps lamp and sky from itself.

    Parameters
    ----------
    mesh
        The body; its `reached` is multiplied by what the posture leaves free.
    light
        The lamp.

    Returns
    -------
    Mesh
        The same body, darker where it is in its own shadow.
    """
    reached = np.array(mesh.reached.T, order="C")
    sky = np.array([0.0, 1.0, 0.0])
    for share, towards, spread in zip(reached, (light.unit(), sky), (1, 6), strict=True):
        rows, near = _shadow(mesh, towards)
        kernels().light_reaching(mesh.vertices_m, mesh.normals, rows, near, spread, share)
    reached[1] = _LEAST_SKY + (1.0 - _LEAST_SKY) * reached[1]
    return mesh.lit(np.ascontiguousarray(reached.T))


def _shadow(mesh: Mesh, towards: NDArray[np.float64]) -> tuple[Picture, Picture]:
    """Return the rows of a map along a light, and the nearness of the body in it."""
    first = np.cross(towards, [0.0, 0.0, 1.0])
    first = first / np.linalg.norm(first)
    axes = np.stack([first, np.cross(towards, first), -towards])
    seen = mesh.vertices_m.astype(np.float64) @ axes.T
    low, high = seen.min(axis=0), seen.max(axis=0)
    scale = (_MAP_PX - 2 * _MARGIN_PX) / max(high[0] - low[0], high[1] - low[1])
    rows = np.zeros((3, 4))
    rows[:2, :3], rows[2, :3] = scale * axes[:2], axes[2]
    rows[:2, 3], rows[2, 3] = _MARGIN_PX - scale * low[:2], _LIGHT_AWAY_M - low[2]
    screen = (mesh.vertices_m @ rows[:, :3].T + rows[:, 3]).astype(np.float32)
    near = np.zeros((_MAP_PX, _MAP_PX), np.float32)
    drawn = kernels().Drawn(near, np.empty(near.shape, np.int32), np.empty((*near.shape, 2), np.float32))
    kernels().rasterise(screen, mesh.faces, drawn)
    return rows.astype(np.float32), near
