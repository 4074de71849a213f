"""From a video's frames to the runner's points: the pose step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import DataError
from midstance.model import FrameChanges, Sighting
from midstance.pose import weights
from midstance.pose.assembly import assemble
from midstance.pose.hypotheses import Hypotheses
from midstance.pose.people import choose
from midstance.pose.shares import CHUNK, Files, ScoutShare, WatchShare
from midstance.pose.workers import Workers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import FrameSource, PersonChosen, Video
    from midstance.pose.blazepose import Look
    from midstance.pose.method import PoseMethod
    from midstance.pose.people import Choice
    from midstance.pose.shares import WatchFactory

__all__ = ["Progress", "estimate", "kept_frames", "portions", "sampled_frames"]

Progress = Callable[[float, str], None]
"""Told the fraction done, 0 to 1, and what is being done."""

_SCOUT_EVERY_S = 1 / 3
_LEAST_SCOUTED = 16
_SCOUTING = 0.1  # of the work, roughly


def _silent(_fraction: float, _sentence: str) -> None:
    """Tell nobody."""


def sampled_frames(time_s: NDArray[np.float64]) -> tuple[int, ...]:
    """Return frames three times a second, and no fewer than sixteen where there are as many."""
    every_s = min(_SCOUT_EVERY_S, (time_s[-1] - time_s[0]) / (_LEAST_SCOUTED - 1))
    if len(time_s) <= _LEAST_SCOUTED or every_s <= 0:
        return tuple(range(len(time_s)))
    grid = np.arange(time_s[0], time_s[-1] + every_s / 2, every_s)
    return tuple(int(k) for k in np.unique(np.searchsorted(time_s, grid).clip(0, len(time_s) - 1)))


def kept_frames(time_s: NDArray[np.float64], method: PoseMethod) -> NDArray[np.int64]:
    """Return the frames that are measured: all, or every nth when quick and the video is fast.

    Parameters
    ----------
    time_s
        Time of each frame (T,) [s].
    method
        Its quality and `quick_rate_hz` decide.

    Returns
    -------
    ndarray
        Frame indices, rising.
    """
    rate_hz = 1 / float(np.median(np.diff(time_s))) if len(time_s) > 1 else 0.0
    every = max(1, int(rate_hz / method.quick_rate_hz + 0.05)) if method.quality == "quick" else 1
    return np.arange(0, len(time_s), every)


def estimate(
    video: Video,
    frames: FrameSource,
    watch_factory: WatchFactory,
    method: PoseMethod,
    progress: Progress | None = None,
    chosen: PersonChosen | None = None,
) -> Sighting:
    """Find the runner in a video and follow her or his points through all frames.

    Parameters
    ----------
    video
        The recording.
    frames
        Hands out its frames; must be picklable when there is more than one worker.
    watch_factory
        Makes a watch whose `see(rgb)` returns difference, shift right, shift down, brightness and
        sharpness of each frame against the one before; must be picklable likewise.
    method
        How hard to look.
    progress
        Told the fraction done and what is being done.
    chosen
        Whom to follow, shown in one frame; goes before `method.person`.

    Returns
    -------
    Sighting
        The runner's 19 points [px] with their confidence. `motion` has one sample for each frame measured;
        `changes` has one row for each frame of the video, whether it was measured or not.

    Raises
    ------
    DataError
        If there is no person in the video, or not the one asked for.
    MissingExtraError
        If the networks have not been fetched.

    Notes
    -----
    The result does not depend on the number of workers.
    """
    job = _Job(video, frames, watch_factory, method, _files(method), progress or _silent, chosen)
    fingerprints = weights.fingerprints(job.files.all)
    with Workers(method.workers) as workers:
        choice = job.scouted(workers)
        looks, changes = job.watched(workers, choice)
    job.tell(0.99, "telling left from right")
    size_px = (video.width_px, video.height_px)
    time_s = video.time_s[looks.index]
    motion, spread_px, score, repairs = assemble(looks, time_s, size_px, steady_hips=method.steady_hips)
    job.tell(1.0, "the runner's points are found")
    return Sighting(motion, spread_px, score, repairs, choice.people, choice.person, changes, fingerprints)


def _files(method: PoseMethod) -> Files:
    """Locate the networks that will be asked."""
    heavy = weights.locate("heavy") if method.quality == "full" else None
    return Files(weights.locate("full"), heavy, weights.locate("detector"), weights.locate("people"))


def portions(items: NDArray[np.int64], count: int, grain: int) -> list[NDArray[np.int64]]:
    """Split items into contiguous portions, at most one for each worker, at multiples of a grain."""
    grains = -(-len(items) // grain)
    edges = [grain * (grains * k // count) for k in range(count + 1)]
    return [items[a:b] for a, b in pairwise(edges) if len(items[a:b])]


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """One video on its way through the workers."""

    video: Video
    frames: FrameSource
    watch_factory: WatchFactory
    method: PoseMethod
    files: Files
    tell: Progress
    chosen: PersonChosen | None = None

    def scouted(self, workers: Workers) -> Choice:
        """Look at the people in sampled frames and choose the runner."""
        asked = {self._shown_frame(self.chosen)} if self.chosen else set()
        wanted = np.array(sorted({*sampled_frames(self.video.time_s), *asked}), dtype=np.int64)
        shares = [
            ScoutShare(self.frames, tuple(int(k) for k in portion), self.files)
            for portion in portions(wanted, self.method.workers, 1)
        ]
        seen: dict[int, list[Look]] = {}
        for index, looks in workers.do(shares):
            seen[index] = looks
            sentence = f"looking for the runner: picture {len(seen)} of {len(wanted)}"
            self.tell(_SCOUTING * len(seen) / len(wanted), sentence)
        samples = [(float(self.video.time_s[k]), seen[k]) for k in sorted(seen)]
        shown = None
        if self.chosen:
            time_s = float(self.video.time_s[self.chosen.frame])
            shown = (time_s, self.chosen.x_px, self.chosen.y_px)
        return choose(samples, self.method.person, str(self.video.path), shown)

    def _shown_frame(self, chosen: PersonChosen) -> int:
        """Return the frame in which a person was pointed at."""
        if not 0 <= chosen.frame < self.video.frames:
            last = f"frames run from 0 to {self.video.frames - 1}"
            raise DataError(f"there is no frame {chosen.frame}", str(self.video.path), last)
        return chosen.frame

    def watched(self, workers: Workers, choice: Choice) -> tuple[Hypotheses, FrameChanges]:
        """Follow the runner through all frames."""
        kept = kept_frames(self.video.time_s, self.method)
        parts: list[Hypotheses] = []
        table = np.full((self.video.frames, 5), np.nan)
        done = 0
        for part in workers.do(self._watch_shares(kept, choice)):
            for index, change in part.changes.items():
                table[index] = change
            if part.hypotheses is not None:
                parts.append(part.hypotheses)
                done += len(part.hypotheses.index)
                fraction = _SCOUTING + (0.98 - _SCOUTING) * done / len(kept)
                self.tell(fraction, f"measuring the runner: picture {done} of {len(kept)}")
        if not any(np.isfinite(part.score).any() for part in parts):
            raise DataError(
                "the person seen at first could not be followed",
                str(self.video.path),
                "film in even light with the whole runner in the picture and nobody in front",
            )
        return Hypotheses.joined(parts), FrameChanges(table[:, 0], table[:, 1:3], table[:, 3], table[:, 4])

    def _watch_shares(self, kept: NDArray[np.int64], choice: Choice) -> list[WatchShare]:
        """Divide the frames among the workers at chunk borders."""
        divided = portions(kept, self.method.workers, CHUNK)
        edges = [0, *(int(portion[0]) for portion in divided[1:]), self.video.frames]
        chunk = dict(zip(kept.tolist(), (np.arange(len(kept)) // CHUNK).tolist(), strict=True))
        return [
            WatchShare(
                self.frames,
                start,
                stop,
                {index: chunk[index] for index in portion.tolist()},
                choice.path,
                self.watch_factory,
                self.files,
            )
            for (start, stop), portion in zip(pairwise(edges), divided, strict=True)
        ]
