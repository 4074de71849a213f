"""Pictures of a video in order, streamed: memory does not grow with the length of the file."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from av.error import EOFError as EndOfStream
from av.error import FFmpegError

from midstance.errors import InputError
from midstance.model import Frame
from midstance.video.limits import Limits
from midstance.video.opening import checked_file, opened
from midstance.video.orientation import orientation
from midstance.video.timetable import packets, timetable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from av.container import InputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

    from midstance.model import Video
    from midstance.video.orientation import Orientation
    from midstance.video.timetable import Timetable

__all__ = ["frames", "grab", "pictures", "spread_indices"]

_APART_S = 0.3

_LIMITS = Limits()


def frames(
    video: Video, start: int = 0, stop: int | None = None, *, limits: Limits = _LIMITS
) -> Iterator[Frame]:
    """Hand out the frames [start, stop) of a video in order, the right way up.

    Parameters
    ----------
    video
        As found by `probe`.
    start, stop
        Half-open span of frame indices; the end of the video when `stop` is None.
    limits
        What the file may ask of the machine; give what `probe` was given.

    Yields
    ------
    Frame
        Index and time as in `video.time_s`; a frame that is damaged beyond decoding is left out and the
        frames after it keep their indices.

    Raises
    ------
    InputError
        If the file is gone, or is another than the one that was probed.

    Notes
    -----
    A span gives the same bytes as decoding from the beginning: decoding starts at the key frame before it.
    `functools.partial(frames, video)` is a `model.FrameSource` and can be sent to another process.
    """
    table = _same_file(video, limits)
    end = video.frames if stop is None else min(stop, video.frames)
    turn: Orientation | None = None
    for index, picture in pictures(video.path, table, max(start, 0), end, limits):
        turn = turn or orientation(picture)
        yield Frame(index, float(video.time_s[index]), _rgb(picture, video, turn))


def grab(video: Video, indices: Iterable[int], *, limits: Limits = _LIMITS) -> dict[int, NDArray[np.uint8]]:
    """Return chosen frames, read in one pass that jumps over what is not asked for.

    Parameters
    ----------
    video
        As found by `probe`.
    indices
        Frame indices in any order.
    limits
        What the file may ask of the machine.

    Returns
    -------
    dict
        Picture (H, W, 3) of each index, in rising order; damaged frames are left out.

    Raises
    ------
    IndexError
        If the video has no such frame.
    """
    wanted = sorted(set(indices))
    if wanted and not 0 <= wanted[0] <= wanted[-1] < video.frames:
        raise IndexError(f"frames {wanted[0]} … {wanted[-1]} asked of a video with {video.frames}")
    table = _same_file(video, limits)
    found: dict[int, NDArray[np.uint8]] = {}
    for run in _runs(wanted, table):
        turn: Orientation | None = None
        for index, picture in pictures(video.path, table, run[0], run[-1] + 1, limits):
            turn = turn or orientation(picture)
            if index in run:
                found[index] = _rgb(picture, video, turn)
    return found


def spread_indices(video: Video, count: int, *, limits: Limits = _LIMITS) -> list[int]:
    """Return indices of frames spread over a video that are quick to grab.

    Parameters
    ----------
    video
        As found by `probe`.
    count
        How many to aim for; short videos give fewer.
    limits
        What the file may ask of the machine.

    Returns
    -------
    list of int
        Rising indices; those that share a key frame follow it at intervals of 0.3 s, so that little is
        decoded for nothing.
    """
    table = _same_file(video, limits)
    targets = [round(video.frames * (i + 1) / (count + 1)) for i in range(count)]
    asked: Counter[int] = Counter()
    chosen = set()
    for target in (min(target, video.frames - 1) for target in targets):
        key_tick = table.key_before(target)
        key = (table.index(key_tick) if key_tick is not None else None) or 0
        after = np.searchsorted(video.time_s, video.time_s[key] + _APART_S * asked[key])
        chosen.add(min(int(after), target))
        asked[key] += 1
    return sorted(chosen)


def pictures(
    path: Path, table: Timetable, start: int, stop: int, limits: Limits
) -> Iterator[tuple[int, VideoFrame]]:
    """Decode the pictures [start, stop) and hand out each with its index."""
    if start >= stop:
        return
    with opened(path, limits) as (container, stream):
        found = _seek(container, stream, table.key_before(start))
        if found is not None:
            yield from _numbered(_decoded(stream, found), table, start, stop)
            return
    with opened(path, limits) as (container, stream):
        yield from _numbered(_decoded(stream, packets(container, stream)), table, start, stop)


def _same_file(video: Video, limits: Limits) -> Timetable:
    table = timetable(checked_file(video.path, limits), limits)
    if len(table.ticks) != video.frames:
        what = f"the file has {len(table.ticks)} frames now and had {video.frames} when it was first read"
        raise InputError(what, str(video.path), "leave the file alone while it is analysed")
    return table


def _runs(wanted: list[int], table: Timetable) -> list[list[int]]:
    """Split indices where a key frame lies between neighbours: there jumping beats decoding on."""
    runs: list[list[int]] = []
    for index in wanted:
        key = table.key_before(index)
        if runs and (key is None or key <= table.ticks[runs[-1][-1]]):
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _seek(
    container: InputContainer, stream: VideoStream, key_tick: int | None
) -> Iterator[Packet[VideoStream]] | None:
    """Return the packets from a key frame on, or None where the file's index leads past it."""
    if key_tick is not None:
        container.seek(key_tick, stream=stream)
    coming = packets(container, stream)
    first = next(coming, None)
    if first is None or (key_tick is not None and (first.pts is None or first.pts > key_tick)):
        return None
    return chain([first], coming)


def _decoded(stream: VideoStream, coming: Iterable[Packet[VideoStream]]) -> Iterator[VideoFrame]:
    for packet in coming:
        try:
            yield from packet.decode()
        except EndOfStream:
            return
        except FFmpegError:  # this picture is lost; those after it still know their time
            continue
    try:
        yield from stream.decode(None)
    except FFmpegError:
        return


def _numbered(
    decoded: Iterable[VideoFrame], table: Timetable, start: int, stop: int
) -> Iterator[tuple[int, VideoFrame]]:
    due = start
    for picture in decoded:
        index = table.index(picture.pts)
        if index is None or index < due or picture.is_corrupt:
            continue
        if index >= stop:
            return
        yield index, picture
        due = index + 1
        if due == stop:
            return


def _rgb(picture: VideoFrame, video: Video, turn: Orientation) -> NDArray[np.uint8]:
    size = (video.height_px, video.width_px) if turn.exchanged else (video.width_px, video.height_px)
    rgb = picture.to_ndarray(format="rgb24", width=size[0], height=size[1], threads=1)
    return turn.turn(np.asarray(rgb, dtype=np.uint8))
