"""Strength for hip, knee and calf: a few plain exercises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

from midstance.model import Grade, Route, Source
from midstance.programme.table import table_of

if TYPE_CHECKING:
    from midstance.programme.table import Table

__all__ = ["Exercise", "read_exercises"]


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise.

    Parameters
    ----------
    key
        Its name.
    title
        As shown.
    works
        What it loads.
    how
        How it is done, in sentences.
    sets, reps
        How much at first.
    harder, easier
        How to make it harder or easier.
    watch
        When to do less.
    routes
        Routes it is offered on.
    grade, sources
        How well it is supported, and where that stands.
    """

    key: str
    title: str
    works: str
    how: tuple[str, ...]
    sets: int
    reps: str
    harder: str
    easier: str
    watch: str
    routes: tuple[Route, ...]
    grade: Grade
    sources: tuple[Source, ...]


def read_exercises(text: str, name: str = "exercises") -> tuple[Exercise, ...]:
    """Read exercises from TOML.

    Parameters
    ----------
    text
        The whole file.
    name
        What to call it in errors.

    Returns
    -------
    tuple of Exercise
        In the order of the file.
    """
    table = table_of(text, name)
    found = tuple(_exercise(row) for row in table.tables("exercises"))
    table.finish()
    return found


def _exercise(table: Table) -> Exercise:
    exercise = Exercise(
        key=table.text("key"),
        title=table.text("title"),
        works=table.text("works"),
        how=table.texts("how"),
        sets=int(table.number("sets", 1, 5)),
        reps=table.text("reps"),
        harder=table.text("harder"),
        easier=table.text("easier"),
        watch=table.text("watch"),
        routes=cast("tuple[Route, ...]", table.choices("routes", get_args(Route))),
        grade=table.grade(),
        sources=table.sources(),
    )
    table.finish()
    return exercise
