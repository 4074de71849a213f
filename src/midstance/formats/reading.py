"""Laboratory files of every kind, read by what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.errors import InputError
from midstance.formats.c3d import read_c3d
from midstance.formats.qualisys import read_qualisys
from midstance.formats.storage import read_storage
from midstance.formats.trc_reading import read_trc

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from midstance.model import Trial

__all__ = ["read_trial"]

_READERS: dict[str, Callable[[Path, str | None], Trial]] = {
    "c3d": read_c3d,
    "trc": read_trc,
    "mot": read_storage,
    "sto": read_storage,
    "tsv": read_qualisys,
}
_SIGNS = {b"NO_OF_": "tsv", b"PathFileType": "trc"}


def read_trial(path: Path, *, length_unit: str | None = None) -> Trial:
    """Return what a laboratory file holds.

    Parameters
    ----------
    path
        A C3D, TRC, MOT, STO or Qualisys TSV file. What stands in it decides; its ending only where
        that leaves a doubt.
    length_unit
        Unit of length (`mm`, `cm`, `m`, `in`), where the file is wrong or gives none.

    Returns
    -------
    Trial
        Markers and plate forces on the real clock, in metres and newtons, in the axes of the file;
        curves of a MOT or STO file with their units. NaN is unseen.

    Raises
    ------
    InputError
        If the file is not there, is none of these, is damaged, or gives no unit of length.
    """
    if not path.is_file():
        raise InputError("there is no such file", str(path), "is the name right?")
    return _READERS[_kind(path)](path, length_unit)


def _kind(path: Path) -> str:
    """Return which format a file is in: by its first bytes, else by its ending."""
    with path.open("rb") as file:
        start = file.read(2048)
    ending = path.suffix.lower().removeprefix(".")
    if len(start) > 1 and start[1:2] == b"P" and b"\0" in start:
        return "c3d"
    for sign, kind in _SIGNS.items():
        if start.lstrip(b"\xef\xbb\xbf").startswith(sign):
            return kind
    if ending in _READERS:
        return ending
    if b"endheader" in start:
        return "sto"
    known = ", ".join(_READERS)
    raise InputError(
        f"a file ending in {path.suffix or 'nothing'} is none of {known}", path.name, "export one of them"
    )
