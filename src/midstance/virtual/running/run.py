"""A run: posture at any instant, the contacts, and the truth about every step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.model import BODY, SIDES, Motion
from midstance.virtual.posture import Posture
from midstance.virtual.running.truth import true_steps
from midstance.virtual.running.turning import about_z

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from midstance.gait import Definition
    from midstance.model import Contacts, Side, StepTable
    from midstance.virtual.posture import Build
    from midstance.virtual.running.hips import Hips
    from midstance.virtual.running.legs import Leg
    from midstance.virtual.running.options import Running

    Array = NDArray[np.float64]

__all__ = ["Run"]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Someone running, from time zero to `duration_s`.

    Parameters
    ----------
    running
        The options it was made from.
    duration_s
        How long it lasts [s].
    hips
        Pelvis and trunk.
    legs
        By side.
    placed
        Where the points of the body are in a posture.
    """

    running: Running
    duration_s: float
    hips: Hips
    legs: Mapping[Side, Leg]
    placed: Callable[[Posture], Mapping[str, Array]]

    @property
    def build(self) -> Build:
        """The body's lengths."""
        return self.hips.build

    @property
    def contacts(self) -> Contacts:
        """Contacts that lie wholly within the run: first to last touch of the shoe."""
        return self.hips.footfalls.contacts(self.duration_s)

    def posture(self, time_s: Array) -> Posture:
        """Return how the body stands at instants.

        Parameters
        ----------
        time_s
            (T,) [s]; any order.

        Returns
        -------
        Posture
            In the lab frame: on a treadmill about the origin, over ground from there on.
        """
        time = np.atleast_1d(np.asarray(time_s, dtype=np.float64))
        ground = about_z(self.hips.slope_rad)
        hips = self.hips.at(time)
        turned = self.hips.trunk.turns(hips.phase)
        for side in SIDES:
            turned |= {name: ground @ turn for name, turn in self.legs[side].turns(hips).items()}
        root = hips.root
        if self.running.surface == "overground":
            root[:, 0] += self.running.speed_m_s * time
        return Posture(time, root @ ground.T, turned)

    def joints(self, time_s: Array) -> Mapping[str, Array]:
        """Return the joint centres and points of the body (T, 3) in the lab [m] at instants (T,)."""
        return self.placed(self.posture(time_s))

    def motion(self, time_s: Array) -> Motion:
        """Return the points of `model.BODY` in the lab [m] at instants (T,)."""
        points = self.joints(time_s)
        stacked = np.stack([points[name] for name in BODY.names], axis=1)
        return Motion(stacked, np.ones(stacked.shape[:2]), np.asarray(time_s, float), BODY, "m", "lab")

    def truth(self, definition: Definition | None = None) -> StepTable:
        """Return what is true of every whole contact.

        Parameters
        ----------
        definition
            Of midstance, the option's if none is given; the instants by all of them are in the table.

        Returns
        -------
        StepTable
            One row per contact, columns by the keys of the metric catalogue, found on the continuous
            motion of the joints.
        """
        return true_steps(self, definition or self.running.midstance)
