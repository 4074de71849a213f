"""The app, put together: routers, what keeps it safe, what it starts and stops."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

from midstance import __version__
from midstance.web import api, entrance, media, pages, uploading
from midstance.web.refusals import add_refusals
from midstance.web.rendering import STATIC
from midstance.web.safety import (
    Attempts,
    KnownHosts,
    SafeHeaders,
    SameOrigin,
    ShortBodies,
    TokenOfVisit,
    Visits,
)
from midstance.web.safety.owners import only_own

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence
    from contextlib import AbstractContextManager

    from starlette.types import ASGIApp, Receive, Scope, Send

    from midstance.journal import Store

__all__ = ["create_app"]


def create_app(
    store: Store,
    *,
    lan: str = "",
    accounts: bool = False,
    hosts: Iterable[str] = (),
    alongside: Sequence[AbstractContextManager[Any]] = (),
) -> FastAPI:
    """Return the app around a store.

    Parameters
    ----------
    store
        Where everything is kept.
    lan
        The address in the local network by which phones come in, such as `http://192.168.1.5:8700`; by
        default none may.
    accounts
        Whether everybody logs in; so it is anyway once the store has an account.
    hosts
        More names the server goes by.
    alongside
        What runs while the app does, such as the processes that analyse.

    Returns
    -------
    FastAPI
        An ASGI app; nothing is started before it is served.
    """
    names = [*hosts, *([lan.split("://")[1].rpartition(":")[0]] if lan else [])]
    app = _SafeApp(
        title="Midstance",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_alongside(alongside),
        middleware=_safety(names),
    )
    app.state.store, app.state.lan, app.state.attempts = store, lan, Attempts()
    app.state.ending, app.state.always_accounts = False, accounts
    app.state.accounts = accounts or store.accounts.count() > 0
    add_refusals(app)
    for router in (*api.ROUTERS, uploading.router):
        app.include_router(router, dependencies=[Depends(only_own)])
    for router in (media.router, entrance.router, *pages.ROUTERS):
        app.include_router(router, dependencies=[Depends(only_own)], include_in_schema=False)
    app.mount("/static", _Built(directory=STATIC, check_dir=False), name="static")
    return app


def _safety(names: Iterable[str]) -> list[Middleware]:
    """Return what every request passes, the first first."""
    return [
        Middleware(KnownHosts, names=tuple(names)),
        Middleware(SameOrigin),
        Middleware(ShortBodies, streamed=uploading.STREAMED),
        Middleware(Visits),
        Middleware(TokenOfVisit),
    ]


def _alongside(started: Sequence[AbstractContextManager[Any]]) -> Any:  # noqa: ANN401  # what FastAPI wants
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for one in started:
                stack.enter_context(one)
            yield

    return lifespan


class _SafeApp(FastAPI):
    """An app whose every answer has the headers, even that to what nobody foresaw."""

    def build_middleware_stack(self) -> ASGIApp:
        """Put the headers around all the rest."""
        return SafeHeaders(super().build_middleware_stack())


class _Built(StaticFiles):
    """Built files: asked for by what is in them, they are kept for ever."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if b"v=" not in scope["query_string"]:
            await super().__call__(scope, receive, send)
            return

        async def send_for_ever(message: Any) -> None:  # noqa: ANN401  # an ASGI message
            if message["type"] == "http.response.start" and message["status"] < 300:  # noqa: PLR2004  # found
                kept = (b"cache-control", b"private, max-age=31536000, immutable")
                message = {**message, "headers": [*message["headers"], kept]}
            await send(message)

        await super().__call__(scope, receive, send_for_ever)
