"""The pages, one router per page."""

from fastapi import APIRouter

from midstance.web.pages import (
    analysis,
    comments,
    comparing,
    diary,
    diary_import,
    film,
    people,
    person,
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
)
"""Every router of the pages; `app.py` includes them in this order."""
