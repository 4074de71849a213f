"""The two figures of docs/explanation/midstance.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np

from midstance.kinematics import sagittal_curves
from midstance.numerics import bump_middle, extremum, smoothed

if TYPE_CHECKING:
    from pathlib import Path

    Lines = dict[str, list[list[float]]]

COLOURS = {
    "pelvis_dip": "#0b6e4f",
    "mid_bend": "#b08a00",
    "most_bent": "#444444",
    "knee": "#c75000",
    "leg_line": "#2864c8",
    "pelvis": "#8a4fae",
}


def _plain() -> None:
    mpl.use("svg")
    mpl.rcParams.update(
        {
            "font.family": "sans-serif",
            "font.size": 9,
            "svg.hashsalt": "midstance",
            "axes.spines.top": False,
            "axes.spines.right": False,
        }
    )


def _by_low_pass(path: Path, cuts: tuple[float | None, ...], speeds: tuple[float, ...], lines: Lines) -> None:
    figure, panels = plt.subplots(1, len(speeds), figsize=(8.2, 3.1), sharey=True, layout="constrained")
    hertz = [cut for cut in cuts if cut]
    for i, (panel, speed) in enumerate(zip(panels, speeds, strict=True)):
        for name, rows in lines.items():
            values = [v for v, cut in zip(rows[i], cuts, strict=True) if cut]
            own = next(v for v, cut in zip(rows[i], cuts, strict=True) if cut is None)
            wide = 2.4 if name == "pelvis_dip" else 1.3
            panel.plot(hertz, values, color=COLOURS[name], lw=wide, label=name)
            panel.plot([42], [own], marker="o", ms=4, color=COLOURS[name], clip_on=False)
        panel.set_title(f"{speed} m/s", fontsize=9)
        panel.set_xscale("log")
        panel.set_xticks([6, 10, 15, 20, 30, 42], ["6", "10", "15", "20", "30", "own"])
        panel.minorticks_off()
        panel.set_xlabel("low-pass [Hz]")
    panels[0].set_ylabel("hip over ankle [cm]")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=5, frameon=False)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _one_step(path: Path, lab: Any) -> None:  # noqa: ANN401  (a trial of the study)
    signals, contacts = sagittal_curves(lab.motion), lab.contacts
    step = int(np.flatnonzero(contacts.of("left"))[20])
    start, stop = contacts.initial_contact_s[step], contacts.toe_off_s[step]
    column = [signals.names.index("pelvis_height_m")]
    grid = np.linspace(start, stop, 400)
    figure, panel = plt.subplots(figsize=(6.0, 3.1), layout="constrained")
    own = (signals.time_s > start) & (signals.time_s < stop)
    panel.plot(
        1e3 * (signals.time_s[own] - start), 1e3 * signals.values[own, column[0]], ".", color="#999999", ms=4
    )
    for cut, colour in ((None, "#0b6e4f"), (10.0, "#c75000"), (6.0, "#2864c8")):
        curve = smoothed(signals.values[:, column], signals.time_s, cut).column(0)
        label = f"{cut:g} Hz" if cut else "the signal decides"
        panel.plot(1e3 * (grid - start), 1e3 * curve(grid), color=colour, lw=1.4, label=label)
        low = extremum(curve, start + 0.15 * (stop - start), start + 0.8 * (stop - start), "min")
        middle = bump_middle(curve, start, stop, "min", 2 / 3)
        for instant, mark in ((low, "v"), (middle, "o")):
            height = 1e3 * float(curve(np.array([instant]))[0])
            panel.plot(1e3 * (instant - start), height, mark, color=colour, ms=7, mec="white")
    panel.plot([], [], "kv", label="lowest")
    panel.plot([], [], "ko", label="middle of the dip")
    panel.set_xlabel("time after initial contact [ms]")
    panel.set_ylabel("height of the middle of the hips [mm]")
    panel.legend(frameon=False, fontsize=8, loc="upper center")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def draw(
    folder: Path,
    cuts: tuple[float | None, ...],
    speeds: tuple[float, ...],
    lines: Lines,
    all_labs: list[Any],
) -> None:
    """Draw hip over ankle by low-pass, and one step of a runner with a flat top."""
    _plain()
    _by_low_pass(folder / "midstance-low-pass.svg", cuts, speeds, lines)
    flat = next(lab for lab in all_labs if (lab.subject, lab.speed) == ("RBDS012", 4.5))
    _one_step(folder / "midstance-one-step.svg", flat)
