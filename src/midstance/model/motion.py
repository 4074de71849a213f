"""Points that move: what a pose network or a marker system saw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model.skeleton import Skeleton

__all__ = ["Motion"]


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """Trajectories of the points of a skeleton on the recording's real clock.

    Parameters
    ----------
    points
        Positions (T, K, D) in `unit`; NaN where a point is unseen.
    confidence
        Confidence (T, K), 0 to 1.
    time_s
        Time of each sample (T,) [s], strictly increasing; not necessarily evenly spaced.
    skeleton
        Names of the K points.
    unit
        `px` or `m`.
    frame
        `image` (x right, y down), `file` (the axes of a laboratory's file) or `lab` (X forward, Y up
        along gravity, Z to the runner's right; D is 2 where the depth was not seen).
    """

    points: NDArray[np.float64]
    confidence: NDArray[np.float64]
    time_s: NDArray[np.float64]
    skeleton: Skeleton
    unit: Literal["px", "m"]
    frame: Literal["image", "file", "lab"]

    def __post_init__(self) -> None:
        """Check that shapes agree and that time runs forward."""
        samples, names = len(self.time_s), len(self.skeleton.names)
        if self.points.ndim != 3 or self.points.shape[:2] != (samples, names):  # noqa: PLR2004
            raise ValueError(f"points {self.points.shape} do not fit {samples} times, {names} names")
        if self.confidence.shape != (samples, names):
            raise ValueError(f"confidence {self.confidence.shape} is not {(samples, names)}")
        if samples > 1 and not np.all(np.diff(self.time_s) > 0):
            raise ValueError("time must be strictly increasing")

    @property
    def rate_hz(self) -> float:
        """Median sampling rate [Hz]."""
        return float(1.0 / np.median(np.diff(self.time_s)))

    def point(self, name: str) -> NDArray[np.float64]:
        """Return the trajectory (T, D) of one point."""
        return self.points[:, self.skeleton.index(name)]

    def middle(self, part: str) -> NDArray[np.float64]:
        """Return the mean trajectory (T, D) of the left and right `part`."""
        return 0.5 * (self.point(f"left_{part}") + self.point(f"right_{part}"))

    def seen(self, name: str) -> NDArray[np.float64]:
        """Return the confidence (T,) of one point."""
        return self.confidence[:, self.skeleton.index(name)]

    def with_points(self, points: NDArray[np.float64]) -> Motion:
        """Return the same motion with other positions."""
        return replace(self, points=points)

    def at_clock(self, time_s: NDArray[np.float64]) -> Motion:
        """Return the same motion on another clock."""
        return replace(self, time_s=time_s)
