"""What a file may ask of the machine before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on a video file; each holds before the pictures are decoded.

    Parameters
    ----------
    max_pixels
        Pixels of one picture; the default takes 4K and 5.3K, not 8K.
    max_frames
        Pictures in the file; the default takes 10 minutes at 240 Hz.
    max_bytes
        Size of the file.
    formats
        File formats that may be opened, by the name of their demuxer.
    codecs
        Video codecs that may be decoded.
    """

    max_pixels: int = 16_000_000
    max_frames: int = 144_000
    max_bytes: int = 4_000_000_000
    formats: tuple[str, ...] = ("mov", "matroska", "avi", "mpegts")
    codecs: tuple[str, ...] = ("h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "mjpeg", "prores")

    def __post_init__(self) -> None:
        """Check that the bounds leave room for something."""
        if min(self.max_pixels, self.max_frames, self.max_bytes) < 1:
            raise ValueError("limits must be positive")
