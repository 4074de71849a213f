"""Midstance of every single step, from curves that are dense enough to show it: markers, fast cameras."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import SettingsError
from midstance.gait.bend import bend_middles
from midstance.gait.midstance import DEFINITIONS
from midstance.model import SIDES, Contacts, Midstances, Side
from midstance.numerics import bump_middle, crossing, smoothed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from midstance.gait.midstance import Definition
    from midstance.model import Signals

    Array = NDArray[np.float64]
    Curve = Callable[[Array], Array]

__all__ = ["StepMidstance"]

_TURNS = {
    "knee": ("{side}_knee_flexion_deg", "max"),
    "leg_line": ("{side}_hip_ankle_length_m", "min"),
    "pelvis": ("pelvis_height_m", "min"),
    "head": ("head_height_m", "min"),
    "mass": ("centre_of_mass_height_m", "min"),
}
_OVER = "{side}_hip_over_ankle_m"
_MEDIAN_OF = ("knee", "leg_line", "pelvis")
_WINDOW = (0.15, 0.8)  # of contact: earlier is impact, later is push-off
_GRID = 131
_EQUAL = 0.03  # of the height of a bump: a second hump that high is as good as the first


@dataclass(frozen=True, slots=True)
class StepMidstance:
    """Find the midstance of every contact in that contact's own curves.

    Parameters
    ----------
    low_pass_hz
        Cut-off of a zero-lag low-pass of the curves [Hz]; None lets each curve decide.
    max_gap_s
        Longest gap in a curve that is bridged [s].
    """

    low_pass_hz: float | None = None
    max_gap_s: float = 0.1

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if self.low_pass_hz is not None and not self.low_pass_hz > 0:
            raise SettingsError(
                f"low_pass_hz is {self.low_pass_hz}",
                "step_midstance.low_pass_hz",
                "choose a frequency above 0, or leave it out",
            )
        if self.max_gap_s < 0:
            raise SettingsError(
                f"max_gap_s is {self.max_gap_s}", "step_midstance.max_gap_s", "choose 0 or more"
            )

    def __call__(
        self, signals: Signals, contacts: Contacts, definition: Definition = "pelvis_dip"
    ) -> Midstances:
        """Return midstance by every definition for every contact.

        Parameters
        ----------
        signals
            Curves (T, C) with the names of `kinematics.sagittal_curves`; `centre_of_mass_height_m`
            is used where it is there, and a curve that is not there is NaN in the result.
        contacts
            The N contacts of the recording.
        definition
            Which definition is reported; all are found.

        Returns
        -------
        Midstances
            Instants (N,) [s] of each of `DEFINITIONS`, and the standard deviation of knee,
            leg line and pelvis.

        Notes
        -----
        Where all three of knee, leg line and pelvis are unseen, so is `most_bent`: unlike in the
        mean stride of a video nothing stands in for it.
        """
        curves = self._curves(signals)
        rows = [
            _instants(curves, side, start, stop)
            for side, start, stop in zip(
                contacts.side, contacts.initial_contact_s, contacts.toe_off_s, strict=True
            )
        ]
        times = {name: np.array([row[name] for row in rows], dtype=float) for name in DEFINITIONS}
        return Midstances(times[definition], _spread(times), times, definition)

    def _curves(self, signals: Signals) -> dict[str, Curve]:
        """Return the smooth curves that midstance is found in, by name."""
        patterns = {_OVER, *(name for name, _ in _TURNS.values())}
        wanted = {pattern.format(side=side) for pattern in patterns for side in SIDES}
        names = [name for name in signals.names if name in wanted]
        columns = [signals.names.index(name) for name in names]
        smooth = smoothed(signals.values[:, columns], signals.time_s, self.low_pass_hz, self.max_gap_s)
        return {name: smooth.column(i) for i, name in enumerate(names)}


def _nowhere(instants: Array) -> Array:
    return np.full(np.shape(instants), np.nan)


def _instants(curves: Mapping[str, Curve], side: Side, start: float, stop: float) -> dict[str, float]:
    """Return midstance of one contact [s] by every definition."""

    def named(pattern: str) -> Curve:
        return curves.get(pattern.format(side=side), _nowhere)

    first, last = (start + part * (stop - start) for part in _WINDOW)
    found = {name: _turn(named(curve), first, last, kind) for name, (curve, kind) in _TURNS.items()}
    bent = np.array([found[name] for name in _MEDIAN_OF])
    found["most_bent"] = float(np.nanmedian(bent)) if np.isfinite(bent).any() else float("nan")
    found |= bend_middles(named(_TURNS["knee"][0]), named(_TURNS["pelvis"][0]), start, stop)
    found["half_contact"] = 0.5 * (start + stop)
    found["hip_crossing"] = crossing(named(_OVER), start, stop, 0.0, rising=True)
    return found


def _turn(curve: Curve, start: float, stop: float, kind: str) -> float:
    """Return where a curve turns; of humps as good as equal, the one nearest the middle of the bump."""
    grid = np.linspace(start, stop, _GRID)
    height = curve(grid) if kind == "max" else -curve(grid)
    humps = 1 + np.flatnonzero((height[1:-1] > height[:-2]) & (height[1:-1] >= height[2:]))
    if not len(humps):
        return float("nan")
    enough = height[humps].max() - _EQUAL * np.ptp(height)
    humps = humps[height[humps] >= enough]
    middle = bump_middle(curve, start, stop, kind)
    best = np.argmin(np.abs(grid[humps] - middle)) if np.isfinite(middle) else np.argmax(height[humps])
    at = int(humps[best])
    before, top, after = height[at - 1 : at + 2]
    bend = before - 2.0 * top + after
    return float(grid[at] + (grid[1] - grid[0]) * 0.5 * (before - after) / bend)


def _spread(times: Mapping[str, Array]) -> Array:
    """Return the standard deviation of the three instants of `most_bent` (N,) [s]."""
    bent = np.stack([times[name] for name in _MEDIAN_OF])
    seen = np.isfinite(bent)
    count = np.maximum(seen.sum(axis=0), 1)
    middle = np.where(seen, bent, 0.0).sum(axis=0) / count
    spread = np.sqrt(np.where(seen, (bent - middle) ** 2, 0.0).sum(axis=0) / count)
    return np.asarray(np.where(seen.any(axis=0), spread, np.nan))
