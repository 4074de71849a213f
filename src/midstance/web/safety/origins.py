"""Other sites may link here, and nothing else: they can neither change nor embed anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from midstance.web.refusals import Refusal, refuse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["SAFE_METHODS", "SameOrigin"]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES = frozenset({"same-origin", "none"})  # none: typed in, or opened from a bookmark


class SameOrigin:
    """Middleware that refuses what another site's page asks for.

    Parameters
    ----------
    app
        What is asked next.

    Notes
    -----
    On this machine a visitor needs no password: the address itself is the key, and a page of another site
    runs behind it too. Browsers say where a request comes from in `Sec-Fetch-Site` (to this machine) and,
    for what changes something, in `Origin`. A request without either is not a browser's.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] == "http" and not _own(scope):
            await refuse(scope, receive, send, _FOREIGN)
        else:
            await self.app(scope, receive, send)


def _own(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    safe = scope["method"] in SAFE_METHODS
    if headers.get("sec-fetch-site", "none") not in _OWN_SITES:
        return safe and _is_link(headers)
    if safe:
        return True
    origin = headers.get("origin")
    return origin is None or origin == f"{scope['scheme']}://{headers.get('host', '')}"


def _is_link(headers: Headers) -> bool:
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


_FOREIGN = Refusal(
    403,
    "Another site's page may not use this server",
    "the Origin of the request",
    "open the page here and do it there",
)
