"""A video as a recording: what it is and on which clock it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["FILE_CLOCK", "Frame", "FrameChanges", "FrameSource", "Video"]

FILE_CLOCK = "the file's own timestamps"


@dataclass(frozen=True, slots=True, eq=False)
class Video:
    """One video file and its real clock.

    Parameters
    ----------
    path
        Where the file is.
    sha256
        Hash of its bytes, hexadecimal.
    width_px, height_px
        Size of a picture as shown, after rotation [px].
    rotation_deg
        Quarter turns the file asks for, counter-clockwise [deg]; frames handed out have it applied.
    time_s
        Presentation time of each frame on the real clock (T,) [s], the first at 0.
    codec
        Name of the video codec.
    slow_motion_factor
        Real time is screen time divided by this factor.
    clock
        How the factor is known, as a sentence.
    """

    path: Path
    sha256: str
    width_px: int
    height_px: int
    rotation_deg: int
    time_s: NDArray[np.float64]
    codec: str
    slow_motion_factor: float = 1.0
    clock: str = FILE_CLOCK

    def __post_init__(self) -> None:
        """Check that time runs forward and that the picture has a size."""
        if len(self.time_s) > 1 and not np.all(np.diff(self.time_s) > 0):
            raise ValueError("time must be strictly increasing")
        if min(self.width_px, self.height_px) <= 0 or self.slow_motion_factor <= 0:
            raise ValueError("size and slow-motion factor must be positive")

    @property
    def frames(self) -> int:
        """Number of frames."""
        return len(self.time_s)

    @property
    def rate_hz(self) -> float:
        """Median frame rate on the real clock [Hz]; never an integer by assumption."""
        return float(1.0 / np.median(np.diff(self.time_s))) if self.frames > 1 else float("nan")

    @property
    def duration_s(self) -> float:
        """Time from the first to the last frame [s]."""
        return float(self.time_s[-1] - self.time_s[0]) if self.frames else 0.0

    def slowed(self, factor: float, clock: str) -> Video:
        """Return the same video with its clock divided by `factor`, and how that is known."""
        ratio = self.slow_motion_factor / factor
        return replace(self, time_s=self.time_s * ratio, slow_motion_factor=factor, clock=clock)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One decoded picture.

    Parameters
    ----------
    index
        Position in the video, from 0.
    time_s
        Its time on the real clock [s].
    rgb
        The picture as shown (H, W, 3), 8 bits per channel, rotation applied.
    """

    index: int
    time_s: float
    rgb: NDArray[np.uint8]


FrameSource = Callable[[int, int], Iterator[Frame]]
"""Hands out the frames [start, stop) of a video in order; can be pickled."""


@dataclass(frozen=True, slots=True, eq=False)
class FrameChanges:
    """What changed in the picture from each frame to the next, apart from the runner.

    Parameters
    ----------
    difference
        Mean absolute difference to the frame before, of 255 (T,); NaN for the first.
    shift_px
        Shift of the background since the frame before (T, 2) [px]; NaN where not found.
    brightness
        Mean brightness, of 255 (T,).
    sharpness
        Variance of the Laplacian at reduced size (T,).
    """

    difference: NDArray[np.float64]
    shift_px: NDArray[np.float64]
    brightness: NDArray[np.float64]
    sharpness: NDArray[np.float64]
