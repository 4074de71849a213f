"""Which way is up and forward in a laboratory's file: found from the body, the feet and the forces."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from midstance.alignment.marker_paths import fixed_to, landmarks_middle, missing_landmarks, seen_labels
from midstance.errors import DataError
from midstance.model import SIDES, Code, Forces, Issue, MarkerSet, Motion, Severity, Trial
from midstance.numerics import finite_median

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Axes", "in_lab", "laboratory_axes"]

_UP_WITHIN_DEG = 25.0
_FORWARD_WITHIN_DEG = 10.0
_RUNS_M_S = 0.8
_OVER_GROUND_M = 1.0
_AGREES_DEG = 60.0
_CROSSES_M = 0.05  # feet may cross the line of running by this much
_PELVIS = tuple(f"{side}_{name}" for side in SIDES for name in ("asis", "psis", "iliac_crest", "hip"))
_FRONT = ("left_asis", "right_asis")
_BACK = ("left_psis", "right_psis", "sacrum")
_FOOT = ("heel", "mt1", "mt5", "toe", "ankle_lateral", "ankle")
_FEET = tuple(f"{side}_{name}" for side in SIDES for name in _FOOT)
_NAMES = ("X", "Y", "Z")
_USUAL = ("+Z", "+Y")


@dataclass(frozen=True, slots=True, eq=False)
class Axes:
    """Where the laboratory's axes point in a file, and how that is known.

    Parameters
    ----------
    rotation
        Turns a vector of the file into the lab frame (3, 3): rows are forward, up and right.
    up, forward
        Directions in the file's own axes, such as `+Z` or `-Y`; `skew` where they follow none.
    up_known, forward_known
        How each is known, one phrase.
    issues
        What is unusual.
    """

    rotation: Array
    up: str
    forward: str
    up_known: str
    forward_known: str
    issues: tuple[Issue, ...] = ()


def _unit(vector: Array) -> Array:
    return np.asarray(vector / np.linalg.norm(vector))


def _apart_deg(a: Array, b: Array) -> float:
    return float(np.degrees(np.arccos(np.clip(_unit(a) @ _unit(b), -1.0, 1.0))))


def _snapped(direction: Array, within_deg: float) -> tuple[Array, str]:
    """Return the nearest axis of the file and its name, or the direction itself and `skew`."""
    axis = int(np.argmax(np.abs(direction)))
    nearest = np.sign(direction[axis]) * np.eye(3)[axis]
    if _apart_deg(direction, nearest) > within_deg:
        return _unit(direction), "skew"
    return nearest, f"{'+' if direction[axis] > 0 else '-'}{_NAMES[axis]}"


def _middle(markers: Motion, marker_set: MarkerSet, landmarks: tuple[str, ...], where: str) -> Array:
    path = landmarks_middle(markers, marker_set, landmarks)
    if path is None:
        raise missing_landmarks([landmarks], marker_set, where)
    return path


def _force_up(forces: Forces | None) -> Array | None:
    """Return the mean direction of the force where the plates carry a load."""
    if forces is None:
        return None
    total = forces.total_n
    size = np.linalg.norm(total, axis=1)
    loaded = size > max(50.0, 0.5 * float(np.nanpercentile(size, 95)))
    return _unit(total[loaded].mean(axis=0)) if loaded.any() else None


def _upward(
    markers: Motion, marker_set: MarkerSet, forces: Forces | None
) -> tuple[Array, str, str, list[Issue]]:
    """Return up, its name, how it is known, and what the forces say against it."""
    body = _middle(markers, marker_set, _PELVIS, "looking for up")
    body = np.nanmean(body - _middle(markers, marker_set, _FEET, "looking for up"), axis=0)
    up, name = _snapped(_unit(body), _UP_WITHIN_DEG)
    force = _force_up(forces)
    if force is None:
        return up, name, "the pelvis is above the feet", []
    if name == "skew":
        up, name = _snapped(force, 0.0)
    apart = _apart_deg(up, force)
    if apart < _UP_WITHIN_DEG:
        return up, name, "the pelvis is above the feet and the ground pushes that way", []
    said = f"The force of the plates points {apart:.0f}° away from up as the body shows it ({name})."
    remedy = (
        "Check the sign and the axes of the plates: force is taken as the push of the ground on the runner."
    )
    issue = Issue(Code.PLATES_OFF, Severity.WARNING, said, remedy)
    return up, name, "the pelvis is above the feet; the forces disagree", [issue]


def _body_heading(markers: Motion, marker_set: MarkerSet, up: Array) -> Array:
    """Return where the toes and the front of the pelvis point, level."""
    ways = []
    pairs = [(_FRONT, _BACK)] + [
        ((f"{side}_mt1", f"{side}_mt5", f"{side}_toe"), (f"{side}_heel",)) for side in SIDES
    ]
    for ahead, behind in pairs:
        front, back = (landmarks_middle(markers, marker_set, names) for names in (ahead, behind))
        if front is not None and back is not None:
            way = np.nanmean(front - back, axis=0)
            ways.append(_unit(way - up * (way @ up)))
    if not ways:
        raise missing_landmarks([_FRONT, _BACK, ("left_heel", "left_mt5")], marker_set, "looking for forward")
    return np.asarray(np.mean(ways, axis=0))


def _travel(markers: Motion, marker_set: MarkerSet, up: Array) -> Array:
    """Return the level velocity [m/s] of the pelvis over ground, on a belt against the foot that is down."""
    step = max(1, round(0.03 * markers.rate_hz))
    pelvis = _middle(markers, marker_set, _PELVIS, "looking for forward")
    there = np.flatnonzero(np.isfinite(pelvis).all(axis=1))
    if len(there) > 1:
        way = pelvis[there[-1]] - pelvis[there[0]]
        way = way - up * (way @ up)
        speed = way / (markers.time_s[there[-1]] - markers.time_s[there[0]])
        if np.linalg.norm(way) > _OVER_GROUND_M and np.linalg.norm(speed) > _RUNS_M_S:
            return np.asarray(speed)
    return _passing(pelvis, markers, marker_set, up, step)


def _passing(pelvis: Array, markers: Motion, marker_set: MarkerSet, up: Array, step: int) -> Array:
    """Return the level velocity [m/s] of the pelvis against the foot that is down, NaN where none is."""
    ways = []
    for side in SIDES:
        foot = landmarks_middle(markers, marker_set, [f"{side}_{name}" for name in _FOOT])
        if foot is None or len(foot) <= step:
            continue
        way = (pelvis - foot)[step:] - (pelvis - foot)[:-step]
        height = 0.5 * (foot[step:] + foot[:-step]) @ up
        down = height < np.nanpercentile(height, 25)
        if np.isfinite(way[down]).all(axis=1).any():
            ways.append(np.nanmedian(way[down], axis=0) * markers.rate_hz / step)
    if not ways:
        return np.full(3, np.nan)
    way = np.mean(ways, axis=0)
    return np.asarray(way - up * (way @ up))


def _forward(markers: Motion, marker_set: MarkerSet, up: Array) -> tuple[Array, str, str]:
    body, travel = _body_heading(markers, marker_set, up), _travel(markers, marker_set, up)
    speed = float(np.linalg.norm(travel))
    if not speed > _RUNS_M_S:
        heading, name = _snapped(_unit(body), _FORWARD_WITHIN_DEG)
        return heading, name, "where toes and pelvis point"
    apart = _apart_deg(body, travel)
    if apart > _AGREES_DEG:
        raise DataError(
            f"the body moves {apart:.0f}° away from where its toes and pelvis point",
            "looking for the direction of running",
            "check the labels of heel and toe, ASIS and PSIS; running backwards is not analysed",
        )
    heading, name = _snapped(_unit(travel), _FORWARD_WITHIN_DEG)
    return (
        heading,
        name,
        "the pelvis moves that way over ground or foot, and the toes point there",
    )


def _to_the_right(markers: Motion, marker_set: MarkerSet, right: Array) -> dict[str, float]:
    """Return how far each right part lies to the right of the left one [m]: median over time."""
    found, labels = {}, seen_labels(markers)
    for part in ("asis", "psis"):
        here, there = (landmarks_middle(markers, marker_set, (f"{side}_{part}",)) for side in SIDES)
        if here is not None and there is not None:
            found[part.upper()] = finite_median((there - here) @ right)
    for part in ("thigh", "shank", "foot"):
        fixed = [fixed_to(f"{side}_{part}", marker_set, labels) for side in SIDES]
        if all(fixed):
            ends = [np.mean([markers.point(name) for name in names], axis=0) for names in fixed]
            found[part] = finite_median((ends[1] - ends[0]) @ right)
    return found


def _mirrored(markers: Motion, marker_set: MarkerSet, right: Array) -> None:
    """Refuse a recording whose right side lies on the left."""
    found = _to_the_right(markers, marker_set, right)
    wrong = [part for part, apart in found.items() if apart < (-_CROSSES_M if part == "foot" else 0.0)]
    if not wrong:
        return
    whole = len(wrong) == len(found)
    raise DataError(
        f"the right {', '.join(wrong)} lie to the left of the left ones",
        "the whole body" if whole else "part of the body",
        "exchange left and right in the labels"
        + ("; or the file's axes are left-handed: export again with right-handed axes" if whole else ""),
    )


def laboratory_axes(markers: Motion, marker_set: MarkerSet, forces: Forces | None = None) -> Axes:
    """Return where forward, up and right are in the axes of a file.

    Parameters
    ----------
    markers
        Paths of the markers (T, K, 3) [m] in the axes of the file.
    marker_set
        Which marker is which landmark.
    forces
        What the plates felt, in the same axes; None where there are none.

    Returns
    -------
    Axes
        Up follows the body (pelvis above feet) and is checked against the forces; forward is the way
        the pelvis passes over the foot on the ground (on a belt and over ground alike), in standing
        where toes and pelvis point. Both are set to the nearest axis of the file, up within 25°,
        forward within 10°; further away forward keeps its own direction.

    Raises
    ------
    DataError
        Where pelvis or foot markers are missing, the runner moves backwards, or left lies on the right.
    """
    up, up_name, up_known, issues = _upward(markers, marker_set, forces)
    forward, forward_name, forward_known = _forward(markers, marker_set, up)
    forward = _unit(forward - up * (forward @ up))
    right = np.cross(forward, up)
    _mirrored(markers, marker_set, right)
    if up_name not in _USUAL or forward_name == "skew":
        said = (
            f"Up is {up_name} and forward is {forward_name} in the file's axes: {up_known}; {forward_known}."
        )
        issues.append(
            Issue(Code.AXES_FOUND, Severity.NOTE, said, "Nothing to do if that is how you recorded.")
        )
    rotation = np.stack([forward, up, right])
    return Axes(rotation, up_name, forward_name, up_known, forward_known, tuple(issues))


def _turned_forces(forces: Forces, axes: Axes) -> Forces:
    return replace(
        forces,
        force_n=forces.force_n @ axes.rotation.T,
        centre_of_pressure_m=forces.centre_of_pressure_m @ axes.rotation.T,
        frame="lab",
    )


def in_lab(trial: Trial, axes: Axes) -> Trial:
    """Turn the markers and forces of a trial into the lab frame.

    Parameters
    ----------
    trial
        In the axes of its file.
    axes
        Where forward, up and right are in them.

    Returns
    -------
    Trial
        Markers, forces and centres of pressure with X forward, Y up, Z to the runner's right; the free
        moment is about up as it was.
    """
    markers, forces = trial.markers, trial.forces
    if markers is not None:
        markers = replace(markers, points=markers.points @ axes.rotation.T, frame="lab")
    return trial.having(markers, None if forces is None else _turned_forces(forces, axes))
