"""A laboratory recording: markers, plates and curves as a file holds them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from midstance.model.forces import Forces
    from midstance.model.motion import Motion
    from midstance.model.signals import Signals

__all__ = ["Trial"]


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One laboratory file on its real clock.

    Parameters
    ----------
    path
        Where the file is.
    sha256
        Hash of its bytes, hexadecimal.
    kind
        Which format it is in.
    markers
        Trajectories of the markers [m]; None where the file holds none. The skeleton's names are
        the labels of the file.
    forces
        What the plates felt; None where the file holds none.
    signals
        Other named curves (joint angles of a MOT file); None where the file holds none.
    length_unit
        Unit of length as the file gives it: `mm`, `m`, `cm`, `in`; empty where it gives none.
    said
        What else the file says of itself (subject, plates, software), by name.
    """

    path: Path
    sha256: str
    kind: Literal["c3d", "trc", "mot", "sto", "tsv"]
    markers: Motion | None = None
    forces: Forces | None = None
    signals: Signals | None = None
    length_unit: str = ""
    said: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check that the file holds something."""
        if self.markers is None and self.forces is None and self.signals is None:
            raise ValueError("a trial holds markers, forces or curves")

    @property
    def time_s(self) -> NDArray[np.float64]:
        """Clock of the markers, or of what else there is (T,) [s]."""
        parts = (self.markers, self.forces, self.signals)
        return next((part.time_s for part in parts if part is not None), np.empty(0))

    @property
    def frames(self) -> int:
        """Number of samples on that clock."""
        return len(self.time_s)

    @property
    def rate_hz(self) -> float:
        """Median sampling rate on that clock [Hz]."""
        return float(1.0 / np.median(np.diff(self.time_s))) if self.frames > 1 else float("nan")

    @property
    def duration_s(self) -> float:
        """Time from the first to the last sample [s]."""
        return float(self.time_s[-1] - self.time_s[0]) if self.frames else 0.0

    def having(self, markers: Motion | None, forces: Forces | None) -> Trial:
        """Return the same trial with other markers and forces."""
        return replace(self, markers=markers, forces=forces)
