"""What to do: load, one cue at a time, lessons, and the way back to running."""

from midstance.programme.choice import Choice, Tally, best_cue
from midstance.programme.cue_dose import Cue, Dose, read_cue
from midstance.programme.daily import today
from midstance.programme.day import CueToday, Day, RunToday
from midstance.programme.editing import (
    with_cue,
    with_lessons,
    with_note,
    with_phase_added,
    with_phase_changed,
    with_phase_moved,
    with_phase_removed,
    with_red_flags,
)
from midstance.programme.exercise import Exercise
from midstance.programme.figure import figure
from midstance.programme.lesson_reading import DURATION_TOLERANCE, read_lesson
from midstance.programme.lesson_script import FIGURES, WORDS_PER_MINUTE, Block, Lesson, Line, Passage
from midstance.programme.library import article, articles, cue, cues, exercises, lesson, lessons
from midstance.programme.load import Colour, Light, LoadRules, NextLoad, light, load_rules
from midstance.programme.logs import Break, CueLog, LessonLog, Log
from midstance.programme.phases import Draw, LeftOut, Note, Phase, PhaseKind, Plan, Preferences
from midstance.programme.planning import plan
from midstance.programme.progress import Span, assignments, spans_of, timeline
from midstance.programme.reading import Article, read_article
from midstance.programme.record import PLAN_VERSION, log_of, log_record, plan_of, plan_record
from midstance.programme.routes import RoutePlan, route_plan
from midstance.programme.walk_run import Rung, walk_run_table

__all__ = [
    "DURATION_TOLERANCE",
    "FIGURES",
    "PLAN_VERSION",
    "WORDS_PER_MINUTE",
    "Article",
    "Block",
    "Break",
    "Choice",
    "Colour",
    "Cue",
    "CueLog",
    "CueToday",
    "Day",
    "Dose",
    "Draw",
    "Exercise",
    "LeftOut",
    "Lesson",
    "LessonLog",
    "Light",
    "Line",
    "LoadRules",
    "Log",
    "NextLoad",
    "Note",
    "Passage",
    "Phase",
    "PhaseKind",
    "Plan",
    "Preferences",
    "RoutePlan",
    "RunToday",
    "Rung",
    "Span",
    "Tally",
    "article",
    "articles",
    "assignments",
    "best_cue",
    "cue",
    "cues",
    "exercises",
    "figure",
    "lesson",
    "lessons",
    "light",
    "load_rules",
    "log_of",
    "log_record",
    "plan",
    "plan_of",
    "plan_record",
    "read_article",
    "read_cue",
    "read_lesson",
    "route_plan",
    "spans_of",
    "timeline",
    "today",
    "walk_run_table",
    "with_cue",
    "with_lessons",
    "with_note",
    "with_phase_added",
    "with_phase_changed",
    "with_phase_moved",
    "with_phase_removed",
    "with_red_flags",
]
