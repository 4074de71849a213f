"""Pages from templates: one environment, and what every page is given."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

from midstance import __version__
from midstance.web.asking import person_of
from midstance.web.navigation import navigation
from midstance.web.words import capital, time_left

__all__ = ["STATIC", "csrf_token", "page", "static"]

STATIC = Path(__file__).parent / "static"


def csrf_token(request: Request) -> str:
    """Return the token every form and every changing call of this visit carries."""
    return str(getattr(request.state, "csrf", ""))


def static(name: str) -> str:
    """Return the address of a built file; it changes with the content, so that it can be kept for ever.

    Parameters
    ----------
    name
        Path below the folder of built files, such as `app.css`.

    Returns
    -------
    str
        Its address on this server.
    """
    try:
        changed = (STATIC / name).stat().st_mtime_ns
    except OSError:
        return f"/static/{name}"
    return f"/static/{name}?v={_digest(name, changed)}"


@lru_cache(maxsize=256)
def _digest(name: str, _changed_ns: int) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def page(request: Request, name: str, *, status_code: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401  # whatever a template shows
    """Return a page made from a template.

    Parameters
    ----------
    request
        What was asked.
    name
        The template, such as `today.html`.
    status_code
        HTTP status.
    **context
        What the template shows; `request` and the current `person` are always there.

    Returns
    -------
    HTMLResponse
        The page.
    """
    shown = {"request": request, **context}
    if "person" not in shown:
        shown["person"] = person_of(request)
    return HTMLResponse(_environment().get_template(name).render(shown), status_code=status_code)


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("midstance.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["capital"] = capital
    environment.globals |= {
        "csrf_token": csrf_token,
        "navigation": navigation,
        "static": static,
        "time_left": time_left,
        "version": __version__,
    }
    return environment
