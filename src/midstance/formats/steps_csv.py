"""`steps.csv`: a row per step."""

from __future__ import annotations

import csv
import math
from typing import TYPE_CHECKING

from midstance.formats.replacing import replacing

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from midstance.model import StepTable

__all__ = ["write_steps_csv"]

_FIRST = ("step", "side", "initial_contact_s", "midstance_s", "toe_off_s", "midstance_spread_s", "complete")


def write_steps_csv(steps: StepTable | None, path: Path) -> None:
    """Write `steps.csv`, whole or not at all.

    Parameters
    ----------
    steps
        The step table; None gives a file with a heading and no rows.
    path
        The file to write.

    Notes
    -----
    Columns: `step` (from 1), `side`, `initial_contact_s`, `midstance_s`, `toe_off_s`,
    `midstance_spread_s` (standard deviation of the instants behind the default definition),
    `complete` (1 if the step counts), `midstance_<definition>_s` for every definition, then the
    per-step values, each with its unit at the end of its name (`duty_factor` has none). Times are
    seconds on the real clock. An empty cell is unknown. UTF-8, comma, decimal point.
    """
    columns = {} if steps is None else _columns(steps)
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns or _FIRST)
        table.writerows(zip(*columns.values(), strict=True))


def _columns(steps: StepTable) -> dict[str, list[str]]:
    contacts, midstances = steps.contacts, steps.midstances
    named = {
        "initial_contact_s": contacts.initial_contact_s,
        "midstance_s": midstances.time_s,
        "toe_off_s": contacts.toe_off_s,
        "midstance_spread_s": midstances.spread_s,
    }
    definitions = {
        f"midstance_{name}_s": midstances.by_definition[name] for name in sorted(midstances.by_definition)
    }
    return {
        "step": [str(number + 1) for number in range(len(contacts))],
        "side": [str(side) for side in contacts.side],
        **_cells(named),
        "complete": [str(int(whole)) for whole in steps.complete],
        **_cells(definitions),
        **_cells(steps.values),
    }


def _cells(columns: dict[str, NDArray[np.float64]]) -> dict[str, list[str]]:
    return {name: [_cell(float(value)) for value in column] for name, column in columns.items()}


def _cell(value: float) -> str:
    return f"{value:.9g}" if math.isfinite(value) else ""
