"""Named curves: over time, and over the phase of the mean stride."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from midstance.model.skeleton import Side

__all__ = ["MeanStride", "Signals"]


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """Curves over the recording's clock.

    Parameters
    ----------
    values
        (T, C); NaN where unknown.
    names
        Name of each of the C curves.
    units
        Unit of each.
    time_s
        (T,) [s].
    """

    values: NDArray[np.float64]
    names: tuple[str, ...]
    units: tuple[str, ...]
    time_s: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Check that there is one unit for each name and one row for each time."""
        if len(self.names) != len(self.units) or len(set(self.names)) != len(self.names):
            raise ValueError("one unit per unique name")
        if self.values.shape != (len(self.time_s), len(self.names)):
            raise ValueError(f"values {self.values.shape} do not fit times and names")

    def curve(self, name: str) -> NDArray[np.float64]:
        """Return one curve (T,)."""
        return self.values[:, self.names.index(name)]


@dataclass(frozen=True, slots=True, eq=False)
class MeanStride:
    """The phase-locked mean stride of one side: all samples of all strides pooled by phase.

    Parameters
    ----------
    side
        The leg; its initial contact is phase 0.
    phase
        (P,) in percent of the stride, 0 to 100.
    values
        Mean curves (P, C).
    sd
        Step-to-step standard deviation around them (P, C).
    names, units
        Of the C curves.
    toe_off_percent, midstance_percent
        Instants of the mean stride [% of stride].
    stride_time_s
        Mean duration [s].
    n
        Strides pooled.
    """

    side: Side
    phase: NDArray[np.float64]
    values: NDArray[np.float64]
    sd: NDArray[np.float64]
    names: tuple[str, ...]
    units: tuple[str, ...]
    toe_off_percent: float
    midstance_percent: float
    stride_time_s: float
    n: int

    def __post_init__(self) -> None:
        """Check that shapes agree."""
        if self.values.shape != (len(self.phase), len(self.names)):
            raise ValueError(f"values {self.values.shape} do not fit phase and names")
        if self.sd.shape != self.values.shape or len(self.units) != len(self.names):
            raise ValueError("one standard deviation and one unit for each value")

    def curve(self, name: str) -> NDArray[np.float64]:
        """Return one mean curve (P,)."""
        return self.values[:, self.names.index(name)]
