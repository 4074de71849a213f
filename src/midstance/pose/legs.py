"""Which leg is which: the most likely way through all looks, each as it is or with its legs exchanged.

A network that sees a runner from the side exchanges the legs just when they cross, and that is at
midstance. Motion tells: legs do not jump, nor do they bounce off each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Identity", "exchanged", "identify", "leg_length"]

HIPS, LEGS = slice(9, 11), slice(11, 19)
_LEG_AND_HIP = slice(9, 19)
_FAR = 0.35  # a point further off than this many leg lengths counts no more than that
_BEND, _STEP = 0.6, 0.4  # weights of a change of velocity and of a change of place
_BONE, _BONE_FAR = 0.5, 0.5  # weight of a thigh or shank of wrong length, and where it stops to count
_BONE_RANK = 70  # percentile of a bone's length in the picture taken as its length
_EXCHANGE_PER_S = 0.9  # a small preference for the network's own names
_GAP_S = 0.25  # a longer gap ends a stretch
_RATIO = 2.0  # a velocity is carried no further than over this ratio of time steps


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """The way chosen through the looks.

    Parameters
    ----------
    look
        Which of the M looks was chosen for each frame (T,); −1 where there is none.
    swapped
        Whether its legs had to be exchanged (T,).
    leg_px
        Length of thigh and shank together [px].
    """

    look: NDArray[np.int64]
    swapped: NDArray[np.bool_]
    leg_px: float


def exchanged(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points (…, 19, 2) with left and right hip, knee, ankle, heel and toe exchanged."""
    other = points.copy()
    other[..., 9:19:2, :], other[..., 10:19:2, :] = points[..., 10:19:2, :], points[..., 9:19:2, :]
    return other


def _bones(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return thigh and shank lengths (…, 4) of both legs: thigh, thigh, shank, shank."""
    upper = np.linalg.norm(points[..., 11:13, :] - points[..., 9:11, :], axis=-1)
    lower = np.linalg.norm(points[..., 13:15, :] - points[..., 11:13, :], axis=-1)
    return np.concatenate([upper, lower], axis=-1)


def leg_length(points: NDArray[np.float64]) -> float:
    """Return the length of thigh and shank together in points (…, 19, 2), a high percentile of all."""
    bones = _bones(points).reshape(-1, 4)
    bones = bones[np.isfinite(bones).all(axis=1)]
    if not len(bones):
        return float("nan")
    thigh, shank = (np.percentile(bones[:, pair], _BONE_RANK) for pair in ([0, 1], [2, 3]))
    return float(thigh + shank)


def identify(
    points: NDArray[np.float64], time_s: NDArray[np.float64], burden: NDArray[np.float64]
) -> Identity:
    """Find left and right leg in every frame.

    Parameters
    ----------
    points
        M looks at each of T frames (T, M, K, 2) [px]; NaN where none was made.
    time_s
        Time of each frame (T,) [s], unevenly spaced if need be.
    burden
        What choosing a look costs beforehand (M,), in leg lengths.

    Returns
    -------
    Identity
        The chosen look of each frame, and whether its legs are exchanged.

    Notes
    -----
    A second-order Viterbi search over the looks, each as it is and exchanged. Costs are distances of knees,
    ankles, heels and toes, relative to mid-hip and in leg lengths, from where constant velocity would have
    brought them and from where they were, each point counting at most 0.35; plus deviations of thigh and
    shank from their length. Left and right are named once for a whole stretch, as the networks do in most
    of its frames. Cost is linear in T.
    """
    count = points.shape[1]
    leg_px = leg_length(points)
    look = np.full(len(points), -1)
    swapped = np.zeros(len(points), bool)
    both = np.concatenate([points, exchanged(points)], axis=1) / leg_px
    own = _unlikeliness(both) + np.tile(burden, 2)
    step_s = np.diff(time_s, prepend=time_s[0] if len(time_s) else 0.0)
    own[:, count:] += _EXCHANGE_PER_S * np.minimum(step_s, _GAP_S)[:, None]
    legs = both[:, :, LEGS] - both[:, :, HIPS].mean(axis=2, keepdims=True)
    for stretch in _stretches(np.asarray(np.isfinite(own).any(axis=1)), time_s):
        states = _best_way(legs[stretch], own[stretch], time_s[stretch])
        look[stretch] = states % count
        swapped[stretch] = _named(states >= count)
    return Identity(look, swapped, leg_px)


def _named(swapped: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Take the names the networks themselves give in most frames of a stretch."""
    return ~swapped if swapped.mean() > 0.5 else swapped  # noqa: PLR2004  (a majority)


def _unlikeliness(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far thighs and shanks (T, N) are from their length; infinite where there is no look."""
    bones = _bones(points)
    flat = bones.reshape(-1, 4)
    length = np.nanpercentile(flat, _BONE_RANK, axis=0) if np.isfinite(flat).any() else np.zeros(4)
    usual = np.repeat([length[:2].max(), length[2:].max()], 2)
    wrong = _BONE * np.minimum(np.abs(bones - usual), _BONE_FAR).sum(axis=-1)
    return np.where(np.isfinite(wrong), wrong, np.inf)


def _stretches(there: NDArray[Any], time_s: NDArray[np.float64]) -> list[NDArray[np.int64]]:
    """Return runs of frames that have a look, split where they are too far apart to be joined by motion."""
    index = np.flatnonzero(there)
    if not len(index):
        return []
    return np.split(index, np.flatnonzero(np.diff(time_s[index]) > _GAP_S) + 1)


def _off(from_: NDArray[np.float64], to: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return summed distances of points (…, 8, 2), each counting no more than `_FAR`."""
    away = from_ - to
    return np.asarray(np.minimum(np.sqrt(away[..., 0] ** 2 + away[..., 1] ** 2), _FAR).sum(axis=-1))


def _best_way(
    legs: NDArray[np.float64], own: NDArray[np.float64], time_s: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return the state of each frame (T,) on the cheapest way through states (T, N), by pairs of frames."""
    there = [np.flatnonzero(np.isfinite(row)) for row in own]
    if len(there) == 1:
        return np.array([int(own[0].argmin())])
    place = [legs[t, states] for t, states in enumerate(there)]
    cost = own[0, there[0]][:, None] + own[1, there[1]] + _off(place[0][:, None], place[1][None])
    came_from = []
    for t in range(2, len(there)):
        ratio = min((time_s[t] - time_s[t - 1]) / (time_s[t - 1] - time_s[t - 2]), _RATIO)
        ahead = place[t - 1] + (place[t - 1] - place[t - 2][:, None]) * ratio  # (before, now, 8, 2)
        bend = _off(ahead[:, :, None], place[t])
        step = _off(place[t - 1][:, None], place[t][None])
        total = cost[:, :, None] + _BEND * bend
        came_from.append(total.argmin(axis=0))
        cost = total.min(axis=0) + _STEP * step + own[t, there[t]]
    return _traced(cost, came_from, there)


def _traced(
    cost: NDArray[np.float64], came_from: list[NDArray[np.int64]], there: list[NDArray[np.int64]]
) -> NDArray[np.int64]:
    """Walk back from the cheapest last pair of states."""
    before, now = (int(k) for k in np.unravel_index(int(cost.argmin()), cost.shape))
    way = [now, before]
    for table in reversed(came_from):
        way.append(int(table[way[-1], way[-2]]))
    way.reverse()
    return np.array([states[k] for states, k in zip(there, way, strict=True)])
