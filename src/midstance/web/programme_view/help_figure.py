"""Ratings over time: phases shaded, the level of each with its interval, running beneath."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from midstance.model import TrainingRun
from midstance.report.svg import Scale, drawing, element, line, text
from midstance.single_case import Course, Level
from midstance.web.figures.day_scale import DayScale

__all__ = ["Band", "help_figure"]

_NARROW_PX, _LEFT_PX = 500.0, 30.0
_TOP_PX, _PAIN_PX, _GAP_PX, _LOAD_PX, _AXIS_PX = 26.0, 190.0, 30.0, 52.0, 26.0
_TICK_PX = 62.0
_WORST = 10.0


@dataclass(frozen=True, slots=True)
class Band:
    """A phase as it is drawn.

    Parameters
    ----------
    letter
        What it is called in the drawing.
    first, last
        Its days.
    tried
        Whether something was tried in it.
    """

    letter: str
    first: date
    last: date
    tried: bool


@dataclass(frozen=True, slots=True)
class _Area:
    days: DayScale
    pain: Scale

    @property
    def bottom(self) -> float:
        return self.pain.start


def help_figure(  # what is drawn
    course: Course,
    first: date,
    bands: Sequence[Band],
    levels: Sequence[Level],
    runs: Sequence[TrainingRun],
    width: float,
    label: str,
) -> str:
    """Draw the ratings of a course with its phases.

    Parameters
    ----------
    course
        The ratings.
    first
        Day of the first rating.
    bands
        The phases, in order.
    levels
        Pain of each phase, in the same order as far as there are ratings.
    runs
        Training, of which the distance of each week is drawn beneath.
    width
        Width of the drawing [px].
    label
        What it says to who cannot see it.

    Returns
    -------
    str
        An SVG drawing.
    """
    start = min([first, *(band.first for band in bands)])
    end = max([first + timedelta(days=float(course.day[-1])), *(band.last for band in bands)])
    area = _Area(DayScale(start, end, _LEFT_PX, width - 6.0), Scale(0.0, _WORST, _TOP_PX + _PAIN_PX, _TOP_PX))
    bottom = area.bottom + _GAP_PX + _LOAD_PX
    parts = [
        *_bands(bands, area),
        *_grid(area),
        *_levels(levels, first, area),
        *_ratings(course, first, area),
    ]
    parts += [*_load(runs, area, bottom), *_axis(area, bottom)]
    return drawing(width, bottom + _AXIS_PX, label, parts, "figure help-figure")


def _bands(bands: Sequence[Band], area: _Area) -> list[str]:
    parts = []
    half = 0.5 * area.days.day_px
    for band in bands:
        left, right = area.days.middle(band.first) - half, area.days.middle(band.last) + half
        kind = "phase tried" if band.tried else "phase"
        parts.append(
            element(
                "rect",
                x=left,
                y=_TOP_PX,
                width=max(right - left - 1.0, 1.0),
                height=_PAIN_PX,
                class_=kind,
            )
        )
        parts.append(text(left + 5.0, _TOP_PX - 8.0, band.letter, "label"))
    return parts


def _grid(area: _Area) -> list[str]:
    parts = []
    for value in (0, 2, 5, 10):
        y = area.pain.at(value)
        parts += [
            line(area.days.start, y, area.days.end, y, "grid"),
            text(area.days.start - 8.0, y + 4.0, str(value), "tick", "end"),
        ]
    return parts


def _levels(levels: Sequence[Level], first: date, area: _Area) -> list[str]:
    parts = []
    for level in levels:
        left, right = (
            area.days.middle(first + timedelta(days=day)) for day in (level.first_day, level.last_day)
        )
        left, right = left - 5.0, right + 5.0
        if math.isfinite(level.low):
            top, bottom = area.pain.at(level.high), area.pain.at(level.low)
            parts.append(
                element(
                    "rect",
                    x=left,
                    y=top,
                    width=right - left,
                    height=max(bottom - top, 1.0),
                    class_="level-band",
                )
            )
        y = area.pain.at(level.value)
        parts.append(line(left, y, right, y, "level"))
    return parts


def _ratings(course: Course, first: date, area: _Area) -> list[str]:
    return [
        element(
            "circle",
            cx=area.days.middle(first + timedelta(days=float(day))),
            cy=area.pain.at(float(pain)),
            r=3.6,
            class_="rated tried" if treated else "rated",
        )
        for day, pain, treated in zip(course.day, course.pain, course.treated, strict=True)
    ]


def _load(runs: Sequence[TrainingRun], area: _Area, bottom: float) -> list[str]:
    """Return the distance of each week as bars, the largest as high as there is room."""
    weeks: dict[date, float] = defaultdict(float)
    for run in runs:
        day = run.started.astimezone().date()
        if area.days.first <= day <= area.days.last and run.distance_m:
            weeks[day - timedelta(days=day.weekday())] += run.distance_m
    most = max(weeks.values(), default=0.0)
    parts = [text(area.days.start, bottom - _LOAD_PX - 8.0, "running, week by week", "note")]
    for monday, metres in sorted(weeks.items()):
        left = max(area.days.middle(monday) - 0.5 * area.days.day_px, area.days.start)
        right = min(area.days.middle(monday) + 6.5 * area.days.day_px, area.days.end)
        height = _LOAD_PX * metres / most
        parts.append(
            element(
                "rect",
                x=left + 1.0,
                y=bottom - height,
                width=max(right - left - 2.0, 1.0),
                height=height,
                rx=min(3.0, 0.5 * height),
                class_="load",
            )
        )
    return parts if weeks else []


def _axis(area: _Area, bottom: float) -> list[str]:
    parts = [line(area.days.start, bottom, area.days.end, bottom, "axis")]
    about = int((area.days.end - area.days.start) / _TICK_PX)
    parts += [text(x, bottom + 18.0, words, "tick", "middle") for x, words in area.days.ticks(about)]
    return parts
