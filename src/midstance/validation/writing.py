"""The files that hold the rows of a validation."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from midstance.formats import replacing
from midstance.validation.records import Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["write_csv", "write_json"]

_DIGITS = 6


def write_json(rows: Sequence[Row], path: Path) -> None:
    """Write `validation.json`, whole or not at all: a list of objects, one for each row.

    Parameters
    ----------
    rows
        The rows.
    path
        The file to write.

    Notes
    -----
    Keys as the fields of `Row`; what is not known is null.
    """
    plain = [{name: _plain(value) for name, value in asdict(row).items()} for row in rows]
    with replacing(path) as temporary:
        lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in plain)
        temporary.write_text(f"[\n{lines}\n]\n", encoding="utf-8", newline="\n")


def _plain(value: str | float) -> str | int | float | None:
    """Return a value as JSON has it: six digits, null for what is not known."""
    if isinstance(value, str | int):
        return value
    return float(f"{value:.{_DIGITS}g}") if math.isfinite(value) else None


def write_csv(rows: Sequence[Row], path: Path) -> None:
    """Write `validation.csv`, whole or not at all: a heading and a line for each row.

    Parameters
    ----------
    rows
        The rows.
    path
        The file to write.

    Notes
    -----
    Columns as the fields of `Row`; an empty cell is not known. UTF-8, comma, decimal point.
    """
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([field.name for field in fields(Row)])
        for row in rows:
            cells = [_plain(value) for value in asdict(row).values()]
            table.writerow(["" if cell is None else cell for cell in cells])
