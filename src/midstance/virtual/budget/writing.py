"""The error budget as files: tables, a page to read, figures, the error model."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from midstance import __version__
from midstance.model import CATALOGUE
from midstance.uncertainty import error_model
from midstance.virtual.body import load_body
from midstance.virtual.budget.bars import bars
from midstance.virtual.budget.design import designed
from midstance.virtual.budget.figure import factor_figure
from midstance.virtual.budget.fitting import error_model_of
from midstance.virtual.budget.running import budget
from midstance.virtual.budget.summary import Row, summary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from midstance.virtual.budget.bars import Bar
    from midstance.virtual.budget.design import Condition
    from midstance.virtual.budget.outcomes import Outcome
    from midstance.virtual.budget.running import Progress

__all__ = ["run", "written"]

_SHOWN = (
    "hip_over_ankle_at_midstance_m",
    "hip_over_ankle_at_midstance_deg",
    "overstride_m",
    "knee_flexion_at_midstance_deg",
    "knee_flexion_at_contact_deg",
    "foot_strike_angle_deg",
    "shank_angle_at_contact_deg",
    "trunk_lean_deg",
    "contact_time_s",
    "initial_contact_s",
    "toe_off_s",
    "midstance_pelvis_dip_s",
)
_FACTORED = "hip_over_ankle_at_midstance_m"


def run(folder: Path, *, workers: int = 2, progress: Progress | None = None) -> list[Path]:
    """Run the whole experiment, or what is left of it, and write what it gave.

    Parameters
    ----------
    folder
        For outcomes, tables, figures and the error model.
    workers
        Processes.
    progress
        Told the fraction done, 0 to 1, and what is being done.

    Returns
    -------
    list of Path
        `budget.md`, `budget.csv`, `budget.json`, `budget.svg` and `error_model.json`.
    """
    conditions = designed()
    outcomes = budget(folder / "clips", conditions=conditions, workers=workers, progress=progress)
    return written(folder, conditions, outcomes)


def written(folder: Path, conditions: Sequence[Condition], outcomes: Sequence[Outcome]) -> list[Path]:
    """Write tables, figure and error model of an experiment.

    Parameters
    ----------
    folder
        Where to.
    conditions, outcomes
        The experiment.

    Returns
    -------
    list of Path
        The files.
    """
    by_name = {condition.name: condition for condition in conditions}
    held = [o for o in outcomes if by_name[o.name].use == "hold"]
    rows = summary(by_name, held)
    reached = bars(by_name, outcomes, rows)
    files = [folder / f"budget.{kind}" for kind in ("md", "csv", "json", "svg")]
    files[0].write_text(_page(by_name, outcomes, rows, reached), encoding="utf-8")
    _write_csv(rows, files[1])
    files[2].write_text(json.dumps(_plain(rows, reached), indent=1) + "\n", encoding="utf-8")
    files[3].write_text(factor_figure(rows, _FACTORED), encoding="utf-8")
    model = _model(by_name, outcomes)
    files.append(folder / "error_model.json")
    files[4].write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    return files


def _model(conditions: Mapping[str, Condition], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    fit = [o for o in outcomes if conditions[o.name].use == "fit"]
    bodies = {condition.body: load_body(condition.body).build for condition in conditions.values()}
    leg_m = {
        name: bodies[condition.body].thigh_m + bodies[condition.body].shank_m
        for name, condition in conditions.items()
    }
    source = (
        f"`midstance virtual budget` {__version__}: {len(fit)} rendered clips of {len(bodies)} bodies, from "
        "the side, analysed as a user would and held against the true joints; see "
        "docs/explanation/error-budget.md."
    )
    return error_model_of(fit, error_model(), leg_m, source)


def _write_csv(rows: Sequence[Row], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Row))
        writer.writerows([_cell(value) for value in asdict(row).values()] for row in rows)


def _cell(value: Any) -> Any:  # noqa: ANN401  # a number or a word
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.6g}"
    return value


def _plain(rows: Sequence[Row], reached: Sequence[Bar]) -> dict[str, Any]:
    def known(row: Row) -> dict[str, Any]:
        values = asdict(row)
        return {k: None if isinstance(v, float) and math.isnan(v) else v for k, v in values.items()}

    return {"bars": [asdict(bar) for bar in reached], "rows": [known(row) for row in rows]}


def _page(
    conditions: Mapping[str, Condition],
    outcomes: Sequence[Outcome],
    rows: Sequence[Row],
    reached: Sequence[Bar],
) -> str:
    uses = [conditions[o.name].use for o in outcomes]
    refused = [o for o in outcomes if o.refused]
    about = (
        f"{uses.count('hold')} held-out clips at 60 and 120 frames per second, {uses.count('pair')} repeated "
        f"with the hip 10 mm further ahead, {uses.count('slow')} at 30; {uses.count('fit')} others made the "
        f"error model. {_counted(len(refused))} refused."
    )
    lines = [
        about,
        "",
        "| number to reach | wanted | found | |",
        "|---|---|---|---|",
        *(f"| {b.what} | {b.wanted} | {b.found} | {'holds' if b.reached else 'missed'} |" for b in reached),
        "",
        "| measure | leg | clips | bias | SD | RMSE | intervals that hold |",
        "|---|---|---|---|---|---|---|",
        *(_line(row) for row in rows if row.group == "all" and row.measure in _SHOWN),
        "",
    ]
    return "\n".join(lines)


def _counted(count: int) -> str:
    return "None was" if not count else "One was" if count == 1 else f"{count} were"


def _line(row: Row) -> str:
    metric = CATALOGUE.get(row.measure)
    factor, unit = {"m": (1000.0, "mm"), "s": (1000.0, "ms")}.get(row.unit, (1.0, row.unit))
    name = metric.title if metric else row.measure.removesuffix("_s").replace("_", " ").capitalize()
    share = "—" if math.isnan(row.coverage) else f"{100 * row.coverage:.0f} %"
    numbers = " | ".join(f"{factor * value:+.1f}" for value in (row.bias,))
    rest = " | ".join(f"{factor * value:.1f}" for value in (row.sd, row.rmse))
    return f"| {name} [{unit}] | {row.leg} | {row.n} | {numbers} | {rest} | {share} |"
