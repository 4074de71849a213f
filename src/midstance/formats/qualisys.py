"""Markers and forces of Qualisys TSV files."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import InputError
from midstance.formats.labels import kept_labels, marker_motion, middle_of
from midstance.formats.lengths import METRES, length_unit_of
from midstance.formats.number_rows import number_rows, steady_clock, text_lines
from midstance.formats.qualisys_forces import joined_files, read_plate
from midstance.formats.qualisys_heading import Heading, heading_of
from midstance.model import Motion, Trial

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["read_qualisys"]

_DEPTH = 3
_FORCE_FILE = re.compile(r"(?P<stem>.+)_f_\d+", re.IGNORECASE)


def read_qualisys(path: Path, length_unit: str | None = None) -> Trial:
    """Return the markers of a Qualisys TSV file and the forces of the files beside it.

    Parameters
    ----------
    path
        The file with the markers, or one with forces (`…_f_1.tsv`), which is then read alone.
    length_unit
        Unit of length, where it is not the millimetre in which Qualisys writes.

    Returns
    -------
    Trial
        Markers [m] in the axes of the file, (0, 0, 0) being unseen; forces of all files `<name>_f_1.tsv`,
        `<name>_f_2.tsv` … beside it.

    Raises
    ------
    InputError
        If a file names no markers, holds no frames, has text among its numbers, or if the plates'
        files do not fit one another.
    """
    lines = text_lines(path)
    heading = heading_of(lines)
    unit = length_unit_of("mm", length_unit, path.name)
    if "MARKER_NAMES" in heading.values:
        markers, said = _markers(lines, heading, METRES[unit], path.name)
        beside = sorted(file for file in path.parent.iterdir() if _belongs(file, path))
    elif "Force" in heading.text("DATA_INCLUDED"):
        markers, said, beside = None, {}, [path]
    else:
        what = f"it holds {heading.text('DATA_INCLUDED') or 'neither markers nor forces'}"
        raise InputError(what, path.name, "export 3D data or force data as TSV, with the header")
    above = None if markers is None else middle_of(markers)
    plates = [read_plate(file, METRES[unit]) for file in beside]
    forces, of_plates = joined_files(plates, above, path.name) if plates else (None, {})
    return Trial(
        path=path,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        kind="tsv",
        markers=markers,
        forces=forces,
        length_unit=unit,
        said={**said, **of_plates},
    )


def _belongs(file: Path, path: Path) -> bool:
    parts = _FORCE_FILE.fullmatch(file.stem)
    return file.suffix.lower() == ".tsv" and parts is not None and parts["stem"] == path.stem


def _markers(lines: list[str], heading: Heading, metres: float, where: str) -> tuple[Motion, dict[str, str]]:
    labels = heading.values["MARKER_NAMES"]
    while labels and not labels[-1].strip():
        labels = labels[:-1]
    kept = kept_labels(labels)
    if not kept.names:
        raise InputError("the file names no markers", where, "label the markers before export")
    before, first = _columns_before(lines, heading.end, _DEPTH * len(labels))
    rows = number_rows(lines, first, before + _DEPTH * len(labels), where)
    if not len(rows):
        raise InputError("the file holds no frames", where, "export it again")
    time_s = _clock(rows, before, heading.number("FREQUENCY"), where)
    points = rows[:, before:].reshape(len(rows), len(labels), _DEPTH) * metres
    said = {"time_stamp": heading.text("TIME_STAMP"), "description": heading.text("DESCRIPTION")}
    return marker_motion(points, kept, time_s, where), {**kept.said, **said}


def _columns_before(lines: list[str], at: int, width: int) -> tuple[int, int]:
    """Return how many columns stand before the markers, and the index of the first row of numbers."""
    if at >= len(lines):
        return 0, at
    cells = [cell.strip().lower() for cell in lines[at].split("\t")]
    if cells[0][:1].isalpha():
        known = [cell for cell in cells[:_DEPTH] if cell in ("frame", "time", "camera time")]
        return len(known), at + 1
    return max(0, len(lines[at].rstrip("\t").split("\t")) - width), at


def _clock(rows: NDArray[np.float64], before: int, rate_hz: float, where: str) -> NDArray[np.float64]:
    """Return the time column freed of its rounding, or, where there is none, the frames' times."""
    if before > 1:
        return steady_clock(rows[:, 1], rate_hz)[0]
    if not rate_hz > 0:
        raise InputError("the file gives neither times nor FREQUENCY", where, "export it with its header")
    return np.asarray(np.arange(len(rows)) / rate_hz)
