"""How the camera saw the runner: what turns pixels into metres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Scene"]


@dataclass(frozen=True, slots=True)
class Scene:
    """Running direction, surface, gravity, scale and how each is known.

    Parameters
    ----------
    direction
        +1 when the runner runs to the right of the picture, −1 to the left.
    surface
        `treadmill` or `overground`.
    surface_source
        How that is known: `given` or `assumed`.
    near_side
        The leg nearer to the camera, `left` or `right`.
    roll_deg, roll_sd_deg
        Camera roll: angle of true vertical in the picture, + clockwise [deg], and its uncertainty.
    roll_source
        How the roll is known, as a few words.
    incline_percent
        Slope of the ground along the running direction, + uphill [%].
    metres_per_pixel, scale_sd_percent
        Scale in the runner's plane [m/px] and its uncertainty [%].
    scale_source
        `height`, `speed` or `assumed height`.
    scale_by_height, scale_by_speed
        The two scales where known [m/px], for the cross-check.
    off_axis_deg
        Angle between the camera's view and the runner's side, unsigned [deg]; NaN if unknown.
    speed_m_s
        Running speed [m/s]; NaN if unknown.
    speed_source
        `given`, `stance foot` or empty.
    """

    direction: int
    surface: Literal["treadmill", "overground"]
    surface_source: str
    near_side: Literal["left", "right"]
    roll_deg: float
    roll_sd_deg: float
    roll_source: str
    incline_percent: float
    metres_per_pixel: float
    scale_sd_percent: float
    scale_source: str
    scale_by_height: float
    scale_by_speed: float
    off_axis_deg: float
    speed_m_s: float
    speed_source: str
