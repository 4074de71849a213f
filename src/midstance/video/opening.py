"""Opening a file with nothing trusted: which file, which format, which stream, which codec."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
from av.error import FFmpegError
from av.stream import Disposition

from midstance.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.container import InputContainer
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream

    from midstance.video.limits import Limits

__all__ = ["checked_file", "opened"]

_DECODERS = {"av1": ("libdav1d",), "vp8": ("libvpx",), "vp9": ("libvpx-vp9",)}
_AS_MP4 = "give a video as phones record it, for example an H.264 MP4"


def checked_file(path: Path | str, limits: Limits) -> Path:
    """Return the absolute path of a regular, non-empty file within the limits."""
    file = Path(path).absolute()
    if not file.exists():
        raise InputError("there is no such file", str(path), "check the name and the folder")
    if not file.is_file():
        what = "this is a folder, not a video" if file.is_dir() else "this is not a regular file"
        raise InputError(what, str(path), "name one video file")
    size = file.stat().st_size
    if size == 0:
        raise InputError("the file is empty (0 bytes)", str(path), "copy it from the camera again")
    if size > limits.max_bytes:
        what = f"the file has {size / 1e9:.2f} GB, more than the limit of {limits.max_bytes / 1e9:.2f} GB"
        raise InputError(what, str(path), "cut out half a minute of running, or raise the limit")
    return file


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Hand out the container and its video stream, with every limit set on the decoder.

    FFmpeg takes `format_whitelist` only here and the codec limits only on the decoder itself; in these
    options they bind the look it takes at the streams while opening.
    """
    decoders = [*limits.codecs, *(name for codec in limits.codecs for name in _DECODERS.get(codec, ()))]
    binding = {"codec_whitelist": ",".join(decoders), "max_pixels": str(limits.max_pixels)}
    fences = {"format_whitelist": ",".join(limits.formats), "protocol_whitelist": "file"}
    try:
        container = av.open(str(path), options={**fences, **binding})
    except (FFmpegError, OSError) as error:
        raise _not_a_video(path) from error
    with container:
        stream = _video_stream(container, path, limits)
        stream.codec_context.options = binding
        stream.thread_type = "SLICE"  # frame threads cost more CPU than they save
        stream.codec_context.thread_count = 1
        yield container, stream


def _not_a_video(path: Path) -> InputError:
    with path.open("rb") as file:
        looks_like_mp4 = file.read(12)[4:8] in {b"ftyp", b"wide", b"mdat", b"moov"}
    if looks_like_mp4:
        what = "the video was cut short: its table of contents is missing or broken"
        return InputError(what, str(path), "copy the camera's own file again")
    return InputError("this is not a video that can be read here", str(path), _AS_MP4)


def _video_stream(container: InputContainer, path: Path, limits: Limits) -> VideoStream:
    streams = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    if not streams:
        what = "the file holds sound but no video" if container.streams.audio else "the file holds no video"
        raise InputError(what, str(path), "name the file with the pictures")
    stream = streams[0]
    context = cast("VideoCodecContext | None", stream.codec_context)  # None where FFmpeg knows no decoder
    codec = context.codec.canonical_name if context else "unknown"
    if context is None or codec not in limits.codecs:
        raise InputError(f"the video codec {codec!r} is not read here", str(path), _AS_MP4)
    if context.width * context.height > limits.max_pixels:
        what = f"a picture has {context.width} × {context.height} pixels, the limit is {limits.max_pixels}"
        raise InputError(what, str(path), "export it at 4K or smaller (1080p is enough), or raise the limit")
    return stream
