"""How the lanes of the time line are drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import escape

from midstance.report.svg import Scale, element, line, path, text, ticks
from midstance.report.words import tick_words
from midstance.web.figures.day_scale import DayScale
from midstance.web.figures.lanes import Amount, AmountLane, Lane, Reading, ReadingLane

__all__ = ["lane_parts"]

_APART_PX = 3.0  # left and right of one analysis, side by side
_AIR = 0.12
_TALL_PX = 100.0
_FEWEST_TICKS = 2


@dataclass(frozen=True, slots=True)
class _Area:
    days: DayScale
    values: Scale

    @property
    def top(self) -> float:
        return self.values.end

    @property
    def bottom(self) -> float:
        return self.values.start


def lane_parts(lane: Lane, days: DayScale, top: float) -> list[str]:
    """Return the elements of one lane.

    Parameters
    ----------
    lane
        What is shown.
    days
        Where each day is.
    top
        Upper edge [px].

    Returns
    -------
    list of str
        SVG elements.
    """
    area = _Area(days, Scale(*_span(lane), top + lane.height, top))
    drawn = _readings(lane, area) if isinstance(lane, ReadingLane) else _amounts(lane, area)
    return [*_frame(lane, area), *drawn]


def _span(lane: Lane) -> tuple[float, float]:
    if isinstance(lane, AmountLane):
        largest = max((amount.value for amount in lane.amounts), default=1.0)
        return 0.0, lane.top or 1.1 * largest or 1.0
    ends = [end for reading in lane.readings for end in (reading.low, reading.high)]
    ends += [*lane.usual] if lane.usual else []
    ends += [0.0] if lane.zero or not ends else []
    low, high = min(ends), max(ends)
    air = _AIR * (high - low) or 0.1 * abs(high) or 1.0
    return low - air, high + air


def _frame(lane: Lane, area: _Area) -> list[str]:
    start, end = area.days.start, area.days.end
    marks = []
    for value in _ticks(area.values, 5 if lane.height > _TALL_PX else 4):
        place = float(area.values(value))
        marks.append(line(start, place, end, place, "grid"))
        marks.append(text(start - 8, place + 4, tick_words(value), "tick", "end"))
    return marks


def _ticks(values: Scale, about: int) -> list[float]:
    found = ticks(values.low, values.high, about)
    return found if len(found) > _FEWEST_TICKS else ticks(values.low, values.high, 2 * about)


def _readings(lane: ReadingLane, area: _Area) -> list[str]:
    sides = sorted({reading.side for reading in lane.readings})
    parts = [*_usual(lane, area), *_zero(lane, area)]
    for side in sides:
        own = [reading for reading in lane.readings if reading.side == side]
        shift = {"left": -_APART_PX, "right": _APART_PX}.get(side, 0.0) if len(sides) > 1 else 0.0
        places = np.array([area.days.at(reading.when) + shift for reading in own])
        values = np.array([float(area.values(reading.value)) for reading in own])
        parts.append(path(places, values, f"path thin {side}"))
        parts += [_reading(reading, float(x), area) for reading, x in zip(own, places, strict=True)]
    return parts


def _usual(lane: ReadingLane, area: _Area) -> list[str]:
    if lane.usual is None:
        return []
    low, high = (area.values.at(value) for value in lane.usual)
    days = area.days
    return [
        element("rect", x=days.start, y=high, width=days.end - days.start, height=low - high, class_="norm")
    ]


def _zero(lane: ReadingLane, area: _Area) -> list[str]:
    if not lane.zero:
        return []
    place = area.values.at(0.0)
    return [line(area.days.start, place, area.days.end, place, "plumb")]


def _reading(reading: Reading, x: float, area: _Area) -> str:
    low, middle, high = (float(area.values(v)) for v in (reading.low, reading.value, reading.high))
    drawn = line(x, low, x, high, f"{reading.side} whisker thin") + _mark(x, middle, reading.side)
    if not reading.address:
        return drawn
    return element("a", f"<title>{escape(reading.words)}</title>{drawn}", href=reading.address)


def _mark(x: float, y: float, side: str) -> str:
    if side == "right":
        return element("rect", x=x - 4.2, y=y - 4.2, width=8.4, height=8.4, rx=1.0, class_="right mark")
    return element("circle", cx=x, cy=y, r=4.7, class_=f"{side} mark")


def _amounts(lane: AmountLane, area: _Area) -> list[str]:
    known = [amount for amount in lane.amounts if math.isfinite(amount.value)]
    return _bars(known, area) if lane.kind == "bars" else _stems(known, area)


def _bars(amounts: Sequence[Amount], area: _Area) -> list[str]:
    bars = []
    for amount in amounts:
        half = 0.5 * area.days.day_px
        start = max(area.days.middle(amount.first) - half, area.days.start)
        end = min(area.days.middle(amount.last) + half, area.days.end)
        gap = min(2.0, 0.15 * (end - start))
        top = float(area.values(amount.value))
        bars.append(
            element(
                "rect",
                x=start + gap,
                y=top,
                width=max(end - start - 2 * gap, 0.5),
                height=area.bottom - top,
                rx=min(3.0, 0.5 * (area.bottom - top)),
                class_="load",
            )
        )
    return bars


def _stems(amounts: Sequence[Amount], area: _Area) -> list[str]:
    stems = []
    for amount in amounts:
        x = 0.5 * (area.days.middle(amount.first) + area.days.middle(amount.last))
        top = float(area.values(amount.value))
        size = min(4.2, max(2.2, 0.45 * area.days.day_px * ((amount.last - amount.first).days + 1)))
        if amount.value > 0:
            stems.append(line(x, area.bottom, x, top, "pain-stem"))
        stems.append(
            element("circle", cx=x, cy=top, r=size, class_="pain" if amount.value > 0 else "pain-none")
        )
    return stems
