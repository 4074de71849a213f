"""Everything on one time line: numbers with intervals, training, pain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from midstance.report.svg import drawing, line, text
from midstance.web.figures.day_scale import DayScale
from midstance.web.figures.lane_drawing import lane_parts
from midstance.web.figures.lanes import Lane

__all__ = ["time_line"]

_NARROW_PX = 500.0
_AXIS_PX, _GAP_PX, _TITLE_PX = 26.0, 30.0, 26.0
_TICK_PX = 62.0


def time_line(lanes: Sequence[Lane], first: date, last: date, width: float, label: str) -> str:
    """Draw lanes above each other, over one axis of days.

    Parameters
    ----------
    lanes
        From the top down.
    first, last
        Days at both ends.
    width
        Width of the drawing [px]; below 500 px it is drawn for a phone.
    label
        What it says to who cannot see it.

    Returns
    -------
    str
        An SVG drawing.
    """
    narrow = width < _NARROW_PX
    start = 30.0 if narrow else 168.0
    days = DayScale(first, last, start, width - 8.0)
    parts: list[str] = []
    top = _TITLE_PX if narrow else 10.0
    tops = []
    for lane in lanes:
        shown = replace(lane, height=0.9 * lane.height) if narrow else lane
        parts += [*_title(shown, top, narrow=narrow), *lane_parts(shown, days, top)]
        tops.append(top)
        top += shown.height + (_GAP_PX + 14.0 if narrow else _GAP_PX)
    bottom = top - (_GAP_PX + 14.0 if narrow else _GAP_PX) + 8.0
    axis = _axis(days, tops[0] if tops else 0.0, bottom)
    return drawing(width, bottom + _AXIS_PX, label, [*axis, *parts], "figure").replace(
        'role="img"', 'role="group"'
    )


def _title(lane: Lane, top: float, *, narrow: bool) -> list[str]:
    if narrow:
        return [
            text(0.0, top - 11.0, lane.title, "label"),
            text(330.0, top - 11.0, lane.unit, "note", "end"),
        ]
    middle = top + 0.5 * lane.height
    return [text(0.0, middle - 3.0, lane.title, "label"), text(0.0, middle + 14.0, lane.unit, "note")]


def _axis(days: DayScale, top: float, bottom: float) -> list[str]:
    marks = [line(days.start, bottom, days.end, bottom, "axis")]
    for place, words in days.ticks(int((days.end - days.start) / _TICK_PX)):
        marks.append(line(place, top, place, bottom, "grid"))
        marks.append(text(place, bottom + 18.0, words, "tick", "middle"))
    return marks
