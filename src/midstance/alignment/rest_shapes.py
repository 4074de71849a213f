"""The rest shape of each segment and its pose over time: from quiet standing, or from the run itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.alignment.rigid_segments import Pose, mean_shape, rigid_pose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from midstance.model import Motion

    Array = NDArray[np.float64]

__all__ = ["Segment", "segment"]

_FEWEST = 3


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A rigid segment: its points in the rest posture and its pose over time.

    Parameters
    ----------
    rest
        Label or centre to position in the rest posture (3,) [m].
    pose
        From the rest posture to each sample.
    carriers
        Labels of the markers that carry it.
    """

    rest: Mapping[str, Array]
    pose: Pose
    carriers: tuple[str, ...]

    @property
    def misfit_mm(self) -> float:
        """Median distance of the markers from the rigid body [mm]."""
        return 1000.0 * float(np.nanmedian(self.pose.misfit_m))


def _from_standing(
    carriers: tuple[str, ...], posture: Mapping[str, Array], paths: Mapping[str, Array]
) -> Segment | None:
    carriers = tuple(name for name in carriers if name in posture)
    if len(carriers) < _FEWEST:
        return None
    rest = np.array([posture[name] for name in carriers])
    return Segment(posture, rigid_pose(rest, np.stack([paths[name] for name in carriers], axis=1)), carriers)


def _from_run(carriers: tuple[str, ...], paths: Mapping[str, Array]) -> Segment | None:
    if len(carriers) < _FEWEST:
        return None
    moving = np.stack([paths[name] for name in carriers], axis=1)
    shape = mean_shape(moving)
    if shape is None:
        return None
    rest = dict(zip(carriers, shape, strict=True))
    return Segment(rest, rigid_pose(shape, moving), carriers)


def segment(
    carriers: tuple[str, ...],
    run: Motion,
    posture: Mapping[str, Array] | None,
    joint: tuple[str, Array, Array | None] | None = None,
) -> Segment | None:
    """Return a segment's rest shape and pose, carried by all markers fixed to it.

    Parameters
    ----------
    carriers
        Labels of the markers fixed to it that are seen in the run.
    run
        Paths of the markers (T, K, 3) [m] in the lab frame.
    posture
        Label to position in quiet standing (3,) [m]; None where there is no static trial: then the
        shape is the mean shape of the run.
    joint
        Name, path (T, 3) and rest position (3,) [m] of the joint centre at its upper end: helps out
        where fewer than three markers are fixed to the segment.

    Returns
    -------
    Segment or None
        None where fewer than three markers, the joint included, carry it.
    """
    paths = {label: run.point(label) for label in carriers}
    if posture is not None:
        carriers = tuple(label for label in carriers if label in posture)
    if len(carriers) < _FEWEST and joint is not None:
        title, path, rest = joint
        carriers, paths = (*carriers, title), {**paths, title: path}
        if posture is not None and rest is not None:
            posture = {**posture, title: rest}
    return _from_run(carriers, paths) if posture is None else _from_standing(carriers, posture, paths)
