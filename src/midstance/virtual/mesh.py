"""Triangles to be drawn: where their corners are, how they are turned and what they are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Mesh", "box", "joined", "sheet", "sphere"]


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """Triangles with what is needed to shade them.

    Parameters
    ----------
    vertices_m
        Corners in the lab (V, 3) [m].
    faces
        Three corners each (F, 3); seen from both sides.
    normals
        Unit vectors (V, 3).
    colour
        Linear light, red green blue (V, 3).
    surface_m
        Where on the surface a corner lies (V, 3) [m]: along and across a flat thing, or the place on the
        standing body; patterns hang on it, so that they move with the surface.
    reached
        Part of the lamp and of the sky that reaches a corner (V, 2), 0 to 1.
    material
        Of each face (F,), an index into the table of materials.
    """

    vertices_m: NDArray[np.float32]
    faces: NDArray[np.int32]
    normals: NDArray[np.float32]
    colour: NDArray[np.float32]
    surface_m: NDArray[np.float32]
    reached: NDArray[np.float32]
    material: NDArray[np.int32]

    def moved(self, vertices_m: NDArray[np.float32], normals: NDArray[np.float32]) -> Mesh:
        """Return the same mesh in another posture."""
        return replace(self, vertices_m=vertices_m, normals=normals)

    def lit(self, reached: NDArray[np.floating]) -> Mesh:
        """Return the same mesh where other parts (V, 2) of lamp and sky reach it."""
        return replace(self, reached=np.asarray(reached, dtype=np.float32))


def joined(parts: list[Mesh]) -> Mesh:
    """Return several meshes as one.

    Parameters
    ----------
    parts
        At least one.

    Returns
    -------
    Mesh
        With the parts in their order.
    """
    starts = np.cumsum([0, *(len(part.vertices_m) for part in parts[:-1])])
    return Mesh(
        vertices_m=np.concatenate([p.vertices_m for p in parts]),
        faces=np.concatenate(
            [p.faces + np.int32(start) for p, start in zip(parts, starts, strict=True)]
        ).astype(np.int32),
        normals=np.concatenate([p.normals for p in parts]),
        colour=np.concatenate([p.colour for p in parts]),
        surface_m=np.concatenate([p.surface_m for p in parts]),
        reached=np.concatenate([p.reached for p in parts]),
        material=np.concatenate([p.material for p in parts]),
    )


def sheet(
    corner_m: ArrayLike,
    along_m: ArrayLike,
    across_m: ArrayLike,
    colour: ArrayLike,
    material: int,
    piece_m: float = 0.5,
) -> Mesh:
    """Return a flat parallelogram, cut into pieces.

    Parameters
    ----------
    corner_m, along_m, across_m
        One corner, and the two edges that leave it (3,) [m].
    colour
        Linear light (3,).
    material
        Index into the table of materials.
    piece_m
        Longest edge of a piece [m].

    Returns
    -------
    Mesh
        Whose normal is the cross product of the edges.
    """
    corner, along, across = (np.asarray(v, dtype=np.float64) for v in (corner_m, along_m, across_m))
    counts = [max(int(np.ceil(np.linalg.norm(e) / piece_m)), 1) for e in (along, across)]
    i, j = (x.ravel() for x in np.meshgrid(*(np.arange(n + 1) for n in counts), indexing="ij"))
    part = np.stack([i / counts[0], j / counts[1]], axis=1)
    lengths = np.array([np.linalg.norm(along), np.linalg.norm(across)])
    normal = np.cross(along, across)
    places = np.concatenate([part * lengths, np.zeros((len(part), 1))], axis=1)
    return _made(
        corner + part @ np.stack([along, across]),
        _grid_faces(*counts),
        np.broadcast_to(normal / np.linalg.norm(normal), (len(part), 3)),
        colour,
        places,
        material,
    )


def box(low_m: ArrayLike, high_m: ArrayLike, colour: ArrayLike, material: int, piece_m: float = 1.0) -> Mesh:
    """Return an upright box.

    Parameters
    ----------
    low_m, high_m
        Its lowest and highest corner (3,) [m].
    colour
        Linear light (3,).
    material
        Index into the table of materials.
    piece_m
        Longest edge of a piece [m].

    Returns
    -------
    Mesh
        With six faces.
    """
    low, high = np.asarray(low_m, dtype=np.float64), np.asarray(high_m, dtype=np.float64)
    size, faces = high - low, []
    for axis in range(3):
        one, two = np.zeros(3), np.zeros(3)
        one[(axis + 1) % 3], two[(axis + 2) % 3] = size[(axis + 1) % 3], size[(axis + 2) % 3]
        if axis == 0:  # patterns stand upright on every side
            one, two = -two, one
        far = low.copy()
        far[axis] = high[axis]
        base = np.where(one < 0, -one, 0.0)
        faces += [
            sheet(low + base + one, -one, two, colour, material, piece_m),
            sheet(far + base, one, two, colour, material, piece_m),
        ]
    return joined(faces)


def sphere(middle_m: ArrayLike, radius_m: float, colour: ArrayLike, material: int, rings: int = 12) -> Mesh:
    """Return a ball.

    Parameters
    ----------
    middle_m
        (3,) [m].
    radius_m
        [m].
    colour
        Linear light (3,).
    material
        Index into the table of materials.
    rings
        Pieces from pole to pole.

    Returns
    -------
    Mesh
        With the normals of the ball.
    """
    i, j = (x.ravel() for x in np.meshgrid(np.arange(rings + 1), np.arange(2 * rings + 1), indexing="ij"))
    polar, turn = np.pi * i / rings, np.pi * j / rings
    normal = np.stack([np.sin(polar) * np.cos(turn), np.cos(polar), np.sin(polar) * np.sin(turn)], axis=1)
    middle = np.asarray(middle_m, dtype=np.float64)
    places = radius_m * np.stack([turn, polar, np.zeros_like(turn)], axis=1)
    return _made(middle + radius_m * normal, _grid_faces(rings, 2 * rings), normal, colour, places, material)


def _grid_faces(rows: int, columns: int) -> NDArray[np.int32]:
    """Return the triangles of a grid of (rows + 1) × (columns + 1) corners."""
    first = (np.arange(rows)[:, None] * (columns + 1) + np.arange(columns)).ravel()
    corners = first[:, None] + np.array([0, columns + 1, columns + 2, 1])
    return np.concatenate([corners[:, [0, 1, 2]], corners[:, [0, 2, 3]]]).astype(np.int32)


def _made(
    vertices: NDArray[np.float64],
    faces: NDArray[np.int32],
    normals: NDArray[np.float64],
    colour: ArrayLike,
    places: NDArray[np.float64],
    material: int,
) -> Mesh:
    """Return a mesh of one colour and material under the open sky."""
    count = len(vertices)
    return Mesh(
        vertices_m=vertices.astype(np.float32),
        faces=faces,
        normals=np.array(normals, dtype=np.float32),
        colour=np.array(np.broadcast_to(np.asarray(colour, dtype=np.float32), (count, 3))),
        surface_m=places.astype(np.float32),
        reached=np.ones((count, 2), np.float32),
        material=np.full(len(faces), material, np.int32),
    )
