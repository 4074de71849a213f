"""Metres per pixel, from stature or from speed."""

from __future__ import annotations

__all__ = ["LEG_OF_STATURE", "scale_by_height", "scale_by_speed"]

LEG_OF_STATURE = 0.245 + 0.246
"""Thigh plus shank over stature (Drillis & Contini 1966, as in Winter 2009, fig. 4.1)."""

_SEEN_OF_LEG = 0.945  # pose networks mark the hip low: measured on rendered runners


def scale_by_height(leg_px: float, height_m: float) -> float:
    """Return metres per pixel from stature and the length of thigh plus shank in the picture.

    Parameters
    ----------
    leg_px
        Median length of thigh plus shank of the near leg [px].
    height_m
        Stature [m].

    Notes
    -----
    Uncertain by about 4 %: people of one stature differ in leg length by 3 % (SD), and the
    networks' hip point lies 1.5 to 2.9 cm low, which is corrected for on average.
    """
    return LEG_OF_STATURE * _SEEN_OF_LEG * height_m / leg_px


def scale_by_speed(speed_m_s: float, stance_speed_px_s: float) -> float:
    """Return metres per pixel from the speed and the speed of the flat foot in the picture.

    Parameters
    ----------
    speed_m_s
        Belt or running speed [m/s].
    stance_speed_px_s
        Speed of the flat foot against the pelvis [px/s].
    """
    return speed_m_s / stance_speed_px_s
