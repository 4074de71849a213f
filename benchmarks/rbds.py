"""Read the instrumented-treadmill trials of Fukuchi et al. 2017 as motions with known contacts.

Only for calibration and benchmarks; needs `ezc3d` (extra `dev`). The reading of lab files as a
feature of the program comes with the `formats` room.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ezc3d
import numpy as np
from scipy.signal import butter, filtfilt

from midstance.model import BODY, SIDES, Contacts, Motion, Side

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    Points = dict[str, NDArray[np.float64]]

__all__ = ["Trial", "trials"]

_PELVIS = tuple(f"{s}.{m}" for s in "LR" for m in ("ASIS", "PSIS", "Iliac.Crest"))
_LETTER = {"left": "L", "right": "R"}
_CONTACT_N = 50.0


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One trial: who, how fast, how the foot lands, the motion and the force plate's contacts."""

    subject: str
    speed_m_s: float
    strike: dict[Side, str]
    motion: Motion
    contacts: Contacts


def _read(path: Path) -> tuple[Points, NDArray[np.float64], float, float]:
    file = ezc3d.c3d(str(path), extract_forceplat_data=True)
    labels = file["parameters"]["POINT"]["LABELS"]["value"]
    rate = float(file["parameters"]["POINT"]["RATE"]["value"][0])
    points = {label: file["data"]["points"][:3, i].T / 1000.0 for i, label in enumerate(labels)}
    for values in points.values():
        values[(values == 0.0).all(axis=1)] = np.nan  # the files hold zeros where a marker was not seen
    force = np.asarray(file["data"]["platform"][0]["force"][1], float)
    return points, force, rate, rate * len(force) / len(points[labels[0]])


def _low_pass(values: NDArray[np.float64], rate_hz: float, cut_hz: float) -> NDArray[np.float64]:
    b, a = butter(2, cut_hz / (0.5 * rate_hz) / 0.802)
    return np.asarray(filtfilt(b, a, values, axis=0))


def _carried(
    static: Points, run: Points, cluster: list[str], point: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return a point (T, 3) fixed to a cluster of markers, by least squares for each frame."""
    cluster = [name for name in cluster if name in static and name in run]
    rest = np.array([np.nanmean(static[name], axis=0) for name in cluster])
    moving = np.stack([run[name] for name in cluster], axis=1)
    seen = np.isfinite(moving).all(axis=2)
    count = np.asarray(seen.sum(axis=1))
    weight = np.asarray(seen)[..., None] / np.maximum(count, 1)[:, None, None]
    filled = np.nan_to_num(moving)
    centre_rest, centre = (rest * weight).sum(axis=1), (filled * weight).sum(axis=1)
    cross = np.einsum("tki,tkj->tij", (rest - centre_rest[:, None]) * weight, filled - centre[:, None])
    u, _, vt = np.linalg.svd(cross)
    flip = np.linalg.det(np.einsum("tji,tkj->tik", vt, u))
    vt[:, 2] *= np.sign(flip)[:, None]
    turned = np.einsum("tji,tkj,tk->ti", vt, u, point - centre_rest) + centre
    turned[count < 3] = np.nan
    return np.asarray(turned)


def _hips(static: Points) -> dict[str, NDArray[np.float64]]:
    """Return the hip centres of the standing trial after Harrington 2007 (regression, in mm)."""
    left, right = (np.nanmean(static[f"{s}.ASIS"], axis=0) for s in "LR")
    front, back = 0.5 * (left + right), np.nanmean([static["L.PSIS"], static["R.PSIS"]], axis=(0, 1))
    depth, width = 1000 * np.linalg.norm(front - back), 1000 * np.linalg.norm(right - left)
    z = (right - left) / np.linalg.norm(right - left)
    x = front - back - z * ((front - back) @ z)
    x /= np.linalg.norm(x)
    y = np.cross(z, x)
    drop = x * (-0.24 * depth - 9.9) + y * (-0.30 * width - 10.9)
    return {
        side: front + (drop + z * sign * (0.33 * width + 7.3)) / 1000
        for side, sign in (("left", -1), ("right", 1))
    }


def _joints(static: Points, run: Points) -> Points:
    """Return hip, knee, ankle, heel and toe (T, 3) of both legs."""
    points: Points = {}
    hips = _hips(static)
    for side in SIDES:
        s = _LETTER[side]
        corners = [f"{end}.{face}" for end in ("Top", "Bottom") for face in ("Lateral", "Medial")]
        thigh, shank = ([f"{s}.{part}.{corner}" for corner in corners] for part in ("Thigh", "Shank"))
        knee, ankle = (
            np.nanmean([static[f"{s}.{joint}"], static[f"{s}.{joint}.Medial"]], axis=(0, 1))
            for joint in ("Knee", "Ankle")
        )
        points[f"{side}_hip"] = _carried(static, run, list(_PELVIS), hips[side])
        points[f"{side}_knee"] = _carried(static, run, thigh, knee)
        points[f"{side}_ankle"] = _carried(static, run, shank, ankle)
        points[f"{side}_heel"] = run[f"{s}.Heel.Bottom"]
        ball = [run[f"{s}.{m}"] for m in ("MT1", "MT5") if f"{s}.{m}" in run]
        points[f"{side}_toe"] = np.mean(ball, axis=0)
    return points


def _filled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    index = np.arange(len(values))
    seen = np.isfinite(values).all(axis=1)
    return np.stack([np.interp(index, index[seen], column[seen]) for column in values.T], axis=1)


def _motion(points: Points, rate_hz: float) -> Motion:
    time_s = np.arange(len(points["left_hip"])) / rate_hz
    everything = np.full((len(time_s), len(BODY.names), 3), np.nan)
    for name, values in points.items():
        gap = ~np.isfinite(values).all(axis=1)
        smooth = _low_pass(_filled(values), rate_hz, 30.0)
        smooth[gap] = np.nan
        everything[:, BODY.index(name)] = smooth
    confidence = np.isfinite(everything[..., 0]).astype(float)
    return Motion(everything, confidence, time_s, BODY, "m", "lab")


def _contacts(force: NDArray[np.float64], rate_hz: float, motion: Motion) -> Contacts:
    force = np.abs(_low_pass(force, rate_hz, 50.0))
    force -= np.percentile(force, 5)
    change = np.diff((force > _CONTACT_N).astype(int))
    up, down = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    down = down[down > up[0]]

    def instant(i: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.asarray((i + (_CONTACT_N - force[i]) / (force[i + 1] - force[i])) / rate_hz)

    pairs = min(len(up), len(down))
    start, stop = instant(up[:pairs]), instant(down[:pairs])
    real = (stop - start > 0.1) & (stop - start < 0.45)
    start, stop = start[real], stop[real]
    heights = [np.interp(0.5 * (start + stop), motion.time_s, motion.point(f"{s}_toe")[:, 1]) for s in SIDES]
    side = np.where(heights[0] < heights[1], "left", "right")
    return Contacts(side, start, stop)


def trials(folder: Path, *, skip: tuple[str, ...] = ()) -> Iterator[Trial]:
    """Yield every running trial below the folder of the data set (`lab/rbds`)."""
    with (folder / "participants.csv").open(encoding="utf-8") as file:
        people = {row["subject"]: row for row in csv.DictReader(file)}
    for path in sorted(folder.glob("*runT*.c3d")):
        subject, speed = path.stem[:7], float(path.stem[-2:]) / 10
        if subject in skip:
            continue
        static = _read(folder / f"{subject}static.c3d")[0]
        run, force, rate, force_rate = _read(path)
        motion = _motion(_joints(static, run), rate)
        strike = {side: people[subject][f"strike_{side}_{speed:g}"] for side in SIDES}
        yield Trial(subject, speed, strike, motion, _contacts(force, force_rate, motion))
