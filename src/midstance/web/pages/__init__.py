"""The pages, one router per page."""

from fastapi import APIRouter

from midstance.web.pages import (
    analysis,
    comments,
    comparing,
    cues,
    diary,
    diary_import,
    film,
    findings,
    helped,
    interview,
    lesson_player,
    lessons,
    lessons_own,
    people,
    person,
    plan,
    plan_editing,
    printing,
    reading,
    recording,
    reworking,
    settings,
    today,
    trends,
)

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (
    today.router,
    diary.router,
    diary_import.router,
    film.router,
    recording.router,
    trends.router,
    people.router,
    person.router,
    settings.router,
    analysis.router,
    comments.router,
    comparing.router,
    reworking.router,
    interview.router,
    printing.router,
    findings.router,
    plan_editing.router,
    plan.router,
    cues.router,
    lessons_own.router,
    lesson_player.router,
    lessons.router,
    reading.router,
    helped.router,
)
"""Every router of the pages; `app.py` includes them in this order."""
