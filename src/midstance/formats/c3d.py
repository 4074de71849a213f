"""Markers and forces of a C3D file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import InputError
from midstance.formats.c3d_data import C3DFile, c3d_file
from midstance.formats.c3d_plates import Analogs, plate_forces
from midstance.formats.labels import kept_labels, marker_motion, middle_of
from midstance.formats.lengths import METRES, length_unit_of
from midstance.model import Trial

if TYPE_CHECKING:
    from pathlib import Path

    from midstance.formats.c3d_parameters import Parameters

__all__ = ["read_c3d"]


@np.errstate(all="ignore")  # damaged numbers become NaN, without a warning
def read_c3d(path: Path, length_unit: str | None = None) -> Trial:
    """Return the markers and forces of a C3D file.

    Parameters
    ----------
    path
        The file.
    length_unit
        Unit of length, where the file is wrong or gives none.

    Returns
    -------
    Trial
        Markers [m] in the axes of the file and, where there are plates of type 1 to 4, the force on
        the runner [N], its centre of pressure [m] and its free moment [N·m]. `said` holds subject,
        events, corners of the plates and what was done to labels.

    Raises
    ------
    InputError
        If the file is no C3D file, is cut off, has no unit of length, or has plates that cannot be read.

    Notes
    -----
    A marker is unseen where its residual is negative or its place is (0, 0, 0). The clock starts at
    the file's first frame divided by the rate, for markers and forces alike. Centre of pressure and
    free moment follow from force and moment about the middle of the plate's surface; they are NaN
    below 20 N. The correction polynomials of type-3 plates (`FPCOPPOLY`) and `ZERO` are not applied.
    """
    data = path.read_bytes()
    file = c3d_file(data, path.name)
    parameters = file.parameters
    unit = length_unit_of(parameters.word("POINT", "UNITS"), length_unit, path.name)
    kept = kept_labels(_labels(file))
    start_s = parameters.number("MIDSTANCE", "START_S", file.first_frame / file.rate_hz)
    time_s = start_s + np.arange(len(file.points)) / file.rate_hz
    markers = marker_motion(file.points * METRES[unit], kept, time_s, path.name) if kept.names else None
    analogs = _analogs(file, start_s)
    above = None if markers is None else middle_of(markers)
    forces, plates = plate_forces(parameters, analogs, unit, above, path.name)
    if markers is None and forces is None:
        raise InputError("the file holds neither labelled markers nor forces", path.name, "label it first")
    return Trial(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        kind="c3d",
        markers=markers,
        forces=forces,
        length_unit=unit,
        said={**_said(parameters), **kept.said, **plates},
    )


def _analogs(file: C3DFile, start_s: float) -> Analogs:
    per_frame = len(file.analogs) / len(file.points)
    time_s = start_s + np.arange(len(file.analogs)) / (file.rate_hz * max(1.0, per_frame))
    return Analogs(file.analogs, time_s, file.parameters.words("ANALOG", "UNITS"))


def _labels(file: C3DFile) -> list[str]:
    """Return a label for each column, an empty one where the file gives none."""
    columns = file.points.shape[1]
    return (file.parameters.words("POINT", "LABELS") + [""] * columns)[:columns]


def _said(parameters: Parameters) -> dict[str, str]:
    """Return what the file says of itself."""
    said = {
        "subject": parameters.word("SUBJECTS", "NAMES"),
        "company": parameters.word("MANUFACTURER", "COMPANY"),
        "software": parameters.word("MANUFACTURER", "SOFTWARE"),
        "x_screen": parameters.word("POINT", "X_SCREEN"),
        "y_screen": parameters.word("POINT", "Y_SCREEN"),
        "events": _events(parameters),
    }
    return {key: text for key, text in said.items() if text}


def _events(parameters: Parameters) -> str:
    """Return the events as `Left Foot Strike 1.2340 s; …`, in the order of time."""
    times = parameters.array("EVENT", "TIMES")
    if times.ndim != 2 or len(times) != 2:  # noqa: PLR2004  # minutes and seconds
        return ""
    names, sides = parameters.words("EVENT", "LABELS"), parameters.words("EVENT", "CONTEXTS")
    sides += [""] * len(names)
    events = sorted(zip(60.0 * times[0] + times[1], sides, names, strict=False))
    return "; ".join(f"{side} {name} {time_s:.4f} s".strip() for time_s, side, name in events)
