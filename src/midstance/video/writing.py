"""Writing a video that plays everywhere, whole or not at all, and the same bytes each time."""

from __future__ import annotations

import os
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Self

import av
import cv2
import numpy as np
from av.codec.context import Flags
from av.error import FFmpegError
from av.video.reformatter import ColorRange, Colorspace

from midstance.errors import InputError

if TYPE_CHECKING:
    from types import TracebackType

    from av.container import OutputContainer
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

__all__ = ["VideoWriter"]

_TICKS_HZ = 90_000  # a whole number of ticks at 24, 25, 30, 50, 60, 120 and 240 Hz
_BT709 = 1  # as numbered in ISO/IEC 23091-2
_THREADS = 2  # fixed: the bytes depend on it
_KEY_EVERY = 30  # frames; a player jumps to any of them


class VideoWriter:
    """Writes RGB pictures at given times to an H.264 MP4.

    Parameters
    ----------
    path
        The file; it appears at a clean exit, replacing what was there. Until then the video grows in a
        hidden file beside it, which is removed when an exception or Ctrl-C passes through.
    quality
        Constant rate factor of x264: 0 is lossless, 23 is usual, 51 is worst.

    Raises
    ------
    InputError
        If the file cannot be written there.

    Examples
    --------
    >>> with VideoWriter("annotated.mp4") as writer:  # doctest: +SKIP
    ...     writer.write(rgb, time_s=0.0)

    Notes
    -----
    Colours are BT.709, sizes made even by repeating the last row or column. The same pictures and times give
    the same bytes.
    """

    def __init__(self, path: Path | str, quality: int = 23) -> None:
        self.path = Path(path)
        self.quality = quality
        self._part = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        self._container: OutputContainer | None = None
        self._stream: VideoStream | None = None
        self._waiting: av.VideoFrame | None = None  # for the next one, which says how long it is shown
        self._shown_ticks = _TICKS_HZ // 30

    def __enter__(self) -> Self:
        """Open the hidden file."""
        try:
            self._part.touch()  # libav would only find out at the first picture
            options = {"movflags": "+faststart", "fflags": "+bitexact"}
            self._container = av.open(str(self._part.absolute()), "w", format="mp4", options=options)
        except (FFmpegError, OSError) as error:
            raise InputError(
                "a video cannot be written there", str(self.path), "choose another folder"
            ) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Finish the video and give it its name; remove it if anything went wrong."""
        done = False
        try:
            if kind is None:
                self._finish()
                done = True
        finally:
            if not done:
                self._discard()

    def write(self, rgb: NDArray[np.uint8], time_s: float) -> None:
        """Add a picture.

        Parameters
        ----------
        rgb
            (H, W, 3), 8 bits per channel, each of the size of the first.
        time_s
            When it is shown [s]; it stays until the next one, the last as long as the one before.

        Raises
        ------
        ValueError
            If the time does not come after the one before, or the size differs.
        """
        tick = round(time_s * _TICKS_HZ)
        if self._waiting is not None:
            self._encode(self._waiting, tick - (self._waiting.pts or 0))
        self._waiting = _picture(rgb, tick)

    def _encode(self, picture: av.VideoFrame, ticks: int) -> None:
        if ticks <= 0:
            raise ValueError("each picture must come after the one before")
        container, stream = self._opened(picture.width, picture.height)
        self._shown_ticks = picture.duration = ticks
        container.mux(stream.encode(picture))

    def _opened(self, width: int, height: int) -> tuple[OutputContainer, VideoStream]:
        if self._container is None:
            raise ValueError("use the writer in a with statement")
        if self._stream is None:
            self._stream = _stream(self._container, width, height, self.quality)
        if (self._stream.width, self._stream.height) != (width, height):
            raise ValueError(
                f"a picture of {width} × {height} after {self._stream.width} × {self._stream.height}"
            )
        return self._container, self._stream

    def _finish(self) -> None:
        if self._waiting is None:
            raise ValueError("no picture was written")
        self._encode(self._waiting, self._shown_ticks)
        container, stream = self._opened(self._waiting.width, self._waiting.height)
        container.mux(stream.encode(None))
        container.close()
        self._part.replace(self.path)

    def _discard(self) -> None:
        with suppress(FFmpegError, OSError):
            if self._container is not None:
                self._container.close()
        self._part.unlink(missing_ok=True)


def _stream(container: OutputContainer, width: int, height: int, quality: int) -> VideoStream:
    options = {"crf": str(quality), "preset": "veryfast", "bf": "0"}  # with B-frames the bytes vary
    stream = container.add_stream("libx264", rate=30, options=options)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    context = stream.codec_context
    context.time_base = Fraction(1, _TICKS_HZ)
    context.flags |= Flags.frame_duration
    context.thread_count, context.gop_size = _THREADS, _KEY_EVERY
    context.color_range = int(ColorRange.MPEG)
    context.colorspace = context.color_primaries = context.color_trc = _BT709
    return stream


def _picture(rgb: NDArray[np.uint8], tick: int) -> av.VideoFrame:
    height, width = rgb.shape[:2]
    even = cv2.copyMakeBorder(rgb, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE)
    picture = av.VideoFrame.from_ndarray(np.asarray(even, dtype=np.uint8), format="rgb24")
    picture = picture.reformat(
        format="yuv420p",
        dst_colorspace=int(Colorspace.ITU709),
        dst_color_range=int(ColorRange.MPEG),
        threads=1,
    )
    for plane in picture.planes:  # what lies beyond the picture is left over memory, and the encoder sees it
        rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)  # type: ignore[call-overload]  # it is a buffer
        rows[:, plane.width :] = 0
    picture.pts, picture.time_base = tick, Fraction(1, _TICKS_HZ)
    return picture
