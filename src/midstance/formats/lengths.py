"""Units of length as laboratory files name them."""

from __future__ import annotations

from midstance.errors import InputError

__all__ = ["METRES", "length_unit_of"]

METRES = {"mm": 0.001, "cm": 0.01, "m": 1.0, "in": 0.0254}
"""Metres in one unit of length."""

_SPELLINGS = {
    "mm": ("mm", "millimeter", "millimeters", "millimetre", "millimetres"),
    "cm": ("cm", "centimeter", "centimeters", "centimetre", "centimetres"),
    "m": ("m", "meter", "meters", "metre", "metres"),
    "in": ("in", "inch", "inches"),
}


def length_unit_of(given: str, wanted: str | None, where: str) -> str:
    """Return `mm`, `cm`, `m` or `in`: what the user says, or what the file says."""
    word = (given if wanted is None else wanted).strip().lower()
    for unit, spellings in _SPELLINGS.items():
        if word in spellings:
            return unit
    remedy = "say it with --length-unit mm, cm, m or in"
    raise InputError(f"the unit of length is {f'{word!r}' if word else 'not given'}", where, remedy)
