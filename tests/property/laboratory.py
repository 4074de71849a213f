"""The virtual runner in a laboratory: markers on its segments, a plate under its feet, files on disk.

The markers sit where their landmarks would, so that the joint centres they give are the true ones.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from midstance.formats import write_trial
from midstance.model import Forces, Motion, Skeleton, Trial
from midstance.virtual.posture import SEGMENTS, Build, Posture
from midstance.virtual.running import Running
from midstance.virtual.running.chain import joint_centres

BUILD = Build(1.78, 0.088, 0.43, 0.42, 0.10, 0.08, 0.145, 0.22, 0.17, 0.46, 0.0, 0.28, 0.27)
MASS_KG = 70.0
GRAVITY = 9.81
MARKERS_HZ, FORCES_HZ = 150.0, 600.0
Z_UP = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])  # lab to file: forward is Y, up Z
UPSIDE_DOWN = np.array([[1.0, 0.0, 0.0], [0.0, -1.0, 0.0], [0.0, 0.0, -1.0]])


@cache
def run(duration_s=6.0, **options):
    return Running.at_speed(3.0).with_options(**options)(BUILD, duration_s)


def standing(seconds=1.0):
    """Return quiet standing: every segment as it stands."""
    time_s = np.arange(0.0, seconds, 1.0 / MARKERS_HZ)
    height = BUILD.thigh_m + BUILD.shank_m + BUILD.ankle_height_m
    root = np.tile([0.0, height, 0.0], (len(time_s), 1))
    still = np.tile(np.eye(3), (len(time_s), 1, 1))
    return Posture(time_s, root, dict.fromkeys(SEGMENTS, still))


def markers(posture):
    """Return every marker (T, 3) in the lab frame, under the labels of the treadmill data set."""
    turn, joints = posture.turned, joint_centres(posture, BUILD)

    def on(origin, segment, ahead, up, right):
        return origin + np.einsum("tij,j->ti", turn[segment], np.array([ahead, up, right]))

    width, depth = (BUILD.hip_half_m - 0.0073) / 0.33, 0.15  # for which the hip regression is exact
    front, high = 0.24 * depth + 0.0099, 0.30 * width + 0.0109
    found = {}
    for side, letter, sign in (("left", "L", -1.0), ("right", "R", 1.0)):
        root = posture.root_m
        found[f"{letter}.ASIS"] = on(root, "pelvis", front, high, 0.5 * sign * width)
        found[f"{letter}.PSIS"] = on(root, "pelvis", front - depth, high, 0.05 * sign)
        found[f"{letter}.Iliac.Crest"] = on(root, "pelvis", 0.0, high + 0.06, 0.14 * sign)
        hip, knee, ankle = (joints[f"{side}_{joint}"] for joint in ("hip", "knee", "ankle"))
        for name, joint, half, segment in (("Knee", knee, 0.05, "thigh"), ("Ankle", ankle, 0.035, "shank")):
            found[f"{letter}.{name}"] = on(joint, f"{side}_{segment}", 0.0, 0.0, sign * half)
            found[f"{letter}.{name}.Medial"] = on(joint, f"{side}_{segment}", 0.0, 0.0, -sign * half)
        for name, top, segment in (("Thigh", hip, "thigh"), ("Shank", knee, "shank")):
            for end, drop in (("Top", -0.15), ("Bottom", -0.30)):
                for face, out in (("Lateral", 0.06), ("Medial", -0.03)):
                    place = on(top, f"{side}_{segment}", 0.05, drop, sign * out)
                    found[f"{letter}.{name}.{end}.{face}"] = place
        foot, sole = f"{side}_foot", 0.03 - BUILD.ankle_height_m
        found[f"{letter}.Heel.Bottom"] = on(ankle, foot, -BUILD.heel_back_m, sole, 0.0)
        found[f"{letter}.Heel.Top"] = on(ankle, foot, -BUILD.heel_back_m, sole + 0.05, 0.0)
        found[f"{letter}.Heel.Lateral"] = on(ankle, foot, -0.02, sole, 0.03 * sign)
        found[f"{letter}.MT1"] = on(ankle, foot, BUILD.ball_ahead_m, sole, -0.045 * sign)
        found[f"{letter}.MT5"] = on(ankle, foot, BUILD.ball_ahead_m - 0.02, sole, 0.045 * sign)
    return found


def forces(show):
    """Return one plate under the belt: half a sine for each contact, that bears the runner's weight."""
    time_s = np.arange(0.0, show.duration_s, 1.0 / FORCES_HZ)
    force, place = np.zeros((len(time_s), 1, 3)), np.full((len(time_s), 1, 3), np.nan)
    contacts, step_s = show.contacts, show.running.step_time_s
    for side, start, stop in zip(contacts.side, contacts.initial_contact_s, contacts.toe_off_s, strict=True):
        inside = (time_s >= start) & (time_s < stop)
        phase = np.pi * (time_s[inside] - start) / (stop - start)
        force[inside, 0, 1] = 0.5 * np.pi * MASS_KG * GRAVITY * step_s / (stop - start) * np.sin(phase)
        under = joint_centres(show.posture(time_s[inside]), BUILD)[f"{side}_ankle"]
        place[inside, 0] = under * [1.0, 0.0, 1.0]
    return Forces(force, place, np.where(np.isnan(place[..., 0]), np.nan, 0.0), time_s, ("belt",), "file")


def trial(posture, plates=None, *, turned=Z_UP, scale=1.0, left_out=(), renamed=None):
    """Return what a laboratory's file would hold, in axes of its own."""
    paths = {name: path for name, path in markers(posture).items() if name not in left_out}
    labels = tuple((renamed or {}).get(name, name) for name in paths)
    points = scale * np.einsum("ij,tkj->tki", turned, np.stack(list(paths.values()), axis=1))
    motion = Motion(points, np.ones(points.shape[:2]), posture.time_s, Skeleton(labels, (), ()), "m", "file")
    if plates is not None:
        plates = replace(
            plates,
            force_n=np.einsum("ij,tpj->tpi", turned, plates.force_n),
            centre_of_pressure_m=scale * np.einsum("ij,tpj->tpi", turned, plates.centre_of_pressure_m),
        )
    return Trial(Path("made.c3d"), "0" * 64, "c3d", motion, plates, length_unit="mm")


def written(folder, name, held):
    """Write a trial and return its file."""
    path = folder / name
    write_trial(held, path)
    return path


def lab_files(folder, kind="c3d", *, with_forces=True, **changes):
    """Write a run and its standing trial; return both files."""
    show = run()
    posture = show.posture(np.arange(0.0, show.duration_s, 1.0 / MARKERS_HZ))
    plates = forces(show) if with_forces else None
    still = {key: value for key, value in changes.items() if key in {"turned", "scale"}}
    return (
        written(folder, f"S01run.{kind}", trial(posture, plates, **changes)),
        written(folder, f"S01static.{kind}", trial(standing(), **still)),
    )


def true_mean(key, side):
    """Return the true mean of a measure over the steps of a side."""
    truth = run().truth()
    return float(np.nanmean(truth.values[key][truth.contacts.of(side)]))
