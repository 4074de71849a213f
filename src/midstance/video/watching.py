"""What changes in the picture from frame to frame: looked at while frames pass by, one at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance.model import FrameChanges

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["Change", "FrameWatch", "frame_changes"]

Change = tuple[float, float, float, float, float]
"""Difference, shift right, shift down, brightness, sharpness, as `FrameWatch.see` gives them."""

_BLOCK = 64  # side of the squares whose shift is found [reduced px]
_SURE = 0.5  # height of the correlation peak from which a square's shift is believed, of 1
_LEAST = 3  # squares that must be sure
_NEAR = np.array([-1, 0, 1])


@dataclass(slots=True, eq=False)
class FrameWatch:
    """Compares each frame with the one before; feed it consecutive frames.

    Parameters
    ----------
    long_side_px
        The picture is reduced by the whole factor that brings its longer side nearest to this [px].

    Notes
    -----
    Only the green channel is looked at, reduced by averaging. The background's shift is the median over
    squares along the left, right and upper border, where neither the runner nor a treadmill's belt is;
    each square's shift is the peak of its phase correlation with the frame before, the centroid of 3 × 3
    values giving the fraction of a pixel. When the camera turns, the border shifts more than the middle of
    the picture: by 1 + (x/f)² at x from the middle with focal length f, a quarter or so for a phone.
    Shifts up to half a square (32 reduced px in each frame) can be told.

    References
    ----------
    Kuglin CD, Hines DC (1975). The phase correlation image alignment method. Proc. IEEE Int. Conf.
    Cybernetics and Society, 163–165.
    """

    long_side_px: int = 320
    _before: NDArray[np.uint8] | None = field(default=None, init=False, repr=False)
    _spectra: NDArray[np.complex64] | None = field(default=None, init=False, repr=False)

    def see(self, rgb: NDArray[np.uint8]) -> Change:
        """Return what changed since the frame seen before.

        Parameters
        ----------
        rgb
            (H, W, 3), 8 bits per channel.

        Returns
        -------
        tuple of float
            Mean absolute difference, of 255; shift of the background to the right and down [px of the
            picture given]; mean brightness, of 255; variance of the Laplacian at reduced size. The first
            three are NaN for the first frame, the shift also where too little of the background is sure.
        """
        factor = max(1, round(max(rgb.shape[:2]) / self.long_side_px))
        small = _reduced(rgb, factor)
        spectra = _spectra(small)
        difference, shift = float("nan"), (float("nan"), float("nan"))
        if self._before is not None and self._spectra is not None and self._before.shape == small.shape:
            difference = cv2.norm(small, self._before, cv2.NORM_L1) / small.size
            shift = _shift(self._spectra, spectra)
        self._before, self._spectra = small, spectra
        sharpness = float(cv2.Laplacian(small, cv2.CV_32F).var())
        return difference, shift[0] * factor, shift[1] * factor, cv2.mean(small)[0], sharpness


def frame_changes(changes: Iterable[Change], frames: int | None = None) -> FrameChanges:
    """Assemble what a watch saw of consecutive frames.

    Parameters
    ----------
    changes
        One for each frame, in order.
    frames
        Pad with NaN to this many frames, where the end could not be decoded.

    Returns
    -------
    FrameChanges
        One row for each frame.
    """
    table = np.array(list(changes), dtype=np.float64).reshape(-1, 5)
    if frames is not None:
        table = np.vstack([table, np.full((max(frames - len(table), 0), 5), np.nan)])
    return FrameChanges(table[:, 0], table[:, 1:3], table[:, 3], table[:, 4])


def _reduced(rgb: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    height, width = (side // factor for side in rgb.shape[:2])
    green = cv2.extractChannel(rgb[: height * factor, : width * factor], 1)
    small = cv2.resize(green, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def _corners(height: int, width: int) -> list[tuple[int, int]]:
    """Return upper left corners of the squares along the left, right and upper border."""
    block = min(_BLOCK, height, width)
    rows = np.linspace(0, height - block, max(2, -(-height // block))).round().astype(int)
    columns = np.linspace(0, width - block, max(2, -(-width // block))).round().astype(int)
    sides = [(int(y), int(x)) for y in rows for x in (columns[0], columns[-1])]
    return sides + [(0, int(x)) for x in columns[1:-1]]


def _spectra(small: NDArray[np.uint8]) -> NDArray[np.complex64]:
    """Return the spectra (N, B, B/2 + 1) of the N squares, each faded out towards its border."""
    height, width = small.shape
    block = min(_BLOCK, height, width)
    fade = np.hanning(block + 2)[1:-1].astype(np.float32)
    squares = np.stack([small[y : y + block, x : x + block] for y, x in _corners(height, width)])
    squares = squares.astype(np.float32)
    squares -= squares.mean(axis=(1, 2), keepdims=True)
    return np.asarray(np.fft.rfft2(squares * np.outer(fade, fade)), dtype=np.complex64)


def _shift(before: NDArray[np.complex64], after: NDArray[np.complex64]) -> tuple[float, float]:
    """Return the median shift (right, down) of the squares that are sure [reduced px]."""
    block = before.shape[1]
    cross = after * np.conj(before)
    size = np.abs(cross)
    size += 1e-3 * size.mean(axis=(1, 2), keepdims=True) + np.float32(1e-6)
    surface = np.fft.irfft2(cross / size, s=(block, block))
    square = np.arange(len(surface))
    row, column = np.unravel_index(surface.reshape(len(surface), -1).argmax(axis=1), (block, block))
    rows, columns = (row[:, None] + _NEAR) % block, (column[:, None] + _NEAR) % block
    near = np.maximum(surface[square[:, None, None], rows[:, :, None], columns[:, None, :]], 0.0)
    peak = near.sum(axis=(1, 2))
    sure = peak > _SURE
    if sure.sum() < _LEAST:
        return float("nan"), float("nan")
    down = _signed(row, block) + (near.sum(axis=2) @ _NEAR) / np.maximum(peak, 1e-9)
    right = _signed(column, block) + (near.sum(axis=1) @ _NEAR) / np.maximum(peak, 1e-9)
    return float(np.median(right[sure])), float(np.median(down[sure]))


def _signed(place: NDArray[np.int64], block: int) -> NDArray[np.int64]:
    return np.asarray((place + block // 2) % block - block // 2)
