"""How hard to look: the options of the pose step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from midstance.errors import SettingsError

__all__ = ["PoseMethod"]

_LEAST_RATE_HZ = 10.0


@dataclass(frozen=True, slots=True)
class PoseMethod:
    """How the runner's points are found.

    Parameters
    ----------
    quality
        `full`: the heavy network and its mirror image in every frame, more where they disagree.
        `quick`: the full network and its mirror image, thinned to between one and two times `quick_rate_hz`.
    person
        Whom to follow, counted from the left of the picture, from 0; None to choose the runner by movement.
    workers
        Processes that share the work; 1 works in this process.
    quick_rate_hz
        What a faster video is thinned towards when quick, on the real clock [Hz].
    steady_hips
        Whether to average out, in side view, what the network guesses about one hip against the other.
    """

    quality: Literal["quick", "full"] = "full"
    person: int | None = None
    workers: int = 2
    quick_rate_hz: float = 30.0
    steady_hips: bool = True

    def __post_init__(self) -> None:
        """Refuse options that make no sense."""
        if self.quality not in {"quick", "full"}:
            raise SettingsError(f"quality is {self.quality!r}", "pose.quality", "choose quick or full")
        if self.workers < 1:
            raise SettingsError(f"workers is {self.workers}", "pose.workers", "choose at least 1")
        if self.person is not None and self.person < 0:
            raise SettingsError(f"person is {self.person}", "pose.person", "count from the left, from 0")
        if self.quick_rate_hz < _LEAST_RATE_HZ:
            raise SettingsError(
                f"quick_rate_hz is {self.quick_rate_hz:g}",
                "pose.quick_rate_hz",
                f"choose at least {_LEAST_RATE_HZ:g}: a step lasts a third of a second",
            )
