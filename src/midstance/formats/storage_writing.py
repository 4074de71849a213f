"""Forces and curves into OpenSim storage files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.formats.replacing import replacing
from midstance.formats.storage_forces import upward

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from midstance.model import Forces, Signals

__all__ = ["write_forces_mot", "write_signals_mot"]

_COLUMNS = tuple(
    f"ground_{kind}{axis}" for kind in ("force_v", "force_p", "torque_") for axis in ("x", "y", "z")
)


def write_forces_mot(forces: Forces, path: Path) -> None:
    """Write ground forces as an OpenSim MOT file, whole or not at all.

    Parameters
    ----------
    forces
        Forces on the runner.
    path
        The file to write.

    Notes
    -----
    Nine columns for each plate, its name before `_ground_force_vx` … `_ground_torque_z`: force [N],
    centre of pressure [m] and free moment [N·m] as a vector along the vertical, all in the axes the
    forces are in. OpenSim knows no missing numbers: a centre of pressure or moment that is unknown is 0.
    """
    up = upward(forces.force_n)
    torque = forces.free_moment_n_m[..., None] * up
    columns = np.concatenate([forces.force_n, forces.centre_of_pressure_m, torque], axis=2)
    names = [f"{_word(plate)}_{column}" for plate in forces.plates for column in _COLUMNS]
    values = np.nan_to_num(columns.reshape(len(forces.time_s), -1))
    _write(path, names, values, forces.time_s, in_degrees=True)


def write_signals_mot(signals: Signals, path: Path) -> None:
    """Write curves as an OpenSim MOT or STO file, whole or not at all.

    Parameters
    ----------
    signals
        Curves with their units.
    path
        The file to write.

    Notes
    -----
    `inDegrees` is yes where any curve is in degrees; an angle in radians beside it is then written in
    degrees. NaN is written as `nan`.
    """
    in_degrees = "deg" in signals.units
    turned = [unit == "rad" and in_degrees for unit in signals.units]
    values = np.where(turned, np.degrees(signals.values), signals.values)
    _write(path, [_word(name) for name in signals.names], values, signals.time_s, in_degrees=in_degrees)


def _word(name: str) -> str:
    """Return a name without blanks, which separate columns."""
    return "_".join(name.split())


def _write(
    path: Path,
    names: Sequence[str],
    values: NDArray[np.float64],
    time_s: NDArray[np.float64],
    *,
    in_degrees: bool,
) -> None:
    header = (
        path.stem,
        "version=1",
        f"nRows={len(time_s)}",
        f"nColumns={len(names) + 1}",
        f"inDegrees={'yes' if in_degrees else 'no'}",
        "endheader",
        "\t".join(("time", *names)),
    )
    rows = (
        "\t".join((f"{time:.8f}", *(f"{value:.8f}" for value in row)))
        for time, row in zip(time_s, values, strict=True)
    )
    with replacing(path) as temporary:
        temporary.write_text("\n".join((*header, *rows)) + "\n", encoding="utf-8", newline="\n")
