"""Several independent looks at every frame, as arrays: what leg identity and belief rest on."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from midstance.model import BODY
from midstance.pose.following import steady_regions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from midstance.pose.blazepose import Landmarks, Look
    from midstance.pose.following import Glimpse
    from midstance.pose.region import Region

__all__ = ["KINDS", "Hypotheses", "asked", "disputed"]

KINDS = ("heavy", "mirror", "full", "tight", "tight mirror", "full mirror")
"""The heavy network, its mirror image, the full network, and the heavy one on a tighter crop."""

TIGHT = 0.87
_POINTS = len(BODY.names)
_LEGS = slice(11, 19)
_DISPUTE = 0.10  # legs further apart than this many leg lengths between two looks are disputed


@dataclass(frozen=True, slots=True, eq=False)
class Hypotheses:
    """M looks at each of T frames; NaN where none was made.

    Parameters
    ----------
    index
        Frame of the video (T,).
    points
        (T, M, K, 2) [px].
    seen
        The network's belief that each point is visible (T, M, K).
    peak
        Strength of its heatmap there (T, M, K).
    score
        Its belief in the person (T, M).
    side_px
        Side of the region looked at (T,) [px].
    """

    index: NDArray[np.int64]
    points: NDArray[np.float64]
    seen: NDArray[np.float64]
    peak: NDArray[np.float64]
    score: NDArray[np.float64]
    side_px: NDArray[np.float64]

    @classmethod
    def empty(cls, index: Sequence[int]) -> Hypotheses:
        """Return a table of no looks at the given frames."""
        shape = (len(index), len(KINDS))
        table = [np.full((*shape, *rest), np.nan) for rest in ((_POINTS, 2), (_POINTS,), (_POINTS,), ())]
        points, seen, peak, score = table
        side_px = np.full(len(index), np.nan)
        return cls(np.array(index, dtype=np.int64), points, seen, peak, score, side_px)

    @classmethod
    def joined(cls, parts: Sequence[Hypotheses]) -> Hypotheses:
        """Return one table of several, in order of their frames."""
        parts = sorted(parts, key=lambda part: int(part.index[0]))
        return cls(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)))

    def write(self, frame: int, kind: str, look: Look) -> None:
        """Enter one look at the frame in a row."""
        at = frame, KINDS.index(kind)
        self.points[at], self.seen[at], self.peak[at], self.score[at] = (
            look.points,
            look.seen,
            look.peak,
            look.score,
        )


def disputed(looks: Sequence[Look]) -> bool:
    """Tell whether looks at one frame disagree about the legs."""
    first = looks[0].points
    knee, ankle = first[11:13], first[13:15]
    leg = np.linalg.norm(knee - first[9:11], axis=1).max() + np.linalg.norm(ankle - knee, axis=1).max()
    apart = [np.linalg.norm((look.points - first)[_LEGS], axis=1).max() for look in looks[1:]]
    return bool(max(apart) > _DISPUTE * leg)


def asked(glimpses: list[Glimpse], full: Landmarks, heavy: Landmarks | None) -> Hypotheses:
    """Look again at consecutive glimpses: twice at each frame, four times where the looks disagree.

    Parameters
    ----------
    glimpses
        Of consecutive frames, followed with the full network.
    full, heavy
        The networks; without the heavy one the full network is asked again about the mirror image only.
    """
    table = Hypotheses.empty([glimpse.index for glimpse in glimpses])
    for row, (glimpse, region) in enumerate(zip(glimpses, steady_regions(glimpses), strict=True)):
        if glimpse.look is None or glimpse.patch is None or region is None:
            continue
        table.side_px[row] = region.side_px
        table.write(row, "full", glimpse.look)
        if heavy is None:
            table.write(row, "full mirror", full(glimpse.patch, region, mirrored=True))
        else:
            _ask_heavy(table, row, glimpse, region, heavy)
    return table


def _ask_heavy(table: Hypotheses, row: int, glimpse: Glimpse, region: Region, heavy: Landmarks) -> None:
    """Ask the heavy network twice, and twice more on a tighter crop where the looks disagree."""
    if glimpse.patch is None or glimpse.look is None:
        return
    plain = heavy(glimpse.patch, region)
    mirror = heavy(glimpse.patch, region, mirrored=True)
    table.write(row, "heavy", plain)
    table.write(row, "mirror", mirror)
    if disputed((plain, mirror)):
        tight = region.scaled(TIGHT)
        table.write(row, "tight", heavy(glimpse.patch, tight))
        table.write(row, "tight mirror", heavy(glimpse.patch, tight, mirrored=True))
