"""What the person does: quiet standing, walking, running, running on the spot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.model import SIDES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.gait.phase import LockedStride
    from midstance.model import Side, Signals

__all__ = ["Activity", "Bouts", "activity"]

_SMOOTH_S = 0.25
_TRAVELS = 0.35  # leg lengths; slow jogging travels 0.7 and more
_LIFTS = 0.05
_WALKS = 0.0


@dataclass(frozen=True, slots=True)
class Bouts:
    """Split a recording into quiet standing and movement.

    Parameters
    ----------
    still_legs_s
        Feet slower than this against the pelvis count as still [leg lengths/s].
    still_part
        So do feet slower than this part of their usual speed, whichever is slower: in slow motion
        running feet are slow too.
    resting_legs_s
        A recording whose feet hardly ever go faster than this shows no movement [leg lengths/s].
    standing_s
        Shortest quiet standing that counts [s].
    """

    still_legs_s: float = 0.25
    still_part: float = 0.15
    resting_legs_s: float = 0.12
    standing_s: float = 1.0

    def __call__(self, signals: Signals, leg_m: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return which samples are quiet standing (T,) and which belong to the longest movement (T,).

        Parameters
        ----------
        signals
            Curves of `kinematics.sagittal_curves`.
        leg_m
            Leg length [m].
        """
        clock = signals.time_s
        speed = np.fmin(*(_foot_speed(signals, side) for side in SIDES))
        usual = float(np.nanpercentile(speed, 90)) if np.isfinite(speed).any() else 0.0
        slow = min(self.still_legs_s * leg_m, self.still_part * usual)
        still = speed < slow if usual > self.resting_legs_s * leg_m else np.isfinite(speed)
        standing = _long(still, clock, self.standing_s)
        moving = _longest(~_long(still, clock, 0.5), clock)
        return standing, moving


def _foot_speed(signals: Signals, side: Side) -> NDArray[np.float64]:
    """Return how fast an ankle moves against the pelvis, along the way it moves faster (T,)."""
    ways = (f"{side}_ankle_ahead_of_pelvis_m", f"{side}_ankle_height_m")
    return np.fmax(*(_speed(signals.time_s, signals.curve(name)) for name in ways))


def _speed(clock: NDArray[np.float64], curve: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the speed of a curve, smoothed over a quarter second (T,)."""
    seen = np.isfinite(curve)
    if seen.sum() < 4:  # noqa: PLR2004
        return np.full(len(clock), np.nan)
    filled = np.interp(clock, clock[seen], curve[seen])
    width = max(2, round(_SMOOTH_S / float(np.median(np.diff(clock)))))
    calm = np.median(_windows(filled, width), axis=1)
    around = _windows(calm, width)
    return np.asarray((around.max(axis=1) - around.min(axis=1)) / _SMOOTH_S)


def _windows(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Return the values around each value (T, width), the ends repeated."""
    padded = np.pad(values, (width // 2, width - width // 2 - 1), mode="edge")
    return np.lib.stride_tricks.sliding_window_view(padded, width)


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the half-open index ranges in which a mask is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _long(mask: NDArray[np.bool_], clock: NDArray[np.float64], least_s: float) -> NDArray[np.bool_]:
    kept = np.zeros(len(mask), dtype=bool)
    for start, stop in _runs(mask):
        kept[start:stop] = clock[stop - 1] - clock[start] >= least_s
    return kept


def _longest(mask: NDArray[np.bool_], clock: NDArray[np.float64]) -> NDArray[np.bool_]:
    kept = np.zeros(len(mask), dtype=bool)
    if runs := _runs(mask):
        start, stop = max(runs, key=lambda run: clock[run[1] - 1] - clock[run[0]])
        kept[start:stop] = True
    return kept


@dataclass(frozen=True, slots=True)
class Activity:
    """What the rhythm of the legs shows.

    Parameters
    ----------
    name
        `running`, `walking`, `on_the_spot` or `unclear`.
    bounce
        Correlation of the pelvis's height with the distance between the feet: a running body flies
        when the feet are apart (positive), a walking one stands on both (negative).
    travel
        Fore-aft range of the feet against the pelvis [leg lengths].
    lift
        Range of the height of the ankles [leg lengths].
    """

    name: str
    bounce: float
    travel: float
    lift: float


def activity(locked: LockedStride, leg_m: float) -> Activity:
    """Tell running from walking and from running on the spot.

    Parameters
    ----------
    locked
        All samples with their phases.
    leg_m
        Leg length [m].

    Returns
    -------
    Activity
        Its name and the numbers it rests on.

    Notes
    -----
    In running the body is high when the feet are far apart, in walking low: the leg is a spring in
    one and a stilt in the other. No contact need be known for that. On the spot the feet rise but do
    not travel.
    """
    phase = np.linspace(0.0, 2.0 * np.pi, 181)
    travel, lift = (
        max(float(np.ptp(locked.mean(f"{side}_{name}", phase))) for side in SIDES) / leg_m
        for name in ("ankle_ahead_of_pelvis_m", "ankle_height_m")
    )
    bounce = _bounce(locked)
    if travel < _TRAVELS:
        return Activity("on_the_spot" if lift > _LIFTS else "unclear", bounce, travel, lift)
    return Activity("walking" if bounce < _WALKS else "running", bounce, travel, lift)


def _bounce(locked: LockedStride) -> float:
    """Return the correlation of the pelvis's height with the distance between the feet."""
    signals = locked.signals
    left, right = (signals.curve(f"{side}_ankle_ahead_of_pelvis_m") for side in SIDES)
    apart = np.abs(left - right)
    height = signals.curve("pelvis_height_m")
    seen = np.isfinite(apart) & np.isfinite(height)
    if seen.sum() < 8:  # noqa: PLR2004  (too few for a correlation)
        return float("nan")
    turn = np.floor((locked.phase - locked.phase[0]) / (2.0 * np.pi)).astype(int)
    sums = np.bincount(turn[seen], height[seen], turn[-1] + 1)
    own = sums / np.maximum(np.bincount(turn[seen], minlength=turn[-1] + 1), 1)
    return float(np.corrcoef(apart[seen], (height - own[turn])[seen])[0, 1])
