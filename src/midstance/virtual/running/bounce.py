"""Up and down in phase with the steps: a smooth push in contact, free fall in flight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["GRAVITY_M_S2", "Bounce", "even_bounce"]

GRAVITY_M_S2 = 9.81
_MEAN_OF = 400


@dataclass(frozen=True, slots=True)
class Bounce:
    """Height of the centre of mass of who runs evenly.

    Parameters
    ----------
    step_s, contact_s
        Time from contact to contact, and how much of it a foot stands [s].
    push
        Strength of the push in its first, second and third harmonic over contact [m/s²].
    landing_m_s
        Vertical speed at contact [m/s].
    level_m
        Mean height above that at contact [m].
    """

    step_s: float
    contact_s: float
    push: tuple[float, float, float]
    landing_m_s: float
    level_m: float

    def up(self, part: Array) -> Array:
        """Return the height (...) [m] at parts of the step since contact, its mean taken off."""
        since = np.mod(part, 1.0) * self.step_s
        on, off = np.minimum(since, self.contact_s), np.maximum(since - self.contact_s, 0.0)
        fallen = self.landing_m_s * since - 0.5 * GRAVITY_M_S2 * since**2
        speed = np.zeros_like(since)
        for harmonic, strong in enumerate(self.push, start=1):
            rate = harmonic * np.pi / self.contact_s
            turn = rate * on
            fallen += strong * (turn - np.sin(turn)) / rate**2
            speed += strong * (1.0 - np.cos(turn)) / rate
        return np.asarray(fallen + speed * off - self.level_m)


def even_bounce(step_s: float, contact_s: float, bluntness: float, skew: float) -> Bounce:
    """Return the bounce whose push carries the weight over the step and that ends as high as it began.

    Parameters
    ----------
    step_s, contact_s
        Time from contact to contact, and how much of it a foot stands [s].
    bluntness, skew
        Third and second harmonic of the push over contact, over the first.
    """
    given = 2.0 * contact_s / np.pi * (1.0 + bluntness / 3.0)
    strong = GRAVITY_M_S2 * step_s / given
    push = (strong, strong * skew, strong * bluntness)
    still = Bounce(step_s, contact_s, push, 0.0, 0.0)
    sunk = float(still.up(np.array([1.0 - 1e-12]))[0])
    moving = replace(still, landing_m_s=-sunk / step_s)
    return replace(moving, level_m=float(np.mean(moving.up(np.arange(_MEAN_OF) / _MEAN_OF))))
