"""Everything one recording gave: the one thing report, formats, journal and web take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.model.estimate import Estimate, Measure
    from midstance.model.issue import Issue
    from midstance.model.motion import Motion
    from midstance.model.runner import Runner
    from midstance.model.scene import Scene
    from midstance.model.signals import MeanStride, Signals
    from midstance.model.steps import StepTable
    from midstance.model.trial import Trial
    from midstance.model.video import Video
    from midstance.model.volume import Volume

__all__ = ["Analysis"]


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """The result of one recording.

    Parameters
    ----------
    recording
        The video or the laboratory's file, on its real clock.
    runner
        Who ran, as given.
    activity
        `running`, `walking`, `standing`, `on_the_spot` or `unclear`.
    scene
        How the camera saw the runner; None where that could not be found, or where there is no camera.
    volume
        How a laboratory saw the runner; None for a video.
    image_motion
        Points in the picture [px]; no samples where there is no picture.
    motion
        Points in the lab frame [m]; None where neither scene nor volume is known.
    steps
        The step table; None where there are no steps.
    signals
        Curves over time; None where there are none.
    mean_strides
        The phase-locked mean stride of each side.
    measures
        Every reported number.
    issues
        Every doubt.
    settings
        Every option the analysis used.
    versions
        Of the program, its libraries and the networks (sha256).
    """

    recording: Video | Trial
    runner: Runner
    activity: str
    scene: Scene | None
    volume: Volume | None
    image_motion: Motion
    motion: Motion | None
    steps: StepTable | None
    signals: Signals | None
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

    def measure(self, key: str, side: str = "both") -> Estimate:
        """Return one number.

        Parameters
        ----------
        key
            Name in the metric catalogue, for example `hip_over_ankle_at_midstance_m`.
        side
            `left`, `right`, or `both` for what belongs to no side.

        Raises
        ------
        KeyError
            If there is no such measure; the message lists what there is.
        """
        for measure in self.measures:
            if (measure.key, measure.side) == (key, side):
                return measure.estimate
        there = ", ".join(sorted({f"{m.key} ({m.side})" for m in self.measures}))
        raise KeyError(f"no measure {key!r} for side {side!r}; there are {there}")

    def mean_stride(self, side: str) -> MeanStride | None:
        """Return the mean stride of one side, None where there is none."""
        return next((stride for stride in self.mean_strides if stride.side == side), None)
