"""When which foot is on the ground, and where it is put."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from midstance.model import SIDES, Contacts, Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.virtual.gait import Gait

__all__ = ["Footsteps", "Schedule", "planned"]

_MARGIN_STEPS = 6  # known before time zero and after the end, so that every sample lies between steps
_SHORTEST = 0.5  # a jittered contact keeps at least this part of its time


@dataclass(frozen=True, slots=True, eq=False)
class Footsteps:
    """The contacts of one foot.

    Parameters
    ----------
    initial_contact_s, toe_off_s
        Start and end (N,) [s].
    ankle_m
        Where the ankle is while the foot is flat, on the belt (N,) [m].
    across_m
        The same, to the runner's right (N,) [m].
    """

    initial_contact_s: NDArray[np.float64]
    toe_off_s: NDArray[np.float64]
    ankle_m: NDArray[np.float64]
    across_m: NDArray[np.float64]

    @property
    def duration_s(self) -> NDArray[np.float64]:
        """Contact times (N,) [s]."""
        return self.toe_off_s - self.initial_contact_s

    def latest(self, time_s: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the index of the contact that began last at each instant (T,)."""
        return np.clip(np.searchsorted(self.initial_contact_s, time_s, "right") - 1, 0, None)


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """All steps of a performance.

    Parameters
    ----------
    side
        `left` or `right` (N,), alternating.
    initial_contact_s, toe_off_s
        Start and end of each contact (N,) [s].
    planned_contact_s
        When each contact would begin without variation from step to step (N,) [s].
    phase_at_contact
        Stride phase at each initial contact (N,): whole numbers right, halves left.
    ankle_m, across_m
        Where each foot is put on the belt (N,) [m].
    """

    side: NDArray[np.str_]
    initial_contact_s: NDArray[np.float64]
    toe_off_s: NDArray[np.float64]
    planned_contact_s: NDArray[np.float64]
    phase_at_contact: NDArray[np.float64]
    ankle_m: NDArray[np.float64]
    across_m: NDArray[np.float64]

    @property
    def duration_s(self) -> NDArray[np.float64]:
        """Contact times (N,) [s]."""
        return self.toe_off_s - self.initial_contact_s

    def of(self, side: Side) -> Footsteps:
        """Return the contacts of one foot."""
        own = self.side == side
        return Footsteps(
            self.initial_contact_s[own], self.toe_off_s[own], self.ankle_m[own], self.across_m[own]
        )

    def moved(self, ankle_m: NDArray[np.float64]) -> Schedule:
        """Return the same steps with the feet put elsewhere."""
        return replace(self, ankle_m=ankle_m)

    def phase(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the stride phase at each instant, 0 = right initial contact, growing by 1 a stride."""
        knots, values = self.initial_contact_s, self.phase_at_contact
        return _natural_spline(knots, values, np.asarray(time_s, dtype=np.float64))

    def contacts(self, start_s: float, end_s: float) -> Contacts:
        """Return the contacts that lie wholly within a span."""
        inside = self.inside(start_s, end_s)
        return Contacts(self.side[inside], self.initial_contact_s[inside], self.toe_off_s[inside])

    def inside(self, start_s: float, end_s: float) -> NDArray[np.bool_]:
        """Return which contacts (N,) lie wholly within a span."""
        return np.asarray((self.initial_contact_s >= start_s) & (self.toe_off_s <= end_s))


def planned(gait: Gait, duration_s: float) -> Schedule:
    """Return the steps of a gait, from well before time zero to well after its end.

    The feet are put at the origin; `perform` moves them under the runner.
    """
    if gait.activity == "standing":
        return _standing(gait, duration_s)
    step = gait.step_time_s
    first = 2.0 * gait.start_phase_percent / 100.0
    number = np.arange(-_MARGIN_STEPS, int(np.ceil(duration_s / step + first)) + _MARGIN_STEPS + 1)
    random = np.random.default_rng([gait.seed, 1])
    plan = np.asarray((number - first) * step, dtype=np.float64)
    start = plan + random.normal(0.0, gait.step_time_sd_s, len(number))
    right = number % 2 == 0
    sign = np.where(right, 1.0, -1.0)
    contact = gait.contact_time_s + 0.5 * sign * gait.contact_time_difference_s
    contact = contact + random.normal(0.0, gait.contact_time_sd_s, len(number))
    contact = np.maximum(contact, _SHORTEST * gait.contact_time_s)
    return Schedule(
        side=np.where(right, "right", "left"),
        initial_contact_s=start,
        toe_off_s=start + contact,
        planned_contact_s=plan,
        phase_at_contact=np.asarray(0.5 * number, dtype=np.float64),
        ankle_m=np.zeros(len(number)),
        across_m=0.5 * sign * gait.step_width_m,
    )


def _standing(gait: Gait, duration_s: float) -> Schedule:
    """Return one contact of each foot that outlasts the performance."""
    side = np.array(SIDES)
    long = 10.0
    return Schedule(
        side=side,
        initial_contact_s=np.array([-long - 1.0, -long]),
        toe_off_s=np.full(2, duration_s + long),
        planned_contact_s=np.zeros(2),
        phase_at_contact=np.array([0.0, 0.01]),
        ankle_m=np.full(2, -gait.hip_over_ankle_m),
        across_m=0.5 * gait.step_width_m * np.array([-1.0, 1.0]),
    )


def _natural_spline(
    knots: NDArray[np.float64], values: NDArray[np.float64], at: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Evaluate the natural cubic spline through (N,) values, linear beyond its ends."""
    gap = np.diff(knots)
    slope = np.diff(values) / gap
    bend = np.zeros(len(knots))
    if len(knots) > 2:  # noqa: PLR2004  (two points make a line)
        matrix = np.diag(2.0 * (gap[:-1] + gap[1:])) + np.diag(gap[1:-1], 1) + np.diag(gap[1:-1], -1)
        bend[1:-1] = np.linalg.solve(matrix, 6.0 * np.diff(slope))
    i = np.clip(np.searchsorted(knots, at, "right") - 1, 0, len(gap) - 1)
    x = np.clip(at, knots[0], knots[-1]) - knots[i]
    start = slope[i] - gap[i] * (2.0 * bend[i] + bend[i + 1]) / 6.0
    cubic = values[i] + x * (start + x * (0.5 * bend[i] + x * (bend[i + 1] - bend[i]) / (6.0 * gap[i])))
    end = slope[-1] + gap[-1] * bend[-2] / 6.0
    begin = slope[0] - gap[0] * bend[1] / 6.0
    beyond = np.minimum(at - knots[0], 0.0) * begin + np.maximum(at - knots[-1], 0.0) * end
    return np.asarray(cubic + beyond)
