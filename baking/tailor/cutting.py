"""Scissors and iron: cut a surface along a line, smooth it, find its edges and normals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Faces = NDArray[np.int64]

__all__ = [
    "compact",
    "cut",
    "divided",
    "edges_of",
    "neighbour_mean",
    "normals",
    "rim",
    "smoothed",
    "smoothstep",
]


_NEAR = 1e-5  # a field so near to 0 lies on the line


def smoothstep(x: Array | float, low: float, high: float) -> Array:
    """Return 0 below, 1 above, smooth between."""
    part = np.clip((np.asarray(x) - low) / (high - low), 0.0, 1.0)
    return np.asarray(part * part * (3.0 - 2.0 * part))


def normals(points: Array, faces: Faces) -> Array:
    """Return unit normals of the vertices (V, 3)."""
    a, b, c = (points[faces[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    total = np.zeros_like(points)
    for k in range(3):
        np.add.at(total, faces[:, k], across)
    return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12))


def edges_of(faces: Faces) -> Faces:
    """Return the directed edges (3F, 2)."""
    return np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])


def neighbour_mean(faces: Faces, count: int) -> sp.csr_matrix:
    """Return the matrix (V, V) whose product is the mean of the neighbours; lonely vertices stay."""
    edges = edges_of(faces)
    pairs = np.concatenate([edges, edges[:, ::-1]])
    near = sp.coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count)).tocsr()
    near.data[:] = 1.0
    degree = np.asarray(near.sum(axis=1)).ravel()
    lonely = sp.diags((degree == 0).astype(float))
    return (sp.diags(1.0 / np.maximum(degree, 1.0)) @ near + lonely).tocsr()


def rim(faces: Faces) -> Faces:
    """Return the directed edges (E, 2) that belong to one face only."""
    edges = edges_of(faces)
    _, first, count = np.unique(np.sort(edges, axis=1), axis=0, return_index=True, return_counts=True)
    return np.asarray(edges[first[count == 1]])


def compact(table: Array, faces: Faces) -> tuple[Array, Faces]:
    """Return only the rows that faces use."""
    used, flat = np.unique(faces, return_inverse=True)
    return table[used], flat.reshape(-1, 3)


def cut(table: Array, faces: Faces, field: Array) -> tuple[Array, Faces]:
    """Return the part of a surface where a field is positive, cut through the faces at 0.

    Parameters
    ----------
    table
        Everything known of each vertex (V, C); interpolated along cut edges.
    faces
        Triangles (F, 3).
    field
        (V,).

    Returns
    -------
    tuple of ndarray
        Table and faces.
    """
    field = np.where(np.abs(field) < _NEAR, 0.0, field)
    inside = field >= 0.0
    count = inside[faces].sum(axis=1)
    crossing = faces[(count > 0) & (count < 3)]  # noqa: PLR2004  # three corners
    edges = np.sort(edges_of(crossing), axis=1)
    edges = np.unique(edges[inside[edges[:, 0]] != inside[edges[:, 1]]], axis=0)
    a, b = edges[:, 0], edges[:, 1]
    part = (field[a] / (field[a] - field[b]))[:, None]
    made = table[a] + part * (table[b] - table[a])
    number = {(int(p), int(q)): len(table) + i for i, (p, q) in enumerate(edges)}
    split = [piece for face in crossing for piece in _split(face, inside, number)]
    kept = [faces[count == 3], np.array(split, np.int64).reshape(-1, 3)]  # noqa: PLR2004
    new = np.concatenate(kept)
    flat = (new[:, 0] == new[:, 1]) | (new[:, 1] == new[:, 2]) | (new[:, 2] == new[:, 0])
    return compact(np.concatenate([table, made]), new[~flat])


def divided(table: Array, faces: Faces, columns: list[int]) -> tuple[Array, Faces, NDArray[np.bool_]]:
    """Return a surface cut through at 0 of some columns, all parts kept, and where all are positive."""
    table = np.concatenate([table, np.ones((len(table), 1))], axis=1)
    for column in columns:
        field = np.where(np.abs(table[:, column]) < _NEAR, _NEAR, table[:, column])
        one, one_faces = cut(table, faces, field)
        other, other_faces = cut(table, faces, -field)
        other[:, -1] = 0.0
        table = np.concatenate([one, other])
        faces = np.concatenate([one_faces, other_faces + len(one)])
    return table[:, :-1], faces, table[:, -1] > 0.5  # noqa: PLR2004  # a flag


def smoothed(values: Array, points: Array, faces: Faces, width_m: float) -> Array:
    """Return values (V, C) on a surface without what is smaller than a width, however dense its mesh.

    A Gaussian mean over what is near and faces the same way, each vertex by its area.
    """
    out = normals(points, faces)
    a, b, c = (points[faces[:, k]] for k in range(3))
    area = np.zeros(len(points))
    for k in range(3):
        np.add.at(area, faces[:, k], np.linalg.norm(np.cross(b - a, c - a), axis=1) / 6.0)
    pairs = cKDTree(points).query_pairs(2.5 * width_m, output_type="ndarray")
    i, j = np.concatenate([pairs, pairs[:, ::-1]]).T
    alike = np.maximum(np.einsum("ni,ni->n", out[i], out[j]), 0.0)
    weight = np.exp(-0.5 * np.sum((points[i] - points[j]) ** 2, axis=1) / width_m**2) * alike * area[j]
    near = sp.coo_matrix((weight, (i, j)), shape=(len(points), len(points))).tocsr() + sp.diags(area)
    return np.asarray(sp.diags(1.0 / np.asarray(near.sum(axis=1)).ravel()) @ (near @ values))


def _split(
    face: NDArray[np.int64], inside: NDArray[np.bool_], number: dict[tuple[int, int], int]
) -> list[tuple[int, int, int]]:
    """Return what stays of one cut triangle."""
    corners = [int(c) for c in face]
    ring: list[int] = []
    for here, there in zip(corners, corners[1:] + corners[:1], strict=True):
        if inside[here]:
            ring.append(here)
        if inside[here] != inside[there]:
            ring.append(number[min(here, there), max(here, there)])
    return [(ring[0], ring[i], ring[i + 1]) for i in range(1, len(ring) - 1)]
