"""Measure how much numbers differ from step to step, and write it into the error model of laboratories.

    python benchmarks/step_spread.py RBDS_FOLDER [--check]

Each trial is analysed as a user would, with its standing trial and the plates. The spread of a measure is
the median over legs and trials of the standard deviation within them. `--check` writes nothing. What these
trials do not show (there are no markers on the trunk) keeps the value it has.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

import midstance as ms
from midstance.model import CATALOGUE, SIDES

MODEL = Path(__file__).parents[1] / "src/midstance/uncertainty/data/lab_error_model.json"
HIP = "hip_over_ankle_at_midstance_m"
STANDING = "hip_over_ankle_relative_to_standing_m"
SPEEDS = (2.5, 3.5, 4.5)


def analysed(path: Path) -> ms.Analysis:
    """Return the analysis of one trial of the data set."""
    static = path.with_name(f"{path.stem[:7]}static.c3d")
    return ms.analyse(path, settings=ms.Settings(laboratory=ms.Laboratory(static=static)))


def main() -> None:
    """Print the spread of every measure, and hip over ankle by speed; write the spreads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    spreads: dict[str, list[float]] = defaultdict(list)
    hips: dict[float, list[float]] = defaultdict(list)
    for path in sorted(arguments.folder.glob("*runT*.c3d")):
        analysis = analysed(path)
        for measure in analysis.measures:
            steps = analysis.steps
            if steps is None or measure.key not in steps.values or measure.side not in SIDES:
                continue
            own = steps.values[measure.key][steps.complete & (steps.contacts.side == measure.side)]
            spreads[measure.key].append(float(np.nanstd(own, ddof=1)))
            if measure.key == HIP:
                hips[float(path.stem[-2:]) / 10].append(float(np.nanmean(own)))
    report(spreads, hips)
    if not arguments.check:
        write({key: float(np.median(values)) for key, values in spreads.items()})


def report(spreads: dict[str, list[float]], hips: dict[float, list[float]]) -> None:
    """Print what was found."""
    for key, values in spreads.items():
        print(f"{key:42s} {np.median(values):.4g} {CATALOGUE[key].unit} ({len(values)} legs and trials)")
    for speed in SPEEDS:
        own = 100 * np.array(hips[speed])
        print(f"hip over ankle at {speed} m/s: {own.mean():.1f} ± {own.std(ddof=1):.1f} cm, {len(own)} legs")


def write(found: dict[str, float]) -> None:
    """Put the spreads into the error model, line by line: nothing else in it changes."""
    found = found | {STANDING: found[HIP]}
    lines = MODEL.read_text(encoding="utf-8").splitlines()
    for i, line in enumerate(lines):
        key, _, held = line.strip().partition(": ")
        name = key.strip('"')
        if name in found:
            values = json.loads(held.rstrip(",")) | {"step_sd": float(f"{found[name]:.2g}")}
            lines[i] = f"  {key}: {json.dumps(values)}{',' if held.endswith(',') else ''}"
    MODEL.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
