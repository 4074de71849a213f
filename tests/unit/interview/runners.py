"""Runners who answer, for the tests of the interview."""

from __future__ import annotations

from typing import Any

from midstance.interview import checked, next_question

CALM: dict[str, Any] = {
    "emergency": ["no_emergency"],
    "urgent": ["no_urgent"],
    "site": {"place": "kneecap", "side": "right"},
    "worst": 4,
    "weeks": "weeks_9",
    "start": "after_distance",
    "feels": ["sitting", "stairs"],
    "limits": "runs_less",
    "eases": ["days_off"],
    "tried": ["ice", "clinician"],
    "load": ["more_distance"],
    "goal": "goal_easy",
}
OUTSIDE = CALM | {"site": {"place": "outside_knee", "side": "left"}, "feels": ["one_fingertip", "downhill"]}
ACHILLES = CALM | {
    "site": {"place": "achilles", "side": "left"},
    "feels": ["stiff_mornings"],
    "tried": ["forefoot"],
    "tried_for": "tried_4",
    "load": ["forefoot_switch"],
}


def answered(answers: dict[str, Any]) -> dict[str, Any]:
    """Go through the interview question by question, as a user does."""
    given: dict[str, Any] = {}
    while (asked := next_question(given)) is not None and asked.key in answers:
        given[asked.key] = checked(asked, answers[asked.key])
    return given
