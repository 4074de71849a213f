"""What is true of every step of a run, found on the continuous motion of the joints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.gait import DEFINITIONS, bend_middles
from midstance.kinematics import forward_lean, knee_flexion, shank_angle
from midstance.model import CATALOGUE, SIDES, Midstances, StepTable
from midstance.virtual.running.turning import about_z, pitch_rad, roll_rad, yaw_rad

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from midstance.gait import Definition
    from midstance.model import Contacts, Side
    from midstance.virtual.running.run import Run

    Array = NDArray[np.float64]
    Points = Mapping[str, Array]

__all__ = ["midstance_instant", "midstance_instants", "true_steps"]

_EARLIEST, _LATEST = 0.04, 0.90  # parts of contact within which joints are looked for most bent
_GRID, _FINE, _FLANKS = 40, 9, 241
_STRIDE_SAMPLES = 120
_MEDIAN_OF = ("knee", "leg_line", "pelvis")
_BY_FLANKS = ("knee_bend", "pelvis_dip", "mid_bend")


def midstance_instants(
    points_at: Callable[[Array], Points], contacts: Contacts, side: Side
) -> dict[str, Array]:
    """Return the midstance of the contacts of one side by every definition.

    Parameters
    ----------
    points_at
        Joint centres in the lab at instants.
    contacts
        Among them those of the side.
    side
        Which.

    Returns
    -------
    dict of str to ndarray
        Instants (N,) [s] by the names of `gait.DEFINITIONS`, to better than 0.1 ms; NaN for
        that of the centre of mass, which has no joint.
    """
    own = contacts.of(side)
    start, end = contacts.initial_contact_s[own], contacts.toe_off_s[own]
    return _turns(points_at, side, start, end) | _middles(points_at, side, start, end)


def midstance_instant(
    points_at: Callable[[Array], Points], side: Side, start_s: float, end_s: float, definition: Definition
) -> float:
    """Return the midstance of one contact by one definition [s]."""
    found = _middles if definition in _BY_FLANKS else _turns
    return float(found(points_at, side, np.array([start_s]), np.array([end_s]))[definition][0])


def _turns(points_at: Callable[[Array], Points], side: Side, start: Array, end: Array) -> dict[str, Array]:
    """Return midstance (N,) [s] by where knee, leg, pelvis or head turn, and by time and place alone."""
    grid = start + np.linspace(_EARLIEST, _LATEST, _GRID)[:, None] * (end - start)
    sizes = _sizes(points_at(grid.ravel()), side)
    step = (grid[1] - grid[0]) if len(start) else start
    about = np.stack([_peaks(grid, sizes[name]) for name in sizes])
    fine = about[:, None] + np.linspace(-1.0, 1.0, _FINE)[:, None] * step
    sizes = _sizes(points_at(fine.ravel()), side)
    found = {name: _summit(fine[i], sizes[name].reshape(fine.shape)[i]) for i, name in enumerate(sizes)}
    found["most_bent"] = np.median([found[name] for name in _MEDIAN_OF], axis=0)
    return found | {"half_contact": 0.5 * (start + end), "mass": np.full(len(start), np.nan)}


def _middles(points_at: Callable[[Array], Points], side: Side, start: Array, end: Array) -> dict[str, Array]:
    """Return midstance (N,) [s] by the flanks of bend and dip."""
    grid = start + np.linspace(0.0, 1.0, _FLANKS)[:, None] * (end - start)
    sizes = _sizes(points_at(grid.ravel()), side)
    knee, dip = (sizes[name].reshape(grid.shape) for name in ("knee", "pelvis"))

    def curve(values: Array, i: int) -> Callable[[Array], Array]:
        return lambda time: np.interp(time, grid[:, i], values[:, i])

    rows = [
        bend_middles(curve(knee, i), curve(-dip, i), float(start[i]), float(end[i]))
        for i in range(len(start))
    ]
    return {name: np.array([row[name] for row in rows]) for name in _BY_FLANKS}


def _sizes(points: Points, side: Side) -> dict[str, Array]:
    """Return what is largest at midstance, by definition."""
    hip, knee, ankle = (points[f"{side}_{name}"][..., :2] for name in ("hip", "knee", "ankle"))
    pelvis = 0.5 * (points["left_hip"] + points["right_hip"])
    head = (points["nose"] + points["left_ear"] + points["right_ear"]) / 3.0
    return {
        "knee": knee_flexion(hip, knee, ankle),
        "leg_line": -np.linalg.norm(hip - ankle, axis=-1),
        "pelvis": -pelvis[..., 1],
        "head": -head[..., 1],
        "hip_crossing": -((hip[..., 0] - ankle[..., 0]) ** 2),
    }


def _peaks(grid: Array, values: Array) -> Array:
    """Return where values on a grid (G, N) are largest (N,), its ends aside."""
    largest = np.argmax(values.reshape(grid.shape), axis=0) if grid.size else np.zeros(0, int)
    return np.asarray(grid[np.clip(largest, 1, len(grid) - 2), np.arange(grid.shape[1])])


def _summit(grid: Array, values: Array) -> Array:
    """Return where values on an even grid (G, N) are largest (N,), by a parabola through the highest."""
    if not grid.size:
        return np.empty(0)
    column = np.arange(grid.shape[1])
    i = np.clip(np.argmax(values, axis=0), 1, len(grid) - 2)
    before, here, after = (values[i + k, column] for k in (-1, 0, 1))
    bend = np.minimum(before - 2.0 * here + after, -1e-300)
    shift = np.clip(0.5 * (before - after) / bend, -1.0, 1.0)
    return np.asarray(grid[i, column] + shift * (grid[1] - grid[0]))


def true_steps(run: Run, definition: Definition) -> StepTable:
    """Return the truth about every whole contact of a run.

    Parameters
    ----------
    run
        Whose.
    definition
        Of midstance.

    Returns
    -------
    StepTable
        One row per contact; angles are those of the sagittal plane.
    """
    contacts = run.contacts
    count = len(contacts)
    instants = {name: np.full(count, np.nan) for name in DEFINITIONS}
    values: dict[str, Array] = {}
    for side in SIDES:
        own = contacts.of(side)
        found = midstance_instants(run.joints, contacts, side)
        for name, column in found.items():
            instants[name][own] = column
        start, end = contacts.initial_contact_s[own], contacts.toe_off_s[own]
        numbers = _at_contact(run, side, start)
        numbers |= _at_midstance(run.joints, side, found[definition], start, end)
        numbers |= _of_time(run, side, start, end)
        numbers |= _of_stride(run, side, start)
        for key, column in numbers.items():
            values.setdefault(key, np.full(count, np.nan))[own] = column
    leg = run.build.thigh_m + run.build.shank_m
    values["hip_over_ankle_at_midstance_percent"] = 100.0 / leg * values["hip_over_ankle_at_midstance_m"]
    spread = np.std([instants[name] for name in _MEDIAN_OF], axis=0)
    units = {key: CATALOGUE[key].unit if key in CATALOGUE else _unit(key) for key in values}
    middles = Midstances(instants[definition], spread, instants, definition)
    return StepTable(contacts, middles, values, units, np.ones(count, bool))


def _unit(key: str) -> str:
    """Return the unit that a name ends in."""
    return key.rsplit("_", maxsplit=1)[-1]


def _at_contact(run: Run, side: Side, time: Array) -> dict[str, Array]:
    """Return the values at initial contact (N,)."""
    points = run.joints(time)
    hip, knee, ankle = (points[f"{side}_{name}"][:, :2] for name in ("hip", "knee", "ankle"))
    foot = about_z(-run.hips.slope_rad) @ run.posture(time).turned[f"{side}_foot"]
    return {
        "foot_strike_angle_deg": np.degrees(pitch_rad(foot)),
        "shank_angle_at_contact_deg": shank_angle(knee, ankle),
        "knee_flexion_at_contact_deg": knee_flexion(hip, knee, ankle),
        "overstride_m": ankle[:, 0] - hip[:, 0],
    }


def _at_midstance(
    points_at: Callable[[Array], Points], side: Side, time: Array, start: Array, end: Array
) -> dict[str, Array]:
    """Return the values at midstance (N,), and the largest bend of the knee."""
    points = points_at(time)
    names = ("hip", "knee", "ankle", "heel", "toe")
    hip, knee, ankle, heel, toe = (points[f"{side}_{name}"][:, :2] for name in names)
    grid = start + np.linspace(_EARLIEST, _LATEST, _GRID)[:, None] * (end - start)
    bend = _sizes(points_at(grid.ravel()), side)["knee"].reshape(grid.shape)
    return {
        "midstance_percent_contact": 100.0 * (time - start) / (end - start),
        "hip_over_ankle_at_midstance_m": hip[:, 0] - ankle[:, 0],
        "hip_over_ankle_at_midstance_deg": forward_lean(ankle, hip),
        "hip_over_midfoot_at_midstance_m": hip[:, 0] - 0.5 * (heel + toe)[:, 0],
        "knee_flexion_at_midstance_deg": knee_flexion(hip, knee, ankle),
        "knee_flexion_peak_deg": bend.max(axis=0),
    }


def _of_time(run: Run, side: Side, start: Array, end: Array) -> dict[str, Array]:
    """Return contact, flight and step times, and what speed makes of them (N,)."""
    falls = run.hips.footfalls
    other = falls.initial_contact_s[falls.side != side]
    own = falls.initial_contact_s[falls.side == side]
    following = other[np.searchsorted(other, start + 1e-6)]
    again = own[np.searchsorted(own, start + 1e-6)]
    return {
        "contact_time_s": end - start,
        "flight_time_s": following - end,
        "duty_factor": (end - start) / (again - start),
        "cadence_spm": 120.0 / (again - start),
        "step_length_m": run.running.speed_m_s * (following - start),
        "speed_m_s": np.full(len(start), run.running.speed_m_s),
    }


def _of_stride(run: Run, side: Side, start: Array) -> dict[str, Array]:
    """Return means and ranges over the stride that begins with each contact (N,)."""
    sign = 1.0 if side == "right" else -1.0
    part = np.arange(_STRIDE_SAMPLES) / _STRIDE_SAMPLES
    time = (start[:, None] + part * 2.0 * run.running.step_time_s).ravel()
    posture = run.posture(time)
    points = run.placed(posture)
    shape = (len(start), _STRIDE_SAMPLES)
    middle = {name: 0.5 * (points[f"left_{name}"] + points[f"right_{name}"]) for name in ("hip", "shoulder")}
    lean = forward_lean(middle["hip"][:, :2], middle["shoulder"][:, :2]).reshape(shape)
    height = middle["hip"][:, 1].reshape(shape)[:, : _STRIDE_SAMPLES // 2]
    pelvis, thorax = (posture.turned[name] for name in ("pelvis", "thorax"))
    drop = -sign * np.degrees(roll_rad(pelvis)).reshape(shape)
    turn = np.degrees(yaw_rad(pelvis)).reshape(shape)
    twist = np.degrees(yaw_rad(thorax) - yaw_rad(pelvis)).reshape(shape)
    bend = np.degrees(roll_rad(thorax) - roll_rad(pelvis)).reshape(shape)
    stance = part * 2.0 * run.running.step_time_s <= run.running.contact_time_s
    return {
        "trunk_lean_deg": lean.mean(axis=1),
        "vertical_oscillation_m": np.ptp(height, axis=1),
        "pelvic_drop_deg": drop[:, stance].max(axis=1),
        "pelvic_rotation_range_deg": np.ptp(turn, axis=1),
        "twist_range_deg": np.ptp(twist, axis=1),
        "side_bend_range_deg": np.ptp(bend, axis=1),
    }
