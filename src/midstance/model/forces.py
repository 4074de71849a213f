"""Ground forces: what the plates under a runner felt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Forces"]


@dataclass(frozen=True, slots=True, eq=False)
class Forces:
    """Forces of P plates on the runner, on the recording's real clock.

    Parameters
    ----------
    force_n
        Force on the runner (T, P, 3) [N]: pointing up in stance.
    centre_of_pressure_m
        Where it acts (T, P, 3) [m]; NaN where the plate is not loaded.
    free_moment_n_m
        Moment about the vertical through the centre of pressure (T, P) [N·m]; NaN where unknown.
    time_s
        (T,) [s], strictly increasing; the same zero as the markers' clock.
    plates
        Name of each plate.
    frame
        `file` (the axes of the file) or `lab` (X forward, Y up, Z to the runner's right).
    """

    force_n: NDArray[np.float64]
    centre_of_pressure_m: NDArray[np.float64]
    free_moment_n_m: NDArray[np.float64]
    time_s: NDArray[np.float64]
    plates: tuple[str, ...]
    frame: Literal["file", "lab"]

    def __post_init__(self) -> None:
        """Check that shapes agree and that time runs forward."""
        shape = (len(self.time_s), len(self.plates))
        if self.force_n.shape != (*shape, 3) or self.centre_of_pressure_m.shape != (*shape, 3):
            raise ValueError(f"force {self.force_n.shape} does not fit {shape} times and plates")
        if self.free_moment_n_m.shape != shape:
            raise ValueError(f"free moment {self.free_moment_n_m.shape} is not {shape}")
        if len(self.time_s) > 1 and not np.all(np.diff(self.time_s) > 0):
            raise ValueError("time must be strictly increasing")

    @property
    def rate_hz(self) -> float:
        """Median sampling rate [Hz]."""
        return float(1.0 / np.median(np.diff(self.time_s)))

    @property
    def total_n(self) -> NDArray[np.float64]:
        """Force of all plates together (T, 3) [N]."""
        return np.asarray(np.nansum(self.force_n, axis=1))
