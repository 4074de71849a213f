"""Grades, colours and lessons as the pages of the programme say them."""

from __future__ import annotations

from midstance.errors import MidstanceError
from midstance.journal import Paper, Store
from midstance.model import Grade
from midstance.programme import Lesson, lessons, read_lesson
from midstance.web.refusals import Refusal

__all__ = ["GRADES", "all_lessons", "lesson_of", "own_lessons", "shown_minutes"]

GRADES: dict[str, str] = {
    Grade.TRIAL: "Runners with pain around the kneecap were put into groups by lot, and compared.",
    Grade.PRE_POST: "Runners were seen before and after it, with nobody to compare them with.",
    Grade.COHORT: "Many runners were followed over time, to see who got pain.",
    Grade.CROSS_SECTION: "Groups were compared at one time, or an effect was seen in the laboratory.",
    Grade.COACH: "Coaches say so. Nobody has tested it well.",
}
"""What each of the five words means, the strongest first."""


def own_lessons(store: Store) -> list[tuple[Paper, Lesson]]:
    """Return the lessons coaches have written, those that can be read.

    Parameters
    ----------
    store
        Where they are.
    """
    found = []
    for paper in store.papers.of(None, "own_lesson"):
        try:
            found.append((paper, read_lesson(str(paper.payload.get("text", "")))))
        except MidstanceError:  # written by an older version, or by a program
            continue
    return found


def all_lessons(store: Store) -> tuple[Lesson, ...]:
    """Return every lesson, ours before those of coaches.

    Parameters
    ----------
    store
        Where those of coaches are.
    """
    return (*lessons(), *(lesson for _, lesson in own_lessons(store)))


def lesson_of(store: Store, key: str) -> Lesson:
    """Return a lesson by its key.

    Parameters
    ----------
    store
        Where those of coaches are.
    key
        Its key.

    Raises
    ------
    Refusal
        If there is none.
    """
    found = next((lesson for lesson in all_lessons(store) if lesson.key == key), None)
    if found is None:
        raise Refusal(404, "There is no such lesson", "Lessons", "choose one from the list")
    return found


def shown_minutes(seconds: float) -> str:
    """Return a time as a player shows it, such as `4:05`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
