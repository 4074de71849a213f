"""A shoe that rolls on the ground without slip: heel, flat, forefoot, tip of the toe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.virtual.proportions import Proportions

__all__ = ["FootPoints", "Roll", "points_of_foot", "rolled_ankle"]

_LANDED = 0.22  # part of contact after which the foot is flat and has settled
_HEEL_OFF_POWER = 2.2


@dataclass(frozen=True, slots=True)
class Roll:
    """How the pitch of the foot runs through contact.

    Parameters
    ----------
    strike_rad, toe_off_rad
        Pitch at the start and end of contact, + toes up [rad].
    heel_off
        Part of contact at which the heel leaves the ground.
    """

    strike_rad: float
    toe_off_rad: float
    heel_off: float

    def pitch(self, part: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the pitch [rad] at parts of contact (0 start, 1 end)."""
        landing = np.clip(1.0 - part / _LANDED, 0.0, None) ** 3
        leaving = np.clip((part - self.heel_off) / (1.0 - self.heel_off), 0.0, None) ** _HEEL_OFF_POWER
        return np.asarray(self.strike_rad * landing + self.toe_off_rad * leaving)

    @staticmethod
    def unsettled(part: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how much of the landing slide is still to come (1 at contact, 0 once settled)."""
        return np.asarray(np.clip(1.0 - part / _LANDED, 0.0, None) ** 3)


def rolled_ankle(
    pitch_rad: NDArray[np.float64], body: Proportions
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where the ankle is when the foot has rolled from flat to a pitch without slip.

    Parameters
    ----------
    pitch_rad
        Pitch of the foot, + toes up [rad]; any shape.
    body
        Its proportions.

    Returns
    -------
    ahead, up
        Ankle ahead of where it is when flat, and above the ground [m].
    """
    up_front = np.maximum(-pitch_rad, 0.0)  # the heel is up by so much
    rolling = np.minimum(up_front, body.toe_arc_rad)
    back = np.maximum(pitch_rad, 0.0)
    front_x, front_y = _pivoted(-rolling, body.ball_m, body.toe_radius_m, body)
    back_x, back_y = _pivoted(back, -body.heel_flat_m, body.heel_radius_m, body)
    ahead = np.where(
        pitch_rad < 0.0, front_x + body.toe_radius_m * rolling, back_x - body.heel_radius_m * back
    )
    up = np.where(pitch_rad < 0.0, front_y, back_y)
    tip = up_front > body.toe_arc_rad
    tip_x, tip_y = _about_tip(up_front, body)
    return np.where(tip, tip_x, ahead), np.where(tip, tip_y, up)


def _pivoted(
    turn_rad: NDArray[np.float64], centre_ahead_m: float, radius_m: float, body: Proportions
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the ankle (ahead of its flat place, up) turned about the centre of a rolling arc."""
    x, y = -centre_ahead_m, body.ankle_height_m - radius_m
    cos, sin = np.cos(turn_rad), np.sin(turn_rad)
    return centre_ahead_m + x * cos - y * sin, radius_m + x * sin + y * cos


def _about_tip(
    up_rad: NDArray[np.float64], body: Proportions
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the ankle when the foot stands on the tip of the toe."""
    tip_x, tip_y = _toe_tip(body)
    x, y = -tip_x, body.ankle_height_m - tip_y
    cos, sin = np.cos(-up_rad), np.sin(-up_rad)
    ground = body.ball_m + body.toe_radius_m * body.toe_arc_rad
    return ground + x * cos - y * sin, x * sin + y * cos


def _toe_tip(body: Proportions) -> tuple[float, float]:
    """Return the tip of the toe of a flat foot: ahead of the ankle, above the ground [m]."""
    arc = body.toe_arc_rad
    return body.ball_m + body.toe_radius_m * float(np.sin(arc)), body.toe_radius_m * float(1.0 - np.cos(arc))


@dataclass(frozen=True, slots=True, eq=False)
class FootPoints:
    """Points of a foot in its sagittal plane (T, 2): forward, up [m]."""

    heel: NDArray[np.float64]
    ball: NDArray[np.float64]
    toe: NDArray[np.float64]


def points_of_foot(
    ankle_m: NDArray[np.float64], pitch_rad: NDArray[np.float64], body: Proportions
) -> FootPoints:
    """Return heel, ball and toe (T, 2) of a foot from its ankle (T, 2) and pitch (T,)."""
    tip_x, tip_y = _toe_tip(body)
    height = body.ankle_height_m
    cos, sin = np.cos(pitch_rad), np.sin(pitch_rad)

    def placed(x: float, y: float) -> NDArray[np.float64]:
        return ankle_m + np.stack([x * cos - y * sin, x * sin + y * cos], axis=-1)

    return FootPoints(
        heel=placed(-body.heel_flat_m - body.heel_radius_m, body.heel_radius_m - height),
        ball=placed(body.ball_m, -height),
        toe=placed(tip_x, tip_y - height),
    )
