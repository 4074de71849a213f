"""Drawn intervals: the answer on its axis, and the small bars in the table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

from midstance.report.svg import Scale, drawing, element, line, text, ticks
from midstance.report.words import hip_words, interval_words, metric_of, number, shown, tick_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midstance.model import Estimate

__all__ = ["NormRange", "answer_figure", "interval_bar", "shared_span"]

NormRange: TypeAlias = tuple[float, float, str]
"""Low, high (in the metric's unit) and who they were measured on."""

_WIDTH, _HEIGHT, _EDGE = 400.0, 128.0, 14.0
_AXIS_Y, _BAND_TOP, _VALUE_Y = 92.0, 34.0, 62.0
_BAR_WIDTH, _BAR_HEIGHT = 132.0, 20.0


def shared_span(estimates: Iterable[Estimate], norm: NormRange | None, *, zero: bool) -> tuple[float, float]:
    """Return the ends of an axis that holds intervals, norm range and, if asked, zero.

    Parameters
    ----------
    estimates
        What will be drawn; refused ones are passed over.
    norm
        Range of healthy runners, in the same unit.
    zero
        Whether zero belongs on the axis.

    Returns
    -------
    tuple of float
        Low and high, in the unit of the estimates, with some air on both sides.
    """
    ends = [end for e in estimates for end in (e.low, e.high) if math.isfinite(end)]
    ends += list(norm[:2]) if norm else []
    ends += [0.0] if zero or not ends else []
    low, high = min(ends), max(ends)
    air = 0.12 * (high - low) or 0.1 * abs(high) or 1.0
    return low - air, high + air


def answer_figure(estimate: Estimate, side: str, norm: NormRange | None, span: tuple[float, float]) -> str:
    """Draw hip over ankle with its interval on a centimetre axis; the runner runs to the right.

    Parameters
    ----------
    estimate
        Hip over ankle [m].
    side
        `left` or `right`: its colour and mark.
    norm
        Range of healthy runners [m].
    span
        Ends of the axis [m]; the same for both legs, so that they can be compared.

    Returns
    -------
    str
        An SVG drawing.
    """
    x = Scale(100 * span[0], 100 * span[1], _EDGE, _WIDTH - _EDGE)
    metric = metric_of("hip_over_ankle_at_midstance_m")
    label = (
        f"{side} hip {hip_words(estimate.value, of='the ankle')}; "
        f"95 % interval {interval_words(metric, estimate)}"
        + (f"; {norm[2]}: {_range_words(norm)}" if norm else "")
    )
    return drawing(_WIDTH, _HEIGHT, label, [*_axis(x), *_norm(x, norm), *_interval(x, estimate, side)])


def _range_words(norm: NormRange) -> str:
    return f"{number(100 * norm[0], 1)} to {number(100 * norm[1], 1)} cm"


def _axis(x: Scale) -> list[str]:
    marks = []
    for value in ticks(x.low, x.high, 6):
        place = float(x(value))
        marks.append(line(place, _AXIS_Y, place, _AXIS_Y + 5, "axis"))
        marks.append(text(place, _AXIS_Y + 18, tick_words(value), "tick", "middle"))
    zero = x.at(0.0)
    return [
        line(_EDGE, _AXIS_Y, _WIDTH - _EDGE, _AXIS_Y, "axis"),
        line(zero, _BAND_TOP - 10, zero, _AXIS_Y, "plumb"),
        text(zero, _BAND_TOP - 16, "above the ankle", "note", _anchor(zero)),
        *marks,
        text(_EDGE, _HEIGHT - 2, "← behind", "note"),
        text(_WIDTH - _EDGE, _HEIGHT - 2, "ahead, cm →", "note", "end"),
    ]


def _anchor(place: float) -> str:
    edge = 60.0
    return "start" if place < edge else "end" if place > _WIDTH - edge else "middle"


def _norm(x: Scale, norm: NormRange | None) -> list[str]:
    if norm is None:
        return []
    start, end = x.at(100 * norm[0]), x.at(100 * norm[1])
    height = _AXIS_Y - _BAND_TOP
    return [element("rect", x=start, y=_BAND_TOP, width=end - start, height=height, rx=4.0, class_="norm")]


def _interval(x: Scale, estimate: Estimate, side: str) -> list[str]:
    low, middle, high = (x.at(100 * value) for value in (estimate.low, estimate.value, estimate.high))
    shade = f"{side} whisker"
    return [
        line(low, _VALUE_Y, high, _VALUE_Y, shade),
        *(line(end, _VALUE_Y - 7, end, _VALUE_Y + 7, shade) for end in (low, high)),
        _mark(middle, _VALUE_Y, side, 7.0),
        text(middle, _VALUE_Y - 14, hip_words(estimate.value), "reading", _anchor(middle)),
    ]


def _mark(x: float, y: float, side: str, size: float) -> str:
    """Return a dot for the left leg, a square for the right one."""
    if side == "right":
        edge = 0.9 * size
        return element("rect", x=x - edge, y=y - edge, width=2 * edge, height=2 * edge, class_="right mark")
    return element("circle", cx=x, cy=y, r=size, class_=f"{side} mark")


def interval_bar(
    key: str, estimate: Estimate, side: str, norm: NormRange | None, span: tuple[float, float]
) -> str:
    """Draw a value with its interval as a bar small enough for a table.

    Parameters
    ----------
    key
        Name in the metric catalogue.
    estimate
        The number, not refused.
    side
        `left`, `right` or `both`: its colour and mark.
    norm
        Range of healthy runners, in the metric's unit.
    span
        Ends of the axis, in the metric's unit.

    Returns
    -------
    str
        An SVG drawing.
    """
    x = Scale(*span, 3.0, _BAR_WIDTH - 3.0)
    middle = _BAR_HEIGHT / 2
    metric = metric_of(key, estimate.unit)
    label = f"{shown(metric, estimate.value)}, interval {interval_words(metric, estimate)}"
    parts = [line(3.0, middle, _BAR_WIDTH - 3.0, middle, "grid")]
    if norm:
        start, end = x.at(norm[0]), x.at(norm[1])
        parts.append(element("rect", x=start, y=2.0, width=end - start, height=16.0, rx=3.0, class_="norm"))
    if span[0] < 0 < span[1]:
        parts.append(line(x.at(0.0), 1.0, x.at(0.0), _BAR_HEIGHT - 1, "plumb"))
    parts.append(line(x.at(estimate.low), middle, x.at(estimate.high), middle, f"{side} whisker"))
    parts.append(_mark(x.at(estimate.value), middle, side, 4.0))
    return drawing(_BAR_WIDTH, _BAR_HEIGHT, label, parts, "bar")
