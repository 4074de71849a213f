"""What the form of a question sends, and how it is filled with an answer given before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, Field

from midstance.interview import Question

__all__ = ["AnswerForm", "Filled", "filled"]

Short = Annotated[str, Field(max_length=60)]


@dataclass(frozen=True, slots=True)
class Filled:
    """What is chosen when a question appears.

    Parameters
    ----------
    keys
        Chosen options; of a map the sorest place.
    number
        The number chosen; None where none is.
    side
        Side of the sorest place.
    also
        Other places.
    """

    keys: frozenset[str] = frozenset()
    number: float | None = None
    side: str = ""
    also: frozenset[str] = frozenset()


class AnswerForm(BaseModel):
    """An answer, as a form sends it: `answer` for all kinds but a map."""

    answer: list[Short] = []
    site: Short = ""
    side: Short = ""
    also: list[Short] = []

    def given(self, asked: Question) -> object:
        """Return what it says, as `interview.checked` wants it.

        Parameters
        ----------
        asked
            The question.
        """
        if asked.kind == "map":
            return {"place": self.site, "side": self.side, "also": self.also}
        if asked.kind == "many":
            return self.answer
        return self.answer[0] if self.answer else ""


def filled(asked: Question, given: Any) -> Filled:  # noqa: ANN401  # what JSON or a form holds
    """Return what is chosen when a question appears with an answer.

    Parameters
    ----------
    asked
        The question.
    given
        The answer kept, or what was sent and refused; None for none.
    """
    if given is None:
        return Filled()
    if asked.kind == "map":
        parts = given if isinstance(given, dict) else {}
        also = frozenset(str(key) for key in parts.get("also") or ())
        return Filled(frozenset({str(parts.get("place", ""))}), side=str(parts.get("side", "")), also=also)
    if asked.kind == "number":
        return Filled(number=float(given)) if isinstance(given, int | float) else Filled()
    keys = given if isinstance(given, list | tuple) else [given]
    return Filled(frozenset(str(key) for key in keys))
