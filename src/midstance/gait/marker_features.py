"""What markers show near initial contact and toe-off, each a known time before or after the event.

Every feature is a turning point or a level passed by one curve, counted from the instant at which
the ankle passes under the pelvis. `marker_contacts.py` weighs them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from midstance.gait.marker_curves import Curve, Passes

__all__ = ["AT_CONTACT", "AT_TOE_OFF", "StanceWindow", "marker_features"]

_X, _Y = 0, 1
_STEP_S = 0.002
_LANDED_M = 0.02
_HEEL_OFF_M = 0.04
_STOPPED_M_S = 0.3
_LIFTS_M_S = 0.5
_SLOW_M_S, _SLOWER_M_S = 1.0, 0.5
_BEFORE_DOWN_S, _BEFORE_FALL_S = 0.01, 0.01
_NEIGHBOURS = 4

AT_CONTACT = (
    "ankle_down",
    "forefoot_falls",
    "foot_drops",
    "forefoot_brakes",
    "forefoot_stops",
    "heel_slow",
    "heel_slower",
    "heel_brakes",
    "knee_bends",
    "knee_straightest",
    "pelvis_falls",
    "leg_shortens",
)
"""Features near initial contact, in the order of the calibration."""

AT_TOE_OFF = (
    "forefoot_rises",
    "forefoot_up",
    "knee_straight",
    "knee_turns",
    "ankle_pushes",
    "pelvis_rises",
    "leg_longest",
    "thigh_back",
    "ankle_up",
    "ankle_straight",
)
"""Features near toe-off, in the order of the calibration."""


@dataclass(frozen=True, slots=True, eq=False)
class StanceWindow:
    """One leg's curves about each of its passes under the pelvis.

    Parameters
    ----------
    curves
        From `leg_curves`.
    passes
        From `passes`.
    """

    curves: Mapping[str, Curve]
    passes: Passes

    def values(
        self, name: str, column: int, order: int, start: float, stop: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return instants and values (N, W) of a curve between two parts of a stride about each pass."""
        stride = self.passes.stride_s
        count = max(5, round((stop - start) * float(np.median(stride)) / _STEP_S) + 1)
        time_s = self.passes.time_s[:, None] + np.linspace(start, stop, count) * stride[:, None]
        if name not in self.curves:
            return time_s, np.full(time_s.shape, np.nan)
        return time_s, self.curves[name](time_s, order)[..., column]

    def turn(
        self, name: str, column: int, order: int, start: float, stop: float, kind: str
    ) -> NDArray[np.float64]:
        """Return where a curve is `max` or `min` (N,) [s], NaN where only at an edge of the window."""
        time_s, values = self.values(name, column, order, start, stop)
        return _turning(time_s, values if kind == "max" else -values)

    def level(self, name: str, column: int, order: int, start: float, stop: float) -> NDArray[np.float64]:
        """Return the median (N,) of a curve in a window."""
        return _medians(self.values(name, column, order, start, stop)[1])

    def reach(
        self,
        name: str,
        column: int,
        order: int,
        span: tuple[float, float],
        level: NDArray[np.float64] | float,
        *,
        rising: bool,
        last: bool = False,
    ) -> NDArray[np.float64]:
        """Return the first (or last) instant (N,) [s] at which a curve passes a level."""
        time_s, values = self.values(name, column, order, *span)
        above = values - np.reshape(np.broadcast_to(level, len(values)), (-1, 1))
        return _crossing(time_s, above if rising else -above, last=last)

    def ground_m_s(self) -> NDArray[np.float64]:
        """Return the forward velocity of the ground (N,) [m/s]: minus the belt's speed, 0 over ground."""
        name = "forefoot" if "forefoot" in self.curves else "ankle"
        each = _medians(self.values(name, _X, 1, 0.0, 0.06)[1])
        near = [each[max(0, i - _NEIGHBOURS) : i + _NEIGHBOURS + 1] for i in range(len(each))]
        return np.array([np.median(few[np.isfinite(few)]) if np.isfinite(few).any() else 0.0 for few in near])

    def pitch(self) -> NDArray[np.float64]:
        """Return how far the toes are up as the foot lands, against flat (N,) [rad]; NaN where unseen."""
        if "pitch" not in self.curves:
            return np.full(len(self.passes.time_s), np.nan)
        landing = self.down() - _BEFORE_DOWN_S
        landing = np.where(np.isfinite(landing), landing, self.falls() - _BEFORE_FALL_S)
        return np.asarray(self.curves["pitch"](landing)[..., 0] - self.level("pitch", 0, 0, 0.0, 0.04))

    def falls(self) -> NDArray[np.float64]:
        """Return when the ball of the foot falls fastest (N,) [s]."""
        return self.turn("forefoot", _Y, 1, -0.25, 0.0, "min")

    def down(self) -> NDArray[np.float64]:
        """Return when the ankle comes down to 2 cm above its height in stance (N,) [s]."""
        low = self.level("ankle", _Y, 0, -0.02, 0.08)
        return self.reach("ankle", _Y, 0, (-0.35, 0.0), low + _LANDED_M, rising=False, last=True)


def _medians(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the median of each row, NaN where a row was not wholly seen."""
    return np.asarray(np.median(values, axis=1))


def _turning(time_s: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    rows = np.arange(len(values))
    known = np.where(np.isfinite(values), values, -np.inf)
    inner = np.clip(np.argmax(known, axis=1), 1, values.shape[1] - 2)
    before, at, after = (values[rows, inner + step] for step in (-1, 0, 1))
    bend = before - 2.0 * at + after
    peak = (at >= before) & (at >= after) & (bend < 0) & (known.max(axis=1) == at)
    shift = 0.5 * (before - after) / np.where(peak, bend, np.nan)
    return np.asarray(time_s[rows, inner] + shift * (time_s[:, 1] - time_s[:, 0]))


def _crossing(time_s: NDArray[np.float64], above: NDArray[np.float64], *, last: bool) -> NDArray[np.float64]:
    rows = np.arange(len(above))
    event = (above[:, :-1] < 0) & (above[:, 1:] >= 0)
    place = event.shape[1] - 1 - np.argmax(event[:, ::-1], axis=1) if last else np.argmax(event, axis=1)
    before, after = above[rows, place], above[rows, place + 1]
    part = before / np.where(event.any(axis=1), before - after, np.nan)
    return np.asarray(time_s[rows, place] + part * (time_s[:, 1] - time_s[:, 0]))


def marker_features(window: StanceWindow) -> dict[str, NDArray[np.float64]]:
    """Return every feature of one leg's stances.

    Parameters
    ----------
    window
        The leg's curves about its passes.

    Returns
    -------
    dict
        Instants (N,) [s] by the names of `AT_CONTACT` and `AT_TOE_OFF`; NaN where not shown.
    """
    return _contact_features(window) | _toe_off_features(window)


def _contact_features(window: StanceWindow) -> dict[str, NDArray[np.float64]]:
    ground = window.ground_m_s()
    turn, reach = window.turn, window.reach
    return {
        "ankle_down": window.down(),
        "forefoot_falls": window.falls(),
        "foot_drops": turn("pitch", 0, 1, -0.2, 0.0, "min"),
        "forefoot_brakes": turn("forefoot", _Y, 2, -0.2, 0.0, "max"),
        "forefoot_stops": reach("forefoot", _Y, 1, (-0.35, 0.02), -_STOPPED_M_S, rising=True, last=True),
        "heel_slow": reach("heel", _X, 1, (-0.3, 0.0), ground + _SLOW_M_S, rising=False),
        "heel_slower": reach("heel", _X, 1, (-0.3, 0.0), ground + _SLOWER_M_S, rising=False),
        "heel_brakes": turn("heel", _Y, 2, -0.2, 0.0, "max"),
        "knee_bends": turn("knee_angle", 0, 1, -0.2, 0.05, "min"),
        "knee_straightest": turn("knee_angle", 0, 0, -0.3, -0.03, "max"),
        "pelvis_falls": turn("pelvis", _Y, 1, -0.2, 0.08, "min"),
        "leg_shortens": turn("leg", 0, 1, -0.2, 0.05, "min"),
    }


def _toe_off_features(window: StanceWindow) -> dict[str, NDArray[np.float64]]:
    turn, reach = window.turn, window.reach
    ball, ankle = (window.level(name, _Y, 0, -0.02, 0.08) for name in ("forefoot", "ankle"))
    return {
        "forefoot_rises": reach("forefoot", _Y, 1, (0.05, 0.4), _LIFTS_M_S, rising=True),
        "forefoot_up": reach("forefoot", _Y, 0, (0.0, 0.4), ball + _LANDED_M, rising=True),
        "knee_straight": turn("knee_angle", 0, 0, 0.05, 0.35, "max"),
        "knee_turns": turn("knee_angle", 0, 2, 0.05, 0.4, "min"),
        "ankle_pushes": turn("ankle_angle", 0, 1, 0.02, 0.35, "min"),
        "pelvis_rises": turn("pelvis", _Y, 1, 0.02, 0.3, "max"),
        "leg_longest": turn("leg", 0, 0, 0.05, 0.4, "max"),
        "thigh_back": turn("thigh", 0, 0, 0.05, 0.45, "min"),
        "ankle_up": reach("ankle", _Y, 0, (0.0, 0.4), ankle + _HEEL_OFF_M, rising=True),
        "ankle_straight": turn("ankle_angle", 0, 0, 0.05, 0.4, "min"),
    }
