"""The instant of midstance, by the method's words and by every other definition in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from midstance.errors import SettingsError
from midstance.gait.bend import bend_middles
from midstance.model import SIDES, Contacts, Midstances, Side
from midstance.numerics import crossing, extremum

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from midstance.gait.contacts import StancePhases
    from midstance.gait.phase import LockedStride

__all__ = ["DEFINITIONS", "Definition", "MidstanceRule", "midstance_phases"]

Definition = Literal[
    "mid_bend",
    "knee_bend",
    "pelvis_dip",
    "most_bent",
    "knee",
    "leg_line",
    "pelvis",
    "head",
    "mass",
    "half_contact",
    "hip_crossing",
]
DEFINITIONS: dict[str, str] = {
    "mid_bend": "the mean of knee_bend and pelvis_dip: bending is over, stretching has not begun",
    "knee_bend": "the middle of the time for which the knee is bent by two thirds or more",
    "pelvis_dip": "the middle of the time for which the middle of the hips is sunk by two thirds or more",
    "most_bent": "the median of knee, leg_line and pelvis: joints most bent, body lowest",
    "knee": "knee flexion is largest",
    "leg_line": "the line from hip to ankle is shortest",
    "pelvis": "the middle of the hips is lowest",
    "head": "the head is lowest",
    "mass": "the centre of mass is lowest; only from a laboratory",
    "half_contact": "half of the time between initial contact and toe-off",
    "hip_crossing": "the hip passes over the ankle",
}
"""What each definition of midstance means."""

_OF_CONTACT = {"most_bent": 0.43, "mid_bend": 0.46, "pelvis_dip": 0.465}  # of contact time, where unseen
_MARGIN = 0.04
_MEDIAN_OF = ("knee", "leg_line", "pelvis")
_MEAN_OF = ("knee_bend", "pelvis_dip")


def midstance_phases(
    locked: LockedStride,
    stance: StancePhases,
    side: Side,
    harmonics: int = 8,
    lags_s: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """Return the phase [rad] of midstance of one leg by every definition.

    Parameters
    ----------
    locked
        The mean stride, with the curves of `kinematics.sagittal_curves`.
    stance
        Its contacts.
    side
        Which leg.
    harmonics
        Harmonics of the stride frequency that are kept: joints are most bent at the top of a flat
        curve, which noise would shift; eight are a low-pass of about 11 Hz.
    lags_s
        How late the points at hand are known to put a definition on average [s]; taken off.

    Returns
    -------
    dict
        Phase of each of `DEFINITIONS`, NaN where the curve does not show it; `pelvis_dip`, `mid_bend`
        and `most_bent` fall back to 46.5, 46 and 43 % of contact, where they come in running.

    References
    ----------
    43 % of contact: median of 6 368 steps in the trials of Fukuchi, Fukuchi & Duarte 2017,
    PeerJ 5:e3298, doi 10.7717/peerj.3298.
    """
    locked = locked.smoothed(harmonics)
    landing, leaving = stance.initial_contact[side], stance.toe_off[side]
    start = landing + _MARGIN * (leaving - landing)
    stop = leaving - 2 * _MARGIN * (leaving - landing)

    def turn(name: str, kind: str) -> float:
        return extremum(_curve(locked, name), start, stop, kind)

    over = _curve(locked, f"{side}_hip_over_ankle_m")
    found = {
        "knee": turn(f"{side}_knee_flexion_deg", "max"),
        "leg_line": turn(f"{side}_hip_ankle_length_m", "min"),
        "pelvis": turn("pelvis_height_m", "min"),
        "head": turn("head_height_m", "min"),
        "mass": float("nan"),
        "half_contact": 0.5 * (landing + leaving),
        "hip_crossing": crossing(over, landing, leaving, 0.0, rising=True),
    }
    knee, pelvis = _curve(locked, f"{side}_knee_flexion_deg"), _curve(locked, "pelvis_height_m")
    found |= bend_middles(knee, pelvis, landing, leaving)
    for name, lag in (lags_s or {}).items():
        found[name] -= lag / locked.stride_time_s * 2.0 * np.pi
    for name, parts in (("most_bent", _MEDIAN_OF), ("mid_bend", _MEAN_OF), ("pelvis_dip", ("pelvis_dip",))):
        bent = np.array([found[part] for part in parts])
        fallback = landing + _OF_CONTACT[name] * (leaving - landing)
        found[name] = float(np.nanmedian(bent)) if np.isfinite(bent).any() else fallback
    return found


def _curve(locked: LockedStride, name: str) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    return lambda phase: locked.mean(name, phase)


@dataclass(frozen=True, slots=True)
class MidstanceRule:
    """Find the midstance of every contact.

    Parameters
    ----------
    definition
        Which definition is reported; all are computed.
    harmonics
        As in `midstance_phases`.
    """

    definition: Definition = "pelvis_dip"
    harmonics: int = 8

    def __post_init__(self) -> None:
        """Refuse a definition that does not exist."""
        if self.definition not in get_args(Definition):
            raise SettingsError(
                f"there is no definition of midstance {self.definition!r}",
                "midstance.definition",
                f"choose one of {', '.join(DEFINITIONS)}",
            )
        if self.harmonics < 3:  # noqa: PLR2004  (fewer cannot bend and stretch a knee twice)
            raise SettingsError(f"harmonics is {self.harmonics}", "midstance.harmonics", "choose 3 or more")

    def __call__(
        self,
        locked: LockedStride,
        stance: StancePhases,
        contacts: Contacts,
        lags_s: Mapping[Side, Mapping[str, float]] | None = None,
    ) -> Midstances:
        """Return midstance by every definition for every contact.

        Parameters
        ----------
        locked, stance
            The mean stride and its contacts.
        contacts
            The N contacts of the recording.
        lags_s
            Known lags by side, as in `midstance_phases` [s].
        """
        times = {name: np.full(len(contacts), np.nan) for name in DEFINITIONS}
        for side in SIDES:
            own = contacts.of(side)
            phases = midstance_phases(locked, stance, side, self.harmonics, (lags_s or {}).get(side))
            landed = np.interp(contacts.initial_contact_s[own], locked.signals.time_s, locked.phase)
            for name, phase in phases.items():
                place = landed + phase - stance.initial_contact[side]
                times[name][own] = np.interp(place, locked.phase, locked.signals.time_s)
        bent = np.stack([times[name] for name in _MEDIAN_OF])
        seen = np.isfinite(bent)
        count = np.maximum(seen.sum(axis=0), 1)
        middle = np.where(seen, bent, 0.0).sum(axis=0) / count
        spread = np.sqrt(np.where(seen, (bent - middle) ** 2, 0.0).sum(axis=0) / count)
        return Midstances(times[self.definition], spread, times, self.definition)
