"""Body mass and the lowest centre of mass, from the vertical force alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.integrate import cumulative_trapezoid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.gait.plates import PlateContacts

__all__ = ["body_mass_kg", "force_velocity_m_s", "lowest_centre_of_mass_s"]

_GRAVITY_M_S2 = 9.80665
_EARLIEST, _LATEST = 0.1, 0.85  # parts of contact within which the body is lowest


def body_mass_kg(plates: PlateContacts) -> float:
    """Return the mass that the mean vertical force over whole strides bears [kg].

    Parameters
    ----------
    plates
        Contacts and clean force of `ForceContacts`.

    Returns
    -------
    float
        Mass [kg]; NaN where no whole stride is on the plates.

    Notes
    -----
    Over whole strides the body gains no vertical momentum, so that the mean force is its weight
    [1]_: shoes, clothes and markers included.

    References
    ----------
    .. [1] Cavagna 1975, J Appl Physiol 39:174, doi 10.1152/jappl.1975.39.1.174.
    """
    if plates.contacts is None:
        return float("nan")
    impulse, lasted = 0.0, 0.0
    gathered = cumulative_trapezoid(plates.vertical_n, plates.time_s, initial=0.0)
    for start, stop, _ in _strides(plates):
        impulse += float(np.diff(np.interp((start, stop), plates.time_s, gathered))[0])
        lasted += stop - start
    return impulse / lasted / _GRAVITY_M_S2 if lasted else float("nan")


def _strides(plates: PlateContacts) -> list[tuple[float, float, float]]:
    """Return start and end of the whole strides in each covered span, and their mean duration [s]."""
    found: list[tuple[float, float, float]] = []
    contacts = plates.contacts
    if contacts is None:
        return found
    for start, stop in plates.covered_s:
        lands = contacts.initial_contact_s
        lands = lands[(lands >= start) & (lands <= stop)]
        count = (len(lands) - 1) // 2
        if count > 0:
            found.append((lands[0], lands[2 * count], (lands[2 * count] - lands[0]) / count))
    return found


def force_velocity_m_s(plates: PlateContacts, mass_kg: float, centre_s: float) -> NDArray[np.float64]:
    """Return the vertical velocity of the centre of mass about one instant, from the force (T,) [m/s].

    Parameters
    ----------
    plates
        Contacts and clean force of `ForceContacts`.
    mass_kg
        Body mass [kg].
    centre_s
        Instant about which it is wanted [s].

    Returns
    -------
    ndarray
        (T,) on the clock of the plates; its mean over the stride about `centre_s` is zero. NaN
        where that stride is not on the plates.
    """
    fall = plates.vertical_n / mass_kg - _GRAVITY_M_S2
    velocity = cumulative_trapezoid(fall, plates.time_s, initial=0.0)
    height = cumulative_trapezoid(velocity, plates.time_s, initial=0.0)
    return np.asarray(velocity - _stride_mean(plates, height, centre_s))


def _stride_mean(plates: PlateContacts, height_m: NDArray[np.float64], centre_s: float) -> float:
    """Return the mean velocity over the stride about an instant, pushed inside the covered span [m/s]."""
    for (start, stop), (_, _, stride_s) in zip(_spans(plates), _strides(plates), strict=True):
        if start <= centre_s <= stop and stop - start >= stride_s:
            first = float(np.clip(centre_s - 0.5 * stride_s, start, stop - stride_s))
            rise = np.diff(np.interp((first, first + stride_s), plates.time_s, height_m))
            return float(rise[0] / stride_s)
    return float("nan")


def _spans(plates: PlateContacts) -> list[tuple[float, float]]:
    """Return the covered spans that hold a whole stride."""
    contacts = plates.contacts
    if contacts is None:
        return []
    lands = contacts.initial_contact_s
    held = [(a, b, int(np.sum((lands >= a) & (lands <= b)))) for a, b in plates.covered_s]
    return [(a, b) for a, b, count in held if count > 2]  # noqa: PLR2004  # three landings, one stride


def lowest_centre_of_mass_s(plates: PlateContacts, mass_kg: float) -> NDArray[np.float64]:
    """Return when the centre of mass is lowest in each contact, by integrating the force twice.

    Parameters
    ----------
    plates
        Contacts and clean force of `ForceContacts`.
    mass_kg
        Body mass [kg].

    Returns
    -------
    ndarray
        Instants (N,) [s]: the vertical velocity turns from down to up. NaN where no whole stride
        about the contact is on the plates.

    Notes
    -----
    The velocity's constant is set by the stride about each contact, over which it averages to
    zero: a wrong mass or a slow drift then cancels at the centre of that stride. A height that
    differs by 5 mm from stride to stride moves the instant by half a millisecond.
    """
    contacts = plates.contacts
    if contacts is None:
        return np.empty(0)
    clock = plates.time_s
    velocity = cumulative_trapezoid(plates.vertical_n / mass_kg - _GRAVITY_M_S2, clock, initial=0.0)
    height = cumulative_trapezoid(velocity, clock, initial=0.0)
    found = np.full(len(contacts), np.nan)
    for i, (land, lasts) in enumerate(zip(contacts.initial_contact_s, contacts.duration_s, strict=True)):
        mean = _stride_mean(plates, height, land + 0.5 * lasts)
        part = slice(*np.searchsorted(clock, (land + _EARLIEST * lasts, land + _LATEST * lasts)))
        found[i] = _turns_up(clock[part], velocity[part] - mean)
    return found


def _turns_up(time_s: NDArray[np.float64], velocity_m_s: NDArray[np.float64]) -> float:
    """Return where a velocity turns from negative to positive [s], NaN where it does not."""
    turns = np.flatnonzero((velocity_m_s[:-1] < 0) & (velocity_m_s[1:] >= 0))
    if not len(turns):
        return float("nan")
    i = int(turns[0])
    part = velocity_m_s[i] / (velocity_m_s[i] - velocity_m_s[i + 1])
    return float(time_s[i] + part * (time_s[i + 1] - time_s[i]))
