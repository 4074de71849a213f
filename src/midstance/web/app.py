"""The app, put together: routers, what keeps it safe, what it starts and stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from midstance import __version__
from midstance.web import api, pages
from midstance.web.rendering import STATIC

if TYPE_CHECKING:
    from midstance.journal import Store

__all__ = ["create_app"]


def create_app(store: Store, *, lan: bool = False, workers: int | None = None) -> FastAPI:
    """Return the app around a store.

    Parameters
    ----------
    store
        Where everything is kept.
    lan
        Whether other devices in the local network may come in, each with a code.
    workers
        Number of processes that analyse; none by default.

    Returns
    -------
    FastAPI
        An ASGI app; nothing is started before it is served.
    """
    app = FastAPI(title="Midstance", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.store, app.state.lan, app.state.workers = store, lan, workers
    for router in (*api.ROUTERS, *pages.ROUTERS):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC, check_dir=False), name="static")
    return app
