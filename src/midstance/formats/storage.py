"""Forces and curves of OpenSim storage files: MOT and STO."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal

import numpy as np

from midstance.errors import InputError
from midstance.formats.labels import unique
from midstance.formats.lengths import METRES, length_unit_of
from midstance.formats.number_rows import number_rows, steady_clock, text_lines
from midstance.formats.storage_forces import force_columns, ground_forces
from midstance.formats.storage_units import curve_units
from midstance.model import Signals, Trial

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["read_storage"]

_HEADING_LINES = 200


def read_storage(path: Path, length_unit: str | None = None) -> Trial:
    """Return the ground forces and curves of a MOT or STO file.

    Parameters
    ----------
    path
        The file.
    length_unit
        Unit of centres of pressure, where it is not the metre.

    Returns
    -------
    Trial
        Columns named as OpenSim names ground forces become forces, a plate for each prefix; all
        others become curves with their units. `said["degrees"]` tells how the unit of angles is known.

    Raises
    ------
    InputError
        If there is no end of the header, no `time` column, no rows, or text among the numbers.

    Notes
    -----
    The header word `inDegrees` gives the unit of angles, unless it is missing or says no while joint
    angles exceed 2π: those are degrees (files of OpenSim 3). A `_beta` column that OpenSim
    leaves in radians within a file in degrees is recognised by comparison with its joint.
    """
    lines = text_lines(path)
    top, header = _header(lines, path.name)
    names = unique(name.strip() for name in _cells(lines[top]))
    rows = number_rows(lines, top + 1, len(names), path.name)
    rows = rows[np.isfinite(rows[:, 0])]
    _check_rows(rows, path.name)
    rows[:, 0] = steady_clock(rows[:, 0])[0]
    metres = 1.0 if length_unit is None else METRES[length_unit_of("m", length_unit, path.name)]
    plates = force_columns(names)
    used = {column for plate in plates.values() for column in plate.values()}
    curves = [k for k in range(1, len(names)) if k not in used]
    signals, said = _signals(rows, names, curves, header)
    return Trial(
        path=path,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        kind=_kind(path),
        forces=ground_forces(rows, plates, metres, path.name) if plates else None,
        signals=signals,
        length_unit=length_unit or "m",
        said={"title": header.get("title", ""), **said},
    )


def _kind(path: Path) -> Literal["mot", "sto"]:
    return "mot" if path.suffix.lower() == ".mot" else "sto"


def _header(lines: list[str], where: str) -> tuple[int, dict[str, str]]:
    """Return the index of the line with the names, and what stands above it."""
    header = {"title": lines[0].strip().removeprefix("name ")}
    ends = [n for n, line in enumerate(lines[:_HEADING_LINES]) if line.strip().lower() == "endheader"]
    if not ends:
        raise InputError("there is no line endheader", where, "is it a MOT or STO file?")
    for line in lines[: ends[0]]:
        key, equals, value = line.partition("=")
        if equals:
            header[key.strip().lower()] = value.strip()
    for number in range(ends[0] + 1, len(lines)):
        if lines[number].strip():
            if _cells(lines[number])[0].strip().lower() != "time":
                raise InputError(
                    "the first column is not time", f"{where}, line {number + 1}", "export it again"
                )
            return number, header
    raise InputError("the file holds no columns", where, "export it again")


def _cells(line: str) -> list[str]:
    return line.strip().split("\t") if "\t" in line.strip() else line.split()


def _check_rows(rows: NDArray[np.float64], where: str) -> None:
    if not len(rows):
        raise InputError("the file holds no rows", where, "export it again")
    if len(rows) > 1 and not np.all(np.diff(rows[:, 0]) > 0):
        row = int(np.argmax(np.diff(rows[:, 0]) <= 0)) + 2
        raise InputError(f"time runs backwards at row {row}", where, "export it again")


def _signals(
    rows: NDArray[np.float64], names: tuple[str, ...], columns: list[int], header: dict[str, str]
) -> tuple[Signals | None, dict[str, str]]:
    if not columns:
        return None, {}
    values, kept = rows[:, columns], tuple(names[column] for column in columns)
    units, said = curve_units(kept, values, header.get("indegrees", ""))
    return Signals(values, kept, units, rows[:, 0]), said
