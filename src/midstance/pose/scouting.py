"""Who is in a picture: every person any network finds, each looked at once by the landmark network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.pose.region import Patch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.pose.blazepose import Landmarks, Look
    from midstance.pose.detector import Detector
    from midstance.pose.movenet import MultiPose
    from midstance.pose.region import Region

__all__ = ["Scout", "same_person"]

_LEAST_SCORE = 0.5
_LEAST_SIDE_PX = 48.0
_NEAR = 0.12  # hips this close, in region sides, are one person's
_HIPS = (9, 10)


def same_person(one: Look, other: Look) -> bool:
    """Tell whether two looks show one person: their hips and shoulders all but coincide."""
    trunk = [3, 4, *_HIPS]
    apart = np.linalg.norm((one.points - other.points)[trunk].mean(axis=0))
    return bool(apart < _NEAR * min(one.region.side_px, other.region.side_px))


@dataclass(frozen=True, slots=True, eq=False)
class Scout:
    """Finds people with MoveNet, at a smaller size if it sees nobody, and with BlazePose's detector.

    Parameters
    ----------
    wide, narrow
        MoveNet for small and for large people.
    detector
        For bodies that are cut off.
    landmarks
        Looks at each candidate.
    """

    wide: MultiPose
    narrow: MultiPose
    detector: Detector
    landmarks: Landmarks

    def __call__(self, rgb: NDArray[np.uint8]) -> list[Look]:
        """Return one look at each person in a picture (H, W, 3)."""
        people = self.wide(rgb) or self.narrow(rgb)
        regions = [person.region for person in people] + self.detector(rgb)
        found: list[Look] = []
        for region in regions:
            look = self._look(rgb, region)
            if look is not None and not any(same_person(look, known) for known in found):
                found.append(look)
        return found

    def _look(self, rgb: NDArray[np.uint8], region: Region) -> Look | None:
        """Look at a region; None where there is no one after all."""
        if region.side_px < _LEAST_SIDE_PX:
            return None
        look = self.landmarks(Patch.of(rgb, region), region)
        real = look.score >= _LEAST_SCORE and look.region.side_px >= _LEAST_SIDE_PX
        return look if real else None
