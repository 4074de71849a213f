"""Markers by label and landmark: which there are, which serve, which are missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import DataError
from midstance.model import Skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from midstance.model import MarkerSet, Motion

__all__ = ["fixed_to", "landmarks_middle", "mapped", "missing_landmarks", "seen_labels"]

_USUAL = {
    "pelvis": ("left_asis", "right_asis", "left_psis", "right_psis", "sacrum", "left_iliac_crest",
               "right_iliac_crest"),
    "thorax": ("c7", "t10", "jugular_notch", "xiphoid", "left_acromion", "right_acromion"),
    "thigh": ("trochanter", "knee_lateral", "knee_medial"),
    "shank": ("ankle_lateral", "ankle_medial"),
    "foot": ("heel", "mt1", "mt5", "toe"),
}  # fmt: skip


def seen_labels(markers: Motion) -> tuple[str, ...]:
    """Return the labels of the markers that are seen at least once."""
    ever = np.asarray(np.isfinite(markers.points).all(axis=2).any(axis=0))
    return tuple(name for name, there in zip(markers.skeleton.names, ever, strict=True) if there)


def mapped(markers: Motion, marker_set: MarkerSet) -> Motion:
    """Return only the markers that a marker set knows."""
    known = {
        name
        for names in (marker_set.landmarks, marker_set.centres, marker_set.segments)
        for labels in names.values()
        for name in labels
    }
    keep = [k for k, name in enumerate(markers.skeleton.names) if name in known]
    skeleton = Skeleton(tuple(markers.skeleton.names[k] for k in keep), (), ())
    points, confidence = markers.points[:, keep], markers.confidence[:, keep]
    return replace(markers, points=points, confidence=confidence, skeleton=skeleton)


def landmarks_middle(
    markers: Motion, marker_set: MarkerSet, landmarks: Iterable[str]
) -> NDArray[np.float64] | None:
    """Return the middle (T, 3) [m] of those landmarks that there are, None where there are none."""
    labels = seen_labels(markers)
    there = [label for name in landmarks if (label := marker_set.marker(name, labels)) is not None]
    return np.mean([markers.point(label) for label in there], axis=0) if there else None


def fixed_to(segment: str, marker_set: MarkerSet, labels: Iterable[str]) -> tuple[str, ...]:
    """Return the labels among `labels` of the markers fixed to a segment."""
    labels = tuple(labels)
    side, _, part = segment.rpartition("_")
    usual = (f"{side}_{name}" if side else name for name in _USUAL[part])
    named = marker_set.segments.get(segment) or tuple(usual)
    found = (name if name in labels else marker_set.marker(name, labels) for name in named)
    return tuple(dict.fromkeys(label for label in found if label is not None))


def missing_landmarks(needed: Iterable[tuple[str, ...]], marker_set: MarkerSet, where: str) -> DataError:
    """Return the error that names what is missing and which labels would serve.

    Parameters
    ----------
    needed
        Landmarks that are missing; of each tuple one would do.
    marker_set
        How the labels were understood.
    where
        The recording it concerns.

    Returns
    -------
    DataError
        To be raised by the caller.
    """
    said = []
    for choice in needed:
        known = {mark: marker_set.landmarks.get(mark) or marker_set.centres.get(mark, ()) for mark in choice}
        names = [f"{mark} ({' or '.join(labels) or 'not mapped'})" for mark, labels in known.items()]
        said.append(" or ".join(names))
    return DataError(
        f"markers are missing: {'; '.join(said)}",
        f"{where}, read with the marker set {marker_set.name!r}",
        "give the static trial if it holds them, choose the right marker set, or map the labels of the file",
    )
