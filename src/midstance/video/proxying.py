"""A copy of a video that browsers play, where they do not play the original."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance.video.decoding import frames
from midstance.video.limits import Limits
from midstance.video.opening import checked_file, opened
from midstance.video.writing import VideoWriter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from midstance.model import Video

__all__ = ["plays_in_browsers", "write_proxy"]

_LIMITS = Limits()
_CODECS = {"mov": {"h264", "vp9", "av1"}, "matroska": {"vp8", "vp9", "av1"}}
_EIGHT_BITS = {"yuv420p", "yuvj420p"}
_LONG_SIDE_PX, _SHORT_SIDE_PX = 1920, 1080
_TELL_EVERY = 15  # frames


def plays_in_browsers(path: Path | str, *, limits: Limits = _LIMITS) -> bool:
    """Tell whether every common browser plays a video as it is.

    Parameters
    ----------
    path
        The video file.
    limits
        What the file may ask of the machine.

    Returns
    -------
    bool
        True for H.264, VP9 and AV1 in MP4 or QuickTime, and VP8, VP9 and AV1 in WebM, with 8 bits and
        4:2:0 colours.

    Raises
    ------
    InputError
        If it is no video.
    """
    file = checked_file(path, limits)
    with opened(file, limits) as (container, stream):
        family = next((name for name in _CODECS if name in container.format.name), "")
        codec = stream.codec_context.codec.canonical_name
        return codec in _CODECS.get(family, set()) and stream.codec_context.pix_fmt in _EIGHT_BITS


def write_proxy(
    video: Video,
    path: Path,
    progress: Callable[[float, str], None] | None = None,
    *,
    limits: Limits = _LIMITS,
) -> int:
    """Write a copy that every browser plays: H.264, at most 1080p, the right way up, the same times.

    Parameters
    ----------
    video
        As found by `probe`.
    path
        The MP4 to write; it appears when it is whole.
    progress
        Told the fraction done, 0 to 1, and what is being done.
    limits
        What the file may ask of the machine.

    Returns
    -------
    int
        Frames written; damaged ones are left out, the others keep their times.
    """
    written = 0
    with VideoWriter(path) as writer:
        for frame in frames(video, limits=limits):
            writer.write(_reduced(frame.rgb), frame.time_s * video.slow_motion_factor)
            written += 1
            if progress and written % _TELL_EVERY == 0:
                progress(min(written / video.frames, 1.0), "making a copy that browsers play")
    return written


def _reduced(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    short, long = sorted(rgb.shape[:2])
    factor = min(_LONG_SIDE_PX / long, _SHORT_SIDE_PX / short, 1.0)
    if factor == 1.0:
        return rgb
    size = (round(rgb.shape[1] * factor / 2) * 2, round(rgb.shape[0] * factor / 2) * 2)
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
