"""Where one can go: the links of the rail and of the bar at the thumb."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Match

__all__ = ["Place", "has_page", "navigation"]


@dataclass(frozen=True, slots=True)
class Place:
    """One link.

    Parameters
    ----------
    address
        Path of the page.
    name
        What it is called.
    icon
        Name of its drawing.
    here
        Whether the page shown belongs to it.
    """

    address: str
    name: str
    icon: str
    here: bool = False


_DAILY = (
    ("/", "Today", "today", ("/interview", "/findings")),
    ("/film", "Film", "film", ("/recordings", "/analyses")),
    ("/diary", "Diary", "diary", ()),
    ("/trends", "Trends", "trends", ()),
)
_PROGRAMME = (
    ("/plan", "Plan", "plan", ()),
    ("/lessons", "Lessons", "lessons", ("/cues",)),
    ("/reading", "Reading", "reading", ()),
    ("/helped", "What helped", "helped", ()),
)
_OTHER = (("/people", "People", "people", ()), ("/settings", "Settings", "settings", ()))


def navigation(request: Request) -> dict[str, list[Place]]:
    """Return the links there are, in groups.

    Parameters
    ----------
    request
        What was asked: the page shown is marked.

    Returns
    -------
    dict
        `daily`, `programme` and `other`; pages that this app does not have are left out.
    """
    shown = request.url.path
    groups = {"daily": _DAILY, "programme": _PROGRAMME, "other": _OTHER}
    return {
        group: [
            Place(address, name, icon, _within(shown, address, *also))
            for address, name, icon, also in places
            if has_page(request.app, address)
        ]
        for group, places in groups.items()
    }


def has_page(app: Starlette, address: str) -> bool:
    """Tell whether an app has a page of an address.

    Parameters
    ----------
    app
        The app.
    address
        Path of the page.
    """
    known: dict[str, bool] = app.state._state.setdefault("pages_known", {})  # noqa: SLF001  # State has no get
    if address not in known:
        asked = {"type": "http", "method": "GET", "path": address, "headers": []}
        known[address] = any(route.matches(asked)[0] is Match.FULL for route in app.routes)
    return known[address]


def _within(shown: str, *addresses: str) -> bool:
    return any(shown == one or (one != "/" and shown.startswith(f"{one}/")) for one in addresses)
