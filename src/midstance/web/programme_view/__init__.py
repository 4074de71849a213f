"""What the pages of the programme show, taken from the store."""

from midstance.web.programme_view.case import LOG_KINDS, Case, case_of, keep_answers
from midstance.web.programme_view.shown_words import (
    GRADES,
    all_lessons,
    lesson_of,
    own_lessons,
    shown_minutes,
)
from midstance.web.programme_view.todays_box import TodaysBox, todays_box

__all__ = [
    "GRADES",
    "LOG_KINDS",
    "Case",
    "TodaysBox",
    "all_lessons",
    "case_of",
    "keep_answers",
    "lesson_of",
    "own_lessons",
    "shown_minutes",
    "todays_box",
]
