"""Where a plate lies, and what acts on its surface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import InputError
from midstance.model import Forces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = [
    "LOADED_N",
    "TURNED",
    "SurfaceLoad",
    "Wrench",
    "corners_as_text",
    "corners_from_text",
    "joined",
    "plate_axes",
    "plate_corners",
    "surface_loads",
]

LOADED_N = 20.0
"""Load below which a centre of pressure means nothing [N]."""

TURNED = "turned round: the file gives the force on the plate"
"""What is said of a plate whose forces point into it."""

_STOOD_ON_N = 200.0
_CORNERS = "_corners_m"


@dataclass(frozen=True, slots=True, eq=False)
class Wrench:
    """Force (T, 3) [N] and moment (T, 3) [N·m] about the middle of the surface, in the file's axes."""

    force_n: Array
    moment_n_m: Array


@dataclass(frozen=True, slots=True, eq=False)
class SurfaceLoad:
    """Force on the runner (T, 3), where it acts (T, 3), its free moment (T,), and whether it was turned."""

    force_n: Array
    centre_of_pressure_m: Array
    free_moment_n_m: Array
    turned: bool


def plate_axes(corners: Array) -> Array:
    """Return the axes of a plate as columns (3, 3), z away from the runner in a file that is right.

    The corners (4, 3) lie in the quadrants +x+y, −x+y, −x−y, +x−y of the plate.
    """
    x = corners[0] - corners[1] + corners[3] - corners[2]
    z = np.cross(x, corners[0] - corners[3] + corners[1] - corners[2])
    if not np.linalg.norm(z) > 0:
        raise InputError("the corners of a plate lie on one line", "", "export the plates' corners")
    x, z = x / np.linalg.norm(x), z / np.linalg.norm(z)
    return np.column_stack([x, np.cross(z, x), z])


def surface_loads(
    wrenches: Sequence[Wrench], corners: Sequence[Array], above: Array | None
) -> list[SurfaceLoad]:
    """Return what acts on the surfaces of plates, the force pointing to the runner's side.

    `above` is a point on the runner's side; without one, the order of the corners tells the side. A
    plate that nobody stood on takes its sign from the others of the same file.
    """
    ups = [_up(of_plate, above) for of_plate in corners]
    signs = [_sign(wrench.force_n @ up) for wrench, up in zip(wrenches, ups, strict=True)]
    other = next((sign for sign in signs if sign), 1.0)
    return [
        _load(wrench, of_plate.mean(axis=0), up, sign or other)
        for wrench, of_plate, up, sign in zip(wrenches, corners, ups, signs, strict=True)
    ]


def _up(corners: Array, above: Array | None) -> Array:
    up = -plate_axes(corners)[:, 2]
    return -up if above is not None and (above - corners.mean(axis=0)) @ up < 0 else up


def _sign(load: Array) -> float:
    """Return +1 or −1 as the load (T,) pushes up or down, 0 where nobody stood on the plate."""
    if not len(load) or np.abs(load).max() < _STOOD_ON_N:
        return 0.0
    return 1.0 if np.sum(load * np.abs(load)) > 0 else -1.0


def _load(wrench: Wrench, middle: Array, up: Array, sign: float) -> SurfaceLoad:
    force, moment = sign * wrench.force_n, sign * wrench.moment_n_m
    load = force @ up
    bearing = np.where(load > LOADED_N, load, np.nan)
    arm = np.cross(up, moment) / bearing[:, None]
    free = moment @ up - np.cross(arm, force) @ up
    return SurfaceLoad(force, middle + arm, free, sign < 0)


def joined(names: Sequence[str], loads: Sequence[SurfaceLoad], time_s: Array) -> Forces:
    """Return the loads of the plates as one."""
    return Forces(
        force_n=np.stack([load.force_n for load in loads], axis=1),
        centre_of_pressure_m=np.stack([load.centre_of_pressure_m for load in loads], axis=1),
        free_moment_n_m=np.stack([load.free_moment_n_m for load in loads], axis=1),
        time_s=time_s,
        plates=tuple(names),
        frame="file",
    )


def corners_as_text(corners: Array) -> str:
    """Return four corners (4, 3) as `x y z; x y z; x y z; x y z`."""
    return "; ".join(" ".join(f"{value:.6f}" for value in corner) for corner in corners)


def corners_from_text(text: str) -> Array:
    """Return the corners (4, 3) that `corners_as_text` wrote."""
    return np.array([[float(value) for value in corner.split()] for corner in text.split(";")])


def plate_corners(said: Mapping[str, str]) -> dict[str, Array]:
    """Return the corners of the plates a file describes.

    Parameters
    ----------
    said
        What a trial's file says of itself.

    Returns
    -------
    dict
        Name of the plate → its corners (4, 3) [m] in the axes of the file.
    """
    return {
        key.removesuffix(_CORNERS): corners_from_text(text)
        for key, text in said.items()
        if key.endswith(_CORNERS)
    }
