"""Steep straight edges of a picture, whole: what may be the image of something vertical."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import cv2
import numpy as np
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Grey = NDArray[np.uint8]

__all__ = ["STEEP_DEG", "length_px", "steep_edges", "tilt_rad"]

STEEP_DEG = 15.0  # edges further from the picture's vertical are not looked at
_PIECE, _EDGE = 0.02, 0.04  # least length of a piece and of a whole edge, of the picture's height
_MOST = 600  # pieces looked at, the longest
_COVERED = 0.3  # part of a piece that may be hidden
_BLACK, _MARGIN = 24, 0.012  # grey of black bars, of 255; width of a border, of the picture's
_DRAWN_DEG, _WHOLE = 0.15, 0.95  # so upright, over so much of the height, is no edge of the scene
_KINK_DEG, _ASIDE_PX, _GAP = 2.0, 1.5, 0.05  # of pieces of one edge; the gap of the picture's height


def steep_edges(grey: Grey, hidden: NDArray[np.bool_]) -> Floats:
    """Find straight edges near the picture's vertical.

    Parameters
    ----------
    grey
        Picture (H, W).
    hidden
        Where edges do not count (H, W).

    Returns
    -------
    ndarray
        Edges (N, 4), the longest first: x and y of the lower and of the upper end [px].
    """
    lines = _merged(_pieces(grey, hidden), grey.shape[0])
    lines = lines[~_framed(lines, grey)]
    length = length_px(lines)
    longest = np.argsort(-length)
    return np.asarray(lines[longest[length[longest] > _EDGE * grey.shape[0]]])


def length_px(lines: Floats) -> Floats:
    """Return the lengths (N,) [px]."""
    return np.asarray(np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]))


def tilt_rad(lines: Floats) -> Floats:
    """Return the tilts (N,) against the picture's vertical, + when the upper end is to the right [rad]."""
    return np.asarray(np.arctan2(lines[:, 2] - lines[:, 0], lines[:, 1] - lines[:, 3]))


def _pieces(grey: Grey, hidden: NDArray[np.bool_]) -> Floats:
    """Return steep straight pieces (N, 5) outside what is hidden: lower end, upper end, polarity."""
    found = cast("NDArray[np.float32] | None", cv2.createLineSegmentDetector().detect(grey)[0])
    pieces = np.zeros((0, 4)) if found is None else found.reshape(-1, 4).astype(np.float64)
    falls = pieces[:, 3] > pieces[:, 1]
    pieces[falls] = pieces[falls][:, [2, 3, 0, 1]]
    steep = np.abs(tilt_rad(pieces)) < np.radians(STEEP_DEG)
    kept = steep & (length_px(pieces) > _PIECE * grey.shape[0]) & _outside(pieces, hidden)
    pieces = np.column_stack([pieces, falls])[kept]
    return np.asarray(pieces[np.argsort(-length_px(pieces))[:_MOST]])


def _outside(pieces: Floats, hidden: NDArray[np.bool_]) -> NDArray[np.bool_]:
    along = np.linspace(0.0, 1.0, 9)[:, None]
    x = np.clip(pieces[:, 0] + along * (pieces[:, 2] - pieces[:, 0]), 0, hidden.shape[1] - 1).astype(int)
    y = np.clip(pieces[:, 1] + along * (pieces[:, 3] - pieces[:, 1]), 0, hidden.shape[0] - 1).astype(int)
    return np.asarray(hidden[y, x].mean(axis=0) < _COVERED)


def _framed(lines: Floats, grey: Grey) -> NDArray[np.bool_]:
    """Tell which edges are the picture's own: its border, that of black bars beside it or blurred ones."""
    shown = np.flatnonzero(np.percentile(grey[::4], 75, axis=0) > _BLACK)
    left, right = (shown[0], shown[-1]) if len(shown) else (0, 0)
    margin, x = _MARGIN * grey.shape[1], lines[:, [0, 2]]
    border = ((x < left + margin) | (x > right - margin)).all(axis=1)
    drawn = (np.abs(tilt_rad(lines)) < np.radians(_DRAWN_DEG)) & (length_px(lines) > _WHOLE * grey.shape[0])
    return np.asarray(border | drawn)


def _merged(pieces: Floats, height: int) -> Floats:
    """Join pieces of one straight edge and return the edges (N, 4): lower end, upper end."""
    if not len(pieces):
        return np.zeros((0, 4))
    _, group = connected_components(_joined(pieces, height), directed=False)
    x, y = pieces[:, [0, 2]].ravel(), pieces[:, [1, 3]].ravel()
    group, weight = np.repeat(group, 2), np.repeat(length_px(pieces), 2)
    total = np.bincount(group, weight)
    mean_x, mean_y = np.bincount(group, weight * x) / total, np.bincount(group, weight * y) / total
    x, y = x - mean_x[group], y - mean_y[group]
    slope = np.bincount(group, weight * x * y) / np.bincount(group, weight * y * y)
    lower, upper = np.full(len(total), -np.inf), np.full(len(total), np.inf)
    np.maximum.at(lower, group, y)
    np.minimum.at(upper, group, y)
    ends = [mean_x + slope * lower, mean_y + lower, mean_x + slope * upper, mean_y + upper]
    return np.column_stack(ends)


def _joined(pieces: Floats, height: int) -> NDArray[np.bool_]:
    """Tell for each pair of pieces (N, N) whether they go on in each other, dark on the same side."""
    tilt, polarity = tilt_rad(pieces), pieces[:, 4]
    x, y = pieces[:, [0, 2]].mean(axis=1), pieces[:, [1, 3]].mean(axis=1)
    aside = np.abs((x[None] - x[:, None]) + np.tan(tilt)[:, None] * (y[None] - y[:, None]))
    gap = np.maximum(pieces[:, 3][:, None], pieces[:, 3][None]) - np.minimum(
        pieces[:, 1][:, None], pieces[:, 1][None]
    )
    alike = (np.abs(tilt[:, None] - tilt[None]) < np.radians(_KINK_DEG)) & (
        polarity[:, None] == polarity[None]
    )
    return np.asarray(alike & (np.maximum(aside, aside.T) < _ASIDE_PX) & (gap < _GAP * height))
