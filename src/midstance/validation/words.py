"""Measures and groups as people read them."""

from __future__ import annotations

import math

from midstance.model import CATALOGUE

__all__ = ["group_words", "in_words", "shown_unit", "title_of"]

_TITLES = {
    "initial_contact_s": "Initial contact",
    "toe_off_s": "Toe-off",
    "midstance_s": "Midstance",
    "lowest_mass_s": "Lowest centre of mass",
    "midstance_after_lowest_mass_s": "Midstance after the lowest centre of mass",
    "contacts_missed": "Contacts missed",
    "contacts_invented": "Contacts invented",
}
_GROUPS = {"speed": "{} m/s", "strike": "{}", "subject": "{}"}


def title_of(measure: str) -> str:
    """Return what a measure is called."""
    if measure in CATALOGUE:
        return CATALOGUE[measure].title
    if measure in _TITLES:
        return _TITLES[measure]
    definition = measure.removeprefix("midstance_").removesuffix("_s").replace("_", " ")
    return f"Midstance by {definition}"


def shown_unit(measure: str, unit: str) -> tuple[str, float, int]:
    """Return the unit in which differences are shown, its factor and the digits after the point."""
    if unit == "s":
        return "ms", 1000.0, 1
    if unit == "m":
        return "mm", 1000.0, 1
    if measure in CATALOGUE and CATALOGUE[measure].decimals > 2:  # noqa: PLR2004  (a small number without unit)
        return "", 1.0, CATALOGUE[measure].decimals
    return {"deg": ("°", 1.0, 2), "1": ("", 1.0, 0)}.get(unit, (unit, 1.0, 2))


def group_words(group: str) -> str:
    """Return what a group is called."""
    kind, _, name = group.partition("=")
    return _GROUPS.get(kind, "{}").format(name) if name else "all"


def in_words(value: float, decimals: int) -> str:
    """Return a number with its sign, a dash where it is unknown."""
    if not math.isfinite(value):
        return "–"
    text = f"{value:+.{decimals}f}".replace("-", "−")
    return text if float(f"{value:.{decimals}f}") else f"{0:.{decimals}f}"
