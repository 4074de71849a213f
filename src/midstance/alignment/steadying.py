"""What the trunk knows of the hips: clothes hide them, shoulders they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.model import SIDES, Motion

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["hips_on_trunk"]

_TRUNK = {"ear": 0.5, "nose": 0.3, "shoulder": 0.2}  # how far each is believed


def hips_on_trunk(motion: Motion, rhythm_s: float) -> Motion:
    """Return the motion with the up and down of the hips taken from the trunk.

    Parameters
    ----------
    motion
        Points in the lab frame (T, K, 2 or 3), Y up.
    rhythm_s
        Time over which the mean height is kept: about one stride [s].

    Returns
    -------
    Motion
        Both hips keep their mean height and their difference; what they do within a stride
        follows head and trunk: the weighted mean of what the ears, the nose and the middle of the
        shoulders do. Unchanged where one of them is not seen.

    Notes
    -----
    Under clothes a network guesses the hips partly from the legs, and its error swings with them:
    5 to 7 mm in height at the stride and step frequency on a rendered runner, against 1 mm for head and
    shoulders. In running the trunk is nearly rigid between them, so it times the lowest point of the
    body better. On nineteen rendered views the middle of the dip is told with a standard deviation of
    10 ms by the hips as seen, 3.6 by the shoulders, which the arms hide in turn, 1.4 by the ears and
    1.8 by the nose; where they really are tells it to 0.9. A head on a neck may move on its own: so the
    shoulders keep a say. Lab markers need none of this.
    """
    rises = np.stack([_rise(motion, name, rhythm_s) for name in _TRUNK])
    known = np.isfinite(rises).all(axis=0)
    own = _fast(motion.middle("hip")[:, 1], motion.time_s, rhythm_s)
    shift = np.where(known, np.array(list(_TRUNK.values())) @ rises - own, 0.0)
    points = motion.points.copy()
    for side in SIDES:
        points[:, motion.skeleton.index(f"{side}_hip"), 1] += np.nan_to_num(shift)
    return motion.with_points(points)


def _rise(motion: Motion, part: str, rhythm_s: float) -> NDArray[np.float64]:
    place = motion.point("nose") if part == "nose" else motion.middle(part)
    return _fast(place[:, 1], motion.time_s, rhythm_s)


def _fast(values: NDArray[np.float64], time_s: NDArray[np.float64], width_s: float) -> NDArray[np.float64]:
    """Return what values do within a stride (T,): less their running mean."""
    return values - _slow(values, time_s, width_s)


def _slow(values: NDArray[np.float64], time_s: NDArray[np.float64], width_s: float) -> NDArray[np.float64]:
    """Return the running mean over a width of time, by trapezoids on the uneven clock (T,)."""
    seen = np.isfinite(values)
    if seen.sum() < 2:  # noqa: PLR2004
        return np.zeros(len(values))
    filled = np.interp(time_s, time_s[seen], values[seen])
    steps = 0.5 * (filled[1:] + filled[:-1]) * np.diff(time_s)
    total = np.concatenate([[0.0], np.cumsum(steps)])
    low = np.clip(time_s - 0.5 * width_s, time_s[0], time_s[-1])
    high = np.clip(time_s + 0.5 * width_s, time_s[0], time_s[-1])
    return np.asarray((np.interp(high, time_s, total) - np.interp(low, time_s, total)) / (high - low))
