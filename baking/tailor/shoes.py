"""A pair of shoes: the shaped surface with bones and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.virtual.bones import BONES
from tailor.cloth import Band
from tailor.cutting import compact, divided, smoothstep
from tailor.piece import Piece
from tailor.shoe import shoe_surface

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tailor.standing import Standing
    from tailor.wardrobe import Look

    Array = NDArray[np.float64]

__all__ = ["shod", "shoe_piece"]

_RUBBER = (58, 58, 60)
_BONES = len(BONES)


def shod(body: Standing) -> NDArray[np.bool_]:
    """Return which vertices of the skin are within the shoes (V,)."""
    ankle = body.at["foot"]
    return np.asarray(
        (body.part("foot", "toe", "lowerleg02") > 0.5) & (body.points[:, 1] < ankle[1] + 0.006)  # noqa: PLR2004
    )


def shoe_piece(body: Standing, look: Look) -> list[Piece]:
    """Return the right shoe: upper and sole."""
    shoe = shoe_surface(body)
    ball = body.at["toe2-1"][0] - 0.01
    bend = smoothstep(shoe.points[:, 0], ball - 0.022, ball + 0.022)
    weights = np.zeros((len(bend), _BONES))
    weights[:, BONES.index("right_toes")] = bend
    weights[:, BONES.index("right_foot")] = 1.0 - bend
    along, level = shoe.along, shoe.level
    across = along - 0.50 + 0.24 * (level - 1.3)
    upper = (
        Band((along - 0.90, 1.32 - level), look.accent),
        Band((0.115 - along, 1.70 - level), look.accent),
        Band((0.028 - across, across + 0.028, 1.72 - level), look.accent),
        Band((level - 1.93,), look.collar),
    )
    low = level[shoe.faces].max(axis=1) <= 1.0
    rubber = (Band((0.05 - level,), _RUBBER),)
    return [
        _painted("shoe", shoe.points, weights, shoe.faces[~low], look.shoe, upper),
        _painted("sole", shoe.points, weights, shoe.faces[low], look.midsole, rubber),
    ]


def _painted(
    material: str,
    points: Array,
    weights: Array,
    faces: NDArray[np.int64],
    colour: tuple[int, int, int],
    bands: tuple[Band, ...],
) -> Piece:
    """Return a part of a shoe in its colours, cut where they meet."""
    base = np.tile(np.array(colour, float), (len(points), 1))
    fields = np.stack([field for band in bands for field in band.fields], axis=1)
    table, faces = compact(np.concatenate([points, base, weights, fields], axis=1), faces)
    column = 6 + _BONES
    for band in bands:
        table, faces, within = divided(table, faces, list(range(column, column + len(band.fields))))
        table[within, 3:6] = band.colour
        column += len(band.fields)
    return Piece(material, table[:, :3], faces, table[:, 6 : 6 + _BONES], table[:, 3:6])
