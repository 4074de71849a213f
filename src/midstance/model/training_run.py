"""One run of a runner's training, from a watch or by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["TrainingRun"]


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """One run; what was not measured is None.

    Parameters
    ----------
    started
        When it began, with its time zone.
    duration_s
        Moving time [s].
    distance_m
        Distance [m].
    climb_m, descent_m
        Sum of metres up and of metres down [m], both positive.
    cadence_spm
        Mean steps per minute, both feet.
    contact_time_s
        Mean ground contact time [s].
    vertical_oscillation_m
        Mean vertical oscillation [m].
    heart_rate_bpm
        Mean heart rate [beats/min].
    effort
        How hard it felt, 0 to 10.
    source
        `hand`, `fit`, `tcx` or `gpx`.
    device
        What recorded it, in words; empty where not known.
    sha256
        Hash of the file it came from; empty for an entry by hand.
    note
        In the runner's own words.
    """

    started: datetime
    duration_s: float | None = None
    distance_m: float | None = None
    climb_m: float | None = None
    descent_m: float | None = None
    cadence_spm: float | None = None
    contact_time_s: float | None = None
    vertical_oscillation_m: float | None = None
    heart_rate_bpm: float | None = None
    effort: float | None = None
    source: str = "hand"
    device: str = ""
    sha256: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse runs without a time zone or with negative amounts."""
        if self.started.tzinfo is None:
            raise ValueError("the start of a run needs its time zone")
        for name in ("duration_s", "distance_m", "climb_m", "descent_m"):
            value = getattr(self, name)
            if value is not None and value < 0:
                raise ValueError(f"{name} is {value:g}, less than nothing")

    def same_as(self, other: TrainingRun, *, start_s: float = 120.0, part: float = 0.03) -> bool:
        """Tell whether two records are of one run: started together, and as long.

        Parameters
        ----------
        other
            The other record.
        start_s
            How far apart the starts may be [s].
        part
            How much distance, or else duration, may differ.
        """
        if self.sha256 and self.sha256 == other.sha256:
            return True
        if abs((self.started - other.started).total_seconds()) > start_s:
            return False
        pairs = ((self.distance_m, other.distance_m), (self.duration_s, other.duration_s))
        for mine, theirs in pairs:
            if mine and theirs:
                return abs(mine - theirs) <= part * max(mine, theirs)
        return True
