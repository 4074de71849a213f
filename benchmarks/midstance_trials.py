"""The lab trials of the midstance study: raw joint centres, force-plate contacts, every step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rbds import _carried, _contacts, _filled, _joints, _low_pass, _read

from midstance.gait import StepMidstance
from midstance.kinematics import sagittal_curves
from midstance.model import BODY, SIDES, Contacts, Motion
from midstance.numerics import smoothed

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Lab:
    """One trial: raw joint centres, outer ankle, contacts and the lowest centre of mass of each step."""

    subject: str
    speed: float
    motion: Motion
    malleolus: dict[str, np.ndarray]
    contacts: Contacts
    mass_s: np.ndarray


@dataclass(frozen=True)
class Steps:
    """Of the steps of one leg in one trial: instants after contact [ms] and hip over ankle [mm, deg]."""

    subject: str
    speed: float
    ms: dict[str, np.ndarray]
    mm: dict[str, np.ndarray]
    deg: dict[str, np.ndarray]
    slope: np.ndarray


def lowest_mass(force: np.ndarray, rate_hz: float, contacts: Contacts) -> np.ndarray:
    """Return when the centre of mass is lowest in each contact, by integrating the force [s]."""
    force = _low_pass(np.abs(force), rate_hz, 50.0)
    force = force - np.percentile(force, 5)
    clock = np.arange(len(force)) / rate_hz
    start = contacts.initial_contact_s
    during = (clock > start[0]) & (clock < start[-1])
    surplus = force / force[during].mean() - 1.0
    speed = np.concatenate([[0.0], np.cumsum(0.5 * (surplus[1:] + surplus[:-1]))])
    found = np.full(len(start), np.nan)
    for i in range(1, len(start) - 2):
        stride = (clock >= start[i - 1]) & (clock < start[i + 1])
        if start[i + 1] - start[i - 1] > 1.0:
            continue
        own = np.flatnonzero((clock >= start[i]) & (clock < contacts.toe_off_s[i]))
        v = speed[own] - speed[stride].mean()
        up = np.flatnonzero((v[:-1] < 0) & (v[1:] >= 0))
        if len(up):
            j = up[0]
            found[i] = clock[own[j]] + v[j] / (v[j] - v[j + 1]) / rate_hz
    return found


def labs(folder: Path, *, quick: bool) -> list[Lab]:
    """Return every trial but those of the runner whose pelvis markers are often missing."""
    found = []
    for path in sorted(folder.glob("*runT*.c3d")):
        subject, speed = path.stem[:7], float(path.stem[-2:]) / 10
        if subject == "RBDS016" or (quick and subject > "RBDS014"):
            continue
        static = _read(folder / f"{subject}static.c3d")[0]
        run, force, rate, force_rate = _read(path)
        joints = _joints(static, run)
        clock = np.arange(len(joints["left_hip"])) / rate
        points = np.full((len(clock), len(BODY.names), 3), np.nan)
        for name, values in joints.items():
            points[:, BODY.index(name)] = _filled(values)
        motion = Motion(points, np.ones(points.shape[:2]), clock, BODY, "m", "lab")
        contacts = _contacts(force, force_rate, motion)
        shank = [f"Shank.{e}.{f}" for e in ("Top", "Bottom") for f in ("Lateral", "Medial")]
        outer = {
            side: _carried(
                static, run, [f"{letter}.{c}" for c in shank], np.nanmean(static[f"{letter}.Ankle"], axis=0)
            )
            for side, letter in (("left", "L"), ("right", "R"))
        }
        mass = lowest_mass(force, force_rate, contacts)
        found.append(Lab(subject, speed, motion, outer, contacts, mass))
    return found


def moved(lab: Lab, hip_m: float = 0.0, *, mid_pelvis: bool = False, outer_ankle: bool = False) -> Motion:
    """Return the motion with other hip or ankle centres."""
    points = lab.motion.points.copy()
    hips = [BODY.index(f"{side}_hip") for side in SIDES]
    points[:, hips, 0] += hip_m
    if mid_pelvis:
        points[:, hips] = points[:, hips].mean(axis=1, keepdims=True)
    if outer_ankle:
        for side in SIDES:
            points[:, BODY.index(f"{side}_ankle")] = lab.malleolus[side]
    return Motion(points, lab.motion.confidence, lab.motion.time_s, BODY, "m", "lab")


def steps(lab: Lab, cut: float | None, motion: Motion | None = None) -> list[Steps]:
    """Return midstance and hip over ankle of both legs after one low-pass."""
    signals, contacts = sagittal_curves(motion or lab.motion), lab.contacts
    inside = (contacts.initial_contact_s > 0.5) & (contacts.toe_off_s < signals.time_s[-1] - 0.5)
    contacts = Contacts(contacts.side[inside], contacts.initial_contact_s[inside], contacts.toe_off_s[inside])
    instants = dict(StepMidstance(low_pass_hz=cut)(signals, contacts).by_definition)
    instants["mass_by_force"] = lab.mass_s[inside]
    found = []
    for side in SIDES:
        own = contacts.of(side)
        columns = [signals.names.index(f"{side}_hip_over_ankle_{unit}") for unit in ("m", "deg")]
        smooth = smoothed(signals.values[:, columns], signals.time_s, cut)
        over, lean = smooth.column(0), smooth.column(1)
        ms = {n: 1e3 * (t[own] - contacts.initial_contact_s[own]) for n, t in instants.items()}
        mm = {n: 1e3 * over(t[own]) for n, t in instants.items()}
        deg = {n: lean(t[own]) for n, t in instants.items()}
        bent = instants["most_bent"][own]
        slope = over(bent + 0.001) - over(bent - 0.001)
        found.append(Steps(lab.subject, lab.speed, ms, mm, deg, 1e3 * slope / 2))
    return found
