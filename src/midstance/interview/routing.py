"""Which story a pain belongs to, and what a runner is told about it: a way, not a diagnosis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from midstance.interview.condition import conditions, hold
from midstance.interview.question import all_questions, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.model import Route, Triage

    Facts = Mapping[str, frozenset[str] | float]

__all__ = ["Told", "context_of", "route_of", "told"]


@dataclass(frozen=True, slots=True)
class Told:
    """What a runner is told after the interview.

    Parameters
    ----------
    title
        Where the pain is, or that something comes first.
    paragraphs
        What to know, in plain words.
    programme
        `full`, `load` (load and gentle lessons first), `see_first` (let someone look first), or `stop`.
    without_cues
        Keys of cues that are not offered.
    articles
        Keys of articles worth reading, the nearest first.
    """

    title: str
    paragraphs: tuple[str, ...]
    programme: Literal["full", "load", "see_first", "stop"]
    without_cues: frozenset[str] = frozenset()
    articles: tuple[str, ...] = ()


def route_of(facts: Facts) -> Route:
    """Return the route for what has been said; `no_pain` until a place is named."""
    if "site" not in facts:
        return "no_pain"
    rows = table("routes")["route"]
    found: Route = next(row["route"] for row in rows if hold(conditions(row["when"]), facts))
    return found


def context_of(facts: Facts) -> frozenset[str]:
    """Return the keys of what else was said, and of what follows from it."""
    said: set[str] = set()
    for asked in all_questions():
        chosen = facts.get(asked.key)
        if asked.context and isinstance(chosen, frozenset):
            said |= {option.key for option in asked.options if not option.none_of_these} & chosen
    rows = table("routes")["context"]
    return frozenset(said | {row["key"] for row in rows if hold(conditions(row["when"]), facts)})


def told(triage: Triage) -> Told:
    """Put an interview's outcome into words.

    Parameters
    ----------
    triage
        What the answers come to.

    Returns
    -------
    Told
        Of the route and of what else was said; of the red flags only, where there are any.
    """
    if triage.stop:
        said = tuple(f"{flag.sentence} {flag.what_to_do}" for flag in triage.red_flags)
        return Told("Please have this looked at first", said, "stop")
    base = table("routes")["told"][triage.route]
    rows = [row for row in table("routes")["besides"] if hold(conditions(row["when"]), _facts(triage))]
    cues = [*base.get("without_cues", ()), *(cue for row in rows for cue in row.get("without_cues", ()))]
    articles = [*base["articles"], *(key for row in rows for key in row.get("articles", ()))]
    return Told(
        base["title"],
        (*base["paragraphs"], *(row["sentence"] for row in rows)),
        base["programme"],
        frozenset(cues),
        tuple(dict.fromkeys(articles)),
    )


def _facts(triage: Triage) -> Facts:
    facts: dict[str, frozenset[str] | float] = {
        "route": frozenset({triage.route}),
        "context": triage.context,
        "tried": frozenset(tried.value for tried in triage.tried),
    }
    numbers = {"weeks": triage.weeks, "worst": triage.worst}
    return facts | {key: number for key, number in numbers.items() if number is not None}
