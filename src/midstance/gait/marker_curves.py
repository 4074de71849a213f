"""Markers as smooth curves in continuous time, and when each foot passes under the pelvis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.interpolate import Akima1DInterpolator, CubicSpline
from scipy.signal import butter, filtfilt

from midstance.model import SIDES, opposite

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from midstance.model import Motion, Side

__all__ = ["Ball", "Curve", "Passes", "forefoot", "leg_curves", "passes", "pelvis", "smoothed"]

Ball = Literal["middle", "inner", "outer"]
"""Which part of the ball of the foot is marked."""

_TWO_PASSES = 0.802  # (√2 - 1)^¼: two second-order passes keep the half-power frequency
_SEEN_SHARE = 0.3  # of the recording: a marker seen less than that is not used
_BRIDGED_S = 0.06  # a longer gap is not believed
_PASS_HZ = 8.0
_SWING_SHARE = 0.08  # of the ankle's way past the pelvis: a smaller excursion is no step
_LEAST_SWING_M = 0.04  # who stands sways less
_USUAL_STRIDE_S = 0.7
_STRAY_SHARE = 0.3  # of the median stride time
_FEW = 5
_BALL = ("mt1", "mt5", "toe")
_SAME_M = 0.005
_ROUNDING = 0.2  # of a sample: files write their clock with few decimals


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A smooth curve of one or more columns with derivatives, NaN where it was not seen.

    Parameters
    ----------
    spline
        Interpolates the low-passed samples.
    unseen
        Start and end (G, 2) [s] of what is not believed: long gaps.
    """

    spline: CubicSpline
    unseen: NDArray[np.float64]

    def __call__(self, time_s: NDArray[np.float64], order: int = 0) -> NDArray[np.float64]:
        """Return the derivative of an order at any instants, the shape of `time_s` plus columns."""
        values = np.asarray(self.spline(time_s, order))
        hidden = (time_s < self.spline.x[0]) | (time_s > self.spline.x[-1])
        for start, stop in self.unseen:
            hidden |= (time_s > start) & (time_s < stop)
        values[hidden] = np.nan
        return values


def smoothed(time_s: NDArray[np.float64], values: NDArray[np.float64], corner_hz: float) -> Curve | None:
    """Return low-passed samples as a curve in continuous time.

    Parameters
    ----------
    time_s
        Clock (T,) [s].
    values
        Samples (T, C); NaN where unseen.
    corner_hz
        Corner of the zero-lag fourth-order low-pass [Hz].

    Returns
    -------
    Curve or None
        None where too little was seen.
    """
    seen = np.asarray(np.isfinite(values).all(axis=1))
    if seen.sum() < max(_FEW * 2, _SEEN_SHARE * len(seen)):
        return None
    clock = np.linspace(time_s[0], time_s[-1], len(time_s))
    even = values
    if not seen.all() or np.max(np.abs(clock - time_s)) > _ROUNDING * (clock[1] - clock[0]):
        bridged = Akima1DInterpolator(time_s[seen], values[seen])(
            np.clip(clock, time_s[seen][0], time_s[seen][-1])
        )
        even = np.asarray(bridged)
    rate_hz = (len(clock) - 1) / (clock[-1] - clock[0])
    share = min(corner_hz / (0.5 * rate_hz) / _TWO_PASSES, 0.95)
    b, a = butter(2, share)
    padding = min(len(even) - 1, round(rate_hz / corner_hz) * 3)
    return Curve(CubicSpline(clock, filtfilt(b, a, even, axis=0, padlen=padding)), _gaps(time_s, seen))


def _gaps(time_s: NDArray[np.float64], seen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return start and end (G, 2) of the gaps too long to bridge, the ends of the recording among them."""
    known = np.concatenate(([time_s[0] - 1e-9], time_s[seen], [time_s[-1] + 1e-9]))
    wide = np.flatnonzero(np.diff(known) > _BRIDGED_S)
    return np.stack((known[wide], known[wide + 1]), axis=1)


def forefoot(motion: Motion, side: Side) -> tuple[NDArray[np.float64], Ball]:
    """Return the ball of the foot (T, 3) [m] and which part of it the markers show.

    Parameters
    ----------
    motion
        Motion in the lab frame [m].
    side
        Which foot.

    Returns
    -------
    tuple
        Middle of the metatarsal heads; of one head and the toe where only one is marked; one
        of them where that is all. `middle`, `inner` or `outer`: they land and lift at their own times.
    """
    inner, outer, toe = (
        motion.point(f"{side}_{n}") if _marked(motion, f"{side}_{n}") else None for n in _BALL
    )
    if inner is not None and outer is not None:
        return _between(inner, outer), "middle"
    head = outer if inner is None else inner
    if head is None:
        return motion.point(f"{side}_toe"), "middle"
    if toe is not None and not np.nanmax(np.abs(toe - head)) < _SAME_M:
        return _between(head, toe), "middle"
    return head, "outer" if inner is None else "inner"


def _between(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the middle of two markers (T, 3), as if both were seen where one is."""
    apart = np.nanmedian(second - first, axis=0)
    one = np.where(np.isfinite(first), first, second - apart)
    other = np.where(np.isfinite(second), second, first + apart)
    return np.asarray(0.5 * (one + other))


def pelvis(motion: Motion) -> NDArray[np.float64]:
    """Return the middle of the hips (T, 3) [m]; of the pelvis markers where the hips are not known."""
    if _marked(motion, "left_hip") and _marked(motion, "right_hip"):
        return motion.middle("hip")
    corners = [f"{side}_{name}" for side in SIDES for name in ("asis", "psis")]
    marked = [motion.point(name) for name in corners if _marked(motion, name)]
    return np.asarray(np.mean(marked, axis=0)) if marked else motion.middle("hip")


def _foot(motion: Motion, side: Side) -> NDArray[np.float64]:
    """Return the ankle (T, 3) [m], or what of the foot is marked."""
    names = (f"{side}_ankle", f"{side}_heel")
    return next((motion.point(name) for name in names if _marked(motion, name)), forefoot(motion, side)[0])


def _marked(motion: Motion, name: str) -> bool:
    if name not in motion.skeleton.names:
        return False
    return bool(np.isfinite(motion.point(name)).all(axis=1).mean() > _SEEN_SHARE)


def leg_curves(motion: Motion, side: Side, corner_hz: float) -> dict[str, Curve]:
    """Return what one leg and the pelvis do, as curves of place (3 columns) or angle and length (1).

    Parameters
    ----------
    motion
        Motion in the lab frame [m].
    side
        Which leg.
    corner_hz
        Corner of the low-pass [Hz].

    Returns
    -------
    dict
        `pelvis`, `hip`, `knee`, `ankle`, `heel`, `forefoot` [m]; `pitch` of the foot, `knee_angle`,
        `ankle_angle`, `thigh` [rad]; `leg` from hip to ankle [m]. What is not marked is left out.
    """
    places = {name: motion.point(f"{side}_{name}") for name in ("hip", "knee", "ankle", "heel")}
    places |= {"forefoot": forefoot(motion, side)[0], "pelvis": pelvis(motion)}
    pitch = _pitch(places)
    shank, thigh = (_angle(places[b], places[a]) for a, b in (("knee", "ankle"), ("hip", "knee")))
    lines = {
        "pitch": pitch,
        "thigh": thigh,
        "knee_angle": shank - thigh,
        "ankle_angle": pitch - shank,
        "leg": np.linalg.norm(places["hip"] - places["ankle"], axis=1),
    }
    columns = places | {name: line[:, None] for name, line in lines.items()}
    curves = {name: smoothed(motion.time_s, column, corner_hz) for name, column in columns.items()}
    return {name: curve for name, curve in curves.items() if curve is not None}


def _pitch(places: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return the direction of the foot (T,) [rad]: as it turns as one, any two of its points show it."""
    for back, front in (("heel", "forefoot"), ("ankle", "forefoot"), ("heel", "ankle")):
        if all(np.isfinite(places[end]).all(axis=1).mean() > _SEEN_SHARE for end in (back, front)):
            return _angle(places[back], places[front])
    return np.full(len(places["heel"]), np.nan)


def _angle(start: NDArray[np.float64], stop: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sagittal direction from one point to another (T,) [rad], without jumps."""
    angle = np.arctan2(stop[:, 1] - start[:, 1], stop[:, 0] - start[:, 0])
    seen = np.isfinite(angle)
    angle[seen] = np.unwrap(angle[seen])
    return angle


@dataclass(frozen=True, slots=True, eq=False)
class Passes:
    """When an ankle passes back under the pelvis, once in each stance, and the stride time there.

    Parameters
    ----------
    time_s
        Instants (N,) [s].
    stride_s
        Stride time about each (N,) [s].
    """

    time_s: NDArray[np.float64]
    stride_s: NDArray[np.float64]


def passes(motion: Motion, side: Side) -> Passes:
    """Return every instant at which the ankle goes from ahead of the pelvis to behind it.

    Parameters
    ----------
    motion
        Motion in the lab frame [m].
    side
        Which leg.

    Returns
    -------
    Passes
        Instants and stride times; none where the ankle does not swing.
    """
    own = _passing(motion, side)
    gaps = np.diff(own)
    if not len(gaps):
        other = _passing(motion, opposite(side))
        gap = 2.0 * float(np.min(np.abs(other - own[0]))) if len(own) and len(other) else np.inf
        return Passes(own, np.full(len(own), gap if 0.4 < gap < 1.2 else _USUAL_STRIDE_S))  # noqa: PLR2004
    usual = float(np.median(gaps))
    near = 0.5 * (np.append(gaps[:1], gaps) + np.append(gaps, gaps[-1:]))
    return Passes(own, np.clip(near, (1.0 - _STRAY_SHARE) * usual, (1.0 + _STRAY_SHARE) * usual))


def _passing(motion: Motion, side: Side) -> NDArray[np.float64]:
    foot, middle = _foot(motion, side), pelvis(motion)
    if not np.isfinite(middle).any():
        middle = 0.5 * (foot + _foot(motion, opposite(side)))
    ahead = foot[:, :1] - middle[:, :1]
    curve = smoothed(motion.time_s, ahead, _PASS_HZ)
    if curve is None:
        return np.empty(0)
    clock = curve.spline.x
    way = curve.spline(clock)[:, 0]  # the swing of a leg bridges a long gap well enough to count steps
    least = max(_LEAST_SWING_M, _SWING_SHARE * float(np.subtract(*np.percentile(way, (95, 5)))))
    turns = np.flatnonzero((way[:-1] > 0) & (way[1:] <= 0))
    found = [i for i in turns if _swings(way, int(i), least)]
    share = way[found] / (way[found] - way[np.array(found, dtype=int) + 1]) if found else np.empty(0)
    return np.asarray(clock[np.array(found, dtype=int)] + share * (clock[1] - clock[0]))


def _swings(way: NDArray[np.float64], i: int, least: float) -> bool:
    """Tell whether the ankle came from well ahead and goes well behind."""
    behind = np.flatnonzero(way[:i] < 0)
    ahead = np.flatnonzero(way[i + 1 :] > 0)
    came = way[behind[-1] if len(behind) else 0 : i + 1]
    goes = way[i + 1 : i + 1 + ahead[0] if len(ahead) else len(way)]
    return bool(np.max(came) > least and np.min(goes) < -least)
