"""Trends: numbers, training and pain on one time line, and what has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from midstance.journal import MeasureRow, Person, Store
from midstance.report.words import HIP_OVER_ANKLE, metric_of
from midstance.web.asking import store_of
from midstance.web.changes import Trend, trend_words
from midstance.web.figures import change_bar, time_line
from midstance.web.pages.chosen import chosen_person
from midstance.web.pages.past_analyses import past_analyses
from midstance.web.pages.trend_lanes import CADENCE, STRIKE, Span, lanes_of, readings_of
from midstance.web.rendering import page
from midstance.web.words import own_today

__all__ = ["Change", "router", "trends"]

router = APIRouter(include_in_schema=False)
SpanName = Literal["8w", "6m", "1y", "all"]
_SPANS: dict[str, tuple[str, int]] = {"8w": ("8 weeks", 56), "6m": ("6 months", 183), "1y": ("A year", 365)}
_COMPARED = (
    (HIP_OVER_ANKLE, ("right", "left")),
    (STRIKE, ("right", "left")),
    (CADENCE, ("both",)),
    ("contact_time_s", ("right", "left")),
    ("vertical_oscillation_m", ("both",)),
    ("trunk_lean_deg", ("both",)),
)
_WIDE_PX, _NARROW_PX = 940.0, 338.0
_FEWEST_DAYS = 28
_LISTED, _IN_TABLE = 12, 120


@dataclass(frozen=True, slots=True)
class Change:
    """One row of what has changed.

    Parameters
    ----------
    name, side
        Which number of which leg.
    trend
        What can be said.
    figure
        The change against noise, drawn; empty where there is nothing to compare.
    """

    name: str
    side: str
    trend: Trend
    figure: Markup


@router.get("/trends", response_class=HTMLResponse)
def trends(request: Request, span: SpanName = "8w") -> HTMLResponse:
    """Show the time line, the changes, and every analysis."""
    person, store = chosen_person(request), store_of(request)
    shown = _span(store, person, span)
    numbers = {key: store.analyses.measures(person.id, key, since=shown.start) for key, _ in _COMPARED}
    lanes = lanes_of(store, person, shown, numbers)
    label = f"Numbers, training and pain of {person.name} from {shown.first} to {shown.last}"
    figures = [
        Markup(time_line(lanes, shown.first, shown.last, width, label)) if lanes else Markup()  # noqa: S704  # our own
        for width in (_WIDE_PX, _NARROW_PX)
    ]
    return page(
        request,
        "trends.html",
        person=person,
        spans=[(name, words) for name, (words, _) in _SPANS.items()] + [("all", "Everything")],
        span=span,
        wide=figures[0],
        narrow=figures[1],
        thinned=shown.thinned,
        changes=_changes(numbers),
        table=readings_of(numbers[HIP_OVER_ANKLE][-_IN_TABLE:], shown, thin=False),
        analyses=past_analyses(
            store.analyses.of(person.id, limit=_LISTED), numbers[HIP_OVER_ANKLE][-4 * _LISTED :]
        ),
    )


def _span(store: Store, person: Person, name: SpanName) -> Span:
    last = own_today()
    if name != "all":
        return Span(last - timedelta(days=_SPANS[name][1] - 1), last)
    firsts = [recording.filmed.astimezone().date() for recording in store.recordings.of(person.id)[-1:]]
    firsts += [day for day, _ in store.pains.worst_of_days(person.id)[:1]]
    firsts += [row.run.started.date() for row in store.runs.of(person.id)[:1]]
    return Span(min([*firsts, last - timedelta(days=_FEWEST_DAYS)]), last)


def _changes(numbers: dict[str, list[MeasureRow]]) -> list[Change]:
    changes = []
    for key, sides in _COMPARED:
        for side in sides:
            rows = [row for row in numbers[key] if row.side == side]
            if rows:
                changes.append(_change(key, side, trend_words(rows)))
    return changes


def _change(key: str, side: str, trend: Trend) -> Change:
    title = metric_of(key).title
    if trend.state == "too_few":
        return Change(title, side, trend, Markup())
    words = f"{title}, {side}: {trend.sentence}"
    drawn = Markup(change_bar(trend.change, trend.detectable, side, words))  # noqa: S704  # our own drawing
    return Change(title, side, trend, drawn)
