"""What to do: load, one cue at a time, lessons, and the way back to running."""

from midstance.programme.article import Article, read_article
from midstance.programme.cue import Cue, Dose, read_cue
from midstance.programme.exercise import Exercise
from midstance.programme.lesson import FIGURES, WORDS_PER_MINUTE, Block, Lesson, Line, Passage
from midstance.programme.lesson_reading import DURATION_TOLERANCE, read_lesson
from midstance.programme.library import article, articles, cue, cues, exercises, lesson, lessons

__all__ = [
    "DURATION_TOLERANCE",
    "FIGURES",
    "WORDS_PER_MINUTE",
    "Article",
    "Block",
    "Cue",
    "Dose",
    "Exercise",
    "Lesson",
    "Line",
    "Passage",
    "article",
    "articles",
    "cue",
    "cues",
    "exercises",
    "lesson",
    "lessons",
    "read_article",
    "read_cue",
    "read_lesson",
]
