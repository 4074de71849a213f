"""A view of one instant: where the eye is, how it is turned, and which part of the picture is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Eye"]


@dataclass(frozen=True, slots=True, eq=False)
class Eye:
    """A view of one instant: `View` of one frame, at the resolution that is drawn.

    Parameters
    ----------
    position_m
        (3,) [m].
    axes
        Right, down, ahead (3, 3).
    focal_px
        Focal length [px].
    middle_px
        Where the view goes through the picture: column, row [px].
    """

    position_m: NDArray[np.float64]
    axes: NDArray[np.float64]
    focal_px: float
    middle_px: tuple[float, float]

    def cropped(self, top: int, left: int) -> Eye:
        """Return the same view of a part of the picture that begins at a row and column."""
        return replace(self, middle_px=(self.middle_px[0] - left, self.middle_px[1] - top))
