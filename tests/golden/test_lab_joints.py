"""Joint centres and angles from real markers, against stored joint angles and published means."""

from __future__ import annotations

import functools
import time
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.signal import butter, sosfiltfilt

from midstance.alignment import JointCentres, in_lab, in_metres, joint_centres, laboratory_axes
from midstance.errors import DataError
from midstance.formats import marker_sets, read_trial
from midstance.kinematics import (
    centre_of_mass,
    leg_curves,
    pelvis_curves,
    sagittal_curves,
    seen_from,
    thorax_curves,
)
from midstance.model import SIDES, Code, MarkerSet, Motion, Signals, Trial

if TYPE_CHECKING:
    from pathlib import Path

SUBJECTS = ("001", "002", "010", "012", "014", "016", "018", "020", "022", "024", "026", "028")


@dataclass(frozen=True, eq=False)
class Lab:
    trial: Trial
    found: JointCentres
    seconds: float


def placed(path: Path, markers: MarkerSet) -> Trial:
    trial, wrong = in_metres(read_trial(path), markers)
    assert wrong == ()
    assert trial.markers is not None
    return in_lab(trial, laboratory_axes(trial.markers, markers, trial.forces))


@functools.lru_cache(maxsize=8)
def lab(run: Path, static: Path | None, name: str) -> Lab:
    markers = marker_sets()[name]
    trial = placed(run, markers)
    still = None if static is None else placed(static, markers).markers
    assert trial.markers is not None
    began = time.perf_counter()
    found = joint_centres(trial.markers, still, markers)
    return Lab(trial, found, time.perf_counter() - began)


def rbds(recordings: Path, subject: str, speed: str) -> Lab:
    folder = recordings / "lab" / "rbds"
    run = folder / f"RBDS{subject}runT{speed}.c3d"
    return lab(run, folder / f"RBDS{subject}static.c3d", "rbds")


def smooth(values: np.ndarray, rate_hz: float, cut_hz: float) -> np.ndarray:
    sections = butter(2, cut_hz / 0.802, fs=rate_hz, output="sos")
    return sosfiltfilt(sections, values, axis=0)


def contacts(one: Lab) -> list[tuple[str, float, float]]:
    """Return side, initial contact and toe-off of every contact over 50 N."""
    forces, motion = one.trial.forces, one.found.motion
    assert forces is not None
    up = smooth(forces.total_n[:, 1], forces.rate_hz, 50.0)
    change = np.diff((up > 50.0).astype(int))
    on, off = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    off = off[off > on[0]]
    clock = forces.time_s
    pairs = zip(on, off, strict=False)
    spans = [(clock[i], clock[j]) for i, j in pairs if j - i > 0.1 * forces.rate_hz]
    table: list[tuple[str, float, float]] = []
    for start, stop in spans:
        k = np.searchsorted(motion.time_s, 0.5 * (start + stop))
        heights = [motion.point(f"{side}_toe")[k, 1] for side in SIDES]
        table.append((SIDES[int(np.argmin(heights))], start, stop))
    return table


def smoothed(motion: Motion) -> Motion:
    seen = np.isfinite(motion.points).all(axis=(0, 2))
    points = motion.points.copy()
    points[:, seen] = smooth(points[:, seen], motion.rate_hz, 15.0)
    return motion.with_points(points)


def stride_numbers(one: Lab) -> np.ndarray:
    """Return peak drop, obliquity ROM, rotation extreme, rotation ROM [deg], hip over ankle [cm]."""
    motion = smoothed(one.found.motion)
    legs, sagittal, rows = leg_curves(motion), sagittal_curves(motion), []
    table = contacts(one)
    for side in SIDES:
        pelvis = seen_from(pelvis_curves(motion), side)
        own = [row for row in table if row[0] == side]
        strides, over = [], []
        for (_, start, stop), (_, after, _) in pairwise(own):
            clock = np.linspace(start, after, 101)[:-1]
            names = ("pelvic_obliquity_deg", "pelvic_rotation_deg")
            strides.append([np.interp(clock, motion.time_s, pelvis.curve(name)) for name in names])
            stance = np.linspace(start, stop, 201)
            bent = np.interp(stance, motion.time_s, legs.curve(f"{side}_knee_flexion_3d_deg")).argmax()
            over.append(np.interp(stance[bent], motion.time_s, sagittal.curve(f"{side}_hip_over_ankle_m")))
        drop, turn = np.mean(strides, axis=0)
        turn = turn - turn.mean()
        rows.append([drop[5:25].max(), np.ptp(drop), turn[:35].min(), np.ptp(turn), 100 * np.mean(over)])
    return np.mean(rows, axis=0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("speed", "published"),
    [
        ("25", (2.8, 6.5, -4.2, 10.6, 4.0)),
        ("35", (3.4, 8.1, -6.5, 14.5, 3.0)),
        ("45", (3.9, 9.9, -8.6, 18.5, 2.3)),
    ],
)
def test_pelvis_and_hip_over_ankle_agree_with_all_runners_of_the_data_set(recordings, speed, published):
    """Twelve of the 26 runners: within what drawing twelve of them allows."""
    found = np.mean([stride_numbers(rbds(recordings, subject, speed)) for subject in SUBJECTS], axis=0)
    assert (np.abs(found - published) < [0.6, 1.2, 1.0, 1.5, 1.0]).all(), found


def rms(values: np.ndarray) -> float:
    return float(np.sqrt(np.nanmean(values**2)))


def apart(mine: Signals, name: str, stored: Signals, theirs: np.ndarray) -> tuple[float, float]:
    """Return the mean difference and the RMS difference about it [deg]."""
    inside = (stored.time_s >= mine.time_s[0]) & (stored.time_s <= mine.time_s[-1])
    off = (np.interp(stored.time_s, mine.time_s, mine.curve(name)) - theirs)[inside]
    return float(off.mean()), rms(off - off.mean())


def compared(one: Lab, stored: Signals) -> dict[str, tuple[float, float]]:
    motion = one.found.motion
    legs, pelvis, thorax = leg_curves(motion), pelvis_curves(motion), thorax_curves(motion)
    table = {}
    for side in SIDES:
        for name, theirs in (("knee_flexion_3d_deg", "knee_angle"), ("hip_flexion_deg", "hip_flexion")):
            angle = stored.curve(f"{theirs}_{side[0]}")
            table[f"{side}_{theirs}"] = apart(legs, f"{side}_{name}", stored, angle)
    table["tilt"] = apart(pelvis, "pelvic_tilt_deg", stored, -stored.curve("pelvis_tilt"))
    table["obliquity"] = apart(pelvis, "pelvic_obliquity_deg", stored, -stored.curve("pelvis_list"))
    table["rotation"] = apart(pelvis, "pelvic_rotation_deg", stored, stored.curve("pelvis_rotation"))
    table["twist"] = apart(thorax, "twist_deg", stored, stored.curve("lumbar_rotation"))
    lean = stored.curve("pelvis_list") + stored.curve("lumbar_bending")
    table["lean"] = apart(thorax, "thorax_lean_deg", stored, lean)
    return table


def check(table: dict[str, tuple[float, float]], mean_deg: float, about_deg: float) -> None:
    for name, (mean, about) in table.items():
        assert abs(mean) < mean_deg, (name, mean)
        assert about < about_deg, (name, about)


def test_hamner_angles_follow_the_stored_ones(recordings):
    """The stored angles are of a scaled model: its zero differs by some degrees, its course hardly."""
    folder = recordings / "lab" / "hamner01"
    one = lab(folder / "Run_30002.trc", folder / "Static_FJC.trc", "hamner")
    stored = read_trial(folder / "ik.mot").signals
    assert stored is not None
    check(compared(one, stored), mean_deg=8.0, about_deg=3.2)
    assert "given in the file" in one.found.how["left_hip"]
    com = centre_of_mass(one.found.motion)
    assert 0.05 < np.ptp(com[:, 1]) < 0.12


def test_bmc_angles_follow_the_stored_ones_without_a_static_trial(recordings):
    folder = recordings / "lab" / "bmc_run"
    one = lab(folder / "motion_capture_run.trc", None, "bmclab")
    stored = read_trial(folder / "ik_output_run.mot").signals
    assert stored is not None
    check(compared(one, stored), mean_deg=11.0, about_deg=3.5)
    assert [issue.code for issue in one.found.issues] == [Code.NO_STATIC]


def test_swapped_metatarsals_of_one_trial_are_put_right(recordings):
    one = rbds(recordings, "001", "25")
    assert [issue.code for issue in one.found.issues] == [Code.MARKERS_SWAPPED]
    assert "R.MT1 and R.MT5" in one.found.issues[0].sentence
    assert (
        np.median(one.found.motion.point("right_mt5")[:, 2] - one.found.motion.point("right_mt1")[:, 2])
        > 0.05
    )


def test_a_metatarsal_that_no_marker_shows_is_carried_by_the_foot(recordings):
    one = rbds(recordings, "010", "25")
    assert np.isfinite(one.found.motion.point("left_mt1")).all()
    assert "carried by 4 markers" in one.found.how["left_mt1"]


def test_gaps_in_the_pelvis_are_named_and_the_hips_stay_seen(recordings):
    one = rbds(recordings, "016", "25")
    gaps = next(issue for issue in one.found.issues if issue.code is Code.MARKER_GAPS)
    assert "L.ASIS 14 %" in gaps.sentence
    assert np.isfinite(one.found.motion.point("left_hip")).all()


def test_half_a_minute_of_markers_takes_less_than_a_second(recordings):
    assert rbds(recordings, "016", "25").seconds < 1.5  # 0.4 s on an idle core


def test_a_run_given_as_the_static_trial_is_refused(recordings):
    run = recordings / "lab" / "rbds" / "RBDS012runT25.c3d"
    with pytest.raises(DataError, match="nobody stands still"):
        lab(run, run, "rbds")


@pytest.mark.parametrize(
    ("file", "name", "up", "forward"),
    [
        ("head_markers/Running_0002.c3d", "pyorerun", "+Z", "-X"),
        ("dual_belt/JDX_S999_run_0021.tsv", "qualisys", "+Z", "+Y"),
        ("hamner01/Static_FJC.trc", "hamner", "+Y", "+Z"),
    ],
)
def test_axes_of_each_laboratory_are_found(recordings, file, name, up, forward):
    trial, markers = read_trial(recordings / "lab" / file), marker_sets()[name]
    assert trial.markers is not None
    axes = laboratory_axes(trial.markers, markers, trial.forces)
    assert (axes.up, axes.forward) == (up, forward)


@pytest.mark.parametrize(
    ("file", "name"),
    [("head_markers/Running_0002.c3d", "pyorerun"), ("dual_belt/JDX_S999_run_0021.tsv", "qualisys")],
)
def test_without_inner_markers_legs_still_bend_like_legs(recordings, file, name):
    one = lab(recordings / "lab" / file, None, name)
    curves = leg_curves(one.found.motion)
    for side in SIDES:
        assert 0.75 < one.found.standing.leg_length_m[side] < 1.0
        bend = curves.curve(f"{side}_knee_flexion_3d_deg")
        assert 0.0 < np.nanmin(bend) < 25.0
        assert 40.0 < np.nanmax(bend) < 120.0
    assert any("uncertain (SD)" in issue.sentence for issue in one.found.issues)
