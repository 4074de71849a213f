"""From looks to a sighting: legs told apart, looks averaged, doubtful points marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.model import BODY, Motion, Repair
from midstance.pose.belief import believed, evident, unlike_neighbours
from midstance.pose.fusion import aligned, fused
from midstance.pose.hips import steadied
from midstance.pose.hypotheses import KINDS
from midstance.pose.legs import exchanged, identify

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.pose.hypotheses import Hypotheses
    from midstance.pose.legs import Identity

__all__ = ["assemble", "repairs"]

_BURDEN = {"full": 0.3, "full mirror": 0.3, "tight": 0.05, "tight mirror": 0.05}
_SECOND_RATE = [KINDS.index("full"), KINDS.index("full mirror")]


def assemble(
    looks: Hypotheses, time_s: NDArray[np.float64], size_px: tuple[int, int], *, steady_hips: bool
) -> tuple[Motion, NDArray[np.float64], NDArray[np.float64], tuple[Repair, ...]]:
    """Make one motion of all looks.

    Parameters
    ----------
    looks
        At T frames.
    time_s
        Time of each (T,) [s].
    size_px
        Width and height of the picture [px].
    steady_hips
        Whether to average the guessed difference of the hips in side view.

    Returns
    -------
    tuple
        Motion; scatter of the looks (T, K) [px]; the networks' belief in the person (T,); repairs.
    """
    identity = identify(looks.points, time_s, np.array([_BURDEN.get(kind, 0.0) for kind in KINDS]))
    chosen, named, turned = aligned(looks.points, identity)
    trusted = _without_second_rate(named)
    fusion = fused(chosen, trusted, identity.leg_px)
    points, jump = fusion.points, unlike_neighbours(fusion.points, time_s)
    if steady_hips:
        points = steadied(points, time_s, identity.leg_px)
    evidence = evident(looks.seen, looks.peak)[..., None]
    evidence = np.where(turned[..., None, None], exchanged(evidence), evidence)[..., 0]
    evidence = _mean(np.where(fusion.agree, evidence, np.nan))
    confidence = believed(points, evidence, fusion.spread_px, jump, identity.leg_px, size_px)
    points = np.where((confidence > 0)[..., None], points, np.nan)
    motion = Motion(points, confidence, time_s, BODY, "px", "image")
    score = np.nan_to_num(np.fmax.reduce(looks.score, axis=1))
    return motion, fusion.spread_px, score, repairs(identity, looks.index)


def _without_second_rate(looks: NDArray[np.float64]) -> NDArray[np.float64]:
    """Leave the full network's looks (T, M, K, 2) out of frames where the heavy one was asked."""
    heavy = np.isfinite(looks[:, KINDS.index("heavy"), 0, 0])
    kept = looks.copy()
    for kind in _SECOND_RATE:
        kept[heavy, kind] = np.nan
    return kept


def _mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean (T, K) over looks (T, M, K), 0 where there is none."""
    made = np.isfinite(values)
    return np.asarray(np.where(made, values, 0.0).sum(axis=1) / np.maximum(made.sum(axis=1), 1))


def repairs(identity: Identity, index: NDArray[np.int64]) -> tuple[Repair, ...]:
    """Return the spans of frames in which the chosen look's legs had to be exchanged."""
    rows = np.flatnonzero(identity.swapped & (identity.look >= 0))
    spans = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(rows) else []
    return tuple(
        Repair(int(index[span[0]]), int(index[span[-1]]), "left and right leg exchanged back")
        for span in spans
    )
