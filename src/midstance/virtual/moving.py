"""A body between two postures: for shutters that stay open, and rows exposed one after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[np.float32]

__all__ = ["Moving"]


@dataclass(frozen=True, slots=True, eq=False)
class Moving:
    """A body at N instants about a frame's time; in between it moves straight on.

    Parameters
    ----------
    offsets_s
        The instants, evenly apart (N,) [s].
    corners, normals
        Of its mesh (N, V, 3) [m].
    """

    offsets_s: NDArray[np.float64]
    corners: NDArray[np.float32]
    normals: NDArray[np.float32]

    def at(self, when_s: float, late_s: NDArray[np.floating]) -> tuple[Picture, Picture]:
        """Return both at an instant, for each corner so much later as its row is exposed."""
        if len(self.offsets_s) == 1:
            return self.corners[0], self.normals[0]
        step = self.offsets_s[1] - self.offsets_s[0]
        last = len(self.offsets_s) - 2
        if not late_s.any():
            place = (when_s - self.offsets_s[0]) / step
            i = min(max(int(place), 0), last)
            part = np.float32(place - i)
            return (
                self.corners[i] + part * (self.corners[i + 1] - self.corners[i]),
                self.normals[i] + part * (self.normals[i + 1] - self.normals[i]),
            )
        places = (when_s + late_s - self.offsets_s[0]) / step
        before = np.clip(places.astype(np.int64), 0, last)
        own, parts = np.arange(len(late_s)), (places - before).astype(np.float32)[:, None]
        corners, normals = self.corners, self.normals
        return (
            corners[before, own] + parts * (corners[before + 1, own] - corners[before, own]),
            normals[before, own] + parts * (normals[before + 1, own] - normals[before, own]),
        )
