"""The programme's own texts: lessons, cues, exercises, articles."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, TypeVar

from midstance.errors import InputError
from midstance.programme.cue_dose import Cue, read_cue
from midstance.programme.exercise import Exercise, read_exercises
from midstance.programme.lesson_reading import read_lesson
from midstance.programme.reading import Article, read_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.programme.lesson_script import Lesson

__all__ = ["article", "articles", "content_text", "cue", "cues", "exercises", "lesson", "lessons"]

_T = TypeVar("_T", "Lesson", Cue, Article)


def content_text(name: str) -> str:
    """Return one of the programme's texts.

    Parameters
    ----------
    name
        Its path below the content folder.
    """
    return resources.files("midstance.programme").joinpath("content", *name.split("/")).read_text("utf-8")


def _texts(folder: str, suffix: str) -> Iterator[tuple[str, str]]:
    """Yield name and text of each file of a folder, by name."""
    root = resources.files("midstance.programme").joinpath("content", folder)
    if root.is_dir():
        for path in sorted(root.iterdir(), key=lambda path: path.name):
            if path.name.endswith(suffix):
                yield f"{folder}/{path.name}", path.read_text("utf-8")


@cache
def lessons() -> tuple[Lesson, ...]:
    """Return all lessons in the order of the course.

    Returns
    -------
    tuple of Lesson
        Read once.
    """
    found = [read_lesson(text, name) for name, text in _texts("lessons", ".toml")]
    return tuple(sorted(found, key=lambda lesson: lesson.number))


@cache
def cues() -> tuple[Cue, ...]:
    """Return all cues, those with most support first.

    Returns
    -------
    tuple of Cue
        Read once, in the order of their files.
    """
    return tuple(read_cue(text, name) for name, text in _texts("cues", ".toml"))


@cache
def articles() -> tuple[Article, ...]:
    """Return all articles.

    Returns
    -------
    tuple of Article
        Read once, in the order of their files.
    """
    return tuple(read_article(text, name) for name, text in _texts("reading", ".md"))


@cache
def exercises() -> tuple[Exercise, ...]:
    """Return all strength exercises.

    Returns
    -------
    tuple of Exercise
        Read once, in the order of the file.
    """
    return read_exercises(content_text("exercises.toml"), "exercises.toml")


def lesson(key: str) -> Lesson:
    """Return a lesson by its key.

    Parameters
    ----------
    key
        Its key.

    Returns
    -------
    Lesson
        The lesson.
    """
    return _one(lessons(), key, "lesson")


def cue(key: str) -> Cue:
    """Return a cue by its key.

    Parameters
    ----------
    key
        Its key.

    Returns
    -------
    Cue
        The cue.
    """
    return _one(cues(), key, "cue")


def article(key: str) -> Article:
    """Return an article by its key.

    Parameters
    ----------
    key
        Its key.

    Returns
    -------
    Article
        The article.
    """
    return _one(articles(), key, "article")


def _one(of: tuple[_T, ...], key: str, kind: str) -> _T:
    for each in of:
        if each.key == key:
            return each
    raise InputError(f"there is no {kind} {key!r}", kind, f"choose one of {', '.join(e.key for e in of)}")
