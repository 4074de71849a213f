"""Today: how it is, the last number, what to do next."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from midstance.web.rendering import page

__all__ = ["router", "today"]

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def today(request: Request) -> HTMLResponse:
    """Show the first page."""
    return page(request, "today.html")
