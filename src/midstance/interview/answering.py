"""From answers to facts: which questions are asked, which are skipped, and what has been said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from midstance.errors import InputError
from midstance.interview.condition import hold
from midstance.interview.question import all_questions, checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from midstance.interview.question import Question

    Facts = dict[str, frozenset[str] | float]

__all__ = ["facts_of", "in_words", "next_question", "questions", "stopped"]


def next_question(answers: Mapping[str, Any]) -> Question | None:
    """Return the first question that still wants an answer.

    Parameters
    ----------
    answers
        What has been answered: question key to answer, as `checked` gives them.

    Returns
    -------
    Question or None
        None where all is answered, and where a red flag ends the interview.
    """
    return next((asked for asked, answer, _ in _walk(answers) if answer is None), None)


def questions(answers: Mapping[str, Any]) -> tuple[Question, ...]:
    """Return the questions that belong to these answers, answered ones included.

    Parameters
    ----------
    answers
        As in `next_question`.

    Returns
    -------
    tuple of Question
        In the order in which they are asked; what an answer makes needless is left out.
    """
    return tuple(asked for asked, _, _ in _walk(answers))


def facts_of(answers: Mapping[str, Any]) -> Facts:
    """Return what has been said, by key of the question; answers to skipped questions do not count."""
    facts: Facts = {}
    for _, _, facts in _walk(answers):  # noqa: B007  (the last state is what is wanted)
        pass
    return facts


def stopped(facts: Mapping[str, frozenset[str] | float]) -> bool:
    """Return whether a red flag stands that nobody has looked at."""
    flags = facts.get("flag")
    if not isinstance(flags, frozenset):
        return False
    return "emergency" in flags or ("urgent" in flags and facts.get("cleared") != frozenset({"cleared_yes"}))


def in_words(answers: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return what was asked and what was answered, for people to read.

    Parameters
    ----------
    answers
        As in `next_question`.

    Returns
    -------
    tuple of (str, str)
        Text of the question and of its answer, without those skipped or not yet answered.
    """
    return tuple(
        (asked.text, _said(asked, answer)) for asked, answer, _ in _walk(answers) if answer is not None
    )


def _walk(answers: Mapping[str, Any]) -> Iterator[tuple[Question, Any, Facts]]:
    """Yield each question that is asked, its answer or None, and what is known after it."""
    facts: Facts = {}
    for asked in all_questions():
        if stopped(facts) and not _may_lift(asked, facts):
            return
        if not hold(asked.when, facts):
            continue
        answer = _answer(asked, answers)
        if answer is not None:
            facts |= _facts(asked, answer)
            flags = _flags(asked, answer) | _chosen(facts.get("flag"))
            facts |= {"flag": flags} if flags else {}
        yield asked, answer, facts


def _may_lift(asked: Question, facts: Facts) -> bool:
    return asked.key in {"after_injury", "cleared"} and "emergency" not in _chosen(facts.get("flag"))


def _answer(asked: Question, answers: Mapping[str, Any]) -> Any:  # noqa: ANN401  (what JSON can hold)
    """Return a valid answer; what an older version kept and nobody understands is asked again."""
    if answers.get(asked.key) is None:
        return None
    try:
        return checked(asked, answers[asked.key])
    except InputError:
        return None


def _chosen(fact: frozenset[str] | float | None) -> frozenset[str]:
    return fact if isinstance(fact, frozenset) else frozenset()


def _facts(asked: Question, answer: Any) -> Facts:  # noqa: ANN401  (what JSON can hold)
    if asked.kind == "number":
        return {asked.key: answer}
    if asked.kind == "map":
        names = {asked.key: [answer["place"]], "side": [answer["side"]], "also": answer["also"]}
        return {name: frozenset(chosen) for name, chosen in names.items()}
    keys = [answer] if asked.kind == "one" else answer
    option = asked.option(keys[0])
    if asked.kind == "one" and option and option.value is not None:
        return {asked.key: option.value}
    return {asked.key: frozenset(keys)}


def _flags(asked: Question, answer: Any) -> frozenset[str]:  # noqa: ANN401  (what JSON can hold)
    keys = answer if isinstance(answer, list) else []
    return frozenset(option.flag for option in asked.options if option.key in keys and option.flag)


def _said(asked: Question, answer: Any) -> str:  # noqa: ANN401  (what JSON can hold)
    if asked.kind == "number":
        return f"{answer:g} of {asked.high:g}"
    keys = [answer] if asked.kind == "one" else answer
    if asked.kind == "map":
        keys = [answer["place"], *answer["also"]]
    said = [option.text for key in keys if (option := asked.option(key))]
    if asked.kind == "map" and answer["place"] != "nowhere":
        said[0] += " (both sides)" if answer["side"] == "both" else f" ({answer['side']})"
    return "; ".join(said)
