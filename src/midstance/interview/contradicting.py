"""Answers that do not go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.interview.answering import facts_of
from midstance.interview.condition import conditions, hold
from midstance.interview.question import all_questions, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

__all__ = ["Contradiction", "contradictions"]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two answers of which only one can hold.

    Parameters
    ----------
    sentence
        Which they are, asking which one holds.
    questions
        Keys of the questions to answer again.
    """

    sentence: str
    questions: tuple[str, ...]


def contradictions(answers: Mapping[str, Any]) -> tuple[Contradiction, ...]:
    """Return every pair of answers that do not go together.

    Parameters
    ----------
    answers
        What has been answered: question key to answer.

    Returns
    -------
    tuple of Contradiction
        Empty where all goes together.
    """
    facts = facts_of(answers)
    return (*_none_with_others(facts), *_by_table(facts))


def _by_table(facts: Mapping[str, frozenset[str] | float]) -> Iterator[Contradiction]:
    for row in table("contradictions")["contradiction"]:
        when = conditions(row["when"])
        if hold(when, facts):
            named = [key for one in when for key in (one.of, one.more_than) if key]
            asked = ["site" if key == "also" else key for key in named]
            yield Contradiction(row["sentence"], tuple(dict.fromkeys(asked)))


def _none_with_others(facts: Mapping[str, frozenset[str] | float]) -> Iterator[Contradiction]:
    for asked in all_questions():
        chosen = facts.get(asked.key, frozenset())
        none = [option for option in asked.options if option.none_of_these]
        if asked.kind == "many" and isinstance(chosen, frozenset) and len(chosen) > 1:
            yield from (
                Contradiction(
                    f"To “{asked.text}” you chose “{one.text}” and more. Which one holds?", (asked.key,)
                )
                for one in none
                if one.key in chosen
            )
