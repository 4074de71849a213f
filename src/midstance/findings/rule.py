"""The rules, as they stand in the tables."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from midstance.model import Advice, Grade, Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midstance.model import Triage

__all__ = ["Clause", "Offer", "Rule", "all_rules", "offers", "table"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition on a measure.

    Parameters
    ----------
    measure
        Key of the catalogue.
    below, above
        A number in the catalogue's unit, a percentile of healthy runners such as `p10`, or pairs of speed
        [m/s] and number; None for the one that is not meant.
    difference
        Whether left minus right is meant, in whichever direction.
    """

    measure: str
    below: float | str | Sequence[Sequence[float]] | None = None
    above: float | str | Sequence[Sequence[float]] | None = None
    difference: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A piece of advice and for whom it is.

    Parameters
    ----------
    advice
        What is offered.
    only_on, not_on
        Routes it is for, all where empty; routes it is not for.
    not_with
        Keys of context with which it is not offered.
    """

    advice: Advice
    only_on: frozenset[str] = frozenset()
    not_on: frozenset[str] = frozenset()
    not_with: frozenset[str] = frozenset()

    def suits(self, triage: Triage | None) -> bool:
        """Return whether it is for this runner; without an interview, what is for one route only is not."""
        if triage is None:
            return not self.only_on
        allowed = not self.only_on or triage.route in self.only_on
        return allowed and triage.route not in self.not_on and not self.not_with & triage.context


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `docs/explanation/findings.md` says how it works.

    Parameters
    ----------
    key, title, seen, why, otherwise, grade, sources
        As in the finding it becomes; `{who}` in the title stands for the legs it holds for.
    relevance
        How much it matters without an interview, 0 to 1.
    advice
        Keys of the advice, in the order in which it is shown.
    clauses
        What has to hold, all together.
    group
        Of one group at most one finding is shown.
    covers
        Other groups of which nothing is shown beside this one.
    sided
        Whether it is asked for each leg.
    who
        One and several of what it is about, for the title.
    open
        What is open while it is too close to call; empty for rules without measures.
    on_route, on_context
        Relevance on a route, and what a key of context adds to it.
    needs_route, needs_context, not_route
        Routes and keys of context one of which there has to be; routes there must not be.
    ground
        Slopes on which it means something [%], + uphill; None where slope is of no matter.
    """

    key: str
    title: str
    seen: str
    why: str
    otherwise: str
    grade: Grade
    sources: tuple[Source, ...]
    relevance: float
    advice: tuple[str, ...]
    clauses: tuple[Clause, ...] = ()
    group: str = ""
    covers: frozenset[str] = frozenset()
    sided: bool = False
    who: tuple[str, str] = ("", "")
    open: str = ""
    on_route: Mapping[str, float] | None = None
    on_context: Mapping[str, float] | None = None
    needs_route: frozenset[str] = frozenset()
    needs_context: frozenset[str] = frozenset()
    not_route: frozenset[str] = frozenset()
    ground: tuple[float, float] | None = None


def table(name: str) -> dict[str, Any]:
    """Return a table of this room by its name."""
    text = resources.files("midstance.findings").joinpath(f"data/{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _sources() -> dict[str, Source]:
    return {key: Source(**row) for key, row in table("sources").items()}


@cache
def offers() -> dict[str, Offer]:
    """Return every piece of advice by its key."""
    return {key: _offer(row) for key, row in table("advice").items()}


def _offer(row: dict[str, Any]) -> Offer:
    limits = {key: frozenset(row.pop(key, ())) for key in ("only_on", "not_on", "not_with")}
    sources = tuple(_sources()[key] for key in row.pop("sources", ()))
    return Offer(Advice(grade=Grade(row.pop("grade")), sources=sources, **row), **limits)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of the table."""
    return tuple(_rule(row) for row in table("rules")["rule"])


def _rule(row: dict[str, Any]) -> Rule:
    read: dict[str, Any] = {
        "clauses": tuple(Clause(**clause) for clause in row.pop("condition", ())),
        "grade": Grade(row.pop("grade")),
        "sources": tuple(_sources()[key] for key in row.pop("sources")),
    }
    for key in ("covers", "needs_route", "needs_context", "not_route"):
        read[key] = frozenset(row.pop(key, ()))
    for key in ("advice", "who", "ground"):
        read |= {key: tuple(row.pop(key))} if key in row else {}
    return Rule(**read, **row)
