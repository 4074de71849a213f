"""Intervals of numbers that come from markers: what a laboratory can be wrong about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.model import CATALOGUE, Estimate, Tier
from midstance.numerics import t_quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["LabDoubts", "lab_error_model", "lab_interval"]

_NORMAL = 1.96
_ENOUGH = 4  # steps from which their own spread is believed rather than the usual one


@cache
def lab_error_model() -> dict[str, Any]:
    """Return the error model of marker-based numbers shipped as data, with its source."""
    text = resources.files("midstance.uncertainty").joinpath("data/lab_error_model.json").read_text("utf-8")
    return dict(json.loads(text))


@dataclass(frozen=True, slots=True)
class LabDoubts:
    """What bears on the certainty of one marker-based number beside its own spread.

    Parameters
    ----------
    static
        Whether a standing trial placed the joint centres.
    slope_per_s
        How fast the number changes with the instant it is read at [unit/s].
    timing_sd_s
        Uncertainty of that instant that all steps share [s].
    """

    static: bool = True
    slope_per_s: float = 0.0
    timing_sd_s: float = 0.0


def lab_interval(key: str, steps: NDArray[np.float64], doubts: LabDoubts, method: str) -> Estimate:
    """Return the mean of the steps with its 95 % interval and its tier.

    Parameters
    ----------
    key
        Measure of the catalogue.
    steps
        The number of each step (N,), in the catalogue's unit; NaN is left out.
    doubts
        What else is uncertain.
    method
        How the numbers were obtained.

    Returns
    -------
    Estimate
        Interval: Student's t times the standard error of the steps, and 1.96 times the systematic
        part, added as squares. With fewer than four steps the usual spread between steps is taken.
    """
    known = lab_error_model()["measures"][key]
    unit = CATALOGUE[key].unit
    own = steps[np.isfinite(steps)]
    if not len(own):
        return Estimate.refused(unit, "the markers do not show it")
    value = float(own.mean())
    enough = len(own) >= _ENOUGH
    spread = float(own.std(ddof=1)) if enough else float(known["step_sd"])
    scatter = (t_quantile(len(own)) if enough else _NORMAL) * spread / np.sqrt(len(own))
    placed = known["sd"] * (1.0 if doubts.static else lab_error_model()["no_static_factor"])
    margin = float(np.hypot(scatter, _NORMAL * np.hypot(placed, doubts.slope_per_s * doubts.timing_sd_s)))
    if margin > known["refuse"]:
        return Estimate.refused(unit, f"too uncertain to tell: ± {margin:.2g} {unit}")
    tier = Tier.HIGH if margin <= known["high"] else Tier.FAIR if margin <= known["fair"] else Tier.LOW
    return Estimate(value, value - margin, value + margin, unit, len(own), method, tier)
