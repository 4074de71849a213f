"""`analysis.json` read back."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.errors import InputError
from midstance.formats.analysis_json import SCHEMA_VERSION
from midstance.model import (
    Code,
    Estimate,
    Issue,
    MeanStride,
    Measure,
    Runner,
    Scene,
    Severity,
    Summary,
    Tier,
    Volume,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    Record = Mapping[str, Any]

__all__ = ["read_analysis_json", "summary_of"]

_AGAIN = "analyse the recording again, or give the analysis.json that `midstance analyze` wrote"


def read_analysis_json(path: str | Path) -> Summary:
    """Read what `write_analysis_json` wrote.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Summary
        Every number of the analysis; its points lie in `keypoints.parquet`.

    Raises
    ------
    InputError
        If the file cannot be read, is no analysis, or is of another version.
    """
    try:
        record = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", str(path), _AGAIN) from error
    except ValueError as error:
        raise InputError(f"the file is not JSON: {error}", str(path), _AGAIN) from error
    version = record.get("schema_version") if isinstance(record, dict) else None
    if version != SCHEMA_VERSION:
        what = (
            f"this is an analysis of version {version}, not {SCHEMA_VERSION}"
            if version
            else "this is no analysis"
        )
        raise InputError(what, str(path), _AGAIN)
    try:
        return summary_of(record)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"the analysis is not whole: {error!r}", str(path), _AGAIN) from error


def summary_of(record: Record) -> Summary:
    """Return an analysis from the plain dictionaries that `analysis_record` made of it.

    Parameters
    ----------
    record
        As `schema` describes it.

    Returns
    -------
    Summary
        Numbers that were unknown are NaN again.

    Raises
    ------
    KeyError, TypeError, ValueError
        If the record is not as the schema says.
    """
    recording, steps = record["recording"], record["steps"] or {}
    return Summary(
        name=recording["name"],
        sha256=recording["sha256"],
        rate_hz=_number(recording["frame_rate_hz"]),
        duration_s=_number(recording["duration_s"]),
        filmed=recording["kind"] == "video",
        runner=Runner(**record["runner"]),
        activity=record["activity"],
        scene=None if record["scene"] is None else Scene(**_known(Scene, record["scene"])),
        volume=None if record["volume"] is None else Volume(**_known(Volume, record["volume"])),
        steps=(steps.get("left", 0), steps.get("right", 0), steps.get("complete", 0)),
        mean_strides=tuple(_stride(row) for row in record["mean_strides"]),
        measures=tuple(_measure(row) for row in record["measures"]),
        issues=tuple(_issue(row) for row in record["issues"]),
        settings=record["settings"],
        versions=record["versions"],
    )


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _known(kind: type, row: Record) -> dict[str, Any]:
    """Return the fields of a dataclass, unknown numbers as NaN."""
    return {field.name: math.nan if row[field.name] is None else row[field.name] for field in fields(kind)}


def _measure(row: Record) -> Measure:
    value, low, high = (_number(row[part]) for part in ("value", "low", "high"))
    estimate = Estimate(value, low, high, row["unit"], row["n_steps"], row["method"], Tier(row["tier"]))
    names = ("definition", "frame", "percentile", "words")
    by = {name: _number(number) for name, number in row["by_definition"].items()}
    return Measure(row["key"], row["side"], estimate, by_definition=by, **{name: row[name] for name in names})


def _issue(row: Record) -> Issue:
    return Issue(**{**row, "code": Code(row["code"]), "severity": Severity(row["severity"])})


def _stride(row: Record) -> MeanStride:
    curves = row["curves"]
    phase = np.array(row["phase_percent"], float)
    empty = np.empty((len(phase), 0))
    return MeanStride(
        side=row["side"],
        phase=phase,
        values=np.stack([np.array(curve["mean"], float) for curve in curves.values()], 1)
        if curves
        else empty,
        sd=np.stack([np.array(curve["sd"], float) for curve in curves.values()], 1) if curves else empty,
        names=tuple(curves),
        units=tuple(curve["unit"] for curve in curves.values()),
        toe_off_percent=_number(row["toe_off_percent"]),
        midstance_percent=_number(row["midstance_percent"]),
        stride_time_s=_number(row["stride_time_s"]),
        n=row["n_strides"],
    )
