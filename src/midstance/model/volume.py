"""How a laboratory saw the runner: what turns its file into metres along the running direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Volume"]


@dataclass(frozen=True, slots=True)
class Volume:
    """Axes, unit, markers, ground and forces of a laboratory recording, and how each is known.

    Parameters
    ----------
    up, forward
        Axes of the file that point up and in the running direction, such as `+Z` and `-Y`.
    axes_source
        How they are known, as a few words.
    length_unit
        Unit of length of the file.
    marker_set
        Name of the marker set.
    static
        Name of the standing trial; empty where there is none.
    joint_centres
        How hip, knee and ankle centres were placed, as a sentence.
    surface
        `treadmill` or `overground`.
    surface_source
        How that is known: `given` or `from the stance foot`.
    incline_percent
        Slope of the ground along the running direction, + uphill [%].
    speed_m_s
        Running speed [m/s]; NaN if unknown.
    speed_source
        `given`, `stance foot` or empty.
    contacts_from
        `forces` or `markers`.
    mass_kg
        Body mass [kg]; NaN if unknown.
    mass_source
        `given`, `forces` or empty.
    """

    up: str
    forward: str
    axes_source: str
    length_unit: str
    marker_set: str
    static: str
    joint_centres: str
    surface: Literal["treadmill", "overground"]
    surface_source: str
    incline_percent: float
    speed_m_s: float
    speed_source: str
    contacts_from: Literal["forces", "markers"]
    mass_kg: float
    mass_source: str
