"""When each picture of a file is shown, read from its packets without decoding."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from av.error import FFmpegError

from midstance.errors import DataError, InputError
from midstance.video.boxes import bytes_missing
from midstance.video.opening import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

    from midstance.video.limits import Limits

__all__ = ["Timetable", "packets", "timetable"]

_MAX_UNTIMED = 0.05  # of all frames; beyond that the clock is not believed
_TAIL_S = 1.0  # sound may run this much longer than the pictures


@dataclass(frozen=True, slots=True, eq=False)
class Timetable:
    """Presentation times of the pictures that can be read, in ticks of the stream's clock.

    Parameters
    ----------
    ticks
        (T,) sorted, unique.
    key_ticks
        (K,) of the pictures decoding can start at, also those an edit list hides.
    tick_s
        Length of a tick [s].
    untimed
        Pictures left out because they have no time, or the time of another.
    missing_s
        What the file's header promises beyond the last picture that can be read [s].
    """

    ticks: NDArray[np.int64]
    key_ticks: NDArray[np.int64]
    tick_s: float
    untimed: int
    missing_s: float

    @property
    def time_s(self) -> NDArray[np.float64]:
        """Times of the pictures (T,) [s], the first at 0."""
        return np.asarray((self.ticks - self.ticks[0]) * self.tick_s, dtype=np.float64)

    def key_before(self, start: int) -> int | None:
        """Return the tick of the key picture to start decoding at; None for the file's beginning."""
        place = int(np.searchsorted(self.key_ticks, self.ticks[start], side="right")) - 1
        return int(self.key_ticks[place]) if place > 0 else None

    def index(self, tick: int | None) -> int | None:
        """Return the index of the picture shown at a tick; None where there is none."""
        place = 0 if tick is None else int(np.searchsorted(self.ticks, tick))
        known = tick is not None and place < len(self.ticks) and int(self.ticks[place]) == tick
        return place if known else None


def timetable(path: Path, limits: Limits) -> Timetable:
    """Return the timetable of a file; read once in each process, again when the file changes."""
    stat = path.stat()
    return _timetable(path, limits, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=8)
def _timetable(path: Path, limits: Limits, _size: int, _changed_ns: int) -> Timetable:
    with opened(path, limits) as (container, stream):
        _check_order(container, stream, path)
        ticks, keys, untimed, cut_off = _read(container, stream, path, limits)
        shown = np.unique(np.asarray(ticks, dtype=np.int64))
        untimed += len(ticks) - len(shown)
        _check(shown, untimed, path)
        tick_s = float(_time_base(stream))
        step_s = float(np.median(np.diff(shown))) * tick_s if len(shown) > 1 else 0.0
        end_s = float(shown[-1]) * tick_s + step_s
        missing_s = _missing_s(container, stream, end_s, step_s, cut_off=cut_off)
    return Timetable(shown, np.unique(np.asarray(keys, dtype=np.int64)), tick_s, untimed, missing_s)


def packets(container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
    """Hand out the packets of a stream up to where the file stops being readable."""
    try:
        yield from container.demux(stream)
    except FFmpegError:
        return


def _read(
    container: InputContainer, stream: VideoStream, path: Path, limits: Limits
) -> tuple[list[int], list[int], int, bool]:
    ticks, keys, untimed, cut_off = list[int](), list[int](), 0, False
    for packet in packets(container, stream):
        if packet.size == 0:
            continue
        if packet.is_keyframe and packet.pts is not None:
            keys.append(packet.pts)
        if packet.is_discard:
            continue
        cut_off = packet.is_corrupt
        if packet.pts is None:
            untimed += 1
        elif not cut_off:
            ticks.append(packet.pts)
        if len(ticks) + untimed > limits.max_frames:
            what = f"the video has more than {limits.max_frames} frames, the limit"
            raise InputError(what, str(path), "cut out half a minute of running, or raise the limit")
    return ticks, keys, untimed, cut_off


def _check(shown: NDArray[np.int64], untimed: int, path: Path) -> None:
    if not len(shown) + untimed:
        raise InputError("the video holds no frames", str(path), "copy it from the camera again")
    if untimed > _MAX_UNTIMED * (len(shown) + untimed):
        what = f"{untimed} of {len(shown) + untimed} frames have no time of their own"
        raise DataError(what, str(path), "give the camera's own file, or convert it to MP4")


def _check_order(container: InputContainer, stream: VideoStream, path: Path) -> None:
    context = stream.codec_context
    codec = context.codec.canonical_name
    if "avi" in container.format.name and codec in {"h264", "hevc"} and context.has_b_frames:
        what = f"an AVI file cannot tell the order of {codec} frames, so their times are not known"
        raise DataError(what, str(path), "give the camera's own file, or convert it to MP4")


def _time_base(stream: VideoStream) -> Fraction:
    if stream.time_base is None:
        raise DataError("the video stream has no clock", stream.name or "", "convert it to an MP4")
    return stream.time_base


def _missing_s(
    container: InputContainer, stream: VideoStream, end_s: float, step_s: float, *, cut_off: bool
) -> float:
    """Return how much longer the header says the video is [s], 0 where nothing is missing."""
    whole_mp4 = "mp4" in container.format.name and not cut_off and not bytes_missing(Path(container.name))
    if whole_mp4:  # with an edit list, the header counts pictures that are never shown
        return 0.0
    if stream.duration is not None:
        promised_s = ((stream.start_time or 0) + stream.duration) * float(_time_base(stream))
    else:
        promised_s = ((container.start_time or 0) + (container.duration or 0)) * 1e-6 - _TAIL_S
    least_s = step_s if cut_off or "mp4" in container.format.name else 0.0
    return max(promised_s - end_s, least_s)
