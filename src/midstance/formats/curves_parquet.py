"""`curves.parquet`: every angle and distance over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import parquet

from midstance.formats.replacing import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from midstance.model import Signals

__all__ = ["write_curves_parquet"]


def write_curves_parquet(signals: Signals, path: Path) -> None:
    """Write named curves over time, whole or not at all.

    Parameters
    ----------
    signals
        Curves (T, C).
    path
        The file to write.

    Notes
    -----
    Wide: `time_s` (real clock), then a column per curve, each with its `unit` as metadata; null is
    unknown.
    """
    clock = pa.field("time_s", pa.float64(), metadata={"unit": "s"})
    fields = [clock] + [
        pa.field(name, pa.float64(), metadata={"unit": unit})
        for name, unit in zip(signals.names, signals.units, strict=True)
    ]
    columns = [pa.array(signals.time_s)] + [pa.array(values, from_pandas=True) for values in signals.values.T]
    table = pa.table(columns, schema=pa.schema(fields))
    with replacing(path) as temporary:
        parquet.write_table(table, temporary, compression="zstd")
