"""What the programme does on each route, and the advice that stands first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import get_args

from midstance.model import Advice, Route
from midstance.programme.library import content_text
from midstance.programme.table import Table, table_of

__all__ = ["RoutePlan", "general_advice", "route_plan"]

_PHASES = ("settle", "baseline", "cues", "keep", "maintain")


@dataclass(frozen=True, slots=True)
class RoutePlan:
    """What the programme does for one story.

    Parameters
    ----------
    title, story
        As shown.
    cues
        Keys of the cues that fit, the best supported first.
    phases
        Names of the phases, in order.
    lessons
        Whether lessons are suggested.
    clinician
        When to see somebody.
    load
        What to do about load.
    """

    title: str
    story: str
    cues: tuple[str, ...]
    phases: tuple[str, ...]
    lessons: bool
    clinician: str
    load: str


@cache
def _routes() -> dict[str, RoutePlan]:
    table = table_of(content_text("routes.toml"), "routes.toml")
    found = {route: _route(table.table(route)) for route in get_args(Route)}
    table.finish()
    return found


def _route(table: Table) -> RoutePlan:
    route = RoutePlan(
        title=table.text("title"),
        story=_one_line(table.text("story")),
        cues=table.texts("cues"),
        phases=table.choices("phases", _PHASES),
        lessons=table.flag("lessons"),
        clinician=_one_line(table.text("clinician")),
        load=_one_line(table.text("load")),
    )
    table.finish()
    return route


def route_plan(route: Route) -> RoutePlan:
    """Return what the programme does on a route.

    Parameters
    ----------
    route
        Which one.

    Returns
    -------
    RoutePlan
        Read once.
    """
    return _routes()[route]


@cache
def _advice() -> dict[str, Advice]:
    table = table_of(content_text("advice.toml"), "advice.toml")
    return {key: _piece(table.table(key)) for key in table.values}


def _piece(table: Table) -> Advice:
    return Advice(
        sentence=_one_line(table.text("sentence")),
        grade=table.grade(),
        sources=table.sources(),
        watch=_one_line(table.text("watch", "")),
        article=table.text("article", ""),
    )


def general_advice(key: str) -> Advice:
    """Return a piece of general advice.

    Parameters
    ----------
    key
        Its name in `advice.toml`.

    Returns
    -------
    Advice
        With its grade and sources.
    """
    return _advice()[key]


def _one_line(text: str) -> str:
    return " ".join(text.split())
