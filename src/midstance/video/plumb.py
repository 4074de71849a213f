"""Gravity in the picture: which way the true verticals of the scene point where the runner is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance.video.steep_edges import STEEP_DEG, length_px, steep_edges, tilt_rad

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Grey = NDArray[np.uint8]

__all__ = ["Plumb", "plumb_line"]

_LONG_SIDE_PX = 1280  # pictures are reduced to this
_MOST = 150  # edges looked at, the longest
_MOST_VIEWS = 7  # of a moving camera
_MOVED = 0.012  # of the width: from here the camera is said to move

_TILT_SD_DEG = 3.0  # how upright phones are held
_FAN_SD_DEG = 12.0  # how much verticals converge, over the width of the picture
_SCATTER_DEG, _SCATTER_PX = 0.6, 0.6  # how far walls, posts and lenses, and an edge's ends, are off
_TRUE = 0.6  # share of edges expected to be true verticals
_MOST_EVIDENCE = 10.0  # edges of one scene share their errors: more do not count as more
_LEAST_SD_DEG = 0.3
_FAMILY_DEG = 1.5  # tilts further apart are those of other edges
_LIKELY = 0.5
_FEWEST = 2  # edges
_SLANTED = 0.4  # chance that one thing with straight steep edges is not upright
_ROUNDS = 8

_CHANGE, _REACH_PX = 16, 9  # grey by which a runner changes a pixel, of 255, and how far around it
_SAME = 0.05  # of the background changes when a camera stands still
_RUNNING = 0.1  # of the runner's box changes; someone who stands would pass for a wall
_BESIDE = 0.02  # of the width: closer edges belong to one thing
_FULL = 0.15  # of the height: an edge this long counts as one
_MOVING_SD_DEG = 0.7  # a moving camera's shutter slants what it passes
_WORST_SD_DEG = 2.2  # from here hardly more is known than that phones are held upright


@dataclass(frozen=True, slots=True)
class Plumb:
    """Direction of true vertical in the picture at the runner, and how well it is known.

    Parameters
    ----------
    tilt_deg
        Tilt against the picture's own vertical, + when the upper end leans to the right (clockwise) [deg];
        NaN when the picture shows no verticals to trust.
    sd_deg
        Standard deviation [deg], at least 0.3; infinite without a tilt.
    lines
        Number of separate edges that point this way.
    agree
        Their share of all steep edges, by length, 0 to 1.
    """

    tilt_deg: float
    sd_deg: float
    lines: int
    agree: float


_NOTHING = Plumb(float("nan"), float("inf"), 0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Edges:
    """Steep edges (N,), seen from the runner: middle [picture widths], tilt and its sd [rad], weight."""

    right: Floats
    down: Floats
    tilt: Floats
    scatter: Floats
    weight: Floats


def plumb_line(frames: Sequence[Grey], at_px: float, avoid: Floats | None = None) -> Plumb:
    """Find true vertical in the picture from door frames, walls, windows and posts.

    Parameters
    ----------
    frames
        Some five to nine pictures (H, W, 3) spread over the clip, the right way up.
    at_px
        Where the runner is, from the picture's left [px].
    avoid
        Boxes (N, 4) of the runner in these pictures: left, upper, right, lower border [px].

    Returns
    -------
    Plumb
        Tilt of true vertical at the runner, halfway up the picture; NaN without verticals to trust.
        Tilts of more than some 8° are as a rule refused.

    Notes
    -----
    Steep straight edges of the background (the median picture; where the camera moves, each picture by
    itself) are taken as a mixture of images of verticals, which all pass through one vanishing point,
    and of others of any direction. A grid over the tilt at the runner and the fan (tilt per picture width,
    from a camera that looks up or down) finds the most probable vanishing point, given that phones are held
    upright within 3° and that verticals fan by 12° (both one standard deviation); expectation–maximisation
    refines it. The standard deviation is widened by the probability that the grid leaves for other tilts, and
    by the chance that the edges are all of slanted things: it falls with their number, grows with the tilt.

    References
    ----------
    Grompone von Gioi R, Jakubowicz J, Morel JM, Randall G (2012). LSD: a line segment detector. Image
    Processing On Line 2, 35–55. doi 10.5201/ipol.2012.gjmr-lsd.
    Coughlan JM, Yuille AL (2003). Manhattan World: orientation and outlier detection by Bayesian inference.
    Neural Computation 15(5), 1063–1088. doi 10.1162/089976603765202668 (edges as a mixture of a vanishing
    point's and others).
    """
    if not frames:
        return _NOTHING
    reduction = max(max(frames[0].shape[:2]) / _LONG_SIDE_PX, 1.0)
    greys = [_grey(frame, reduction) for frame in frames]
    boxes = _boxes(avoid) / reduction
    background, changing = _background(greys)
    if _still(greys, changing, boxes):
        return _plumb(background, _runner(changing, boxes), at_px / reduction)
    own = len(boxes) == len(greys)
    views = np.linspace(0, len(greys) - 1, min(len(greys), _MOST_VIEWS)).round().astype(int)
    hidden = {i: _hidden(changing, boxes[i : i + 1] if own else boxes, 1) for i in views}
    return _middle([_plumb(greys[i], hidden[i], at_px / reduction) for i in views])


def _boxes(avoid: Floats | None) -> Floats:
    boxes = np.zeros((0, 4)) if avoid is None else np.asarray(avoid, dtype=np.float64).reshape(-1, 4)
    return boxes[np.isfinite(boxes).all(axis=1)]


def _grey(frame: Grey, reduction: float) -> Grey:
    grey = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY)
    size = (round(grey.shape[1] / reduction), round(grey.shape[0] / reduction))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _background(greys: list[Grey]) -> tuple[Grey, NDArray[np.bool_]]:
    """Return the median picture and where, a quarter of the pictures apart, things change (H, W)."""
    stack, spare = np.sort(np.stack(greys), axis=0), len(greys) // 4
    return stack[len(greys) // 2], cv2.subtract(stack[-1 - spare], stack[spare]) > _CHANGE


def _runner(changing: NDArray[np.bool_], boxes: Floats) -> NDArray[np.bool_]:
    """Return where the runner hides the background: the boxes, less what shows behind (H, W)."""
    hidden = _hidden(changing, boxes, len(boxes) / 2)
    if hidden.any() and changing[hidden].mean() > _RUNNING:
        wide = cv2.dilate(changing.astype(np.uint8), np.ones((_REACH_PX, _REACH_PX), np.uint8))
        hidden &= wide > 0
    return hidden


def _hidden(like: NDArray[np.bool_], boxes: Floats, least: float) -> NDArray[np.bool_]:
    """Return where at least so many boxes cover the picture (H, W)."""
    covers = np.zeros(like.shape, np.uint8)
    for left, upper, right, lower in np.maximum(boxes, 0).astype(int):
        covers[upper : lower + 1, left : right + 1] += 1
    return np.asarray((covers >= least) & (covers > 0))


def _still(greys: list[Grey], changing: NDArray[np.bool_], boxes: Floats) -> bool:
    """Tell whether the background, without the runner, stays where it is."""
    shown = ~_hidden(changing, boxes, 1)
    if not shown.any() or changing[shown].mean() < _SAME:
        return True
    height, width = (max(side // 4, 2) for side in shown.shape)
    small = []
    for grey in greys:
        plain = np.where(shown, grey, np.uint8(grey[shown].mean()))
        small.append(cv2.resize(plain, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32))
    fade = cv2.createHanningWindow((width, height), cv2.CV_32F)
    shifts = [math.hypot(*cv2.phaseCorrelate(a, b, fade)[0]) for a, b in pairwise(small)]
    return bool(np.median(shifts) < _MOVED * width)


def _plumb(grey: Grey, hidden: NDArray[np.bool_], at_px: float) -> Plumb:
    return _judged(_edges(steep_edges(grey, hidden)[:_MOST], at_px, *grey.shape))


def _edges(lines: Floats, at_px: float, height: int, width: int) -> _Edges:
    length = length_px(lines)
    right = (lines[:, [0, 2]].mean(axis=1) - at_px) / width
    down = (lines[:, [1, 3]].mean(axis=1) - height / 2) / width
    scatter = np.hypot(np.radians(_SCATTER_DEG), _SCATTER_PX / np.maximum(length, 1.0))
    near = np.abs(right[:, None] - right[None]) < _BESIDE
    overlap = (lines[:, 3][:, None] < lines[:, 1][None]) & (lines[:, 3][None] < lines[:, 1][:, None])
    beside = (near & overlap).sum(axis=1)
    weight = np.clip(length / (_FULL * height), 0.0, 1.5) / np.sqrt(np.maximum(beside, 1))
    weight *= min(1.0, _MOST_EVIDENCE / max(float(weight.sum()), 1e-9))
    return _Edges(right, down, tilt_rad(lines), scatter, weight)


def _judged(edges: _Edges) -> Plumb:
    if len(edges.tilt) < _FEWEST:
        return _NOTHING
    tilt, fan, elsewhere = _most_probable(edges)
    tilt, variance, true = _refined(edges, tilt, fan)
    lines = _separate(edges.right[true > _LIKELY])
    variance += elsewhere + _slanted(tilt, lines) + np.radians(_LEAST_SD_DEG) ** 2
    sd_deg = float(np.degrees(np.sqrt(variance)))
    if lines < _FEWEST or sd_deg > _WORST_SD_DEG:
        return _NOTHING
    agree = float((true * edges.weight).sum() / edges.weight.sum())
    return Plumb(float(np.degrees(tilt)), sd_deg, lines, agree)


def _predicted(edges: _Edges, tilt: Floats, fan: Floats) -> Floats:
    """Return the tilt of true verticals where the edges are (…, N), by their vanishing point (…, 1)."""
    return np.asarray(np.arctan2(np.sin(tilt) + fan * edges.right, np.cos(tilt) - fan * edges.down))


def _shares(edges: _Edges, off: Floats) -> tuple[Floats, Floats]:
    """Return the probability densities [1/rad] of edges so far off: as true verticals, as others."""
    true = np.exp(-0.5 * (off / edges.scatter) ** 2) / (np.sqrt(2 * np.pi) * edges.scatter)
    return _TRUE * true, np.full_like(true, (1 - _TRUE) / np.radians(2 * STEEP_DEG))


def _most_probable(edges: _Edges) -> tuple[float, float, float]:
    """Return tilt and fan of the most probable vanishing point, and the variance by other tilts."""
    tilts, fans = np.radians(np.arange(-15.0, 15.1, 0.3)), np.radians(np.arange(-36.0, 36.1, 1.5))
    tilt, fan = np.meshgrid(tilts, fans, indexing="ij")
    true, other = _shares(edges, edges.tilt - _predicted(edges, tilt[..., None], fan[..., None]))
    height = np.log(true + other) @ edges.weight
    height -= 0.5 * (tilt / np.radians(_TILT_SD_DEG)) ** 2 + 0.5 * (fan / np.radians(_FAN_SD_DEG)) ** 2
    best = np.unravel_index(height.argmax(), height.shape)
    probability = np.exp(height - height[best]).sum(axis=1)
    away = tilts - tilts[best[0]]
    away[np.abs(away) < np.radians(_FAMILY_DEG)] = 0.0
    return float(tilt[best]), float(fan[best]), float(probability @ away**2 / probability.sum())


def _refined(edges: _Edges, tilt: float, fan: float) -> tuple[float, float, Floats]:
    """Return the tilt, its variance and the probability (N,) of each edge to be a true vertical."""
    prior = np.radians([_TILT_SD_DEG, _FAN_SD_DEG]) ** -2.0
    state = np.array([tilt, fan])
    for _ in range(_ROUNDS):
        off = edges.tilt - _predicted(edges, state[:1], state[1:])
        inside, outside = _shares(edges, off)
        true = inside / (inside + outside)
        slopes = np.column_stack([np.ones_like(off), edges.right + state[0] * edges.down])
        rows = slopes * (true * edges.weight / edges.scatter**2)[:, None]
        information = rows.T @ slopes + np.diag(prior)
        state = state + np.linalg.solve(information, rows.T @ off - prior * state)
    return float(state[0]), float(np.linalg.inv(information)[0, 0]), true


def _slanted(tilt: float, lines: int) -> float:
    """Return the variance by the chance that these are no verticals but, say, the posts of a treadmill."""
    sd = np.radians(_TILT_SD_DEG)
    upright = np.exp(-0.5 * (tilt / sd) ** 2) / (np.sqrt(2 * np.pi) * sd)
    other = _SLANTED**lines / np.radians(2 * STEEP_DEG)
    return float(other / (other + (1 - _SLANTED**lines) * upright) * (tilt**2 + sd**2))


def _separate(right: Floats) -> int:
    """Count edges that do not stand close beside each other."""
    return int((np.diff(np.sort(right)) > _BESIDE).sum()) + 1 if len(right) else 0


def _middle(plumbs: list[Plumb]) -> Plumb:
    """Return the median over pictures in which the camera points elsewhere each time."""
    seen = [plumb for plumb in plumbs if plumb.lines]
    if 2 * len(seen) < len(plumbs):
        return _NOTHING
    tilts, sds = np.array([plumb.tilt_deg for plumb in seen]), np.array([plumb.sd_deg for plumb in seen])
    tilt = float(np.median(tilts))
    spread = 1.5 * float(np.median(np.abs(tilts - tilt)))
    sd = float(np.sqrt(np.median(sds) ** 2 + spread**2 / len(seen) + _MOVING_SD_DEG**2))
    lines = int(np.median([plumb.lines for plumb in seen]))
    return Plumb(tilt, sd, lines, float(np.median([plumb.agree for plumb in seen])))
