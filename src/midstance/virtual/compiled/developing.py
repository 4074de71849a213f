"""From light to 8 bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.virtual.compiled.jit import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

__all__ = ["develop"]


@compiled
def develop(
    picture: Array, noise: Array, curve: Array, gain: float, vignette: float, out: NDArray[np.uint8]
) -> None:
    """Turn light (H, W, 3) into 8-bit values by a curve over 0 to 2, darker to the corners, with noise."""
    rows, columns = picture.shape[0], picture.shape[1]
    last = curve.shape[0] - 1
    scale = np.float32(0.5) * last
    far = np.float32(4.0) / (rows * rows + columns * columns)
    for y in range(rows):
        for x in range(columns):
            dy, dx = y - np.float32(0.5) * rows, x - np.float32(0.5) * columns
            here = gain * (np.float32(1.0) - vignette * (dx * dx + dy * dy) * far)
            for i in range(3):
                k = int(min(max(picture[y, x, i] * here, np.float32(0.0)) * scale, np.float32(last)))
                value = curve[k] + noise[y, x, i]
                out[y, x, i] = np.uint8(min(max(value + np.float32(0.5), np.float32(0.0)), np.float32(255.0)))
