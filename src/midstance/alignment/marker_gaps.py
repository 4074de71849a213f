"""Gaps in the paths of markers: short ones are bridged, long ones stay unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import CubicSpline

from midstance.model import Code, Issue, Motion, Severity

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["fill_gaps"]

_TOLD = 0.01
_WORRYING = 0.10
_NEIGHBOURS = 4


def _unseen(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return where a marker is not seen (T, K): NaN, or exactly at the origin as some files write it."""
    return np.asarray(~np.isfinite(points).all(axis=2) | (points == 0.0).all(axis=2))


def _gaps(unseen: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the half-open spans of the gaps that lie between seen samples."""
    edge = np.flatnonzero(np.diff(np.concatenate([[False], unseen, [False]]).astype(int)))
    spans = zip(edge[::2].tolist(), edge[1::2].tolist(), strict=True)
    return [(start, stop) for start, stop in spans if start > 0 and stop < len(unseen)]


def _bridge(path: NDArray[np.float64], time_s: NDArray[np.float64], start: int, stop: int) -> None:
    """Fill one gap in place with the cubic through the samples beside it."""
    seen = np.flatnonzero(np.isfinite(path[:, 0]))
    before, after = seen[seen < start][-_NEIGHBOURS:], seen[seen >= stop][:_NEIGHBOURS]
    beside = np.concatenate([before, after])
    path[start:stop] = CubicSpline(time_s[beside], path[beside])(time_s[start:stop])


def _said(lost: NDArray[np.float64], names: tuple[str, ...], longest_s: float) -> tuple[Issue, ...]:
    """Return the issue that lists the markers with gaps."""
    order = np.argsort(-lost)
    listed = [f"{names[k]} {100 * lost[k]:.0f} %" for k in order if lost[k] >= _TOLD and lost[k] < 1.0]
    if not listed:
        return ()
    worst = float(np.max(lost[lost < 1.0]))
    return (
        Issue(
            Code.MARKER_GAPS,
            Severity.WARNING if worst >= _WORRYING else Severity.NOTE,
            f"Markers were hidden part of the time: {', '.join(listed)}; gaps up to {longest_s:g} s are "
            "bridged, longer ones left to the other markers of the segment.",
            "Fill or relabel the trajectories in the capture software if these markers matter.",
        ),
    )


def fill_gaps(markers: Motion, longest_s: float = 0.05) -> tuple[Motion, tuple[Issue, ...]]:
    """Bridge the short gaps in the paths of markers and say how much was missing.

    Parameters
    ----------
    markers
        Paths of the markers (T, K, 3) [m]; NaN, or exactly the origin, where unseen.
    longest_s
        Gaps up to this long are bridged by a cubic through the neighbouring samples [s].

    Returns
    -------
    tuple of Motion and tuple of Issue
        The paths (T, K, 3) [m] with NaN in longer gaps and beyond the ends, and one
        `marker_gaps` issue listing the markers with 1 % or more missing.
    """
    points, unseen = markers.points.copy(), _unseen(markers.points)
    points[unseen] = np.nan
    for marker in np.flatnonzero(unseen.any(axis=0) & ~unseen.all(axis=0)):
        for start, stop in _gaps(unseen[:, marker]):
            if markers.time_s[stop] - markers.time_s[start - 1] <= longest_s + 1.0 / markers.rate_hz:
                _bridge(points[:, marker], markers.time_s, start, stop)
    lost = unseen.mean(axis=0)
    filled = Motion(
        points,
        np.where(np.isfinite(points).all(axis=2), np.where(unseen, 0.5, 1.0), 0.0),
        markers.time_s,
        markers.skeleton,
        markers.unit,
        markers.frame,
    )
    return filled, _said(lost, markers.skeleton.names, longest_s)
