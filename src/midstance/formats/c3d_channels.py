"""Forces on the runner turned back into the channels of plates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.formats.plate_geometry import LOADED_N, plate_axes, plate_corners
from midstance.formats.storage_forces import upward

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Forces, Trial

    Array = NDArray[np.float64]

__all__ = ["PlateChannels", "plate_channels"]

_ON_SURFACE_M = 5e-6
_MARGIN_M = 0.1
_MILLI = 1000.0
_SAME_INSTANT_S = 2e-6


@dataclass(frozen=True, slots=True, eq=False)
class PlateChannels:
    """Six channels for each of P plates (S, 6P) [N, N·mm], samples per frame, corners (P, 4, 3) [m]."""

    names: tuple[str, ...]
    values: Array
    ratio: int
    corners: Array


def plate_channels(trial: Trial, time_s: Array, ratio: int) -> PlateChannels:
    """Return the channels of plates of type 2 that give the forces of a trial at the times (S,) [s]."""
    forces = trial.forces
    assert forces is not None  # noqa: S101  # the caller asks only where there are forces
    up = upward(forces.force_n)
    given = plate_corners(trial.said) if forces.frame == "file" else {}
    corners = [_corners(forces, p, given.get(name), up) for p, name in enumerate(forces.plates)]
    channels = [_channels(forces, p, corners[p], up) for p in range(len(corners))]
    at_time = _at(np.concatenate(channels, axis=1), forces.time_s, time_s)
    return PlateChannels(forces.plates, at_time, ratio, np.stack(corners))


def _corners(forces: Forces, p: int, given: Array | None, up: Array) -> Array:
    """Return the corners (4, 3) the file gave, if the centres of pressure lie on them, else fitting ones."""
    places = forces.centre_of_pressure_m[:, p]
    places = places[np.isfinite(places).all(axis=1)]
    if given is not None:
        off = (places - given.mean(axis=0)) @ plate_axes(given)[:, 2]
        if not len(places) or np.abs(off).max() < _ON_SURFACE_M:
            return given
    return _around(places if len(places) else np.zeros((1, 3)), up)


def _around(places: Array, up: Array) -> Array:
    """Return a rectangle around places (N, 3), in the plane that fits them, its z away from the runner."""
    axis = int(np.argmax(np.abs(up)))
    first, second = [k for k in range(3) if k != axis]
    level = np.column_stack([np.ones(len(places)), places[:, first], places[:, second]])
    height = np.linalg.lstsq(level, places[:, axis], rcond=1e-9)[0]
    low, high = places.min(axis=0) - _MARGIN_M, places.max(axis=0) + _MARGIN_M
    corners = np.zeros((4, 3))
    corners[:, first] = [high[first], low[first], low[first], high[first]]
    corners[:, second] = [high[second], high[second], low[second], low[second]]
    corners[:, axis] = np.column_stack([np.ones(4), corners[:, first], corners[:, second]]) @ height
    return corners if plate_axes(corners)[:, 2] @ up < 0 else corners[[1, 0, 3, 2]]


def _channels(forces: Forces, p: int, corners: Array, up_axis: Array) -> Array:
    """Return force and moment about the middle of the surface, in the plate's axes (S, 6) [N, N·mm]."""
    axes, force = plate_axes(corners), forces.force_n[:, p]
    arm = forces.centre_of_pressure_m[:, p] - corners.mean(axis=0)
    up = axes[:, 2] * np.sign(axes[:, 2] @ up_axis)
    twist = np.nan_to_num(forces.free_moment_n_m[:, p])
    bearing = np.isfinite(arm).all(axis=1) & (force @ up > LOADED_N)
    moment = np.cross(np.where(bearing[:, None], arm, 0.0), force) + np.outer(twist, up)
    moment[~bearing] = 0.0
    return np.column_stack([force @ axes, moment @ axes * _MILLI])


def _at(values: Array, have_s: Array, want_s: Array) -> Array:
    """Return the samples at other times: the same ones where they are there, 0 outside."""
    nearest = np.clip(np.searchsorted(have_s, want_s - _SAME_INSTANT_S), 0, len(have_s) - 1)
    there = (want_s >= have_s[0] - _SAME_INSTANT_S) & (want_s <= have_s[-1] + _SAME_INSTANT_S)
    if np.abs(have_s[nearest] - want_s)[there].max(initial=0.0) < _SAME_INSTANT_S:
        taken = values[nearest]
    else:
        taken = np.column_stack([np.interp(want_s, have_s, column) for column in values.T])
    return np.where(there[:, None], taken, 0.0)
