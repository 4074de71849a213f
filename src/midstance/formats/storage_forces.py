"""Ground forces among the columns of OpenSim storage files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import InputError
from midstance.formats.plate_geometry import LOADED_N
from midstance.model import Forces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["force_columns", "ground_forces", "upward"]

_NAME = re.compile(
    r"(?P<before>.*?)_?ground_(?P<kind>force|torque|moment)_?(?P<after>.*?)_?(?P<what>[vpm]?)(?P<axis>[xyz])",
    re.IGNORECASE,
)
_Columns = dict[tuple[str, str], int]


def force_columns(names: Sequence[str]) -> dict[str, _Columns]:
    """Return plate → (`force`, `place` or `torque`, axis) → column."""
    plates: dict[str, _Columns] = {}
    for column, name in enumerate(names):
        if parts := _NAME.fullmatch(name):
            what = "place" if parts["what"].lower() == "p" else "force"
            kind = what if parts["kind"].lower() == "force" else "torque"
            plate = parts["before"] or parts["after"] or "1"
            plates.setdefault(plate, {})[kind, parts["axis"].lower()] = column
    return plates


def ground_forces(
    rows: NDArray[np.float64], plates: dict[str, _Columns], metres: float, where: str
) -> Forces:
    """Return the forces of the plates; the centre of pressure is NaN where a plate is not loaded."""
    force, place, torque = (_triples(rows, plates, kind, where) for kind in ("force", "place", "torque"))
    up = upward(force)
    unloaded = ~(force @ up > LOADED_N)
    place = np.where(unloaded[..., None], np.nan, place * metres)
    free = np.where(unloaded, np.nan, torque @ up)
    return Forces(np.nan_to_num(force), place, free, rows[:, 0], tuple(plates), "file")


def upward(force_n: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the axis (3,) along which forces (T, P, 3) push the most, with its sign."""
    total = np.nansum(force_n * np.abs(force_n), axis=(0, 1))
    axis = int(np.argmax(np.abs(total)))
    up = np.zeros(3)
    up[axis] = -1.0 if total[axis] < 0 else 1.0
    return up


def _triples(
    rows: NDArray[np.float64], plates: dict[str, _Columns], kind: str, where: str
) -> NDArray[np.float64]:
    """Return one kind of column as (T, P, 3); a moment that is not given is NaN."""
    values = np.full((len(rows), len(plates), 3), np.nan)
    for p, (plate, columns) in enumerate(plates.items()):
        for axis, letter in enumerate("xyz"):
            column = columns.get((kind, letter))
            if column is not None:
                values[:, p, axis] = rows[:, column]
            elif kind != "torque":
                what = f"plate {plate} lacks its {kind} along {letter}"
                raise InputError(what, where, "export force, centre of pressure and torque of each plate")
    return values
