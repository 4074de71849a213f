"""Measure how the hips run fore and aft within a stride, and write it for the `alignment` room.

    python benchmarks/hip_course.py RBDS_FOLDER [--check]

Each trial is analysed as a user would, with its standing trial. What repeats in the middle of the hip
joints is told from drift as for a video, in even harmonics of the stride counted from where the hips are
lowest, and its course over speed is fitted. `--check` fits without one runner at a time, says how far off
the rest leaves that runner's hips at midstance, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

import midstance as ms
from midstance.alignment.hip_course import HARMONICS, lowest_phase, swing_of

OUT = Path(__file__).parents[1] / "src/midstance/alignment/data/hip_course.json"
EVEN = (2, 4, 6)
MIDDLE_M_S = 3.5
SOURCE = (
    "`python benchmarks/hip_course.py`: middle of the hip joint centres of 12 runners on a treadmill at 2.5, "
    "3.5 and 4.5 m/s (Fukuchi, Fukuchi & Duarte 2017, doi 10.7717/peerj.3298, CC BY 4.0), even harmonics "
    "of the stride since the hips were lowest."
)


def trial(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return the weights of the even harmonics (2E,) [m], and the phase of every midstance [rad]."""
    static = path.with_name(f"{path.stem[:7]}static.c3d")
    analysis = ms.analyse(path, settings=ms.Settings(laboratory=ms.Laboratory(static=static)))
    assert analysis.motion is not None
    assert analysis.steps is not None
    contacts = analysis.steps.contacts
    order = np.argsort(contacts.initial_contact_s)
    landed = contacts.initial_contact_s[order]
    step = np.concatenate([[0.0], np.cumsum(np.round(np.diff(landed) / np.median(np.diff(landed))))])
    time_s, hips = analysis.motion.time_s, analysis.motion.middle("hip")
    inside = (time_s >= landed[0]) & (time_s <= landed[-1])
    phase = np.pi * np.interp(time_s[inside], landed, step)
    height = swing_of(hips[inside, 1], phase)
    assert height is not None
    phase -= lowest_phase(height)
    swing = swing_of(hips[inside, 0], phase)
    assert swing is not None
    chosen = [2 * (k - 1) + i for k in EVEN for i in (0, 1)]
    middle = analysis.steps.midstances.time_s
    within = np.interp(middle[(middle > landed[0]) & (middle < landed[-1])], time_s[inside], phase)
    return swing[chosen], within


def fitted(weights: np.ndarray, speeds: np.ndarray) -> np.ndarray:
    """Return the weights at the middle speed and their change with speed (2, 2E)."""
    table = np.stack([np.ones(len(speeds)), speeds - MIDDLE_M_S], axis=1)
    return np.asarray(np.linalg.lstsq(table, weights, rcond=None)[0])


def waves(phase: np.ndarray) -> np.ndarray:
    """Return cosine and sine of the even harmonics (N, 2E)."""
    return np.stack([wave(k * phase) for k in EVEN for wave in (np.cos, np.sin)], axis=-1)


def main() -> None:
    """Fit and write, or check."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    paths = sorted(arguments.folder.glob("*runT*.c3d"))
    found = [trial(path) for path in paths]
    weights, speeds = np.array([w for w, _ in found]), np.array([float(p.stem[-2:]) / 10 for p in paths])
    who = np.array([p.stem[:7] for p in paths])
    for speed in np.unique(speeds):
        own = [1000 * np.mean(waves(m) @ w) for (w, m), s in zip(found, speeds, strict=True) if s == speed]
        print(
            f"{speed} m/s: {np.mean(own):+.1f} ± {np.std(own, ddof=1):.1f} mm at midstance, {len(own)} runs"
        )
    if arguments.check:
        off = []
        for i, (own, middle) in enumerate(found):
            rest = who != who[i]
            base, slope = fitted(weights[rest], speeds[rest])
            off.append(np.mean(waves(middle) @ (base + slope * (speeds[i] - MIDDLE_M_S) - own)))
        print(f"runner left out: {1000 * np.mean(off):+.1f} ± {1000 * np.std(off, ddof=1):.1f} mm")
        return
    base, slope = fitted(weights, speeds)
    known = {
        "source": SOURCE,
        "harmonics": list(EVEN),
        "middle_m_s": MIDDLE_M_S,
        "speeds_m_s": [2.0, 5.0],
        "at_middle_m": [round(float(v), 5) for v in base],
        "per_m_s": [round(float(v), 5) for v in slope],
    }
    OUT.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    assert max(EVEN) <= HARMONICS
    main()
