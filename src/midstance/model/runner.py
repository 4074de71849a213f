"""Who runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from midstance.errors import SettingsError

__all__ = ["Runner"]

_PLAUSIBLE = {"height_m": (0.8, 2.4), "mass_kg": (15.0, 250.0)}


@dataclass(frozen=True, slots=True)
class Runner:
    """What is known of the runner; every field may be missing.

    Parameters
    ----------
    height_m
        Stature without shoes [m].
    mass_kg
        Body mass [kg].
    sex
        Which tables to use, `female` or `male`.
    name
        Shown in the report only.
    """

    height_m: float | None = None
    mass_kg: float | None = None
    sex: Literal["female", "male"] | None = None
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse values no runner has."""
        for field, (low, high) in _PLAUSIBLE.items():
            value = getattr(self, field)
            if value is not None and not low <= value <= high:
                raise SettingsError(
                    f"{field} is {value:g}, not between {low:g} and {high:g}",
                    "runner",
                    "give metres and kilograms, for example 1.80 and 72",
                )
