"""Corrections by hand as plain dictionaries, there and back."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from midstance.errors import InputError
from midstance.model import EventMoved, LegsExchanged, PersonChosen, PointMoved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.model import Correction

__all__ = ["correction_record", "read_correction"]

_KINDS: dict[str, type[Correction]] = {
    "point_moved": PointMoved,
    "legs_exchanged": LegsExchanged,
    "event_moved": EventMoved,
    "person_chosen": PersonChosen,
}
_CHOICES = {
    "side": ("left", "right"),
    "event": ("initial_contact", "midstance", "toe_off"),
}
_WHOLE = {"frame", "first_frame", "last_frame"}
_LARGEST = 1e7


def correction_record(correction: Correction) -> dict[str, Any]:
    """Return a correction as a dictionary.

    Parameters
    ----------
    correction
        What was corrected.

    Returns
    -------
    dict
        Its fields, and its `kind`: `point_moved`, `legs_exchanged`, `event_moved` or `person_chosen`.
    """
    (kind,) = (name for name, made in _KINDS.items() if type(correction) is made)
    return {"kind": kind, **asdict(correction)}


def read_correction(record: Mapping[str, Any]) -> Correction:
    """Return the correction that a dictionary describes.

    Parameters
    ----------
    record
        As `correction_record` gives it; every field is checked.

    Returns
    -------
    Correction
        The correction.

    Raises
    ------
    InputError
        If the kind is unknown, or a field is missing, unknown or of the wrong type.
    """
    kind = record.get("kind")
    made = _KINDS.get(kind) if isinstance(kind, str) else None
    if made is None:
        raise InputError(f"there is no correction {kind!r}", "corrections", f"use one of {', '.join(_KINDS)}")
    wanted = [field.name for field in fields(made)]
    given = {name: value for name, value in record.items() if name != "kind"}
    if set(given) != set(wanted):
        what = f"{kind} has the fields {', '.join(sorted(given)) or 'none'}"
        raise InputError(what, "corrections", f"give {', '.join(wanted)}")
    return made(**{name: _checked(name, value) for name, value in given.items()})


def _checked(name: str, value: Any) -> Any:  # noqa: ANN401  # whatever JSON holds
    if name in _CHOICES:
        fits, allowed = value in _CHOICES[name], " or ".join(_CHOICES[name])
    elif name == "point":
        fits, allowed = isinstance(value, str), "the name of a point"
    elif name in _WHOLE:
        fits, allowed = type(value) is int and 0 <= value <= _LARGEST, "a whole number from 0"
    else:
        fits, allowed = type(value) in {int, float} and abs(value) <= _LARGEST, "a number"
        value = float(value) if fits else value
    if not fits:
        raise InputError(f"{name} is {value!r}", "corrections", f"give {allowed}")
    return value
