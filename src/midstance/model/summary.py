"""An analysis as `analysis.json` keeps it: every number, without the points they came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.model.estimate import Measure
    from midstance.model.issue import Issue
    from midstance.model.runner import Runner
    from midstance.model.scene import Scene
    from midstance.model.signals import MeanStride
    from midstance.model.volume import Volume

__all__ = ["Summary"]


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """What is left of an analysis once its points are put away.

    Parameters
    ----------
    name, sha256
        File name and hash of the recording.
    rate_hz, duration_s
        Frame rate [Hz] and length [s] of the recording, on the real clock.
    filmed
        Whether it is a video; else a laboratory's file.
    runner
        Who ran, as given.
    activity
        As in `Analysis`.
    scene, volume
        How camera or laboratory saw the runner; None where not known.
    steps
        Number of steps of the left leg, of the right one, and of those seen well enough to count.
    mean_strides, measures, issues
        As in `Analysis`.
    settings, versions
        As in `Analysis`.
    """

    name: str
    sha256: str
    rate_hz: float
    duration_s: float
    filmed: bool
    runner: Runner
    activity: str
    scene: Scene | None
    volume: Volume | None
    steps: tuple[int, int, int]
    mean_strides: tuple[MeanStride, ...]
    measures: tuple[Measure, ...]
    issues: tuple[Issue, ...]
    settings: Mapping[str, Any]
    versions: Mapping[str, str]

    @property
    def speed_m_s(self) -> float:
        """Running speed [m/s]; NaN if unknown."""
        known = self.scene or self.volume
        return known.speed_m_s if known else float("nan")

    @property
    def incline_percent(self) -> float:
        """Slope of the ground, + uphill [%]; NaN if unknown."""
        known = self.scene or self.volume
        return known.incline_percent if known else float("nan")

    @property
    def definition(self) -> str:
        """Name of the definition of midstance in force; empty where no number rests on one."""
        return next((measure.definition for measure in self.measures if measure.definition), "")
