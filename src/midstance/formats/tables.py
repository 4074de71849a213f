"""Markers, forces and curves as tables: a row per sample, CSV or Parquet."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.formats.replacing import replacing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from midstance.model import Forces, Motion, Signals

    Array = NDArray[np.float64]

__all__ = [
    "Column",
    "force_table",
    "marker_table",
    "signal_table",
    "write_columns_csv",
    "write_columns_parquet",
    "write_markers_csv",
    "write_markers_parquet",
]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: its name, values (T,), unit, and the axes they are in."""

    name: str
    values: Array
    unit: str
    frame: str


def write_markers_csv(motion: Motion, path: Path) -> None:
    """Write markers as CSV, whole or not at all.

    Parameters
    ----------
    motion
        Markers.
    path
        The file to write.

    Notes
    -----
    Wide: `time_s` (real clock), then `<marker>_x_m`, `<marker>_y_m`, `<marker>_z_m` for each marker. An
    empty cell is unseen.
    """
    write_columns_csv(marker_table(motion), path)


def write_markers_parquet(motion: Motion, path: Path) -> None:
    """Write markers as Parquet, whole or not at all.

    Parameters
    ----------
    motion
        Markers.
    path
        The file to write.

    Notes
    -----
    The columns of `write_markers_csv`; each carries its `unit` and `frame`. Null is unseen.
    """
    write_columns_parquet(marker_table(motion), path, {"midstance.markers": motion.skeleton.names})


def marker_table(motion: Motion) -> list[Column]:
    """Return the clock and the coordinates of every marker."""
    unit, frame = motion.unit, motion.frame
    letters = "xyz"[: motion.points.shape[2]]
    return [
        Column("time_s", motion.time_s, "s", "clock"),
        *(
            Column(f"{name}_{letter}_{unit}", motion.points[:, k, axis], unit, frame)
            for k, name in enumerate(motion.skeleton.names)
            for axis, letter in enumerate(letters)
        ),
    ]


def force_table(forces: Forces) -> list[Column]:
    """Return the clock and, for every plate, force, centre of pressure and free moment."""
    return [Column("time_s", forces.time_s, "s", "clock"), *_plate_columns(forces)]


def _plate_columns(forces: Forces) -> Iterator[Column]:
    for p, plate in enumerate(forces.plates):
        for axis, letter in enumerate("xyz"):
            yield Column(f"{plate}_force_{letter}_n", forces.force_n[:, p, axis], "N", forces.frame)
        for axis, letter in enumerate("xyz"):
            place = forces.centre_of_pressure_m[:, p, axis]
            yield Column(f"{plate}_centre_of_pressure_{letter}_m", place, "m", forces.frame)
        yield Column(f"{plate}_free_moment_n_m", forces.free_moment_n_m[:, p], "N·m", forces.frame)


def signal_table(signals: Signals) -> list[Column]:
    """Return the clock and the curves, the unit at the end of each name unless it is there already."""
    return [
        Column("time_s", signals.time_s, "s", "clock"),
        *(
            Column(_with_unit(name, unit), signals.values[:, c], unit, "")
            for c, (name, unit) in enumerate(zip(signals.names, signals.units, strict=True))
        ),
    ]


def _with_unit(name: str, unit: str) -> str:
    ending = "_" + unit.lower().replace("·", "_").replace("/", "_")
    return name if not unit or name.endswith(ending) else name + ending


def write_columns_csv(columns: Sequence[Column], path: Path) -> None:
    """Write columns as CSV: UTF-8, comma, decimal point, an empty cell for NaN."""
    cells = [[_cell(value) for value in column.values.tolist()] for column in columns]
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(column.name for column in columns)
        table.writerows(zip(*cells, strict=True))


def _cell(value: float) -> str:
    return f"{value:.9g}" if math.isfinite(value) else ""


def write_columns_parquet(
    columns: Sequence[Column], path: Path, about: dict[str, tuple[str, ...]] | None = None
) -> None:
    """Write columns as Parquet: the clock in double, the rest in single precision, NaN as null."""
    import pyarrow as pa  # noqa: PLC0415  # loaded when a table is written
    from pyarrow import parquet  # noqa: PLC0415  # same

    kinds = [pa.float64() if column.frame == "clock" else pa.float32() for column in columns]
    fields = [
        pa.field(column.name, kind, metadata={"unit": column.unit, "frame": column.frame})
        for column, kind in zip(columns, kinds, strict=True)
    ]
    arrays = [
        pa.array(np.asarray(column.values, kind.to_pandas_dtype()), kind, from_pandas=True)
        for column, kind in zip(columns, kinds, strict=True)
    ]
    described = {key: json.dumps(value) for key, value in (about or {}).items()}
    table = pa.table(arrays, schema=pa.schema(fields, metadata=described))
    with replacing(path) as temporary:
        parquet.write_table(table, temporary, compression="zstd")
