"""The mean stride of a lab trial as Fourier series: what the virtual runner's motion is shaped after."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

__all__ = ["RunCycle", "lab_cycle"]

_TURN = 2.0 * np.pi


@dataclass(frozen=True, slots=True, eq=False)
class RunCycle:
    """One symmetric stride.

    Parameters
    ----------
    stride_s
        Its duration [s].
    contact_part
        Contact time of a foot over the stride.
    push_bluntness, push_skew
        Third and second harmonic of the vertical push over contact, over its first.
    leg_m
        Thigh plus shank of the runner it is from [m].
    curves
        Name → rows (harmonic, cosine, sine) (H, 3). Curves of a leg or arm begin at the initial
        contact of their own side, those of the trunk at that of the right.
    """

    stride_s: float
    contact_part: float
    push_bluntness: float
    push_skew: float
    leg_m: float
    curves: Mapping[str, NDArray[np.float64]]

    def at(self, name: str, phase: ArrayLike, order: int = 0) -> NDArray[np.float64]:
        """Return a curve, or its derivative by phase, at phases (...) in strides.

        Parameters
        ----------
        name
            Of the curve; its suffix is the unit.
        phase
            Strides since the initial contact the curve begins at; any shape, whole numbers repeat.
        order
            0 the value, 1 the rate per stride.
        """
        harmonic, cosine, sine = self.curves[name].T
        angle = _TURN * np.asarray(phase, dtype=np.float64)[..., None] * harmonic
        if order == 0:
            return np.asarray(np.cos(angle) @ cosine + np.sin(angle) @ sine)
        rate = _TURN * harmonic
        return np.asarray(np.cos(angle) @ (rate * sine) - np.sin(angle) @ (rate * cosine))

    def mean(self, name: str) -> float:
        """Return the mean of a curve over the stride."""
        rows = self.curves[name]
        return float(np.sum(rows[rows[:, 0] == 0, 1]))

    def range(self, name: str) -> float:
        """Return largest minus smallest value of a curve."""
        return _range(self, name)


@cache
def _range(cycle: RunCycle, name: str) -> float:
    """Return largest minus smallest value of a curve."""
    return float(np.ptp(cycle.at(name, np.arange(720) / 720.0)))


@cache
def lab_cycle() -> RunCycle:
    """Return the stride that comes with the package: 3 m/s on a treadmill.

    Notes
    -----
    Mean of one trial, made the same left and right; `run_cycle.LICENSE.txt` lies beside the file.

    References
    ----------
    Hamner & Delp 2013, J Biomech 46:780, doi 10.1016/j.jbiomech.2012.11.024 (the trial).
    """
    content = json.loads(
        resources.files("midstance.virtual").joinpath("data/run_cycle.json").read_text("utf-8")
    )
    numbers = {
        key: float(content[key]) for key in ("stride_s", "contact_part", "push_bluntness", "push_skew")
    }
    curves = {name: np.array(rows, dtype=np.float64) for name, rows in content["curves"].items()}
    return RunCycle(**numbers, leg_m=float(content["leg_m"]), curves=curves)
