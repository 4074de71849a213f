"""What an analyser should say about each step, found on the continuous motion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.gait import bend_middles
from midstance.model import SIDES, Contacts, Midstances

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from midstance.gait import Definition
    from midstance.model import Side
    from midstance.virtual.legs import Leg
    from midstance.virtual.upper import UpperBody

    Curve = Callable[[NDArray[np.float64]], NDArray[np.float64]]

__all__ = ["Truth", "reference_instants", "true_steps"]

_EARLIEST, _LATEST = 0.05, 0.65  # parts of contact within which midstance is looked for
_GRID = 60
_ROUNDS = 3
_LEAN_SAMPLES = 64
_MEDIAN_OF = ("knee", "leg_line", "pelvis")
_KNOWN = (*_MEDIAN_OF, "most_bent", "knee_bend", "pelvis_dip", "mid_bend", "half_contact")


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """The truth about N steps, in the order of the contacts.

    Parameters
    ----------
    contacts
        When which foot was on the ground.
    midstances
        Their midstance. With thigh and shank of constant length `knee` and `leg_line` are one.
    values
        Columns (N,) by the keys of the metric catalogue; angles in degrees.
    """

    contacts: Contacts
    midstances: Midstances
    values: dict[str, NDArray[np.float64]]

    @property
    def midstance_s(self) -> NDArray[np.float64]:
        """Midstance by the chosen definition (N,) [s]."""
        return self.midstances.time_s

    def mean(self, key: str, side: Side | None = None) -> float:
        """Return the mean of one column over the steps of a side, or all."""
        own = np.ones(len(self.contacts), bool) if side is None else self.contacts.of(side)
        return float(np.mean(self.values[key][own]))


def reference_instants(leg: Leg, step: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return when each contact (N,) has its hip over ankle as the gait asks [s].

    Notes
    -----
    The largest bend of the knee, not `pelvis_dip`: it is the bottom of the fall that the gait is made
    from, and typical values of the options were read there.
    """
    own = leg.pelvis.schedule.of(leg.side)
    start, end = own.initial_contact_s[step], own.toe_off_s[step]
    if leg.pelvis.gait.activity != "running":
        return np.asarray(0.5 * (start + end))
    return _largest(_knee(leg, step), start, end)


def true_steps(
    legs: dict[Side, Leg], upper: UpperBody, contacts: Contacts, definition: Definition = "pelvis_dip"
) -> Truth:
    """Return the truth about every contact.

    Parameters
    ----------
    legs
        By side.
    upper
        Trunk and arms.
    contacts
        The N contacts asked about.
    definition
        Of midstance, for the values there; not every one of `gait.DEFINITIONS` is known.

    Returns
    -------
    Truth
        Instants to better than 0.1 ms, and the values there.
    """
    count = len(contacts)
    instants = {name: np.full(count, np.nan) for name in _KNOWN}
    values: dict[str, NDArray[np.float64]] = {}
    for side in SIDES:
        own, leg = contacts.of(side), legs[side]
        start, end = contacts.initial_contact_s[own], contacts.toe_off_s[own]
        found = _instants(leg, start, end)
        for name, column in found.items():
            instants[name][own] = column
        for key, column in _numbers(leg, start, end, found[definition], found["knee"]).items():
            values.setdefault(key, np.full(count, np.nan))[own] = column
    values["trunk_lean_deg"] = _mean_lean(upper, contacts)
    spread = np.std([instants[name] for name in _MEDIAN_OF], axis=0)
    return Truth(contacts, Midstances(instants[definition], spread, instants, definition), values)


def _instants(
    leg: Leg, start: NDArray[np.float64], end: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    """Return midstance of the contacts of one leg (N,) [s] by every definition that is known."""
    step = leg.pelvis.schedule.of(leg.side).latest(start + 1e-9)
    found = {
        "knee": _largest(_knee(leg, step), start, end),
        "leg_line": _largest(lambda t: -_length(leg, t, step), start, end),
        "pelvis": _largest(lambda t: -leg.pelvis.up(t), start, end),
    }
    rows = [
        bend_middles(_knee(leg, step[i : i + 1]), leg.pelvis.up, float(start[i]), float(end[i]))
        for i in range(len(start))
    ]
    found |= {name: np.array([row[name] for row in rows]) for name in ("knee_bend", "pelvis_dip", "mid_bend")}
    found["most_bent"] = np.median([found[name] for name in _MEDIAN_OF], axis=0)
    found["half_contact"] = 0.5 * (start + end)
    return found


def _numbers(
    leg: Leg,
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    middle: NDArray[np.float64],
    bent: NDArray[np.float64],
) -> dict[str, NDArray[np.float64]]:
    """Return the values of the contacts of one leg by catalogue key."""
    knee = _knee(leg, leg.pelvis.schedule.of(leg.side).latest(start + 1e-9))
    pose, landing = leg.pose(middle), leg.pose(start)
    over = pose.hip - pose.ankle
    shank = landing.ankle - landing.knee
    foot = 0.5 * (pose.heel + pose.toe)
    return {
        "contact_time_s": end - start,
        "midstance_percent_contact": 100.0 * (middle - start) / (end - start),
        "hip_over_ankle_at_midstance_m": over[:, 0],
        "hip_over_ankle_at_midstance_deg": np.degrees(np.arctan2(over[:, 0], over[:, 1])),
        "hip_over_ankle_at_midstance_percent": 100.0 * over[:, 0] / leg.body.leg_m,
        "hip_over_midfoot_at_midstance_m": pose.hip[:, 0] - foot[:, 0],
        "foot_strike_angle_deg": np.degrees(landing.state.pitch_rad),
        "shank_angle_at_contact_deg": np.degrees(np.arctan2(shank[:, 0], -shank[:, 1])),
        "knee_flexion_at_contact_deg": np.degrees(knee(start)),
        "overstride_m": landing.ankle[:, 0] - landing.hip[:, 0],
        "knee_flexion_at_midstance_deg": np.degrees(knee(middle)),
        "knee_flexion_peak_deg": np.degrees(knee(bent)),
    }


def _knee(leg: Leg, step: NDArray[np.int64]) -> Curve:
    """Return knee flexion [rad] of given contacts as a function of instants (N,)."""
    return lambda time_s: leg.stance(time_s, np.broadcast_to(step, time_s.shape)).knee_rad


def _length(leg: Leg, time_s: NDArray[np.float64], step: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the distance from hip to ankle (N,) [m]."""
    step = np.broadcast_to(step, time_s.shape)
    return np.asarray(
        np.linalg.norm(leg.stance_ankle(time_s, step) - leg.pelvis.hip(time_s, leg.side), axis=-1)
    )


def _mean_lean(upper: UpperBody, contacts: Contacts) -> NDArray[np.float64]:
    """Return the mean trunk lean over the stride that begins with each contact (N,) [deg]."""
    stride = 2.0 * upper.pelvis.gait.step_time_s
    part = (np.arange(_LEAN_SAMPLES) + 0.5) / _LEAN_SAMPLES * stride
    lean = upper.lean_rad((contacts.initial_contact_s[:, None] + part).ravel())
    return np.asarray(np.degrees(lean.reshape(-1, _LEAN_SAMPLES).mean(axis=1)))


def _largest(curve: Curve, start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where a curve is largest within each contact (N,): a grid, refined thrice."""
    low, high = start + _EARLIEST * (end - start), start + _LATEST * (end - start)
    best = low
    for _ in range(_ROUNDS):
        values = curve(low + np.linspace(0.0, 1.0, _GRID)[:, None] * (high - low))
        i = np.clip(np.argmax(values, axis=0), 1, _GRID - 2)
        step = (high - low) / (_GRID - 1)
        best = low + i * step
        low, high = best - step, best + step
    return best
