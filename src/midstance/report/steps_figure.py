"""Step by step: hip over ankle of every step, and by every definition of midstance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.model import SIDES, Side
from midstance.report.axes import axes
from midstance.report.svg import Scale, drawing, element, line, text
from midstance.report.words import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from midstance.model import Estimate, StepTable

__all__ = ["definition_bar", "step_scatter"]

_WIDTH, _HEIGHT = 400.0, 260.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 394.0, 12.0, 222.0
_BAR_WIDTH, _BAR_HEIGHT = 110.0, 20.0


def step_scatter(steps: StepTable, key: str, estimates: Mapping[str, Estimate]) -> str:
    """Draw one value per step over time, with the mean and interval of each leg.

    Parameters
    ----------
    steps
        The step table.
    key
        Column to draw [m]; shown in centimetres.
    estimates
        The number of each side [m]; the steps of a side without one are hollow.

    Returns
    -------
    str
        An SVG drawing; empty where no step has a value.
    """
    values = 100.0 * steps.values.get(key, np.full(len(steps.contacts), np.nan))
    time_s = steps.midstances.time_s
    known = np.isfinite(values) & np.isfinite(time_s)
    if not known.any():
        return ""
    ends = [100 * end for e in estimates.values() for end in (e.low, e.high) if np.isfinite(end)]
    y = Scale(*_span(np.r_[values[known], ends, 0.0]), _BOTTOM, _TOP)
    x = Scale(*_span(time_s[known]), _LEFT, _RIGHT)
    parts = _frame(x, y)
    for side in SIDES:
        parts += _level(estimates.get(side), side, y)
        own = known & steps.contacts.of(side)
        parts += [
            _dot(float(x(t)), float(y(v)), side, whole=bool(whole) and side in estimates)
            for t, v, whole in zip(time_s[own], values[own], steps.complete[own], strict=True)
        ]
    count = int(known.sum())
    return drawing(_WIDTH, _HEIGHT, f"hip over ankle at midstance of {count} steps, in centimetres", parts)


def _span(values: NDArray[np.float64]) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    air = 0.06 * (high - low) or 1.0
    return low - air, high + air


def _frame(x: Scale, y: Scale) -> list[str]:
    return [
        *axes(x, y, across=6, up=6),
        text(_RIGHT, _HEIGHT - 4, "time in the clip, s", "note", "end"),
        text(_LEFT + 3, _TOP + 10, "↑ hip ahead, cm", "note"),
        text(_LEFT + 3, _BOTTOM - 6, "↓ hip behind", "note"),
    ]


def _level(estimate: Estimate | None, side: Side, y: Scale) -> list[str]:
    if estimate is None or not np.isfinite(estimate.value):
        return []
    low, middle, high = (y.at(100 * value) for value in (estimate.low, estimate.value, estimate.high))
    box = element("rect", x=_LEFT, y=high, width=_RIGHT - _LEFT, height=low - high, class_=f"{side} spread")
    return [box, line(_LEFT, middle, _RIGHT, middle, f"{side} level")]


def _dot(x: float, y: float, side: Side, *, whole: bool) -> str:
    shade = f"{side} {'step' if whole else 'step hollow'}"
    if side == "left":
        return element("circle", cx=x, cy=y, r=4.0, class_=shade)
    return element("rect", x=x - 3.6, y=y - 3.6, width=7.2, height=7.2, class_=shade)


def definition_bar(values_m: Mapping[str, float], span: tuple[float, float]) -> str:
    """Draw hip over ankle of both legs under one definition of midstance.

    Parameters
    ----------
    values_m
        Value of each side [m]; NaN where unknown.
    span
        Ends of the axis [m].

    Returns
    -------
    str
        An SVG drawing.
    """
    x = Scale(*span, 5.0, _BAR_WIDTH - 5.0)
    middle = _BAR_HEIGHT / 2
    parts = [line(5.0, middle, _BAR_WIDTH - 5.0, middle, "grid")]
    if span[0] < 0 < span[1]:
        parts.append(line(x.at(0.0), 1.0, x.at(0.0), _BAR_HEIGHT - 1, "plumb"))
    for side in SIDES:
        value = values_m.get(side, np.nan)
        if np.isfinite(value):
            parts.append(_dot(x.at(value), middle, side, whole=True))
    said = ", ".join(f"{side} {number(100 * value, 1)} cm" for side, value in values_m.items())
    return drawing(_BAR_WIDTH, _BAR_HEIGHT, said or "unknown", parts, "bar wide")
