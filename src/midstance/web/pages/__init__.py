"""The pages, one router per page."""

from fastapi import APIRouter

from midstance.web.pages import today

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (today.router,)
"""Every router of the pages; `app.py` includes them in this order."""
