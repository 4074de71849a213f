"""Say where the hip joint lies in the bodies by four ways, for the explanation of the virtual runner.

Run by a developer: `python baking/place_hips.py KEPT`, with the folder of bare bodies that
`python baking/bake_body.py --kept KEPT` has left. Each way gives how far the joint is ahead of the hip
of the source's rig; `baked` is the point about which the thighs turn.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tailor.source import from_file
from tailor.standing import hip_ahead
from tailor.wardrobe import LOOKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAN_M = 1.75
TILT = np.radians(10.2)  # of the line from PSIS to ASIS in quiet standing, 12 runners with markers: SD 4.1°
ASIS_UP_M, PSIS_UP_M = 0.0716, 0.1028  # above the joint, of the same runners (mean stature 1.76 m)
ASIS_OUT_M, PSIS_OUT_M = 0.119, 0.045
BEHIND_M, BEHIND_PART = 0.0658, 0.38  # joint behind the ASIS' marker: in metres, and of the pelvis' depth
MARKER_M, TISSUE_M = 0.007, 0.016
TROCHANTER_DOWN_M, AHEAD_OF_TROCHANTER_M = 0.0215, 0.011  # SD between runners 15 and 11 mm


def skin(points: NDArray[np.float64], up: float, out: float, *, front: bool) -> float:
    """Return how far forward the skin of front or back is at a height and a distance from the middle [m]."""
    beside = np.abs(np.abs(points[:, 2]) - out) < 0.02  # noqa: PLR2004
    own = points[beside & (np.abs(points[:, 1] - up) < 0.012), 0]  # noqa: PLR2004
    return float(own.max() if front else own.min())


def ways(name: str, kept: Path) -> dict[str, float]:
    """Return by each way how far the joint is ahead of the rig's [mm]."""
    raw, stature_m = from_file(kept / f"raw_{name}.npz"), LOOKS[name].stature_m
    low, high = raw.points[:, 1].min(), raw.points[:, 1].max()
    scale, size = stature_m / (high - low), stature_m / MAN_M
    points = (raw.points - [0, low, 0]) * scale
    hip = (raw.head("upperleg01.R") - [0, low, 0]) * scale
    asis = skin(points, hip[1] + ASIS_UP_M * size, ASIS_OUT_M * size, front=True)
    psis = skin(points, hip[1] + PSIS_UP_M * size, PSIS_OUT_M * size, front=False)
    bone = (asis - TISSUE_M) - (psis + TISSUE_M)
    width = 2.0 * ASIS_OUT_M * size
    level = points[np.abs(points[:, 1] - hip[1] + TROCHANTER_DOWN_M * size) < 0.015]  # noqa: PLR2004
    level = level[(level[:, 2] > 0.0) & (level[:, 2] < 0.24)]  # noqa: PLR2004  (not the hands)
    outmost = level[level[:, 2] > level[:, 2].max() - 0.006, 0].mean()
    found = {
        "baked": hip_ahead(points, hip, stature_m),
        "markers": asis + MARKER_M - BEHIND_M * size,
        "markers, by depth": asis + MARKER_M - BEHIND_PART * (asis - psis + 2.0 * MARKER_M),
        "bones": asis
        - TISSUE_M
        - (0.24 * bone / np.cos(TILT) + 0.0099) * np.cos(TILT)
        - (0.30 * width + 0.0109) * np.sin(TILT),
        "trochanter": outmost + AHEAD_OF_TROCHANTER_M,
    }
    return {way: 1000.0 * (ahead - hip[0]) for way, ahead in found.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kept", type=Path)
    kept = parser.parse_args().kept
    table = {name: ways(name, kept) for name in LOOKS}
    for name, found in table.items():
        print(f"{name:14s}", ", ".join(f"{way} {ahead:.0f}" for way, ahead in found.items()))
    rows = np.array([list(found.values()) for found in table.values()])
    off = rows[:, 1:] - rows[:, :1]
    print("behind what is baked [mm]:", np.round(-off.mean(axis=0), 1), "mean", round(-off.mean(), 1))


if __name__ == "__main__":
    main()
