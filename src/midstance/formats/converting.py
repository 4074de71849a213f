"""A trial into a file of another kind."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from midstance.errors import DataError, InputError
from midstance.formats.c3d_writing import write_c3d
from midstance.formats.storage_writing import write_forces_mot, write_signals_mot
from midstance.formats.tables import (
    force_table,
    marker_table,
    signal_table,
    write_columns_csv,
    write_columns_parquet,
)
from midstance.formats.trc import write_trc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from midstance.formats.tables import Column
    from midstance.model import Trial

    Writer = Callable[[Path], None]

__all__ = ["write_trial"]

_TABLES: dict[str, Callable[[Sequence[Column], Path], None]] = {
    ".csv": write_columns_csv,
    ".parquet": write_columns_parquet,
}
_KNOWN = (".c3d", ".trc", ".mot", ".sto", *_TABLES)


def write_trial(trial: Trial, path: Path) -> list[Path]:
    """Write a trial in the format that the ending of a path names, whole or not at all.

    Parameters
    ----------
    trial
        Markers, forces and curves.
    path
        The file to write: `.c3d`, `.trc`, `.mot`, `.sto`, `.csv` or `.parquet`.

    Returns
    -------
    list of Path
        The files written. Beside a TRC, CSV or Parquet file with the markers, forces and curves go into
        files named `<name>_forces` and `<name>_curves`. A MOT or STO file takes forces and curves only.

    Raises
    ------
    InputError
        If the ending is none of these, or the folder is not there.
    DataError
        If the format cannot hold what the trial has.
    """
    suffix = path.suffix.lower()
    if suffix not in _KNOWN:
        raise InputError(f"no files ending in {path.suffix or 'nothing'} are written", path.name, _endings())
    if not path.parent.is_dir():
        raise InputError("there is no such folder", str(path.parent), "create it first")
    parts = dict(_parts(trial, path, suffix))
    if not parts:
        held = "markers" if trial.markers is not None else "forces" if trial.forces is not None else "curves"
        what = f"the trial holds {held}, which a {suffix.removeprefix('.').upper()} file does not"
        raise DataError(what, path.name, _endings())
    return _written(path.parent, parts)


def _endings() -> str:
    return f"there are {', '.join(_KNOWN)}"


def _parts(trial: Trial, path: Path, suffix: str) -> Iterator[tuple[str, Writer]]:
    """Yield the name and the writer of each file; the first one has the name that was asked for."""
    if suffix in _TABLES:
        tables = _tables(trial).items()
        for number, (ending, columns) in enumerate(tables):
            yield _beside(path, ending if number else "", path.suffix), partial(_TABLES[suffix], columns)
    elif suffix == ".c3d":
        if trial.markers is not None or trial.forces is not None:
            yield path.name, partial(write_c3d, trial)
    elif suffix == ".trc":
        if trial.markers is not None:
            yield path.name, partial(write_trc, trial.markers, length_unit=trial.length_unit or "m")
            yield from _storage(trial, path, ("_forces", "_curves"), ".mot")
    else:
        endings = ("", "_curves" if trial.forces is not None else "")
        yield from _storage(trial, path, endings, path.suffix)


def _storage(trial: Trial, path: Path, endings: tuple[str, str], suffix: str) -> Iterator[tuple[str, Writer]]:
    if trial.forces is not None:
        yield _beside(path, endings[0], suffix), partial(write_forces_mot, trial.forces)
    if trial.signals is not None:
        yield _beside(path, endings[1], suffix), partial(write_signals_mot, trial.signals)


def _beside(path: Path, ending: str, suffix: str) -> str:
    return f"{path.stem}{ending}{suffix}"


def _tables(trial: Trial) -> dict[str, list[Column]]:
    """Return what the trial has, by the ending of the name of its table."""
    tables = {} if trial.markers is None else {"_markers": marker_table(trial.markers)}
    if trial.forces is not None:
        tables["_forces"] = force_table(trial.forces)
    if trial.signals is not None:
        tables["_curves"] = signal_table(trial.signals)
    return tables


def _written(folder: Path, parts: Mapping[str, Writer]) -> list[Path]:
    """Write all files beside their place first, then put them there together."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".midstance") as temporary:
        for name, write in parts.items():
            write(Path(temporary) / name)
        return [(Path(temporary) / name).replace(folder / name) for name in parts]
