"""Up and down: the height of the middle of the hips when running, walking and standing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["GRAVITY_M_S2", "Bounce", "Still", "Vault"]

GRAVITY_M_S2 = 9.81


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """A height that stays, but for a quiet sway.

    Parameters
    ----------
    height_m
        Mean height [m].
    sway_m
        Amplitude of the sway [m].
    """

    height_m: float
    sway_m: float = 0.0

    def up(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the height (T,) [m]."""
        return self.height_m + self.sway_m * np.sin(2.0 * np.pi * 0.23 * np.asarray(time_s))


@dataclass(frozen=True, slots=True, eq=False)
class Vault:
    """Walking: lowest in double support, highest between.

    Parameters
    ----------
    lowest_s
        Instants within the double supports (N,) [s].
    low_m, high_m
        Height there and between [m].
    """

    lowest_s: NDArray[np.float64]
    low_m: float
    high_m: float

    def up(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the height (T,) [m]."""
        low = self.lowest_s
        i = np.clip(np.searchsorted(low, time_s, "right") - 1, 0, len(low) - 2)
        part = np.clip((time_s - low[i]) / (low[i + 1] - low[i]), 0.0, 1.0)
        return np.asarray(self.low_m + (self.high_m - self.low_m) * np.sin(np.pi * part) ** 2)


@dataclass(frozen=True, slots=True, eq=False)
class Bounce:
    """Running: a smooth push in every contact, free fall in every flight.

    Parameters
    ----------
    initial_contact_s, contact_s
        Start and length of every contact (N,) [s].
    landing_m, leaving_m
        Height at the start and end of each (N,) [m].
    bluntness
        Weight of the third harmonic of the push: 0 a half-sine, larger flatter on top.

    Notes
    -----
    The push of a contact is `a·(sin πp + bluntness·sin 3πp) + b·sin 2πp` [m/s²] over its part p;
    a and b follow from the heights and speeds in which the flights before and after begin and end.
    """

    initial_contact_s: NDArray[np.float64]
    contact_s: NDArray[np.float64]
    landing_m: NDArray[np.float64]
    leaving_m: NDArray[np.float64]
    bluntness: float

    def up(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the height (T,) [m]."""
        landing, leaving = self._speeds()
        strong, skew = self._push(landing, leaving)
        start, contact = self.initial_contact_s, self.contact_s
        i = np.clip(np.searchsorted(start, time_s, "right") - 1, 0, len(start) - 1)
        since = time_s - start[i]
        on, off = np.clip(since, None, contact[i]), np.maximum(since - contact[i], 0.0)
        pushed = strong[i] * self._bump(on, contact[i]) + skew[i] * _lift(on, contact[i], 2)
        height = self.landing_m[i] + landing[i] * on - 0.5 * GRAVITY_M_S2 * on**2 + pushed
        return np.asarray(height + leaving[i] * off - 0.5 * GRAVITY_M_S2 * off**2)

    def _speeds(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return vertical speed at the start and end of each contact (N,) [m/s]."""
        flight = np.diff(self.initial_contact_s) - self.contact_s[:-1]
        flight = np.append(flight, flight[-1])
        climb = np.append(self.landing_m[1:], self.landing_m[-1]) - self.leaving_m
        leaving = 0.5 * GRAVITY_M_S2 * flight + climb / flight
        landing = np.roll(leaving - GRAVITY_M_S2 * flight, 1)
        return landing, leaving

    def _push(
        self, landing_m_s: NDArray[np.float64], leaving_m_s: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return a and b of each push (N,) [m/s²]."""
        contact = self.contact_s
        unit_speed = contact / np.pi * (2.0 + self.bluntness * 2.0 / 3.0)
        strong = (leaving_m_s - landing_m_s + GRAVITY_M_S2 * contact) / unit_speed
        gained = self.leaving_m - self.landing_m - landing_m_s * contact + 0.5 * GRAVITY_M_S2 * contact**2
        skew = (gained - strong * self._bump(contact, contact)) / _lift(contact, contact, 2)
        return strong, skew

    def _bump(self, since_s: NDArray[np.float64], contact_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the height that the symmetric part of a push has given."""
        return _lift(since_s, contact_s, 1) + self.bluntness * _lift(since_s, contact_s, 3)


def _lift(since_s: NDArray[np.float64], contact_s: NDArray[np.float64], harmonic: int) -> NDArray[np.float64]:
    """Return the height that an acceleration sin(harmonic·π·part) of 1 m/s² has given."""
    rate = harmonic * np.pi / contact_s
    return np.asarray(since_s / rate - np.sin(rate * since_s) / rate**2)
