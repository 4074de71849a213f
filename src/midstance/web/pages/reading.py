"""Reading: short honest articles, each with how well it is supported."""

from __future__ import annotations

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from midstance.interview import told
from midstance.programme import article, articles
from midstance.web.asking import person_of, store_of
from midstance.web.programme_view import GRADES, case_of
from midstance.web.rendering import page

__all__ = ["list_articles", "router", "show_article"]

router = APIRouter(prefix="/reading", include_in_schema=False)


@router.get("", response_class=HTMLResponse)
def list_articles(request: Request) -> HTMLResponse:
    """List all articles, those that belong to the answers first."""
    person = person_of(request)
    case = case_of(store_of(request), person) if person else None
    first = told(case.triage).articles if case is not None and case.begun else ()
    return page(
        request,
        "programme/reading.html",
        person=person,
        near=[article(key) for key in first],
        rest=[one for one in articles() if one.key not in first],
        grades=GRADES,
    )


@router.get("/{key}", response_class=HTMLResponse)
def show_article(request: Request, key: str) -> HTMLResponse:
    """Show an article."""
    one = article(key)
    every = articles()
    place = every.index(one)
    return page(
        request,
        "programme/article.html",
        article=one,
        text=Markup(one.html),  # noqa: S704  # made safe when it was read: no HTML of its own
        after=every[(place + 1) % len(every)],
        grades=GRADES,
    )
