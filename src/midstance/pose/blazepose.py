"""BlazePose landmarks: a square around a body in, 19 body points out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance.model import BODY
from midstance.pose.litert import Network
from midstance.pose.region import Patch, Region, crop

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["Landmarks", "Look", "refined", "sigmoid"]

CROP = 256
CELLS = 64
POINTS = 39
_LANDMARKS, _HEATMAP, _SCORE = POINTS * 5, CELLS * CELLS * POINTS, 1
_REACH = 3  # cells either side of the regressed point that the heatmap may move it by
_PEAK = 0.5  # a heatmap weaker than this is not asked
_BODY = np.array([0, 7, 8, *range(11, 17), *range(23, 33)])  # the networks' numbers of BODY's points
_CENTRE, _EDGE = 33, 34  # two helper points: hip centre, and rim of the circle around the body
_MIRROR = np.array(BODY.mirror())


def sigmoid(logit: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the logistic function of logits, safe for any size."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logit, -60, 60, dtype=np.float64))))


def refined(
    xy: NDArray[np.float64], heatmap: NDArray[np.float32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Move each point to the centre of mass of its heatmap nearby, and tell how strong that is.

    Parameters
    ----------
    xy
        Regressed points (K, 2), in heatmap cells.
    heatmap
        Logits (H, W, K).

    Returns
    -------
    tuple
        Points (K, 2) in cells, moved where the largest value within three cells is at least
        0.5, and that value (K,), 0 outside the map.
    """
    height, width, count = heatmap.shape
    offset = np.arange(-_REACH, _REACH + 1)
    cell = np.floor(xy).astype(int)
    inside = np.asarray(((cell >= 0) & (cell < (width, height))).all(axis=1))
    columns = cell[:, :1] + offset  # (K, 7)
    rows = cell[:, 1:] + offset
    near = sigmoid(
        heatmap[
            rows.clip(0, height - 1)[:, :, None],
            columns.clip(0, width - 1)[:, None, :],
            np.arange(count)[:, None, None],
        ]
    )
    real = ((rows >= 0) & (rows < height))[:, :, None] & ((columns >= 0) & (columns < width))[:, None, :]
    near = np.where(real & inside[:, None, None], near, 0.0)
    peak = near.max(axis=(1, 2))
    mass = np.maximum(near.sum(axis=(1, 2)), 1e-9)
    moved = np.column_stack(
        [(near.sum(axis=1) * columns).sum(axis=1) / mass, (near.sum(axis=2) * rows).sum(axis=1) / mass]
    )
    return np.where((peak >= _PEAK)[:, None], moved, xy), peak


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What one network saw in one crop, in frame pixels.

    Parameters
    ----------
    points
        BODY's points (19, 2) [px].
    seen
        The network's belief that a point is neither hidden nor outside the crop (19,), 0 to 1.
    peak
        Strength of the heatmap at the point (19,), 0 to 1.
    score
        The network's belief that a person is there, 0 to 1.
    region
        Where it would look next.
    """

    points: NDArray[np.float64]
    seen: NDArray[np.float64]
    peak: NDArray[np.float64]
    score: float
    region: Region


class Landmarks:
    """A BlazePose landmark network.

    Parameters
    ----------
    path
        Its file.
    """

    def __init__(self, path: Path) -> None:
        self._network = Network(path, (_LANDMARKS, _HEATMAP, _SCORE))

    def __call__(self, patch: Patch, region: Region, *, mirrored: bool = False) -> Look:
        """Look at a region of a patch, or at its mirror image, and name the points as in the frame."""
        cut = crop(patch.rgb, patch.matrix(region, CROP, mirrored=mirrored), CROP)
        out = self._network(cut.astype(np.float32) / np.float32(255))
        raw = out[_LANDMARKS].reshape(POINTS, 5)
        cells = raw[:, :2].astype(np.float64) * (CELLS / CROP)
        cells, peak = refined(cells, out[_HEATMAP].reshape(CELLS, CELLS, POINTS))
        back = cv2.invertAffineTransform(region.matrix(CROP, mirrored=mirrored))
        xy = cells * (CROP / CELLS) @ back[:, :2].T + back[:, 2]
        seen = sigmoid(raw[:, 3]) * sigmoid(raw[:, 4])
        order = _BODY[_MIRROR] if mirrored else _BODY
        score = float(np.clip(out[_SCORE].ravel()[0], 0, 1))
        return Look(xy[order], seen[order], peak[order], score, Region.around(xy[_CENTRE], xy[_EDGE]))
