"""The JSON API, one router per noun."""

from fastapi import APIRouter

from midstance.web.api import (
    access,
    analyses,
    comments,
    corrections,
    describing,
    everything,
    jobs,
    pains,
    papers,
    people,
    programme,
    programme_texts,
    recordings,
    runs,
)

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (
    people.router,
    recordings.router,
    analyses.router,
    corrections.router,
    comments.router,
    pains.router,
    runs.router,
    papers.router,
    programme.router,
    programme_texts.router,
    jobs.router,
    everything.router,
    access.router,
    describing.router,
)
"""Every router of the API; `app.py` includes them in this order."""
