"""Read the truth beside a rendered clip: joints in metres and contacts, and compare with an analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance import gait, kinematics
from midstance.model import BODY, SIDES, Motion, Side

if TYPE_CHECKING:
    from pathlib import Path

    from midstance.model import Analysis

__all__ = ["Truth", "read_truth"]

_PARTS = {
    "hip": "hip", "knee": "knee", "ank": "ankle", "sho": "shoulder", "elb": "elbow", "wri": "wrist",
    "heel": "heel", "toe": "toe", "ear": "ear",
}  # fmt: skip
_TURN = 2.0 * np.pi


@dataclass(frozen=True)
class Truth:
    """True joints and contacts of a clip, its first frame at time 0."""

    motion: Motion
    contacts: dict[Side, np.ndarray]

    @property
    def height_m(self) -> float:
        """Stature of the figure, from the length of its legs [m]."""
        return kinematics.leg_length(self.motion, "left") / (0.245 + 0.246)

    def _stance(self, locked: gait.LockedStride) -> gait.StancePhases:
        landing: dict[Side, float] = {}
        leaving: dict[Side, float] = {}
        for side in SIDES:
            start, stop = (self._inside(side)[:, i] for i in (0, 1))
            phase = np.interp(start, locked.signals.time_s, locked.phase)
            landing[side] = float(np.angle(np.mean(np.exp(1j * phase))))
            leaving[side] = landing[side] + float(np.mean(stop - start)) / locked.stride_time_s * _TURN
        return gait.StancePhases(landing, leaving, {}, {})

    def _inside(self, side: Side) -> np.ndarray:
        table = self.contacts[side]
        first, last = self.motion.time_s[[0, -1]]
        return np.asarray(table[(table[:, 0] >= first) & (table[:, 1] <= last)])

    def _locked(self) -> gait.LockedStride:
        return gait.PhaseLock()(kinematics.sagittal_curves(self.motion))

    def values(self, side: Side) -> dict[str, float]:
        """Return the true measures of one leg, by the same definitions on the true joints."""
        locked = self._locked()
        stance = self._stance(locked)
        phases = gait.midstance_phases(locked, stance, side)

        def read(name: str, phase: np.ndarray) -> np.ndarray:
            return locked.mean(name, phase)

        instants = {
            "initial_contact": np.array([stance.initial_contact[side]]),
            "midstance": np.array([phases["pelvis_dip"]]),
            "knee_peak": np.array([phases["knee"]]),
        }
        flat = kinematics.flat_foot_deg(
            read, side, instants["initial_contact"], np.array([stance.toe_off[side]])
        )
        leg = kinematics.leg_length(self.motion, side)
        found = kinematics.leg_readings(read, side, instants, leg, flat)
        stride = np.linspace(0.0, _TURN, 100, endpoint=False)
        lean = {"trunk_lean_deg": float(np.mean(locked.mean("trunk_lean_deg", stride)))}
        return {key: float(value[0]) for key, value in found.items()} | lean

    def event_errors_s(self, analysis: Analysis, side: Side) -> dict[str, np.ndarray]:
        """Return the error of the instants of every step of one leg [s], + late."""
        assert analysis.steps is not None
        own = analysis.steps.contacts.of(side)
        found = {
            "initial contact": analysis.steps.contacts.initial_contact_s[own],
            "toe-off": analysis.steps.contacts.toe_off_s[own],
            "midstance": analysis.steps.midstances.time_s[own],
        }
        locked = self._locked()
        phase = gait.midstance_phases(locked, self._stance(locked), side)["pelvis_dip"]
        true = {
            "initial contact": self.contacts[side][:, 0],
            "toe-off": self.contacts[side][:, 1],
            "midstance": locked.times(phase),
        }
        return {what: _nearest(times, true[what]) for what, times in found.items()}


def _nearest(times: np.ndarray, true: np.ndarray) -> np.ndarray:
    """Return each time's distance from the nearest true one [s]."""
    index = np.argmin(np.abs(times[:, None] - true[None]), axis=1)
    return np.asarray(times - true[index])


def read_truth(path: Path) -> Truth:
    """Read the npz beside a rendered clip."""
    file = np.load(path, allow_pickle=True)
    points = np.full((len(file["t"]), len(BODY.names), 3), np.nan)
    for i, name in enumerate(file["names"]):
        prefix, _, part = str(name).partition("_")
        if name == "nose":
            points[:, BODY.index("nose")] = file["J3"][:, i]
        elif part in _PARTS:
            side = {"l": "left", "r": "right"}[prefix]
            points[:, BODY.index(f"{side}_{_PARTS[part]}")] = file["J3"][:, i]
    start = float(file["t"][0])
    motion = Motion(points, np.ones(points.shape[:2]), file["t"] - start, BODY, "m", "lab")
    return Truth(motion, {"left": file["con_l"] - start, "right": file["con_r"] - start})
