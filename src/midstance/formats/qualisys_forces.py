"""One plate of a Qualisys recording: its TSV file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import InputError
from midstance.formats.labels import unique
from midstance.formats.number_rows import number_rows, steady_clock, text_lines
from midstance.formats.plate_geometry import (
    TURNED,
    Wrench,
    corners_as_text,
    joined,
    plate_axes,
    surface_loads,
)
from midstance.formats.qualisys_heading import Heading, heading_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from midstance.model import Forces

    Array = NDArray[np.float64]

__all__ = ["PlateFile", "joined_files", "read_plate"]

_QUADRANTS = ("POSX_POSY", "NEGX_POSY", "NEGX_NEGY", "POSX_NEGY")
_WIDTH = 8  # sample, time, force, moment; what follows is not used
_A_SAMPLE_S = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class PlateFile:
    """What one file holds: the plate's name, corners (4, 3), wrench and clock (T,) [s]."""

    name: str
    corners: Array
    wrench: Wrench
    time_s: Array


def read_plate(path: Path, metres: float) -> PlateFile:
    """Return what a plate felt that was exported in the axes of the laboratory."""
    lines = text_lines(path)
    heading = heading_of(lines)
    if "local" in heading.text("DESCRIPTION").lower():
        raise InputError(
            "the forces are in the plate's own axes", path.name, "export them in lab coordinates"
        )
    corners = _corners(heading, path.name) * metres
    rows = number_rows(lines, heading.end + 1, _WIDTH, path.name)
    if not len(rows):
        raise InputError("the file holds no samples", path.name, "export it again")
    time_s = steady_clock(rows[:, 1], heading.number("FREQUENCY"))[0]
    name = heading.text("FORCE_PLATE_NAME") or path.stem.rpartition("_")[2]
    lever = _lever(heading, corners, path.name) * metres
    moment = rows[:, 5:8] - np.cross(lever, rows[:, 2:5])
    return PlateFile(name, corners, Wrench(rows[:, 2:5], moment), time_s)


def joined_files(
    plates: Sequence[PlateFile], above: Array | None, where: str
) -> tuple[Forces, dict[str, str]]:
    """Return the plates as one, their clocks being the same, and what the files say."""
    clocks = [plate.time_s for plate in plates]
    if any(len(clock) != len(clocks[0]) or np.abs(clock - clocks[0]).max() > _A_SAMPLE_S for clock in clocks):
        raise InputError("the plates' files have different clocks", where, "export them from one recording")
    names = unique(plate.name for plate in plates)
    corners = [plate.corners for plate in plates]
    loads = surface_loads([plate.wrench for plate in plates], corners, above)
    said = {f"{name}_corners_m": corners_as_text(four) for name, four in zip(names, corners, strict=True)}
    turned = {f"{name}_sign": TURNED for name, load in zip(names, loads, strict=True) if load.turned}
    return joined(names, loads, clocks[0]), said | turned


def _corners(heading: Heading, where: str) -> Array:
    keys = [[f"FORCE_PLATE_CORNER_{quadrant}_{axis}" for axis in "XYZ"] for quadrant in _QUADRANTS]
    corners = np.array([[heading.number(key) for key in row] for row in keys])
    if not np.isfinite(corners).all():
        raise InputError("the plate's corners are not given", where, "export the forces with their header")
    return corners


def _lever(heading: Heading, corners: Array, where: str) -> Array:
    """Return the way (3,) from the point that moments are about to the middle of the surface.

    The file gives it in the plate's axes, its depth without a sign: the surface lies above that point.
    """
    offset = np.array([heading.number(f"FORCE_PLATE_OFFSET_{axis}") for axis in "XYZ"])
    if not np.isfinite(offset).all():
        raise InputError("the plate's offset is not given", where, "export the forces with their header")
    return np.asarray(plate_axes(corners) @ (offset * [1.0, 1.0, -np.sign(offset[2])]))
