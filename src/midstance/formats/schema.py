"""The JSON Schema of `analysis.json`."""

from __future__ import annotations

from typing import Any

from midstance.formats.analysis_json import SCHEMA_VERSION
from midstance.model import CATALOGUE, SIDES, Code, Severity, Tier

__all__ = ["schema"]

_Schema = dict[str, Any]

_TEXT: _Schema = {"type": "string"}
_COUNT: _Schema = {"type": "integer", "minimum": 0}
_NUMBER: _Schema = {"type": ["number", "null"]}
_ROW: _Schema = {"type": "array", "items": _NUMBER}
_HASH: _Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of `analysis.json`.

    Returns
    -------
    dict
        A schema document; every object is closed, except `settings` and `versions`.
    """
    document = _object(
        {
            "schema_version": {"const": SCHEMA_VERSION},
            "activity": {"enum": ["running", "walking", "standing", "on_the_spot", "unclear"]},
            "issues": _list(_issue(), "What is doubtful about the recording."),
            "mean_strides": _list(_mean_stride(), "The phase-locked mean stride of each side."),
            "measures": _list(_measure(), "Every reported number."),
            "recording": {"anyOf": [_video(), _trial()]},
            "runner": _runner(),
            "scene": {"anyOf": [{"type": "null"}, _scene()]},
            "settings": {"type": "object", "description": "Every option the analysis used."},
            "steps": {"anyOf": [{"type": "null"}, _steps()]},
            "volume": {"anyOf": [{"type": "null"}, _volume()]},
            "versions": {"type": "object", "additionalProperties": _TEXT},
        }
    )
    heading = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:midstance:analysis:{SCHEMA_VERSION}",
        "title": "Midstance analysis",
        "description": "SI units, angles in degrees, times in seconds on the real clock; null is unknown.",
    }
    return heading | document


def _object(properties: _Schema, optional: tuple[str, ...] = ()) -> _Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _list(items: _Schema, description: str) -> _Schema:
    return {"type": "array", "description": description, "items": items}


def _said(kind: _Schema, description: str) -> _Schema:
    return kind | {"description": description}


def _one_of(*values: str) -> _Schema:
    return {"enum": list(values)}


def _measure() -> _Schema:
    return _object(
        {
            "key": _said(_one_of(*CATALOGUE), "Name in the metric catalogue, with its unit."),
            "side": _one_of(*SIDES, "both"),
            "value": _said(_NUMBER, "In `unit`; null when refused."),
            "unit": _TEXT,
            "low": _said(_NUMBER, "Lower end of the 95 % interval."),
            "high": _said(_NUMBER, "Upper end of the 95 % interval."),
            "n_steps": _COUNT,
            "tier": _said(_one_of(*Tier), "How far the number can be believed."),
            "method": _said(_TEXT, "How it was obtained; why not, when refused."),
            "definition": _said(_TEXT, "Definition of midstance it rests on; empty where none."),
            "frame": {"type": ["integer", "null"], "minimum": 0},
            "percentile": {"type": ["number", "null"], "minimum": 0, "maximum": 100},
            "by_definition": {"type": "object", "additionalProperties": _NUMBER},
            "words": _said(_TEXT, "What the number is called, such as rearfoot; empty where it has no name."),
        }
    )


def _issue() -> _Schema:
    return _object(
        {
            "code": _one_of(*Code),
            "severity": _one_of(*Severity),
            "sentence": _TEXT,
            "remedy": _TEXT,
            "start_s": _NUMBER,
            "end_s": _NUMBER,
        }
    )


def _mean_stride() -> _Schema:
    curve = _object({"unit": _TEXT, "mean": _ROW, "sd": _ROW})
    return _object(
        {
            "side": _one_of(*SIDES),
            "phase_percent": _said(_ROW, "0 is initial contact."),
            "curves": {"type": "object", "additionalProperties": curve},
            "toe_off_percent": _NUMBER,
            "midstance_percent": _NUMBER,
            "stride_time_s": _NUMBER,
            "n_strides": _COUNT,
        }
    )


def _recording(special: _Schema) -> _Schema:
    return _object(
        {
            "name": _TEXT,
            "sha256": _HASH,
            "frames": _COUNT,
            "frame_rate_hz": _said(_NUMBER, "Median, on the real clock."),
            "duration_s": {"type": "number", "minimum": 0},
            **special,
        }
    )


def _video() -> _Schema:
    return _recording(
        {
            "kind": {"const": "video"},
            "codec": _TEXT,
            "width_px": _COUNT,
            "height_px": _COUNT,
            "rotation_deg": {"type": "integer"},
            "slow_motion_factor": {"type": "number", "exclusiveMinimum": 0},
            "clock": _said(_TEXT, "How the slow-motion factor is known."),
        }
    )


def _trial() -> _Schema:
    names = {"type": "array", "items": _TEXT}
    return _recording(
        {
            "kind": _one_of("c3d", "trc", "mot", "sto", "tsv"),
            "markers": _said(names, "Labels in the file."),
            "plates": _said(names, "Names of the force plates."),
            "force_rate_hz": _NUMBER,
            "said": _said({"type": "object", "additionalProperties": _TEXT}, "What the file says of itself."),
        }
    )


def _runner() -> _Schema:
    return _object(
        {
            "height_m": _NUMBER,
            "mass_kg": _NUMBER,
            "sex": {"enum": ["female", "male", None]},
            "name": _TEXT,
        }
    )


def _scene() -> _Schema:
    numbers = (
        "roll_deg",
        "roll_sd_deg",
        "incline_percent",
        "metres_per_pixel",
        "scale_sd_percent",
        "scale_by_height",
        "scale_by_speed",
        "off_axis_deg",
        "speed_m_s",
    )
    return _object(
        {
            "direction": {"enum": [-1, 1]},
            "surface": _one_of("treadmill", "overground"),
            "near_side": _one_of(*SIDES),
            **dict.fromkeys(("surface_source", "roll_source", "scale_source", "speed_source"), _TEXT),
            **dict.fromkeys(numbers, _NUMBER),
        }
    )


def _volume() -> _Schema:
    texts = (
        "up",
        "forward",
        "axes_source",
        "length_unit",
        "marker_set",
        "static",
        "joint_centres",
        "surface_source",
        "speed_source",
        "mass_source",
    )
    return _object(
        {
            **dict.fromkeys(texts, _TEXT),
            "surface": _one_of("treadmill", "overground"),
            "contacts_from": _one_of("forces", "markers"),
            **dict.fromkeys(("incline_percent", "speed_m_s", "mass_kg"), _NUMBER),
        }
    )


def _steps() -> _Schema:
    return _object(
        {
            "definition": _TEXT,
            "definitions": {"type": "array", "items": _TEXT},
            "left": _COUNT,
            "right": _COUNT,
            "complete": _said(_COUNT, "Steps seen well enough to count."),
        }
    )
