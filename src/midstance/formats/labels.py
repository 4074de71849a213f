"""Names of markers as files give them, made usable: no unlabelled ones, no prefixes, no doubles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import InputError
from midstance.model import Motion, Skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

__all__ = ["KeptLabels", "kept_labels", "marker_motion", "middle_of", "unique"]

_UNLABELLED = re.compile(r"(\*\d*|u\d+|c_\d+|unlabell?ed.*|)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KeptLabels:
    """Which of a file's labels are used, under which names, and what was done to them."""

    names: tuple[str, ...]
    columns: tuple[int, ...]
    said: Mapping[str, str]


def kept_labels(labels: Iterable[str]) -> KeptLabels:
    """Drop unlabelled markers, strip subject prefixes and number doubles."""
    split = [_parted(label) for label in labels]
    columns = tuple(k for k, (_, name) in enumerate(split) if not _UNLABELLED.fullmatch(name))
    bare = [split[k][1] for k in columns]
    names = unique(bare)
    prefixes = dict.fromkeys(split[k][0] for k in columns if split[k][0])
    said = {
        "subject_prefixes": ", ".join(prefixes),
        "unlabelled_markers": str(len(split) - len(columns)) if len(columns) < len(split) else "",
        "repeated_labels": ", ".join(a for a, b in zip(bare, names, strict=True) if a != b),
    }
    return KeptLabels(names, columns, {key: text for key, text in said.items() if text})


def _parted(label: str) -> tuple[str, str]:
    prefix, _, name = label.strip().rpartition(":")
    return prefix.strip(), name.strip()


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names with `_2`, `_3` … after those that came before."""
    taken: dict[str, None] = {}
    for name in names:
        new, count = name, 1
        while new in taken:
            count += 1
            new = f"{name}_{count}"
        taken[new] = None
    return tuple(taken)


def marker_motion(
    points: NDArray[np.float64], kept: KeptLabels, time_s: NDArray[np.float64], where: str
) -> Motion:
    """Return the kept markers (T, K, 3) as a motion in the file's axes; (0, 0, 0) is unseen."""
    if len(time_s) > 1 and not np.all(np.diff(time_s) > 0):
        row = int(np.argmax(np.diff(time_s) <= 0)) + 2
        raise InputError(f"time runs backwards at sample {row}", where, "export the recording again")
    held = np.array(points[:, list(kept.columns)], np.float64)
    held[~np.isfinite(held).all(axis=2) | (held == 0.0).all(axis=2)] = np.nan
    confidence = np.isfinite(held[..., 0]).astype(np.float64)
    return Motion(held, confidence, time_s, Skeleton(kept.names, (), ()), "m", "file")


def middle_of(markers: Motion) -> NDArray[np.float64] | None:
    """Return the mean place (3,) of all markers, None where none is seen."""
    seen = markers.points[np.isfinite(markers.points[..., 0])]
    return np.asarray(seen.mean(axis=0)) if len(seen) else None
