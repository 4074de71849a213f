"""What every answer says about what a browser may do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from midstance.web.safety.hosts import LOOPBACK_NAMES, host_name

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["CONTENT_POLICY", "SEALED_POLICY", "SafeHeaders"]

CONTENT_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of the pages: everything from here, no inline script or style."""

SEALED_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""That of a finished report: it carries its own style and pictures, and can do nothing."""

_HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # `no-referrer` would make browsers send forms with `Origin: null`
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), fullscreen=(self)",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, no-cache",
}


_OPENER = {"cross-origin-opener-policy": "same-origin"}


def _opener(scope: Scope) -> dict[str, str]:
    """Return the header that browsers heed only where nobody can listen in, and elsewhere complain about."""
    host = Headers(scope=scope).get("host", "") if scope["type"] == "http" else ""
    return _OPENER if host_name(host) in LOOPBACK_NAMES else {}


class SafeHeaders:
    """Middleware that adds the headers an answer does not set itself.

    Parameters
    ----------
    app
        What is asked next.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (_HEADERS | _opener(scope)).items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)
