"""Which way is down in the picture: every witness weighed by what it can know."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["Gravity", "gravity"]

_HELD_SD_DEG = 2.0  # people hold a phone about this straight
_FOOT_SD_DEG = 1.5  # toes key points drift along the ground, between runners
_ASSUMED_INCLINE_SD_DEG = 0.6
_YAW_SD_DEG = 4.0
_LEAN_PER_YAW = 0.4  # degrees of false slope per degree off axis, camera at hip height


@dataclass(frozen=True, slots=True)
class Gravity:
    """Direction of true vertical in the picture.

    Parameters
    ----------
    roll_deg
        How far it leans clockwise [deg].
    sd_deg
        Standard deviation of that [deg].
    source
        Which witnesses were heard.
    """

    roll_deg: float
    sd_deg: float
    source: str


def gravity(
    *,
    declared_deg: float | None,
    plumb_deg: float,
    plumb_sd_deg: float,
    ground_slope_deg: float,
    ground_sd_deg: float,
    incline_percent: float | None,
    direction: int,
    off_axis_deg: float,
) -> Gravity:
    """Weigh true verticals in the background, the ground line and how phones are held.

    Parameters
    ----------
    declared_deg
        Roll given by the user [deg]; then nothing else is heard.
    plumb_deg, plumb_sd_deg
        Lean of verticals in the background, + clockwise, and its uncertainty [deg]; NaN if none.
    ground_slope_deg, ground_sd_deg
        Slope of the ground line in the picture, + rising forward, and its uncertainty [deg].
    incline_percent
        Declared incline, + uphill [%]; None if assumed level.
    direction
        +1 when the runner faces right.
    off_axis_deg
        Angle of the view off the runner's side [deg].

    Returns
    -------
    Gravity
        Roll, its standard deviation and who was heard.

    Notes
    -----
    A level ground line seen by a camera turned off axis runs obliquely through the picture: by
    tan(yaw) times the feet's angle below the horizon. Its sign is not known, so it widens the
    ground line's uncertainty instead of being taken off.
    """
    if declared_deg is not None:
        return Gravity(declared_deg, 0.3, "given")
    incline = np.degrees(np.arctan((incline_percent or 0.0) / 100.0))
    false = _LEAN_PER_YAW * np.hypot(_YAW_SD_DEG, off_axis_deg)
    guess = 0.0 if incline_percent is not None else _ASSUMED_INCLINE_SD_DEG
    ground_sd = np.sqrt(ground_sd_deg**2 + _FOOT_SD_DEG**2 + false**2 + guess**2)
    witnesses = [
        ("verticals in the background", plumb_deg, plumb_sd_deg),
        ("the ground line", direction * (incline - ground_slope_deg), ground_sd),
        ("phones held upright", 0.0, _HELD_SD_DEG),
    ]
    heard = [w for w in witnesses if np.isfinite(w[1]) and np.isfinite(w[2])]
    weight = np.array([w[2] ** -2.0 for w in heard])
    roll = float(weight @ np.array([w[1] for w in heard]) / weight.sum())
    share = weight / weight.sum()
    source = " and ".join(w[0] for w, part in zip(heard, share, strict=True) if part > 0.1)  # noqa: PLR2004
    return Gravity(roll, float(weight.sum() ** -0.5), source)
