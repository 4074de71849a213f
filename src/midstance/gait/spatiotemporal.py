"""Times and lengths of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.gait.phase import LockedStride
    from midstance.model import Contacts

__all__ = ["cadence_spm", "spatiotemporal_columns", "vertical_oscillation_m"]

_TURN = 2.0 * np.pi


def cadence_spm(locked: LockedStride) -> float:
    """Return the cadence [steps/min]: twice the stride rate of the whole bout."""
    return 120.0 / locked.stride_time_s


def _next_of_other_side(contacts: Contacts) -> NDArray[np.float64]:
    """Return the following initial contact (N,) [s] where it is the other foot's, else NaN."""
    following = np.full(len(contacts), np.nan)
    other = contacts.side[1:] != contacts.side[:-1]
    following[:-1] = np.where(other, contacts.initial_contact_s[1:], np.nan)
    return following


def spatiotemporal_columns(
    contacts: Contacts, midstance_s: NDArray[np.float64], stride_time_s: float, speed_m_s: float
) -> dict[str, NDArray[np.float64]]:
    """Return contact time, flight time, duty factor, step length and midstance of every step.

    Parameters
    ----------
    contacts
        The N contacts.
    midstance_s
        Their midstances (N,) [s].
    stride_time_s
        Mean stride time [s].
    speed_m_s
        Running speed [m/s]; NaN if unknown, then step length is NaN.

    Returns
    -------
    dict
        `contact_time_s`, `flight_time_s` (negative in walking: both feet on the ground),
        `duty_factor`, `step_length_m`, `midstance_percent_contact`, each (N,).
    """
    following = _next_of_other_side(contacts)
    step_time = following - contacts.initial_contact_s
    return {
        "contact_time_s": contacts.duration_s,
        "flight_time_s": following - contacts.toe_off_s,
        "duty_factor": contacts.duration_s / stride_time_s,
        "step_length_m": speed_m_s * step_time,
        "midstance_percent_contact": 100.0 * (midstance_s - contacts.initial_contact_s) / contacts.duration_s,
    }


def vertical_oscillation_m(locked: LockedStride) -> float:
    """Return the vertical range of the middle of the hips within a step [m].

    Parameters
    ----------
    locked
        The mean stride, with `pelvis_height_m`.

    Returns
    -------
    float
        Range [m].

    Notes
    -----
    Mean of both steps of the mean stride: highest minus lowest between two successive highest
    points. The hip key points stand in for the centre of mass.
    """
    phase = np.linspace(0.0, _TURN, 360, endpoint=False)
    height = locked.mean("pelvis_height_m", phase)
    start = int(np.argmax(height))
    height = np.roll(height, -start)
    halves = np.split(height, 2)
    return float(np.mean([half.max() - half.min() for half in halves]))
