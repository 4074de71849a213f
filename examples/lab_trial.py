"""From a C3D with its standing trial to numbers, tables and a report.

python examples/lab_trial.py run.c3d standing.c3d out
"""

from __future__ import annotations

import sys
from pathlib import Path

import midstance as ms


def main(run: str, standing: str, folder: str) -> int:
    """Analyse one trial; return the exit code."""
    settings = ms.Settings(laboratory=ms.Laboratory(static=Path(standing)))
    try:
        analysis = ms.analyse(run, settings=settings)
    except ms.MidstanceError as error:
        print(error, file=sys.stderr)
        return 2
    ms.export(analysis, folder)  # report.html, steps.csv, keypoints.parquet, curves.parquet, motion.trc …
    for side in ("left", "right"):
        hip = analysis.measure("hip_over_ankle_at_midstance_m", side)
        value, low, high = (f"{100 * number:+.1f}" for number in (hip.value, hip.low, hip.high))
        print(f"{side}: {value} cm ({low} to {high}), {hip.n} steps")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
