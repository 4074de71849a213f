"""A gait performed: motion at any instant, and the truth about every step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.model import BODY, SIDES, Motion
from midstance.virtual.fitting import fitted
from midstance.virtual.truth import Truth, true_steps
from midstance.virtual.upper import UpperBody

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.gait import Definition
    from midstance.model import Contacts, Side
    from midstance.virtual.gait import Gait
    from midstance.virtual.legs import Leg
    from midstance.virtual.pelvis import Pelvis

__all__ = ["Performance", "perform"]


@dataclass(frozen=True, slots=True, eq=False)
class Performance:
    """A virtual runner from time zero to `duration_s`.

    Parameters
    ----------
    gait
        The options it was made from.
    duration_s
        How long it lasts [s].
    legs
        By side.
    upper
        Trunk, head and arms.
    """

    gait: Gait
    duration_s: float
    legs: dict[Side, Leg]
    upper: UpperBody

    @property
    def pelvis(self) -> Pelvis:
        """The pelvis."""
        return self.upper.pelvis

    @property
    def contacts(self) -> Contacts:
        """The contacts that lie wholly within the performance; none while standing."""
        return self.pelvis.schedule.contacts(0.0, self.duration_s)

    def truth(self, definition: Definition = "pelvis_dip") -> Truth:
        """Return instants and numbers of every whole contact, found on the continuous motion.

        Parameters
        ----------
        definition
            Of midstance, for the values there.

        Returns
        -------
        Truth
            One row per contact.
        """
        return true_steps(self.legs, self.upper, self.contacts, definition)

    def motion(self, time_s: NDArray[np.float64]) -> Motion:
        """Return the points of `model.BODY` in the lab frame [m] at any instants (T,) [s]."""
        time_s = np.asarray(time_s, dtype=np.float64)
        points = self.points(time_s)
        stacked = np.stack([points[name] for name in BODY.names], axis=1)
        return Motion(stacked, np.ones(stacked.shape[:2]), time_s, BODY, "m", "lab")

    def points(self, time_s: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
        """Return every named point (T, 3) in the lab frame [m], the balls of the feet among them."""
        points = self.upper.head(time_s)
        for side in SIDES:
            points |= self._limb_points(time_s, side)
        carried = np.zeros((len(time_s), 3))
        carried[:, 0] = self.belt_m(time_s)
        return {name: point - carried for name, point in points.items()}

    def belt_m(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how far the belt has moved back by each instant (T,) [m]; 0 over ground."""
        moves = self.gait.surface == "treadmill"
        return np.asarray(time_s) * (self.gait.speed_m_s if moves else 0.0)

    def _limb_points(self, time_s: NDArray[np.float64], side: Side) -> dict[str, NDArray[np.float64]]:
        """Return the points of the leg and arm of one side, on the belt."""
        leg = self.legs[side].pose(time_s)
        shoulder, elbow, wrist = self.upper.arm(time_s, side)
        arm = {"shoulder": shoulder, "elbow": elbow, "wrist": wrist}
        names = ("hip", "knee", "ankle", "heel", "ball", "toe")
        return {
            f"{side}_{name}": point for name, point in (arm | {n: getattr(leg, n) for n in names}).items()
        }


def perform(gait: Gait, duration_s: float) -> Performance:
    """Perform a gait for a time.

    Parameters
    ----------
    gait
        The options.
    duration_s
        How long the performance is known, from time zero [s].

    Returns
    -------
    Performance
        Motion at any instant within, and the truth about it.

    Raises
    ------
    SettingsError
        If the options contradict each other: a leg would have to be longer than it is.

    Notes
    -----
    The pelvis follows free fall in flight and a smooth push in contact; the feet stand on the belt
    and roll without slip; thigh and shank of constant length join them. The feet are placed so that
    the hip is over the ankle by exactly the distance asked for when the knee is most bent. The pelvis
    stands for the centre of mass, so it sinks about a centimetre deeper than that of real runners.
    """
    legs = fitted(gait, duration_s)
    return Performance(gait, duration_s, legs, UpperBody(legs["left"].pelvis))
