"""Force plates of a C3D file: channels into forces on the runner, in the axes of the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import InputError
from midstance.formats.lengths import METRES
from midstance.formats.plate_geometry import (
    LOADED_N,
    TURNED,
    Wrench,
    corners_as_text,
    joined,
    plate_axes,
    surface_loads,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from midstance.formats.c3d_parameters import Parameters
    from midstance.model import Forces

    Array = NDArray[np.float64]

__all__ = ["Analogs", "plate_forces"]

_CHANNELS = {1: 6, 2: 6, 3: 8, 4: 6}
_REMEDY = "export the plates as type 1, 2, 3 or 4, or the file without plates"


@dataclass(frozen=True, slots=True, eq=False)
class Analogs:
    """Samples of the analog channels (S, N), their clock (S,) [s] and their units."""

    values: Array
    time_s: Array
    units: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class _Plate:
    """One plate as the file describes it, lengths in metres."""

    name: str
    kind: int
    corners: Array  # (4, 3) in the axes of the file
    origin: Array  # (3,) from the sensor's origin to the middle of the surface, in the plate's axes
    columns: Array  # of its channels
    calibration: Array  # (6, 6)
    unit_m: float  # metres in the file's unit of length

    @property
    def lever(self) -> Array:
        """The origin with its sign as it is meant: the surface lies above the sensor, z points down."""
        return -self.origin if self.origin[2] > 0 else self.origin

    def metres(self, unit: str) -> float:
        """Return the metres in the length of a unit such as `Nmm`; the file's own where it is unknown."""
        word = unit.strip().lower().removeprefix("n").lstrip(".*·- ")
        return METRES.get(word, self.unit_m)


def plate_forces(
    parameters: Parameters, analogs: Analogs, unit: str, above: Array | None, where: str
) -> tuple[Forces | None, dict[str, str]]:
    """Return what the plates felt, None where they felt nothing, and what the file says of them.

    `above` is a point (3,) [m] on the runner's side of the plates, where one is known.
    """
    used = int(max(0.0, parameters.number("FORCE_PLATFORM", "USED", 0.0)))
    plates = [_plate(parameters, p, unit, where) for p in range(used)]
    said = {f"{plate.name}_corners_m": corners_as_text(plate.corners) for plate in plates}
    if not plates or not len(analogs.values):
        return None, said
    for plate in plates:
        _check_channels(plate, analogs.values.shape[1], where)
    wrenches = [_wrench(plate, analogs) for plate in plates]
    loads = surface_loads(wrenches, [plate.corners for plate in plates], above)
    for plate, load in zip(plates, loads, strict=True):
        said[f"{plate.name}_type"] = str(plate.kind)
        if load.turned:
            said[f"{plate.name}_sign"] = TURNED
    said["centre_of_pressure"] = f"given above {LOADED_N:g} N"
    return joined([plate.name for plate in plates], loads, analogs.time_s), said


def _plate(parameters: Parameters, p: int, unit: str, where: str) -> _Plate:
    kinds = np.ravel(parameters.array("FORCE_PLATFORM", "TYPE"))
    kind = int(kinds[p]) if p < len(kinds) else 0
    if kind not in _CHANNELS:
        raise InputError(f"plate {p + 1} is of type {kind}", where, _REMEDY)
    scale = METRES[unit]
    matrix = _part(parameters, "CAL_MATRIX", (6, 6), p, where) if kind == 4 else np.eye(6)  # noqa: PLR2004  # its name
    return _Plate(
        name=f"plate_{p + 1}",
        kind=kind,
        corners=_part(parameters, "CORNERS", (3, 4), p, where).T * scale,
        origin=_part(parameters, "ORIGIN", (3,), p, where) * scale,
        columns=_part(parameters, "CHANNEL", (_CHANNELS[kind],), p, where).astype(int) - 1,
        calibration=matrix,
        unit_m=scale,
    )


def _part(parameters: Parameters, key: str, shape: tuple[int, ...], p: int, where: str) -> Array:
    """Return a plate's part of a parameter whose last axis counts the plates."""
    values = parameters.array("FORCE_PLATFORM", key)
    while values.ndim > len(shape) + 1 and values.shape[-1] == 1:
        values = values[..., 0]
    if values.ndim == len(shape):
        values = values[..., None]
    if values.ndim != len(shape) + 1 or values.shape[-1] <= p or any(np.less(values.shape[:-1], shape)):
        raise InputError(f"plate {p + 1} lacks its {key}", where, _REMEDY)
    inside = tuple(slice(extent) for extent in shape)
    return np.asarray(values[..., p][inside])


def _check_channels(plate: _Plate, available: int, where: str) -> None:
    worst = int(plate.columns[np.argmax(np.abs(plate.columns))]) + 1
    if plate.columns.min() < 0 or plate.columns.max() >= available:
        what = f"{plate.name} names channel {worst}, there are {available}"
        raise InputError(what, where, "export the file with the plates' channels, or without plates")


def _wrench(plate: _Plate, analogs: Analogs) -> Wrench:
    """Return force and moment about the middle of the surface, in the axes of the file."""
    values = analogs.values[:, plate.columns]
    units = [analogs.units[column] if column < len(analogs.units) else "" for column in plate.columns]
    force, moment = _SUMS[plate.kind](values, plate, units)
    axes = plate_axes(plate.corners)
    return Wrench(force @ axes.T, moment @ axes.T)


def _position_and_twist(values: Array, plate: _Plate, units: Sequence[str]) -> tuple[Array, Array]:
    """Type 1: three forces, where they act on the surface, and the free moment."""
    force, none = values[:, :3], np.zeros(len(values))
    x, y = values[:, 3] * plate.metres(units[3]), values[:, 4] * plate.metres(units[4])
    moment = np.cross(np.column_stack([x, y, none]), force)
    moment[:, 2] += values[:, 5] * plate.metres(units[5])
    return force, moment


def _three_and_three(values: Array, plate: _Plate, units: Sequence[str]) -> tuple[Array, Array]:
    """Types 2 and 4: three forces and three moments about the sensor's origin."""
    six = values @ plate.calibration.T
    moment = six[:, 3:] * plate.metres(units[3])
    return six[:, :3], moment - np.cross(plate.lever, six[:, :3])


def _eight_sensors(values: Array, plate: _Plate, _: Sequence[str]) -> tuple[Array, Array]:
    """Type 3: shear at four sides and load at four corners, a and b from the middle."""
    x12, x34, y14, y23, z1, z2, z3, z4 = values.T
    a, b, depth = plate.origin
    force = np.column_stack([x12 + x34, y14 + y23, z1 + z2 + z3 + z4])
    about = (b * (z1 + z2 - z3 - z4), a * (z2 + z3 - z1 - z4), b * (x34 - x12) + a * (y14 - y23))
    return force, np.column_stack(about) - np.cross([0.0, 0.0, -abs(depth)], force)


_SUMS = {1: _position_and_twist, 2: _three_and_three, 3: _eight_sensors, 4: _three_and_three}
