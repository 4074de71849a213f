"""From a video's frames to the runner's points: the pose step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.errors import DataError
from midstance.model import FrameChanges, Sighting
from midstance.pose import weights
from midstance.pose.assembly import assemble
from midstance.pose.hypotheses import Hypotheses
from midstance.pose.people import Choice, choose
from midstance.pose.shares import CHUNK, Files, ScoutShare, WatchShare
from midstance.pose.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from midstance.model import FrameSource, Video
    from midstance.pose.method import PoseMethod
    from midstance.pose.shares import WatchFactory

__all__ = ["Progress", "estimate", "kept_frames", "sampled_frames"]

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
    """Return the frames that are measured: all, or every nth when quick and the video is fast."""
    rate_hz = 1 / float(np.median(np.diff(time_s))) if len(time_s) > 1 else 0.0
    every = max(1, int(rate_hz / method.quick_rate_hz + 0.05)) if method.quality == "quick" else 1
    return np.arange(0, len(time_s), every)


def estimate(
    video: Video,
    frames: FrameSource,
    watch_factory: WatchFactory,
    method: PoseMethod,
    progress: Progress | None = None,
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
    tell = progress or _silent
    files = _files(method)
    with Workers(method.workers) as workers:
        choice = _scouted(video, frames, method, files, workers, tell)
        looks, changes = _watched(video, frames, watch_factory, method, files, choice, workers, tell)
    tell(0.99, "telling left from right")
    size_px = (video.width_px, video.height_px)
    motion, spread_px, score, repairs = assemble(
        looks, video.time_s[looks.index], size_px, steady_hips=method.steady_hips
    )
    tell(1.0, "the runner's points are found")
    return Sighting(
        motion, spread_px, score, repairs, choice.people, choice.person, changes, weights.fingerprints(files.all)
    )


def _files(method: PoseMethod) -> Files:
    """Locate the networks that will be asked."""
    heavy = weights.locate("heavy") if method.quality == "full" else None
    return Files(weights.locate("full"), heavy, weights.locate("detector"), weights.locate("people"))


def _portions(items: NDArray[Any], count: int, grain: int) -> list[NDArray[Any]]:
    """Split items into contiguous portions, one for each worker, at multiples of a grain."""
    grains = -(-len(items) // grain)
    edges = [grain * (grains * k // count) for k in range(count + 1)]
    return [items[a:b] for a, b in zip(edges[:-1], edges[1:], strict=True)]


def _scouted(
    video: Video, frames: FrameSource, method: PoseMethod, files: Files, workers: Workers, tell: Progress
) -> Choice:
    """Look at the people in sampled frames and choose the runner."""
    wanted = np.array(sampled_frames(video.time_s))
    shares = [
        ScoutShare(frames, tuple(int(k) for k in portion), files)
        for portion in _portions(wanted, method.workers, 1)
    ]
    seen: dict[int, list[Any]] = {}
    for index, looks in workers.do(shares):
        seen[index] = looks
        tell(_SCOUTING * len(seen) / len(wanted), f"looking for the runner: picture {len(seen)} of {len(wanted)}")
    samples = [(float(video.time_s[k]), seen[k]) for k in sorted(seen)]
    return choose(samples, method.person, str(video.path))


def _watched(  # noqa: PLR0913, PLR0917  (all of it is needed, and only here)
    video: Video,
    frames: FrameSource,
    watch_factory: WatchFactory,
    method: PoseMethod,
    files: Files,
    choice: Choice,
    workers: Workers,
    tell: Progress,
) -> tuple[Hypotheses, FrameChanges]:
    """Follow the runner through all frames."""
    kept = kept_frames(video.time_s, method)
    parts: list[Hypotheses] = []
    table = np.full((video.frames, 5), np.nan)
    done = 0
    for part in workers.do(list(_watch_shares(video, frames, watch_factory, files, choice, kept, method.workers))):
        for index, change in part.changes.items():
            table[index] = change
        if part.hypotheses is not None:
            parts.append(part.hypotheses)
            done += len(part.hypotheses.index)
            fraction = _SCOUTING + (0.98 - _SCOUTING) * done / len(kept)
            tell(fraction, f"measuring the runner: picture {done} of {len(kept)}")
    if not parts:
        raise DataError("no frame could be decoded", str(video.path), "save or copy the video again")
    return Hypotheses.joined(parts), FrameChanges(table[:, 0], table[:, 1:3], table[:, 3], table[:, 4])


def _watch_shares(  # noqa: PLR0913, PLR0917  (all of it is needed, and only here)
    video: Video,
    frames: FrameSource,
    watch_factory: WatchFactory,
    files: Files,
    choice: Choice,
    kept: NDArray[np.int64],
    count: int,
) -> Iterator[WatchShare]:
    """Divide the frames among the workers at chunk borders."""
    portions = [portion for portion in _portions(kept, count, CHUNK) if len(portion)]
    starts = [int(portion[0]) for portion in portions[1:]]
    for start, stop, portion in zip([0, *starts], [*starts, video.frames], portions, strict=True):
        first = int(np.searchsorted(kept, portion[0]))
        chunk_of = {int(index): (first + k) // CHUNK for k, index in enumerate(portion)}
        yield WatchShare(frames, start, stop, chunk_of, choice.path, watch_factory, files)
