"""The questions of the interview, and what counts as an answer to one."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from midstance.errors import InputError
from midstance.interview.condition import conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from midstance.interview.condition import Condition

__all__ = ["Option", "Question", "all_questions", "checked", "question", "table"]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen.

    Parameters
    ----------
    key
        What is kept.
    text
        What is shown.
    value
        The number it stands for, for example weeks; None where it is none.
    flag
        `emergency` or `urgent` where it stops the programme, else empty.
    do
        Which of the sentences about what to do belongs to the flag.
    none_of_these
        Whether it excludes the other options.
    sided
        Whether a place of the body map has a left and a right.
    """

    key: str
    text: str
    value: float | None = None
    flag: Literal["", "emergency", "urgent"] = ""
    do: str = ""
    none_of_these: bool = False
    sided: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Parameters
    ----------
    key
        Name under which its answer is kept.
    kind
        `one` option, `many` options, a `number`, or `map`: a place, its side, and other places.
    section
        Heading under which it stands.
    text, help
        What is asked, and a line below it; the latter may be empty.
    options
        What can be chosen; empty for a number.
    when
        What has to hold for it to be asked.
    low, high
        Bounds of a number, both included.
    context
        Whether the chosen keys are passed on to findings and programme.
    """

    key: str
    kind: Literal["one", "many", "number", "map"]
    section: str
    text: str
    help: str = ""
    options: tuple[Option, ...] = ()
    when: tuple[Condition, ...] = ()
    low: float = 0.0
    high: float = 10.0
    context: bool = False

    def option(self, key: str) -> Option | None:
        """Return the option with a key, None if there is none."""
        return next((option for option in self.options if option.key == key), None)


@cache
def table(name: str) -> dict[str, Any]:
    """Return a table of this room by its name."""
    text = resources.files("midstance.interview").joinpath(f"data/{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def all_questions() -> tuple[Question, ...]:
    """Return every question, in the order in which they are asked."""
    return tuple(_question(row) for row in table("questions")["question"])


def _question(row: Mapping[str, Any]) -> Question:
    options = tuple(Option(**option) for option in row.get("options", ()))
    rest = {key: value for key, value in row.items() if key not in {"options", "when"}}
    return Question(**rest, options=options, when=conditions(row.get("when", ())))


def question(key: str) -> Question:
    """Return one question by its key.

    Parameters
    ----------
    key
        Name of the question.

    Returns
    -------
    Question
        As it stands in the table.
    """
    found = next((one for one in all_questions() if one.key == key), None)
    if found is None:
        known = ", ".join(one.key for one in all_questions())
        raise InputError(f"there is no question {key!r}", "interview", f"one of: {known}")
    return found


def checked(asked: Question, given: object) -> Any:  # noqa: ANN401  (what JSON can hold)
    """Return an answer as it is kept, or say why it is none.

    Parameters
    ----------
    asked
        The question.
    given
        What a form or a file gives: a key, keys, a number (or its digits), or for a map
        `{"place": …, "side": …, "also": [...]}`.

    Returns
    -------
    str, list of str, float or dict
        What `triage` and the store take; JSON can hold it.

    Raises
    ------
    InputError
        If it is no answer to this question.
    """
    kinds = {"one": _one, "many": _many, "number": _number, "map": _map}
    return kinds[asked.kind](asked, given)


def _known(asked: Question, key: object) -> str:
    if isinstance(key, str) and asked.option(key):
        return key
    raise InputError(f"{key!r} is not one of the answers", asked.text, "choose one of those shown")


def _one(asked: Question, given: object) -> str:
    if isinstance(given, list | tuple) and len(given) == 1:
        given = given[0]
    return _known(asked, given)


def _many(asked: Question, given: object) -> list[str]:
    chosen: Iterable[object] = given if isinstance(given, list | tuple | set | frozenset) else [given]
    kept = {_known(asked, key) for key in chosen}
    if not kept:
        raise InputError("nothing is chosen", asked.text, "choose what is true, or the last line")
    return [option.key for option in asked.options if option.key in kept]


def _number(asked: Question, given: object) -> float:
    try:
        number = float(given)  # type: ignore[arg-type]  # what is no number is caught
    except (TypeError, ValueError):
        raise InputError(f"{given!r} is not a number", asked.text, _between(asked)) from None
    if isinstance(given, bool) or not asked.low <= number <= asked.high or math.isnan(number):
        raise InputError(f"{given} cannot be", asked.text, _between(asked))
    return number


def _between(asked: Question) -> str:
    return f"give a number between {asked.low:g} and {asked.high:g}"


def _map(asked: Question, given: object) -> dict[str, Any]:
    parts: dict[str, Any] = given if isinstance(given, dict) else {"place": given}
    place = _known(asked, parts.get("place"))
    sided = (option := asked.option(place)) is not None and option.sided
    side = parts.get("side") or ("" if sided else "both")
    if side not in {"left", "right", "both"}:
        raise InputError(f"{side!r} is not a side", asked.text, "choose left, right or both")
    others = _many(asked, parts["also"]) if parts.get("also") else []
    return {"place": place, "side": side, "also": [key for key in others if key not in {place, "nowhere"}]}
