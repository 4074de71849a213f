"""`analysis.json`: every number, with what it rests on."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, fields, is_dataclass
from enum import Enum
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.formats.replacing import replacing
from midstance.model import Trial, Video

if TYPE_CHECKING:
    from pathlib import Path

    from midstance.model import Analysis, MeanStride, Measure, StepTable

__all__ = ["SCHEMA_VERSION", "analysis_record", "write_analysis_json"]

SCHEMA_VERSION = 2
_DIGITS = 9


def analysis_record(analysis: Analysis) -> dict[str, Any]:
    """Return an analysis as plain dictionaries, lists, strings and numbers.

    Parameters
    ----------
    analysis
        The result of one recording.

    Returns
    -------
    dict
        What `schema` describes; None where a number is unknown.

    Notes
    -----
    Units are SI, angles degrees, times seconds on the real clock. Numbers are rounded to nine
    significant digits, so that the same analysis gives the same bytes on every machine. Only the
    name of the recording is kept, not the folder it lay in.
    """
    record = {
        "schema_version": SCHEMA_VERSION,
        "activity": analysis.activity,
        "issues": [_fields(issue) for issue in analysis.issues],
        "mean_strides": [_stride_record(stride) for stride in analysis.mean_strides],
        "measures": [_measure_record(measure) for measure in analysis.measures],
        "recording": _recording_record(analysis.recording),
        "runner": _fields(analysis.runner),
        "scene": None if analysis.scene is None else _fields(analysis.scene),
        "volume": None if analysis.volume is None else _fields(analysis.volume),
        "settings": analysis.settings,
        "steps": None if analysis.steps is None else _steps_record(analysis.steps),
        "versions": analysis.versions,
    }
    plain: dict[str, Any] = _plain(record)
    return plain


def write_analysis_json(analysis: Analysis, path: Path) -> None:
    """Write `analysis.json`, whole or not at all.

    Parameters
    ----------
    analysis
        The result of one recording.
    path
        The file to write.
    """
    with replacing(path) as temporary:
        temporary.write_text(_text(analysis_record(analysis)) + "\n", encoding="utf-8", newline="\n")


def _measure_record(measure: Measure) -> dict[str, Any]:
    estimate = measure.estimate
    return {
        "key": measure.key,
        "side": measure.side,
        "value": estimate.value,
        "unit": estimate.unit,
        "low": estimate.low,
        "high": estimate.high,
        "n_steps": estimate.n,
        "tier": estimate.tier,
        "method": estimate.method,
        "definition": measure.definition,
        "frame": measure.frame,
        "percentile": measure.percentile,
        "by_definition": measure.by_definition,
        "words": measure.words,
    }


def _recording_record(recording: Video | Trial) -> dict[str, Any]:
    special = _trial_record(recording) if isinstance(recording, Trial) else _video_record(recording)
    return special | {
        "name": recording.path.name,
        "sha256": recording.sha256,
        "frames": recording.frames,
        "frame_rate_hz": recording.rate_hz,
        "duration_s": recording.duration_s,
    }


def _video_record(video: Video) -> dict[str, Any]:
    return {
        "kind": "video",
        "codec": video.codec,
        "width_px": video.width_px,
        "height_px": video.height_px,
        "rotation_deg": video.rotation_deg,
        "slow_motion_factor": video.slow_motion_factor,
        "clock": video.clock,
    }


def _trial_record(trial: Trial) -> dict[str, Any]:
    return {
        "kind": trial.kind,
        "markers": list(trial.markers.skeleton.names) if trial.markers else [],
        "plates": list(trial.forces.plates) if trial.forces else [],
        "force_rate_hz": trial.forces.rate_hz if trial.forces else None,
        "said": trial.said,
    }


def _steps_record(steps: StepTable) -> dict[str, Any]:
    return {
        "definition": steps.midstances.definition,
        "definitions": sorted(steps.midstances.by_definition),
        "left": int(steps.contacts.of("left").sum()),
        "right": int(steps.contacts.of("right").sum()),
        "complete": int(steps.complete.sum()),
    }


def _stride_record(stride: MeanStride) -> dict[str, Any]:
    curves = {
        name: {"unit": unit, "mean": stride.values[:, c], "sd": stride.sd[:, c]}
        for c, (name, unit) in enumerate(zip(stride.names, stride.units, strict=True))
    }
    return {
        "side": stride.side,
        "phase_percent": stride.phase,
        "curves": curves,
        "toe_off_percent": stride.toe_off_percent,
        "midstance_percent": stride.midstance_percent,
        "stride_time_s": stride.stride_time_s,
        "n_strides": stride.n,
    }


def _fields(thing: Any) -> dict[str, Any]:  # noqa: ANN401  # any dataclass
    return {field.name: getattr(thing, field.name) for field in fields(thing)}


def _plain(value: Any) -> Any:  # noqa: ANN401  # whatever an option may hold
    """Return what JSON can hold: NaN and infinity become None, arrays lists, paths names."""
    match value:
        case Enum():
            plain: Any = value.value
        case None | bool() | str():
            plain = value
        case int() | np.integer():
            plain = int(value)
        case float() | np.floating():
            plain = float(f"{value:.{_DIGITS}g}") + 0.0 if math.isfinite(value) else None
        case PurePath():
            plain = value.as_posix()
        case np.ndarray():
            plain = _plain(value.tolist())
        case _:
            plain = _plain_group(value)
    return plain


def _plain_group(value: Any) -> Any:  # noqa: ANN401  # whatever an option may hold
    """Return a mapping, a dataclass or a sequence as plain dictionaries and lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if hasattr(value, "items"):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((_plain(item) for item in value), key=repr)
    raise TypeError(f"{type(value).__name__} cannot be written to analysis.json")


def _text(value: Any, indent: str = "") -> str:  # noqa: ANN401  # plain JSON values
    """Return JSON with sorted keys, an entry per line, and rows of numbers on one line."""
    inner = indent + "  "
    if isinstance(value, dict) and value:
        rows = [f"{_leaf(key)}: {_text(value[key], inner)}" for key in sorted(value)]
        return _block("{", rows, "}", indent)
    if isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        return _block("[", [_text(item, inner) for item in value], "]", indent)
    return _leaf(value)


def _block(opening: str, rows: list[str], closing: str, indent: str) -> str:
    between = ",\n" + indent + "  "
    return f"{opening}\n{indent}  {between.join(rows)}\n{indent}{closing}"


def _leaf(value: Any) -> str:  # noqa: ANN401  # plain JSON values
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
