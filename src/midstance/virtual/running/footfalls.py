"""When which foot is on the ground, step by step, and the phase of the stride that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import CubicSpline

from midstance.model import Contacts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Side
    from midstance.virtual.running.options import Running

__all__ = ["LIGHT_S", "Footfalls", "OwnSteps", "scheduled"]

_MARGIN = 6  # steps known before time zero and after the end
LIGHT_S = (0.010, 0.002)  # the shoe touches so long before and after it carries weight
_SHORTEST, _LONGEST = 0.5, 0.95  # a varied contact keeps this part of its time, and leaves a flight


@dataclass(frozen=True, slots=True, eq=False)
class OwnSteps:
    """The steps of one foot.

    Parameters
    ----------
    planned_s
        When the weight comes on the foot: the stride is at phase 0 or a half (N,) [s].
    initial_contact_s, toe_off_s
        When the shoe first and last touches the ground (N,) [s].
    placed_m
        How far ahead of its usual place the foot is put (N,) [m].
    """

    planned_s: NDArray[np.float64]
    initial_contact_s: NDArray[np.float64]
    toe_off_s: NDArray[np.float64]
    placed_m: NDArray[np.float64]

    def latest(self, time_s: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the index of the contact that began last at each instant (T,)."""
        found = np.searchsorted(self.initial_contact_s, time_s, "right") - 1
        return np.asarray(np.clip(found, 0, len(self.planned_s) - 2))


@dataclass(frozen=True, slots=True, eq=False)
class Footfalls:
    """All steps of a run, from before time zero to after its end.

    Parameters
    ----------
    side
        `left` or `right` (N,), alternating.
    number
        Steps since the right contact at phase 0 (N,); even ones are right.
    planned_s, initial_contact_s, toe_off_s, placed_m
        As in `OwnSteps` (N,).
    clock
        Phase in strides as a smooth function of time.
    """

    side: NDArray[np.str_]
    number: NDArray[np.int64]
    planned_s: NDArray[np.float64]
    initial_contact_s: NDArray[np.float64]
    toe_off_s: NDArray[np.float64]
    placed_m: NDArray[np.float64]
    clock: CubicSpline

    def of(self, side: Side) -> OwnSteps:
        """Return the steps of one foot."""
        own = self.side == side
        return OwnSteps(
            self.planned_s[own], self.initial_contact_s[own], self.toe_off_s[own], self.placed_m[own]
        )

    def phase(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the phase at each instant in strides: whole numbers at right contacts, smooth between."""
        return np.asarray(self.clock(time_s))

    def contacts(self, duration_s: float) -> Contacts:
        """Return the contacts that lie wholly between time zero and the end."""
        inside = (self.initial_contact_s >= 0.0) & (self.toe_off_s <= duration_s)
        return Contacts(self.side[inside], self.initial_contact_s[inside], self.toe_off_s[inside])


def scheduled(running: Running, duration_s: float) -> Footfalls:
    """Return the steps of a runner: even ones, but for the variation that the options ask for."""
    step = running.step_time_s
    first = 2.0 * running.start_phase_percent / 100.0
    number = np.arange(-_MARGIN, int(np.ceil(duration_s / step + first)) + _MARGIN + 1)
    random = np.random.default_rng([running.seed, len("steps")])
    varied = random.normal(0.0, 1.0, (3, len(number)))
    planned = (number - first) * step + running.step_time_sd_s * varied[0]
    right = number % 2 == 0
    contact = running.contact_time_s + np.where(right, 0.5, -0.5) * running.contact_time_difference_s
    contact = contact + running.contact_time_sd_s * varied[1]
    contact = np.clip(contact, _SHORTEST * running.contact_time_s, _LONGEST * step)
    start = planned - LIGHT_S[0] - running.overstride_change_m / running.speed_m_s
    return Footfalls(
        side=np.where(right, "right", "left"),
        number=number,
        planned_s=planned,
        initial_contact_s=start,
        toe_off_s=planned - LIGHT_S[0] + contact,
        placed_m=running.placement_sd_m * varied[2],
        clock=CubicSpline(planned, 0.5 * number, bc_type="natural"),
    )
