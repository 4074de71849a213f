"""What has to have been answered for something to follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Facts = Mapping[str, frozenset[str] | float]

__all__ = ["Condition", "conditions", "hold"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that has to be so.

    Parameters
    ----------
    of
        Which fact: the key of a question, or `also`, `side`, `flag`, `route`, `context`.
    any, none
        One of these was chosen; none of these was chosen.
    at_least, at_most
        Bounds of a number, both included.
    more_than
        Key of a fact whose number is smaller.

    Notes
    -----
    What has not been answered fulfils nothing but `none`.
    """

    of: str
    any: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    at_least: float | None = None
    at_most: float | None = None
    more_than: str = ""

    def __call__(self, facts: Facts) -> bool:
        """Return whether it is so."""
        fact = facts.get(self.of)
        if isinstance(fact, int | float):
            return self._bounds(fact, facts)
        chosen = fact or frozenset()
        return not (self._numeric or (self.any and not chosen & self.any) or chosen & self.none)

    @property
    def _numeric(self) -> bool:
        return self.at_least is not None or self.at_most is not None or bool(self.more_than)

    def _bounds(self, number: float, facts: Facts) -> bool:
        other = facts.get(self.more_than)
        return (
            (self.at_least is None or number >= self.at_least)
            and (self.at_most is None or number <= self.at_most)
            and (not self.more_than or (isinstance(other, int | float) and number > other))
        )


def conditions(rows: Sequence[Mapping[str, Any]]) -> tuple[Condition, ...]:
    """Return conditions as they stand in a table."""
    return tuple(Condition(**_fields(row)) for row in rows)


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: frozenset(value) if isinstance(value, list) else value for key, value in row.items()}


def hold(when: Sequence[Condition], facts: Facts) -> bool:
    """Return whether all conditions hold."""
    return all(condition(facts) for condition in when)
