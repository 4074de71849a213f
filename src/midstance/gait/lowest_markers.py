"""The lowest centre of mass of every step, from markers of pelvis and legs alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.gait.marker_contacts import calibration
from midstance.gait.marker_curves import pelvis, smoothed
from midstance.model import SIDES, opposite

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Contacts, Motion, Side

__all__ = ["LOWEST_PARTS", "body_velocity_m_s", "lowest_mass_from_markers_s"]

LOWEST_PARTS = ("pelvis", "stance_knee", "swing_knee")
"""Points whose vertical velocities make up that of the body, in the order of the calibration."""

_Y = slice(1, 2)
_STEP_S = 0.004
_EARLIEST, _LATEST = 0.1, 0.85  # parts of contact within which the body is lowest


def body_velocity_m_s(
    motion: Motion, side: Side, time_s: NDArray[np.float64], low_pass_hz: float = 20.0
) -> NDArray[np.float64]:
    """Return the vertical velocities of the points that stand for the body.

    Parameters
    ----------
    motion
        Motion in the lab frame [m].
    side
        The stance leg.
    time_s
        Instants (T,) [s].
    low_pass_hz
        Corner of the low-pass on the markers [Hz].

    Returns
    -------
    ndarray
        (T, 3) [m/s] in the order of `LOWEST_PARTS`; NaN where unseen.
    """
    places = (pelvis(motion), motion.point(f"{side}_knee"), motion.point(f"{opposite(side)}_knee"))
    curves = [smoothed(motion.time_s, place[:, _Y], low_pass_hz) for place in places]
    unseen = np.full(time_s.shape, np.nan)
    return np.stack([unseen if c is None else c(time_s, 1)[..., 0] for c in curves], axis=-1)


def lowest_mass_from_markers_s(
    motion: Motion, contacts: Contacts, low_pass_hz: float = 20.0
) -> tuple[NDArray[np.float64], float]:
    """Return when the centre of mass is lowest in each contact, and how sure that is.

    Parameters
    ----------
    motion
        Motion in the lab frame [m].
    contacts
        The N contacts.
    low_pass_hz
        Corner of the low-pass on the markers [Hz].

    Returns
    -------
    tuple
        Instants (N,) [s], NaN where not seen; standard deviation of one step against the force
        integrated twice, in runners the weights were not fitted to [s].

    Notes
    -----
    The body is lowest when its vertical velocity v turns from down to up. v is taken for a
    weighted sum of those of the pelvis, the stance knee and the swing knee. The weights were
    fitted to v from the force (trunk and head move with the pelvis as far as v can tell). Where a
    knee is not seen the pelvis alone is taken, with its mean offset.
    """
    known = calibration()["lowest_mass"]
    weights = np.array([known["weights"][name] for name in LOWEST_PARTS])
    found = np.full(len(contacts), np.nan)
    whole = True
    for side in SIDES:
        own = np.flatnonzero(contacts.of(side))
        time_s = _grid(contacts, own)
        velocities = body_velocity_m_s(motion, side, time_s, low_pass_hz)
        both = _turns_up(time_s, velocities @ weights)
        pelvis = _turns_up(time_s, velocities[..., 0]) - known["pelvis_alone"]["offset_s"]
        whole &= bool(np.isfinite(both).any() or not len(own))
        found[own] = np.where(np.isfinite(both), both, pelvis)
    return found, float(known["sd_s"] if whole else known["pelvis_alone"]["sd_s"])


def _grid(contacts: Contacts, own: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return instants (N, W) within each contact [s]."""
    lasts = contacts.duration_s[own]
    count = max(8, round(float(np.max(lasts, initial=0.0)) / _STEP_S))
    parts = np.linspace(_EARLIEST, _LATEST, count)
    return np.asarray(contacts.initial_contact_s[own, None] + parts * lasts[:, None])


def _turns_up(time_s: NDArray[np.float64], velocity_m_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where each row turns from negative to positive (N,) [s], NaN where it does not."""
    rows = np.arange(len(time_s))
    event = (velocity_m_s[:, :-1] < 0) & (velocity_m_s[:, 1:] >= 0)
    place = np.argmax(event, axis=1)
    before, after = velocity_m_s[rows, place], velocity_m_s[rows, place + 1]
    part = before / np.where(event.any(axis=1), before - after, np.nan)
    return np.asarray(time_s[rows, place] + part * (time_s[rows, place + 1] - time_s[rows, place]))
