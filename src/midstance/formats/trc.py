"""TRC files: markers or the motion in the lab, for OpenSim and other motion-capture programs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import DataError
from midstance.formats.lengths import METRES
from midstance.formats.replacing import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from midstance.model import Motion

__all__ = ["write_trc"]

_DEPTH = 3
_FIELDS = (
    "DataRate",
    "CameraRate",
    "NumFrames",
    "NumMarkers",
    "Units",
    "OrigDataRate",
    "OrigDataStartFrame",
    "OrigNumFrames",
)


def write_trc(motion: Motion, path: Path, *, length_unit: str = "m") -> None:
    """Write a motion in metres as a TRC file, whole or not at all.

    Parameters
    ----------
    motion
        Points [m] in the lab frame (X forward, Y up, Z to the runner's right) or in a file's own axes.
    path
        The file to write; its name goes into the header.
    length_unit
        Unit of length in the file: `m`, `mm`, `cm` or `in`.

    Raises
    ------
    DataError
        If the motion is in pixels.

    Notes
    -----
    One camera sees no depth: where the motion has two dimensions, Z is written as 0 for every point,
    so left and right lie in one plane. An unseen point is three blank cells. `Time` is the real clock,
    evenly spaced or not; `DataRate` is the true mean rate. Every row ends with a tab, as OpenSim
    writes it, so that a blank last point still counts as three cells.
    """
    if motion.unit != "m" or motion.frame == "image":
        raise DataError(
            f"the motion is in {motion.unit} in the {motion.frame} frame",
            path.name,
            "a TRC file holds metres in the lab frame: give the runner's height, so that there is a scale",
        )
    with replacing(path) as temporary:
        text = _header(motion, path.name, length_unit) + _rows(motion, 1.0 / METRES[length_unit])
        temporary.write_text(text, encoding="utf-8", newline="\n")


def _header(motion: Motion, name: str, unit: str) -> str:
    names = motion.skeleton.names
    rate = f"{_mean_rate_hz(motion.time_s):.6f}"
    frames = str(len(motion.time_s))
    given = (rate, rate, frames, str(len(names)), unit, rate, "1", frames)
    axes = "".join(f"X{k}\tY{k}\tZ{k}\t" for k in range(1, len(names) + 1))
    lines = (
        f"PathFileType\t4\t(X/Y/Z)\t{name}",
        "\t".join(_FIELDS),
        "\t".join(given),
        "Frame#\tTime\t" + "".join(f"{point}\t\t\t" for point in names),
        "\t\t" + axes,
        "",
    )
    return "\n".join(lines) + "\n"


def _mean_rate_hz(time_s: NDArray[np.float64]) -> float:
    return float((len(time_s) - 1) / (time_s[-1] - time_s[0])) if len(time_s) > 1 else 0.0


def _rows(motion: Motion, scale: float) -> str:
    samples, points, depth = motion.points.shape
    whole = np.zeros((samples, points, _DEPTH))
    whole[..., :depth] = motion.points * scale
    return "".join(
        f"{number}\t{time:.6f}\t{''.join(map(_point, row))}\n"
        for number, (time, row) in enumerate(zip(motion.time_s, whole.tolist(), strict=True), 1)
    )


def _point(place: list[float]) -> str:
    x, y, z = place
    return f"{x:.6f}\t{y:.6f}\t{z:.6f}\t" if math.isfinite(x + y + z) else "\t\t\t"
