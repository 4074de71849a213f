"""Following the runner from frame to frame, and noticing when the eye has slipped to someone else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import savgol_filter

from midstance.pose.region import Patch, Region

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midstance.model import Frame
    from midstance.pose.blazepose import Landmarks, Look
    from midstance.pose.people import Path

__all__ = ["Glimpse", "follow", "steady_regions"]

_LEAST_SCORE = 0.5
_ASTRAY = 0.25  # the hips may be this many region sides from where the scouts saw them
_GROWTH = 1.6
_SETTLING = 3  # looks until a region found from afar has settled
_WINDOW = 9  # frames over which the region is steadied


@dataclass(frozen=True, slots=True, eq=False)
class Glimpse:
    """The runner in one frame: the pixels around, and the first look at them; no look where lost."""

    index: int
    patch: Patch | None
    look: Look | None


def _plausible(look: Look, expected: Region) -> bool:
    """Tell whether a look is of the person expected there."""
    region = look.region
    away = np.hypot(region.x_px - expected.x_px, region.y_px - expected.y_px)
    ratio = region.side_px / expected.side_px
    return bool(
        look.score >= _LEAST_SCORE and away < _ASTRAY * expected.side_px and 1 / _GROWTH < ratio < _GROWTH
    )


def _found_again(frame: Frame, expected: Region, landmarks: Landmarks) -> tuple[Patch, Look | None]:
    """Look where the scouts saw the runner until the region settles."""
    patch = Patch.of(frame.rgb, expected)
    look = None
    for _ in range(_SETTLING):
        look = landmarks(patch, look.region if look else expected)
        if not _plausible(look, expected):
            return patch, None
        patch = Patch.of(frame.rgb, look.region)
    return patch, look


def follow(frames: Iterable[Frame], path: Path, landmarks: Landmarks) -> list[Glimpse]:
    """Follow the runner through consecutive frames, starting from where the scouts saw her or him."""
    glimpses, region = [], None
    for frame in frames:
        expected = path.at(frame.time_s)
        if expected is None:
            region = None
            glimpses.append(Glimpse(frame.index, None, None))
            continue
        look = None
        if region is not None:
            patch = Patch.of(frame.rgb, region)
            look = landmarks(patch, region)
        if look is None or not _plausible(look, expected):
            patch, look = _found_again(frame, expected, landmarks)
        region = look.region if look else None
        glimpses.append(Glimpse(frame.index, patch if look else None, look))
    return glimpses


def steady_regions(glimpses: list[Glimpse]) -> list[Region | None]:
    """Return each glimpse's region, steadied by a straight line through its neighbours in time."""
    seen = [k for k, glimpse in enumerate(glimpses) if glimpse.look]
    rows = np.array([_row(glimpse.look.region) for glimpse in glimpses if glimpse.look]).reshape(-1, 4)
    steady: list[Region | None] = [None] * len(glimpses)
    if len(rows) >= _WINDOW:
        rows = savgol_filter(rows, _WINDOW, 1, axis=0)
    for k, row in zip(seen, rows, strict=True):
        steady[k] = Region(*(float(value) for value in row))
    return steady


def _row(region: Region) -> tuple[float, float, float, float]:
    return region.x_px, region.y_px, region.side_px, region.turn_rad
