"""Units of the curves in OpenSim storage files, which write none beside their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["curve_units"]

_MOST_RAD = 2.0 * np.pi
_JOINTS = ("pelvis", "hip", "knee", "ankle", "subtalar", "mtp", "lumbar", "arm", "elbow", "wrist", "pro_sup")
_ENDINGS = {"_force": "N", "_moment": "N·m", "_tx": "m", "_ty": "m", "_tz": "m"}


def curve_units(
    names: Sequence[str], values: NDArray[np.float64], in_degrees: str
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return a unit for each curve, and how the unit of angles is known."""
    plain = [_unit_of(name) for name in names]
    angles = [k for k, unit in enumerate(plain) if unit == "angle"]
    unit, why = _angle_unit(values[:, angles], in_degrees.lower()) if angles else ("", "")
    units = [unit if kind == "angle" else kind for kind in plain]
    radians = [k for k in angles if unit == "deg" and _left_in_radians(names, values, k)]
    for k in radians:
        units[k] = "rad"
    said = {"degrees": why, "left_in_radians": ", ".join(names[k] for k in radians)}
    return tuple(units), {key: text for key, text in said.items() if text}


def _unit_of(name: str) -> str:
    """Return a unit by the ending of a name, `angle` for a joint's angle, nothing where it is unknown."""
    low = name.lower().rsplit("/value", maxsplit=1)[0]
    for ending, unit in _ENDINGS.items():
        if low.endswith(ending):
            return unit
    return "angle" if low.rsplit("/", maxsplit=1)[-1].startswith(_JOINTS) else ""


def _angle_unit(values: NDArray[np.float64], in_degrees: str) -> tuple[str, str]:
    finite = np.abs(values[np.isfinite(values)])
    large = bool(len(finite)) and float(finite.max()) > _MOST_RAD
    if in_degrees == "yes":
        return "deg", "the header says degrees"
    if large:
        said = "says radians" if in_degrees == "no" else "says nothing"
        return "deg", f"the header {said}, angles up to {finite.max():.0f} are degrees"
    return "rad", "the header says radians" if in_degrees == "no" else "no header, angles are small: radians"


def _left_in_radians(names: Sequence[str], values: NDArray[np.float64], k: int) -> bool:
    """Return whether a `_beta` curve repeats its joint in radians."""
    base = names[k].removesuffix("_beta")
    if base == names[k] or base not in names:
        return False
    joint = np.radians(values[:, list(names).index(base)])
    return bool(np.allclose(values[:, k], joint, atol=2e-3, equal_nan=True))
