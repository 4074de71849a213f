"""Only names this server goes by are answered: a stranger's name that leads here is not (DNS rebinding)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.web.refusals import Refusal, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["LOOPBACK_NAMES", "KnownHosts", "host_name"]

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


def host_name(host: str) -> str:
    """Return a `Host` header without its port, in lower case; empty where it is malformed."""
    name, colon, port = host.strip().lower().rpartition(":")
    if not colon or host.rstrip().endswith("]"):
        name, port = host.strip().lower(), "0"
    return name if port.isdigit() and not set(name) & set("/@?#\\, ") else ""


class KnownHosts:
    """Middleware that answers only requests to a known host.

    Parameters
    ----------
    app
        What is asked next.
    names
        The names, besides those of this machine for itself.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str] = ()) -> None:
        self.app = app
        self.names = LOOPBACK_NAMES | {name.lower() for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] == "http" and not self._known(scope):
            await refuse(scope, receive, send, _STRANGER)
        else:
            await self.app(scope, receive, send)

    def _known(self, scope: Scope) -> bool:
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        return len(hosts) == 1 and host_name(hosts[0]) in self.names


_STRANGER = Refusal(
    421,
    "This server does not go by that name",
    "the Host of the request",
    "open the address that `midstance serve` printed",
)
