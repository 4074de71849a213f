"""The two kinds of work done frame by frame: scouting for people, and watching the runner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path as FilePath  # noqa: TC003  (dataclass fields may be asked for their types)
from typing import TYPE_CHECKING, Protocol

from midstance.pose.blazepose import Landmarks
from midstance.pose.detector import Detector
from midstance.pose.following import follow
from midstance.pose.hypotheses import Hypotheses, asked
from midstance.pose.movenet import MultiPose
from midstance.pose.scouting import Scout

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from midstance.model import Frame, FrameSource
    from midstance.pose.blazepose import Look
    from midstance.pose.people import Path

__all__ = [
    "CHUNK",
    "Files",
    "ScoutShare",
    "Watch",
    "WatchFactory",
    "WatchPart",
    "WatchShare",
    "landmark_network",
    "scout_network",
]

CHUNK = 48
"""Frames followed in one go; each chunk starts afresh, so that results do not depend on the workers."""
_NARROW_SIDE_PX = 256

Change = tuple[float, float, float, float, float]


class Watch(Protocol):
    """Compares each frame with the one before."""

    def see(self, rgb: NDArray[np.uint8], /) -> Change:
        """Return difference, shift right, shift down, brightness, sharpness."""


WatchFactory = Callable[[], Watch]


@dataclass(frozen=True, slots=True)
class Files:
    """Where the network files are; `heavy` is None when it is not to be asked."""

    full: FilePath
    heavy: FilePath | None
    detector: FilePath
    people: FilePath

    @property
    def all(self) -> tuple[FilePath, ...]:
        """Those that are asked."""
        return tuple(path for path in (self.full, self.heavy, self.detector, self.people) if path)


@cache
def landmark_network(path: FilePath) -> Landmarks:
    """Return a landmark network, loaded once in each process."""
    return Landmarks(path)


@cache
def scout_network(files: Files) -> Scout:
    """Return the scouting networks, loaded once in each process."""
    return Scout(
        MultiPose(files.people),
        MultiPose(files.people, _NARROW_SIDE_PX),
        Detector(files.detector),
        landmark_network(files.full),
    )


@dataclass(frozen=True, slots=True, eq=False)
class ScoutShare:
    """Look at the people in some frames; hands out (frame index, looks)."""

    frames: FrameSource
    wanted: tuple[int, ...]
    files: Files

    def __call__(self) -> Iterator[tuple[int, list[Look]]]:
        """Do it."""
        if not self.wanted:
            return
        wanted, scout = set(self.wanted), scout_network(self.files)
        for frame in self.frames(self.wanted[0], self.wanted[-1] + 1):
            if frame.index in wanted:
                yield frame.index, scout(frame.rgb)


@dataclass(frozen=True, slots=True, eq=False)
class WatchPart:
    """What one chunk of frames gave: hypotheses of the kept frames, changes of all frames by index."""

    hypotheses: Hypotheses | None
    changes: dict[int, Change]


@dataclass(frozen=True, slots=True, eq=False)
class WatchShare:
    """Follow the runner through the frames [start, stop) chunk by chunk; hands out one part for each.

    Parameters
    ----------
    frames
        Source of frames.
    start, stop
        Half-open span.
    chunk_of
        Number of the chunk of each frame that is kept, by index.
    path
        Where the scouts saw the runner.
    watch
        Makes a watch of the picture's changes.
    files
        The networks.
    """

    frames: FrameSource
    start: int
    stop: int
    chunk_of: dict[int, int]
    path: Path
    watch: WatchFactory
    files: Files

    def __call__(self) -> Iterator[WatchPart]:
        """Do it."""
        full = landmark_network(self.files.full)
        heavy = landmark_network(self.files.heavy) if self.files.heavy else None
        changes: dict[int, Change] = {}
        for _, chunk in groupby(self._kept(changes), key=lambda frame: self.chunk_of[frame.index]):
            hypotheses = asked(follow(chunk, self.path, full), full, heavy)
            yield WatchPart(hypotheses, dict(changes))
            changes.clear()
        yield WatchPart(None, dict(changes))

    def _kept(self, changes: dict[int, Change]) -> Iterator[Frame]:
        """Hand out the frames that are kept, and note the changes of all on the way."""
        watch = self.watch()
        for frame in self.frames(max(self.start - 1, 0), self.stop):
            change = watch.see(frame.rgb)
            if frame.index >= self.start:
                changes[frame.index] = change
                if frame.index in self.chunk_of:
                    yield frame
