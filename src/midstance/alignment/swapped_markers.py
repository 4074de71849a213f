"""Inner and outer markers whose labels were exchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.alignment.marker_paths import seen_labels
from midstance.model import SIDES, Code, Issue, MarkerSet, Motion, Severity

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["unswapped"]

_INNER_OUTER = (("mt1", "mt5"), ("knee_medial", "knee_lateral"), ("ankle_medial", "ankle_lateral"))
_WRONG_M = 0.02
_MOST = 0.8


def _wrong(outward: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return where inner and outer are exchanged (T,); all or none where most samples agree."""
    seen = np.isfinite(outward)
    wrong = seen & (outward < -_WRONG_M)
    if not seen.any():
        return wrong
    share = float(wrong[seen].mean())
    return np.ones_like(seen) if share > _MOST else wrong & (share > 0)


def unswapped(markers: Motion, marker_set: MarkerSet) -> tuple[Motion, tuple[Issue, ...]]:
    """Exchange inner and outer markers back where their labels were swapped.

    Parameters
    ----------
    markers
        Paths of the markers (T, K, 3) [m] in the lab frame.
    marker_set
        Which marker is which landmark.

    Returns
    -------
    tuple of Motion and tuple of Issue
        The paths with first and fifth metatarsal, inner and outer epicondyle and malleolus in place,
        and one `markers_swapped` issue for each pair that was exchanged.

    Notes
    -----
    The inner marker must lie nearer to the body's middle. It is tested in every frame, so an exchange in
    part of the recording is repaired there only; where four frames of five are wrong, all are exchanged.
    """
    points, issues, labels = markers.points.copy(), [], seen_labels(markers)
    for side in SIDES:
        outwards = 1.0 if side == "right" else -1.0
        for pair in _INNER_OUTER:
            inner, outer = (marker_set.marker(f"{side}_{name}", labels) for name in pair)
            if inner is None or outer is None:
                continue
            i, o = markers.skeleton.index(inner), markers.skeleton.index(outer)
            wrong = _wrong(outwards * (points[:, o, 2] - points[:, i, 2]))
            if wrong.any():
                points[wrong, i], points[wrong, o] = points[wrong, o], points[wrong, i]
                issues.append(_said(inner, outer, float(wrong.mean())))
    return markers.with_points(points), tuple(issues)


def _said(inner: str, outer: str, share: float) -> Issue:
    when = "throughout" if share > _MOST else f"in {100 * share:.1f} % of the frames"
    return Issue(
        Code.MARKERS_SWAPPED,
        Severity.NOTE,
        f"The labels {inner} and {outer} were exchanged {when}: the inner one lay outside; put right.",
        "Correct the labels in the capture software.",
    )
