"""From answers to a way through the program."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from midstance.interview.answering import facts_of, next_question
from midstance.interview.contradicting import contradictions
from midstance.interview.red_flags import flags_in, flags_of
from midstance.interview.routing import context_of, route_of
from midstance.model import PainSite, Triage, Tried

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from midstance.model import PainEntry

__all__ = ["triage"]

_DAYS = 7.0


def triage(
    answers: Mapping[str, Any], today: date | None = None, *, pains: Sequence[PainEntry] = ()
) -> Triage:
    """Return what the answers of an interview come to.

    Parameters
    ----------
    answers
        Question key to answer, as `checked` gives them; `answered_on` may hold the day as an ISO date.
        What is not understood counts as not answered.
    today
        The day for which it is asked; lets weeks grow since `answered_on`.
    pains
        The diary, in which a red flag may show by itself.

    Returns
    -------
    Triage
        Also of half an interview: whatever is known so far.
    """
    facts = facts_of(answers)
    flags = flags_in(facts)
    site = _site(facts)
    return Triage(
        red_flags=(*flags, *flags_of(pains, today)),
        route=route_of(facts),
        site=site,
        side=_side(facts) if site else None,
        weeks=_weeks(facts, answers, today),
        worst=_number(facts, "worst"),
        context=context_of(facts),
        tried=frozenset(Tried(key) for key in _chosen(facts, "tried") if key in set(Tried)),
        contradictions=tuple(found.sentence for found in contradictions(answers)),
        complete=not flags and next_question(answers) is None,
    )


def _chosen(facts: Mapping[str, frozenset[str] | float], key: str) -> frozenset[str]:
    fact = facts.get(key)
    return fact if isinstance(fact, frozenset) else frozenset()


def _number(facts: Mapping[str, frozenset[str] | float], key: str) -> float | None:
    fact = facts.get(key)
    return float(fact) if isinstance(fact, int | float) else None


def _site(facts: Mapping[str, frozenset[str] | float]) -> PainSite | None:
    return next((PainSite(key) for key in _chosen(facts, "site") if key in set(PainSite)), None)


def _side(facts: Mapping[str, frozenset[str] | float]) -> Literal["left", "right", "both"]:
    side = next(iter(_chosen(facts, "side")), "both")
    return side if side in {"left", "right"} else "both"  # type: ignore[return-value]  # one of the three


def _weeks(
    facts: Mapping[str, frozenset[str] | float], answers: Mapping[str, Any], today: date | None
) -> float | None:
    weeks = _number(facts, "weeks")
    if weeks is None or today is None:
        return weeks
    try:
        since = date.fromisoformat(str(answers.get("answered_on")))
    except ValueError:
        return weeks
    return weeks + max((today - since).days, 0) / _DAYS
