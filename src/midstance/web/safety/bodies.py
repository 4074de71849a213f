"""No request fills the memory: what is not an upload is short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.web.refusals import Refusal

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LONGEST_BODY", "ShortBodies"]

LONGEST_BODY = 32 * 1024 * 1024
"""Bytes a request may have that is not an upload: a watch's file is shorter."""


class ShortBodies:
    """Middleware that counts the bytes of a request's body, whatever it says itself.

    Parameters
    ----------
    app
        What is asked next.
    limit_bytes
        How many there may be.
    streamed
        Paths that count for themselves.
    """

    def __init__(
        self, app: ASGIApp, limit_bytes: int = LONGEST_BODY, streamed: frozenset[str] = frozenset()
    ) -> None:
        self.app, self.limit_bytes, self.streamed = app, limit_bytes, streamed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse once there are too many."""
        if scope["type"] != "http" or scope["path"] in self.streamed:
            await self.app(scope, receive, send)
            return
        arrived = 0

        async def receive_counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > self.limit_bytes:
                raise _too_long(self.limit_bytes)
            return message

        await self.app(scope, receive_counted, send)


def _too_long(limit_bytes: int) -> Refusal:
    return Refusal(
        413,
        f"The request is longer than {limit_bytes / 1_048_576:.0f} MB",
        "the body of the request",
        "send videos as an upload, and other files one by one",
    )
