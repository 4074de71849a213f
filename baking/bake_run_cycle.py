"""Bake the mean running stride of one lab trial into a small file of Fourier coefficients.

Run once by a developer: `python baking/bake_run_cycle.py FOLDER`, FOLDER being the trial of the
data of Hamner and Delp 2013 (subject 1, treadmill, 3 m/s): `ik.mot` (joint angles, 100 Hz) and
`Run_30002_GRF.mot` (ground forces). Writes `src/midstance/virtual/data/run_cycle.json`.

The stride is made the same left and right: curves of a leg or arm are averaged over the sides, each
from its own initial contact; curves of the trunk keep the harmonics that a symmetric runner has.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.optimize import curve_fit

from midstance.virtual.running.turning import about_x, about_y, about_z, pitch_rad, roll_rad, yaw_rad

Array = NDArray[np.float64]
Table = dict[str, Array]

OUT = Path(__file__).resolve().parents[1] / "src" / "midstance" / "virtual" / "data" / "run_cycle.json"
SIDES = {"right": 1.0, "left": -1.0}
SAMPLES = 240
HARMONICS = 10
# The forces were smoothed at about 15 Hz: at the true edge of contact they stand at about this much.
EDGE_N = 100.0
SHORTEST_S = 0.1
# Standing pitch of the pelvis frame of the trial's model, taken off so that standing is upright.
NEUTRAL_PELVIS_RAD = np.radians(-8.0)
# Lengths of the trial's model [m]; only their ratios matter.
HIP_HALF, THIGH, SHANK = 0.088, 0.42, 0.43
HIP_BEHIND, HIP_BELOW = 0.071, 0.066  # mid-hip from the origin of the pelvis frame
FLAT = (0.40, 0.50)  # part of contact in which the foot is flat
PALMS_INWARD_RAD = np.radians(90.0)  # pronation at which the palm faces the body


def table(path: Path) -> Table:
    """Return the columns of an OpenSim table; angles in radians."""
    head, body = path.read_text().split("endheader")
    names, *rows = [line.split() for line in body.splitlines() if line.strip()]
    columns = dict(zip(names, np.array(rows, dtype=float).T, strict=True))
    if "inDegrees=yes" in head:
        angles = [n for n in columns if n != "time" and not n.endswith(("_tx", "_ty", "_tz"))]
        columns |= {name: np.radians(columns[name]) for name in angles}
    return columns


def contacts(force: Table, side: str) -> list[tuple[float, float]]:
    """Return initial contact and toe-off of every whole contact of a side [s]."""
    pressed = force[f"{side[0].upper()}_ground_force_vy"]
    time = force["time"]
    edges = np.flatnonzero(np.diff((pressed > EDGE_N).astype(int)))
    share = (EDGE_N - pressed[edges]) / (pressed[edges + 1] - pressed[edges])
    instants = time[edges] + share * (time[edges + 1] - time[edges])
    rising = pressed[edges + 1] > EDGE_N
    pairs = [(a, b) for a, b, up in zip(instants, instants[1:], rising, strict=False) if up]
    return [(float(a), float(b)) for a, b in pairs if b - a > SHORTEST_S]


def trunk_curves(angles: Table) -> Table:
    """Return the curves of pelvis and thorax over time, and where the middle of the hips is."""
    tilt = angles["pelvis_tilt"] - NEUTRAL_PELVIS_RAD
    pelvis = about_z(tilt) @ about_x(angles["pelvis_list"]) @ about_y(angles["pelvis_rotation"])
    raw = about_z(angles["pelvis_tilt"]) @ about_x(angles["pelvis_list"]) @ about_y(angles["pelvis_rotation"])
    bend = about_x(angles["lumbar_bending"]) @ about_y(angles["lumbar_rotation"])
    thorax = raw @ about_z(angles["lumbar_extension"]) @ bend
    origin = np.stack([angles[f"pelvis_t{axis}"] for axis in "xyz"], axis=-1)
    root = origin + raw @ np.array([-HIP_BEHIND, -HIP_BELOW, 0.0])
    return {
        "pelvis_yaw_rad": yaw_rad(pelvis),
        "pelvis_roll_rad": roll_rad(pelvis),
        "pelvis_pitch_rad": pitch_rad(pelvis),
        "twist_rad": yaw_rad(thorax) - yaw_rad(pelvis),
        "side_bend_rad": roll_rad(thorax) - roll_rad(pelvis),
        "thorax_pitch_rad": pitch_rad(thorax),
        "root_ahead_m": root[:, 0],
        "root_up_m": root[:, 1],
        "root_across_m": root[:, 2],
    }


def leg_curves(angles: Table, side: str) -> Table:
    """Return the curves of one leg over time, outward positive."""
    sign, s = SIDES[side], side[0]
    tilt = about_z(angles["pelvis_tilt"])
    pelvis = tilt @ about_x(angles["pelvis_list"]) @ about_y(angles["pelvis_rotation"])
    hip = about_x(sign * angles[f"hip_adduction_{s}"]) @ about_y(sign * angles[f"hip_rotation_{s}"])
    thigh = pelvis @ about_z(angles[f"hip_flexion_{s}"]) @ hip
    shank = thigh @ about_z(-angles[f"knee_angle_{s}"])
    foot = shank @ about_z(angles[f"ankle_angle_{s}"])
    line = -THIGH * thigh[..., 1] - SHANK * shank[..., 1]
    ankle = pelvis @ np.array([0.0, 0.0, sign * HIP_HALF]) + line
    return {
        "knee_rad": angles[f"knee_angle_{s}"],
        "line_rad": np.arctan2(line[:, 0], -line[:, 1]),
        "ankle_rad": angles[f"ankle_angle_{s}"],
        "foot_pitch_rad": np.arcsin(foot[:, 1, 0]),
        "across_m": sign * ankle[:, 2],
        "knee_out_rad": -sign * yaw_rad(thigh),
    }


def arm_curves(angles: Table, side: str) -> Table:
    """Return the curves of one arm over time."""
    s = side[0]
    return {
        "arm_flexion_rad": angles[f"arm_flex_{s}"],
        "arm_adduction_rad": angles[f"arm_add_{s}"],
        "arm_turn_rad": angles[f"arm_rot_{s}"],
        "elbow_rad": angles[f"elbow_flex_{s}"],
        "pronation_rad": angles[f"pro_sup_{s}"] - PALMS_INWARD_RAD,
    }


def mean_stride(time: Array, curve: Array, starts: list[float]) -> Array:
    """Return the mean (SAMPLES,) of a curve over the strides that begin at `starts`."""
    spline = CubicSpline(time, curve)
    phase = np.arange(SAMPLES) / SAMPLES
    strides = [(a, b) for a, b in pairwise(starts) if time[0] <= a and b <= time[-1]]
    return np.asarray(np.mean([spline(a + phase * (b - a)) for a, b in strides], axis=0))


def coefficients(mean: Array, harmonics: list[int]) -> list[list[float]]:
    """Return rows (harmonic, cosine, sine) of a periodic curve."""
    spectrum = np.fft.rfft(mean) / len(mean)
    rows = [(n, (2.0 - (n == 0)) * spectrum[n].real, -2.0 * spectrum[n].imag) for n in harmonics]
    return [[n, round(float(c), 6), round(float(s), 6)] for n, c, s in rows]


@dataclass(frozen=True)
class Push:
    """Shape of the vertical push: `bluntness` of its third, `skew` of its second harmonic."""

    bluntness: float
    skew: float


def push(force: Table, side: str) -> Push:
    """Return the shape of the mean vertical force over contact."""
    part = np.linspace(0.0, 1.0, 101)
    spline = CubicSpline(force["time"], force[f"{side[0].upper()}_ground_force_vy"])
    mean = np.mean([spline(a + part * (b - a)) for a, b in contacts(force, side)], axis=0)

    def shape(p: Array, strong: float, bluntness: float, skew: float) -> Array:
        wave = np.sin(np.pi * p) + bluntness * np.sin(3 * np.pi * p) + skew * np.sin(2 * np.pi * p)
        return np.asarray(strong * wave)

    found, _ = curve_fit(shape, part, mean, p0=(1500.0, 0.0, 0.0))
    return Push(float(found[1]), float(found[2]))


def baked(folder: Path) -> dict[str, object]:
    """Return the whole content of the file."""
    angles, force = table(folder / "ik.mot"), table(folder / "Run_30002_GRF.mot")
    time = angles["time"]
    steps = {side: contacts(force, side) for side in SIDES}
    starts = {side: [a for a, _ in steps[side]] for side in SIDES}
    stride = float(np.mean([b - a for s in SIDES for a, b in pairwise(starts[s])]))
    contact = float(np.mean([b - a for s in SIDES for a, b in steps[s]]))
    shapes = [push(force, side) for side in SIDES]
    return {
        "stride_s": round(stride, 5),
        "contact_part": round(contact / stride, 5),
        "push_bluntness": round(float(np.mean([s.bluntness for s in shapes])), 4),
        "push_skew": round(float(np.mean([s.skew for s in shapes])), 4),
        "leg_m": THIGH + SHANK,
        "curves": _symmetric(time, angles, starts, contact / stride),
    }


def _symmetric(
    time: Array, angles: Table, starts: dict[str, list[float]], contact_part: float
) -> dict[str, list[list[float]]]:
    """Return Fourier rows of every curve, the same left and right."""
    every, even, odd = (list(range(k, HARMONICS + 1, step)) for k, step in ((0, 1), (0, 2), (1, 2)))
    rows = {}
    for name, curve in trunk_curves(angles).items():
        keeps = even if name.endswith(("pitch_rad", "ahead_m", "up_m")) else odd
        right, left = (mean_stride(time, curve, starts[side]) for side in ("right", "left"))
        mean = 0.5 * (right + (left if keeps is even else -left))
        rows[name] = coefficients(mean, keeps)
    for curves in (leg_curves, arm_curves):
        sides = [curves(angles, side) for side in SIDES]
        for name in sides[0]:
            both = zip(sides, starts.values(), strict=True)
            mean = np.mean([mean_stride(time, side[name], begin) for side, begin in both], axis=0)
            if name == "foot_pitch_rad":
                flat = slice(*(int(f * contact_part * SAMPLES) for f in FLAT))
                mean = mean - mean[flat].mean()
            rows[name] = coefficients(mean, every)
    return rows


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    sources = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("ik.mot", "Run_30002_GRF.mot")
    }
    provenance = {
        "title": "Mean running stride, treadmill, 3 m/s, subject 1, left-right symmetric",
        "source": "Hamner & Delp 2013, J Biomech 46:780, doi 10.1016/j.jbiomech.2012.11.024",
        "licence": "run_cycle.LICENSE.txt",
        "command": "python baking/bake_run_cycle.py FOLDER",
        "sha256": sources,
    }
    text = json.dumps({"provenance": provenance, **baked(folder)}, separators=(",", ":"))
    OUT.write_text(text.replace('],"', '],\n"') + "\n")
    print(OUT.name, OUT.stat().st_size)


if __name__ == "__main__":
    main()
