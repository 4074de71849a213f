"""One piece of a dressed body, and how pieces are put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Piece", "joined", "mirrored"]


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A surface of one material.

    Parameters
    ----------
    material
        One of `midstance.virtual.body.MATERIALS`.
    points, faces
        Standing (V, 3) [m], (F, 3).
    weights
        Parts of our bones (V, B).
    colours
        Displayed red, green, blue (V, 3), 0 to 255.
    """

    material: str
    points: Array
    faces: NDArray[np.int64]
    weights: Array
    colours: Array


def mirrored(piece: Piece, swap: Sequence[int]) -> Piece:
    """Return the mirror image of a piece; `swap` names each bone's counterpart."""
    return replace(
        piece,
        points=piece.points * [1.0, 1.0, -1.0],
        faces=piece.faces[:, ::-1],
        weights=piece.weights[:, list(swap)],
    )


def joined(pieces: Sequence[Piece]) -> tuple[Array, NDArray[np.int64], Array, Array, list[str]]:
    """Return points, faces, weights, colours and the material of each vertex of all pieces."""
    starts = np.cumsum([0, *(len(piece.points) for piece in pieces[:-1])])
    return (
        np.concatenate([piece.points for piece in pieces]),
        np.concatenate([piece.faces + start for piece, start in zip(pieces, starts, strict=True)]),
        np.concatenate([piece.weights for piece in pieces]),
        np.concatenate([piece.colours for piece in pieces]),
        [piece.material for piece in pieces for _ in range(len(piece.points))],
    )
