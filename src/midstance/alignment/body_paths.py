"""What has been found of a body: the path of each point, and how."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from midstance.alignment.marker_paths import fixed_to
from midstance.alignment.rest_shapes import Segment, segment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from midstance.model import MarkerSet, Motion

    Array = NDArray[np.float64]

__all__ = ["Body"]


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """Paths found so far, and how.

    Parameters
    ----------
    run
        Paths of the markers (T, K, 3) [m] in the lab frame.
    marker_set
        Which marker is which landmark.
    posture
        Label to position in quiet standing (3,) [m]; None where there is no static trial.
    labels
        Markers seen at least once in the run.
    paths
        Point to path (T, 3) [m].
    how
        Point to the method that gave it.
    misfit_mm
        Segment to the median distance of its markers from a rigid body [mm].
    """

    run: Motion
    marker_set: MarkerSet
    posture: Mapping[str, Array] | None
    labels: tuple[str, ...]
    paths: dict[str, Array] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    misfit_mm: dict[str, float] = field(default_factory=dict)

    def put(self, point: str, path: Array, how: str) -> None:
        """Keep the path of a point and how it was found."""
        self.paths[point], self.how[point] = path, how

    def seen(self, landmark: str) -> Array | None:
        """Return the path (T, 3) [m] of a landmark's own marker in the run, None where there is none."""
        label = self.marker_set.marker(landmark, self.labels)
        return None if label is None else self.run.point(label)

    def rest(self, part: Segment, landmark: str) -> Array | None:
        """Return where a landmark or centre lies in a segment's rest posture, None where unknown.

        Without a static trial it is where its own marker lies on average, seen from the segment.
        """
        label = self.marker_set.marker(landmark, part.rest)
        if label is not None:
            return part.rest[label]
        path = self.seen(landmark)
        if self.posture is not None or path is None:
            return None
        return np.asarray(np.nanmedian(part.pose.at_rest(path), axis=0))

    def part(self, name: str, joint: tuple[str, Array, Array | None] | None = None) -> Segment | None:
        """Return a segment and note how rigid it was."""
        found = segment(fixed_to(name, self.marker_set, self.labels), self.run, self.posture, joint)
        if found is not None:
            self.misfit_mm[name] = found.misfit_mm
        return found
