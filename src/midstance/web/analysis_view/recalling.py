"""From the record the store keeps back to an analysis: everything but its curves over time."""

from __future__ import annotations

from dataclasses import fields
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_type_hints

import numpy as np

from midstance.model import (
    BODY,
    Analysis,
    Code,
    Estimate,
    Issue,
    Measure,
    Motion,
    Runner,
    Scene,
    Severity,
    Skeleton,
    Tier,
    Trial,
    Video,
    Volume,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["recalled"]

T = TypeVar("T")
_NAN = float("nan")


def recalled(record: Mapping[str, Any]) -> Analysis:
    """Return an analysis from its record.

    Parameters
    ----------
    record
        As `midstance.formats.analysis_record` gives it.

    Returns
    -------
    Analysis
        Measures, issues, scene and settings are whole. The recording has the right length and rate, with
        evenly spaced frames; step table, signals and points are left out: the player has them.
    """
    return Analysis(
        recording=_recording(record["recording"]),
        runner=Runner(**record["runner"]),
        activity=record["activity"],
        scene=_filled(Scene, record.get("scene")),
        volume=_filled(Volume, record.get("volume")),
        image_motion=_still(BODY, np.empty(0)),
        motion=None,
        steps=None,
        signals=None,
        mean_strides=(),
        measures=tuple(_measure(one) for one in record["measures"]),
        issues=tuple(_issue(one) for one in record["issues"]),
        settings=record["settings"],
        versions=record["versions"],
    )


def _filled(kind: type[T], table: Mapping[str, Any] | None) -> T | None:
    """Return a noun from its table, NaN where a number is not known."""
    if table is None:
        return None
    hints = get_type_hints(kind)
    given = {name: table.get(name) for name in (field.name for field in fields(cast("Any", kind)))}
    return kind(**{name: _NAN if v is None and hints[name] is float else v for name, v in given.items()})


def _recording(table: Mapping[str, Any]) -> Video | Trial:
    path = cast("Path", PurePath(table["name"]))  # a name: nothing is opened by it
    frames, rate = table["frames"] or 0, table["frame_rate_hz"] or 1.0
    time_s = np.arange(frames) / rate
    if table["kind"] == "video":
        return Video(
            path=path,
            sha256=table["sha256"],
            time_s=time_s,
            **{name: table[name] for name in ("width_px", "height_px", "rotation_deg", "codec")},
            slow_motion_factor=table["slow_motion_factor"],
            clock=table["clock"],
        )
    markers = _still(Skeleton(tuple(table["markers"]), (), ()), time_s)
    return Trial(path, table["sha256"], table["kind"], markers, said=table.get("said") or {})


def _still(skeleton: Skeleton, time_s: NDArray[np.float64]) -> Motion:
    shape = (len(time_s), len(skeleton.names))
    return Motion(np.full((*shape, 2), _NAN), np.zeros(shape), time_s, skeleton, "px", "image")


def _measure(table: Mapping[str, Any]) -> Measure:
    value, low, high = (_NAN if table[name] is None else table[name] for name in ("value", "low", "high"))
    estimate = Estimate(
        value, low, high, table["unit"], table["n_steps"], table["method"], Tier(table["tier"])
    )
    others = {name: _NAN if v is None else v for name, v in table["by_definition"].items()}
    return Measure(
        key=table["key"],
        side=table["side"],
        estimate=estimate,
        definition=table["definition"],
        frame=table["frame"],
        percentile=table["percentile"],
        by_definition=others,
        words=table["words"],
    )


def _issue(table: Mapping[str, Any]) -> Issue:
    return Issue(**{**table, "code": Code(table["code"]), "severity": Severity(table["severity"])})
