"""`keypoints.parquet`: where every point was in every frame."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from midstance.formats.replacing import replacing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from midstance.model import Analysis, Motion

__all__ = ["write_keypoints_parquet"]


def write_keypoints_parquet(analysis: Analysis, path: Path) -> None:
    """Write `keypoints.parquet`, whole or not at all.

    Parameters
    ----------
    analysis
        The result of one recording.
    path
        The file to write.

    Raises
    ------
    ValueError
        If the motion in the lab is on another clock than the motion in the picture.

    Notes
    -----
    Wide: a row per sample, with `frame` (index of the nearest frame of the recording, from 0),
    `time_s` (real clock), then, for a video, for each point `<point>_x_px`, `<point>_y_px` (picture as
    shown, x right, y down), `<point>_confidence` (0 to 1), and, where the scene is known,
    `<point>_x_m`, `<point>_y_m` (and `_z_m` where depth was seen) in the lab frame: X forward, Y up, Z
    to the runner's right. Null is unseen. Each column carries its `unit` and `frame`; the table carries
    the bones of the skeleton.
    """
    seen = len(analysis.image_motion.time_s) > 0
    base = analysis.image_motion if seen or analysis.motion is None else analysis.motion
    columns = [*_instants(base.time_s, analysis.recording.time_s)]
    columns += _picture(analysis.image_motion) if seen else ()
    if analysis.motion is not None:
        if not np.array_equal(analysis.motion.time_s, base.time_s):
            raise ValueError("the motion in the lab is on another clock than the motion in the picture")
        columns += _lab(analysis.motion)
    described = pa.schema([field for field, _ in columns], metadata=_about(analysis))
    table = pa.table([values for _, values in columns], schema=described)
    with replacing(path) as temporary:
        parquet.write_table(table, temporary, compression="zstd")


def _instants(time_s: NDArray[np.float64], clock: NDArray[np.float64]) -> Iterator[tuple[pa.Field, pa.Array]]:
    nearest = np.searchsorted((clock[1:] + clock[:-1]) / 2, time_s)
    yield pa.field("frame", pa.int32()), pa.array(nearest, pa.int32())
    yield _field("time_s", pa.float64(), "s", "clock"), pa.array(time_s, pa.float64())


def _picture(motion: Motion) -> Iterator[tuple[pa.Field, pa.Array]]:
    for k, name in enumerate(motion.skeleton.names):
        for axis, letter in enumerate("xy"):
            yield _column(f"{name}_{letter}_px", motion.points[:, k, axis], "px", "image")
        yield _column(f"{name}_confidence", motion.confidence[:, k], "1", "image")


def _lab(motion: Motion) -> Iterator[tuple[pa.Field, pa.Array]]:
    letters = "xyz"[: motion.points.shape[2]]
    for k, name in enumerate(motion.skeleton.names):
        for axis, letter in enumerate(letters):
            yield _column(f"{name}_{letter}_m", motion.points[:, k, axis], "m", "lab")


def _column(name: str, values: NDArray[np.float64], unit: str, frame: str) -> tuple[pa.Field, pa.Array]:
    """Return one column in single precision, NaN as null."""
    single = np.asarray(values, np.float32)
    return _field(name, pa.float32(), unit, frame), pa.array(single, pa.float32(), from_pandas=True)


def _field(name: str, kind: pa.DataType, unit: str, frame: str) -> pa.Field:
    return pa.field(name, kind, metadata={"unit": unit, "frame": frame})


def _about(analysis: Analysis) -> dict[str, str]:
    skeleton = (analysis.motion or analysis.image_motion).skeleton
    return {
        "midstance.skeleton": json.dumps({"names": skeleton.names, "bones": skeleton.bones}),
        "midstance.recording_sha256": analysis.recording.sha256,
        "midstance.version": analysis.versions.get("midstance", ""),
        "midstance.lab_frame": "X forward, Y up, Z to the runner's right",
    }
