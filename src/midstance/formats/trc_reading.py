"""Markers of a TRC file."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import InputError
from midstance.formats.labels import kept_labels, marker_motion
from midstance.formats.lengths import METRES, length_unit_of
from midstance.formats.number_rows import number_rows, steady_clock, text_lines
from midstance.model import Trial

if TYPE_CHECKING:
    from pathlib import Path


__all__ = ["read_trc"]

_HEADING_LINES = 12
_DEPTH = 3
_REMEDY = "export it again as TRC"


def read_trc(path: Path, length_unit: str | None = None) -> Trial:
    """Return the markers of a TRC file.

    Parameters
    ----------
    path
        The file.
    length_unit
        Unit of length, where the header is wrong or gives none.

    Returns
    -------
    Trial
        Markers [m] in the axes of the file; a blank cell is unseen.

    Raises
    ------
    InputError
        If the file holds no markers, no rows, text among the numbers, or no unit of length.

    Notes
    -----
    The numbers of frames and markers in the header are not trusted: the rows and labels count. Times
    are those of the `Time` column; where they are multiples of the sampling interval but for the
    rounding of their print, the exact multiples are used, and an uneven clock stays uneven.
    """
    lines = text_lines(path)
    top = _label_line(lines, path.name)
    header = _header(lines[:top])
    unit = length_unit_of(header.get("units", ""), length_unit, path.name)
    labels = _labels(lines[top])
    kept = kept_labels(labels)
    if not kept.names:
        raise InputError("the file names no markers", path.name, _REMEDY)
    rows = number_rows(lines, _first_row(lines, top), 2 + _DEPTH * len(labels), path.name)
    rows = rows[np.isfinite(rows[:, 1])]
    if not len(rows):
        raise InputError("the file holds no frames", path.name, _REMEDY)
    time_s, even = steady_clock(rows[:, 1], _rate_hz(header))
    points = rows[:, 2:].reshape(len(rows), len(labels), _DEPTH) * METRES[unit]
    return Trial(
        path=path,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        kind="trc",
        markers=marker_motion(points, kept, time_s, path.name),
        length_unit=unit,
        said={**kept.said, **_said(header, len(rows), len(labels)), "clock": "even" if even else "uneven"},
    )


def _label_line(lines: list[str], where: str) -> int:
    for number, line in enumerate(lines[:_HEADING_LINES]):
        if line.strip().lower().startswith("frame#"):
            return number
    raise InputError("there is no line that begins with Frame#", where, "is it a TRC file?")


def _header(lines: list[str]) -> dict[str, str]:
    """Return the names and values of the two lines that describe the recording."""
    for names, values in pairwise(lines):
        if names.strip().lower().startswith("datarate"):
            pairs = zip(names.split("\t"), values.split("\t"), strict=False)
            return {name.strip().lower(): value.strip() for name, value in pairs if name.strip()}
    return {}


def _labels(line: str) -> list[str]:
    """Return the labels, each above its three columns, or one after another."""
    cells = [cell.strip() for cell in (line.split("\t") if "\t" in line else line.split())[2:]]
    between = [cell for k, cell in enumerate(cells) if k % _DEPTH]
    if any(between):
        return [cell for cell in cells if cell]
    labels = cells[::_DEPTH]
    while labels and not labels[-1]:
        labels.pop()
    return labels


def _first_row(lines: list[str], top: int) -> int:
    """Return the index of the first line after the labels and the line X1 Y1 Z1."""
    following = lines[top + 1].strip().upper() if top + 1 < len(lines) else ""
    return top + 2 if following.startswith("X") else top + 1


def _rate_hz(header: dict[str, str]) -> float:
    try:
        return float(header.get("datarate", "nan"))
    except ValueError:
        return float("nan")


def _said(header: dict[str, str], frames: int, markers: int) -> dict[str, str]:
    """Return what the header says, and where its counts are wrong."""
    counts = {"numframes": frames, "nummarkers": markers}
    wrong = [f"{key} {header[key]} (there are {n})" for key, n in counts.items() if _differs(header, key, n)]
    return {
        "data_rate_hz": header.get("datarate", ""),
        **({"wrong_counts": ", ".join(wrong)} if wrong else {}),
    }


def _differs(header: dict[str, str], key: str, count: int) -> bool:
    return key in header and header[key] != str(count)
