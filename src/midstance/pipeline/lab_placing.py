"""From a laboratory's file to joint centres and curves in the lab frame."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from midstance import alignment, formats, kinematics, numerics
from midstance.errors import InputError
from midstance.model import SIDES, Code, Issue, Severity, Signals

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from midstance.model import MarkerSet, Motion, Side, Trial
    from midstance.settings import Laboratory, Settings

    Progress = Callable[[float, str], None]

__all__ = ["LabBody", "lab_body", "unused_forces"]


@dataclass(frozen=True, slots=True, eq=False)
class LabBody:
    """The runner of a laboratory recording before any step is known.

    Parameters
    ----------
    trial
        The file, turned to the lab frame.
    axes
        How it was turned.
    marker_set
        What the markers are.
    centres
        Joint centres, not smoothed, and how each was placed.
    motion
        The same points, smoothed.
    signals
        Curves of legs, pelvis and chest.
    leg_m
        Length of thigh plus shank by side [m].
    static
        Name of the standing trial, empty where there is none.
    issues
        Doubts so far.
    """

    trial: Trial
    axes: alignment.Axes
    marker_set: MarkerSet
    centres: alignment.JointCentres
    motion: Motion
    signals: Signals
    leg_m: dict[Side, float]
    static: str
    issues: tuple[Issue, ...]


def lab_body(path: str | Path, settings: Settings, tell: Progress) -> LabBody:
    """Return the runner of a laboratory file.

    Parameters
    ----------
    path
        The file with markers.
    settings
        Every choice; `laboratory` names the standing trial, the marker map and companion files.
    tell
        Told the fraction done and what is being done.

    Raises
    ------
    InputError
        If a file cannot be read or holds no markers.
    DataError
        If the markers do not show a leg.
    """
    chosen = settings.laboratory
    tell(0.0, "reading the file")
    trial = _with_ground_forces(formats.read_trial(Path(path), length_unit=chosen.length_unit), chosen)
    markers = _markers(trial)
    marker_set = (
        formats.read_marker_set(chosen.markers, markers.skeleton.names)
        if chosen.markers
        else formats.recognised_marker_set(markers.skeleton.names)
    )
    tell(0.3, "placing joints")
    turned, axes, issues = _turned(trial, marker_set)
    static = None
    if chosen.static is not None:
        standing = formats.read_trial(chosen.static, length_unit=chosen.length_unit)
        static = _markers(_turned(standing, marker_set)[0])
    centres = alignment.joint_centres(_markers(turned), static, marker_set)
    tell(0.5, "smoothing")
    motion = _smoothed(centres.motion, chosen.low_pass_hz)
    return LabBody(
        trial=turned,
        axes=axes,
        marker_set=marker_set,
        centres=centres,
        motion=motion,
        signals=_lab_curves(motion),
        leg_m={side: kinematics.leg_length(motion, side) for side in SIDES},
        static="" if chosen.static is None else chosen.static.name,
        issues=(*issues, *centres.issues),
    )


def _markers(trial: Trial) -> Motion:
    if trial.markers is None:
        raise InputError(
            f"the {trial.kind.upper()} file holds no markers",
            trial.path.name,
            "give the file with the markers; ground forces of their own go to --ground-forces",
        )
    return trial.markers


def _with_ground_forces(trial: Trial, chosen: Laboratory) -> Trial:
    """Return the trial with the forces of a companion file, if one is named."""
    if chosen.ground_forces is None:
        return trial
    beside = formats.read_trial(chosen.ground_forces)
    if beside.forces is None:
        raise InputError(
            "the file of ground forces holds no forces",
            chosen.ground_forces.name,
            "give a MOT file with columns such as ground_force_vx, or a force TSV",
        )
    return trial.having(trial.markers, beside.forces)


def _turned(trial: Trial, marker_set: MarkerSet) -> tuple[Trial, alignment.Axes, tuple[Issue, ...]]:
    """Return the trial in metres in the lab frame, how it was turned, and what was doubtful."""
    scaled, issues = alignment.in_metres(trial, marker_set)
    axes = alignment.laboratory_axes(_markers(scaled), marker_set, scaled.forces)
    return alignment.in_lab(scaled, axes), axes, (*issues, *axes.issues)


def _smoothed(motion: Motion, low_pass_hz: float | None) -> Motion:
    """Return a motion with every coordinate smoothed, by a fixed low-pass or as the signal decides.

    Parameters
    ----------
    motion
        Points (T, K, 3).
    low_pass_hz
        Corner frequency [Hz]; None lets each coordinate's own noise decide.
    """
    flat = motion.points.reshape(len(motion.time_s), -1)
    smooth = numerics.smoothed(flat, motion.time_s, low_pass_hz)
    points = smooth(motion.time_s).reshape(motion.points.shape)
    return motion.with_points(np.where(np.isfinite(motion.points), points, np.nan))


def _lab_curves(motion: Motion) -> Signals:
    """Return the curves of legs, pelvis and chest of a motion in three dimensions.

    Parameters
    ----------
    motion
        Points of `LAB_BODY` (T, K, 3) [m].

    Returns
    -------
    Signals
        Those of `kinematics.sagittal_curves`; those of pelvis and chest, which change sign with the leg,
        for each side with its prefix; rotations from their mean.
    """
    trunk = _joined(kinematics.pelvis_curves(motion), kinematics.thorax_curves(motion))
    straight = [name for name in trunk.names if name not in kinematics.SIDED]
    sided = [_renamed(kinematics.seen_from(trunk, side), side) for side in SIDES]
    return _joined(kinematics.sagittal_curves(motion), _picked(trunk, straight), *sided)


def _joined(*parts: Signals) -> Signals:
    return Signals(
        np.concatenate([part.values for part in parts], axis=1),
        tuple(name for part in parts for name in part.names),
        tuple(unit for part in parts for unit in part.units),
        parts[0].time_s,
    )


def _picked(curves: Signals, names: Sequence[str]) -> Signals:
    columns = [curves.names.index(name) for name in names]
    units = tuple(curves.units[c] for c in columns)
    return Signals(curves.values[:, columns], tuple(names), units, curves.time_s)


def _renamed(curves: Signals, side: Side) -> Signals:
    """Return the curves of one leg that change sign with it, with its prefix; rotations from their mean."""
    own = _picked(curves, kinematics.SIDED)
    values = own.values.copy()
    for c, name in enumerate(own.names):
        if "rotation" in name and np.isfinite(values[:, c]).any():
            values[:, c] -= np.nanmean(values[:, c])
    return Signals(values, tuple(f"{side}_{name}" for name in own.names), own.units, own.time_s)


def unused_forces(trial: Trial, why: str) -> Issue:
    """Return the note that plates were not used."""
    plates = 0 if trial.forces is None else len(trial.forces.plates)
    return Issue(
        Code.FORCES_UNUSED,
        Severity.NOTE,
        f"The forces of {plates} {'plate' if plates == 1 else 'plates'} were not used: {why}.",
        "Contacts rest on the markers.",
    )
