"""Questions before anything is measured: red flags first, then which story a pain belongs to."""

from midstance.interview.answering import in_words, next_question, questions
from midstance.interview.contradicting import Contradiction, contradictions
from midstance.interview.question import Option, Question, checked, question
from midstance.interview.red_flags import ask_again, flags_of
from midstance.interview.routing import Told, told
from midstance.interview.triaging import triage

__all__ = [
    "Contradiction",
    "Option",
    "Question",
    "Told",
    "ask_again",
    "checked",
    "contradictions",
    "flags_of",
    "in_words",
    "next_question",
    "question",
    "questions",
    "told",
    "triage",
]
