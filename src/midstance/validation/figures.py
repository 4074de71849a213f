"""Differences of every pair, and their spread in every group, as drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.report.axes import axes
from midstance.report.svg import Scale, drawing, element, line, text, ticks
from midstance.report.words import tick_words
from midstance.validation.words import group_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from midstance.validation.records import Row

__all__ = ["STRIKES", "bland_altman", "group_bars"]

STRIKES = ("rearfoot", "midfoot", "forefoot", "other")
_WIDTH, _HEIGHT = 400.0, 270.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 352.0, 14.0, 228.0
_BAR_ROW, _BAR_LEFT, _BAR_RIGHT = 23.0, 82.0, 390.0
_ROOM = 1.15


def bland_altman(
    level: NDArray[np.float64],
    apart: NDArray[np.float64],
    strike: NDArray[np.str_],
    row: Row,
    factor: float,
    words: tuple[str, str],
) -> str:
    """Draw how far two measurements are apart over their level.

    Parameters
    ----------
    level
        Where each pair lies (N,), in the unit of the axis below.
    apart
        Found − true (N,), in shown units.
    strike
        How the foot landed (N,): gives the colour.
    row
        Bias and limits of agreement of all pairs.
    factor
        How many shown units make one of the row's.
    words
        What the axes show: below, and upwards.

    Returns
    -------
    str
        An SVG drawing; empty where there is no pair.

    References
    ----------
    Bland & Altman 1986, Lancet 327:307, doi 10.1016/S0140-6736(86)90837-8.
    """
    known = np.isfinite(level) & np.isfinite(apart)
    if not known.any():
        return ""
    level, apart, strike = level[known], apart[known], strike[known]
    lines = factor * np.array([row.bias, row.loa_low, row.loa_high])
    x = Scale(*_span(level, 0.04), _LEFT, _RIGHT)
    y = Scale(*_heights(apart, lines), _BOTTOM, _TOP)
    inside = (apart >= y.low) & (apart <= y.high)
    parts = [*axes(x, y, across=6, up=6), *_levels(lines, y)]
    parts += [
        _dots(x(level[own]), y(apart[own]), name)
        for name in STRIKES
        if (own := inside & (strike == name)).any()
    ]
    parts += [text(_LEFT + 3, _TOP - 3, words[1], "note"), text(_RIGHT, _HEIGHT - 6, words[0], "note", "end")]
    if not inside.all():
        parts.append(text(_LEFT + 3, _BOTTOM - 6, f"{int((~inside).sum())} outside the drawing", "note"))
    return drawing(_WIDTH, _HEIGHT, f"{words[1]} of {len(level)} pairs, over {words[0]}", parts)


def _span(values: NDArray[np.float64], air: float) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = air * (high - low) or 1.0
    return low - room, high + room


def _heights(apart: NDArray[np.float64], lines: NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of the differences drawn: all but a few far out, zero and the limits."""
    low, high = np.percentile(apart, (0.2, 99.8)) if len(apart) > 100 else (apart.min(), apart.max())  # noqa: PLR2004
    ends = np.array([low, high, 0.0, *lines[np.isfinite(lines)]])
    return _span(ends, 0.5 * (_ROOM - 1.0))


def _levels(lines: NDArray[np.float64], y: Scale) -> list[str]:
    """Draw bias and limits of agreement, each with its number."""
    parts = []
    for value, shade in zip(lines, ("both level", "limit", "limit"), strict=True):
        if np.isfinite(value):
            place = float(y(value))
            parts.append(line(_LEFT, place, _RIGHT, place, shade))
            parts.append(text(_RIGHT + 5, place + 4, tick_words(round(float(value), 1)), "tick"))
    return parts


def _dots(x: NDArray[np.float64], y: NDArray[np.float64], name: str) -> str:
    """Draw all pairs of one colour as one path of points."""
    points = "".join(f"M{a:.1f} {b:.1f}h0" for a, b in zip(x, y, strict=True))
    many = "many" if len(x) > 300 else "few"  # noqa: PLR2004  (so many lie on top of each other)
    return element("path", d=points, class_=f"dots {name} {many}")


def group_bars(rows: Sequence[Row], factor: float, unit: str) -> str:
    """Draw bias and limits of agreement of every group, one below the other.

    Parameters
    ----------
    rows
        One for each group.
    factor
        How many shown units make one of the rows'.
    unit
        As shown.

    Returns
    -------
    str
        An SVG drawing; empty where no row has a bias.
    """
    rows = [row for row in rows if np.isfinite(row.bias)]
    if not rows:
        return ""
    values = factor * np.array([[row.bias, row.loa_low, row.loa_high] for row in rows])
    x = Scale(*_span(np.append(values[np.isfinite(values)], 0.0), 0.05), _BAR_LEFT, _BAR_RIGHT)
    bottom = 10.0 + _BAR_ROW * len(rows)
    parts = [
        line(float(x(v)), 6.0, float(x(v)), bottom, "zero" if v == 0 else "grid")
        for v in ticks(x.low, x.high)
    ]
    parts += [text(float(x(v)), bottom + 15, tick_words(v), "tick", "middle") for v in ticks(x.low, x.high)]
    for k, (row, ends) in enumerate(zip(rows, values, strict=True)):
        parts += _bar(row, ends, x, 10.0 + _BAR_ROW * (k + 0.5))
    parts.append(
        text(_BAR_RIGHT, bottom + 32, f"bias and limits of agreement, {unit}".rstrip(", "), "note", "end")
    )
    said = "; ".join(f"{group_words(row.group)} {factor * row.bias:.1f}" for row in rows)
    return drawing(_WIDTH, bottom + 38, f"bias by group: {said}", parts)


def _bar(row: Row, ends: NDArray[np.float64], x: Scale, middle: float) -> list[str]:
    name = row.group.partition("=")[2]
    shade = name if name in STRIKES else "both"
    parts = [text(_BAR_LEFT - 8, middle + 4, group_words(row.group), "note", "end")]
    if np.isfinite(ends).all():
        parts.append(line(float(x(ends[1])), middle, float(x(ends[2])), middle, f"whisker {shade}"))
    return [*parts, element("circle", cx=float(x(ends[0])), cy=middle, r=4.6, class_=f"mark {shade}")]
