"""A quick look at a clip: enough to say whether it is worth a long one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import DataError
from midstance.pose import weights
from midstance.pose.assembly import assemble
from midstance.pose.following import follow
from midstance.pose.hypotheses import Hypotheses
from midstance.pose.people import choose
from midstance.pose.shares import Files, landmark_network, scout_network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from midstance.model import Frame, Motion
    from midstance.pose.blazepose import Look

__all__ = ["Glance", "glance", "scouted"]

_SCOUT_EVERY = 9  # frames of a burst: some 0.4 s


@dataclass(frozen=True, slots=True, eq=False)
class Glance:
    """The runner in a burst of frames, seen once by the quick network.

    Parameters
    ----------
    motion
        Points in the picture [px], on the clock of the frames that were given.
    score
        The network's belief that a person is there (T,), 0 to 1.
    spread_px
        (T, K), NaN: one look has nothing to disagree with.
    people
        How many people were in the frames in which all were looked for.
    """

    motion: Motion
    score: NDArray[np.float64]
    spread_px: NDArray[np.float64]
    people: tuple[int, ...]


@cache
def _files() -> Files:
    """Locate the quick networks."""
    return Files(weights.locate("full"), None, weights.locate("detector"), weights.locate("people"))


def scouted(rgb: NDArray[np.uint8]) -> tuple[NDArray[np.float64], ...]:
    """Return where people are in one picture.

    Parameters
    ----------
    rgb
        The picture (H, W, 3).

    Returns
    -------
    tuple of ndarray
        For each person the 19 points of `BODY` (19, 2) [px], the tallest first.
    """
    looks = scout_network(_files())(rgb)
    return tuple(look.points for look in sorted(looks, key=lambda look: -look.region.side_px))


def glance(frames: Sequence[Frame], size_px: tuple[int, int]) -> Glance | None:
    """Follow the runner through a burst of frames, looking once at each.

    Parameters
    ----------
    frames
        In order, 15 to 30 a second of the runner's own time.
    size_px
        Width and height of the picture [px].

    Returns
    -------
    Glance or None
        None where nobody is seen.
    """
    samples = [(frame.time_s, _people(frame)) for frame in frames[::_SCOUT_EVERY]]
    try:
        path = choose(samples, None, "").path
    except DataError:
        return None
    seen = follow(frames, path, landmark_network(_files().full))
    looks = Hypotheses.empty([glimpse.index for glimpse in seen])
    for row, glimpse in enumerate(seen):
        if glimpse.look is not None:
            looks.write(row, "full", glimpse.look)
    if not np.isfinite(looks.score).any():
        return None
    time_s = np.array([frame.time_s for frame in frames])
    motion, spread_px, score, _ = assemble(looks, time_s, size_px, steady_hips=True)
    return Glance(motion, score, spread_px, tuple(len(looks) for _, looks in samples))


def _people(frame: Frame) -> list[Look]:
    return scout_network(_files())(frame.rgb)
