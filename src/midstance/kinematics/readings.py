"""Which curve is read at which instant to give which measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.numerics import finite_median

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from midstance.model import Side

    Array = NDArray[np.float64]
    Read = Callable[[str, Array], Array]

__all__ = ["READINGS", "flat_foot_deg", "leg_readings"]

READINGS: dict[str, tuple[str, str]] = {
    "hip_over_ankle_at_midstance_m": ("hip_over_ankle_m", "midstance"),
    "hip_over_ankle_at_midstance_deg": ("hip_over_ankle_deg", "midstance"),
    "hip_over_midfoot_at_midstance_m": ("hip_over_midfoot_m", "midstance"),
    "foot_strike_angle_deg": ("foot_angle_deg", "initial_contact"),
    "shank_angle_at_contact_deg": ("shank_angle_deg", "initial_contact"),
    "knee_flexion_at_contact_deg": ("knee_flexion_deg", "initial_contact"),
    "overstride_m": ("ankle_ahead_of_hip_m", "initial_contact"),
    "knee_flexion_at_midstance_deg": ("knee_flexion_deg", "midstance"),
    "knee_flexion_peak_deg": ("knee_flexion_deg", "knee_peak"),
}
"""Measure key → curve (without its side) and instant (`initial_contact`, `midstance`, `knee_peak`)."""

_FLAT = (0.25, 0.45)


def flat_foot_deg(read: Read, side: Side, initial_contact: Array, toe_off: Array) -> float:
    """Return the pitch of the foot while it lies flat: the median between 25 and 45 % of contact.

    Parameters
    ----------
    read
        Gives a curve by name at places (N,), in time or in phase.
    side
        Which leg.
    initial_contact, toe_off
        Places (N,) of the contacts.

    Returns
    -------
    float
        Pitch [deg].
    """
    parts = np.linspace(*_FLAT, 9)
    places = initial_contact[:, None] + parts * (toe_off - initial_contact)[:, None]
    return finite_median(read(f"{side}_foot_angle_deg", places.ravel()))


def leg_readings(
    read: Read, side: Side, instants: dict[str, Array], leg_m: float, flat_deg: float
) -> dict[str, Array]:
    """Return every kinematic measure of one leg at the given instants.

    Parameters
    ----------
    read
        Gives a curve by name at places (N,), in time or in phase.
    side
        Which leg.
    instants
        Places (N,) of `initial_contact`, `midstance` and `knee_peak`.
    leg_m
        Length of thigh plus shank [m].
    flat_deg
        Pitch of the flat foot, taken off the pitch at contact [deg].

    Returns
    -------
    dict
        Key of the catalogue → (N,).

    Notes
    -----
    Foot-strike angle after Altman & Davis 2012, Gait Posture 35:298,
    doi 10.1016/j.gaitpost.2011.09.104: pitch at contact minus pitch of the flat foot; the flat
    foot within the same stance stands in for their standing trial.
    """
    values = {key: read(f"{side}_{curve}", instants[at]) for key, (curve, at) in READINGS.items()}
    values["foot_strike_angle_deg"] = values["foot_strike_angle_deg"] - flat_deg
    values["hip_over_ankle_at_midstance_percent"] = 100.0 * values["hip_over_ankle_at_midstance_m"] / leg_m
    return values
