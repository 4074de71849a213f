"""The app on the air: its sockets, the processes that analyse, its end."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from midstance import batch
from midstance.errors import MissingExtraError
from midstance.web.addresses import lan_address, listening
from midstance.web.app import create_app
from midstance.web.first_start import greet

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from fastapi import FastAPI

    from midstance.journal import Store

__all__ = ["Serving", "serve"]

_LOOPBACK = "127.0.0.1"
_FAREWELL_S = 3


@dataclass(frozen=True, slots=True)
class Serving:
    """Where the app is to be found.

    Parameters
    ----------
    address
        On this machine.
    lan
        In the local network; empty where it is not open to it.
    """

    address: str
    lan: str = ""


def serve(
    store: Store,
    *,
    port: int = 8700,
    lan: bool = False,
    accounts: bool = False,
    workers: int = 2,
    ready: Callable[[Serving], None] = lambda _serving: None,
) -> None:
    """Serve the app until it is interrupted.

    Parameters
    ----------
    store
        Where everything is kept.
    port
        Where browsers come to; 0 takes one that is free.
    lan
        Whether phones in the local network may come in, each with a code.
    accounts
        Whether everybody logs in.
    workers
        Number of processes that analyse.
    ready
        Told where the app is, as soon as it answers.

    Raises
    ------
    SettingsError
        If the port is taken, or there is no local network.
    """
    doors = [listening(_LOOPBACK, port)]
    number = doors[0].getsockname()[1]
    try:
        if lan:
            doors.append(listening(lan_address(), number))
        _greet(store)
        serving = Serving(*(_address(door) for door in doors))
        app = create_app(
            store,
            lan=serving.lan,
            accounts=accounts,
            alongside=[batch.Workers(store.address, store.files, workers)] if workers else [],
        )
        server = _Server(app, serving, ready)
        server.run(sockets=doors)
    finally:
        for door in doors:
            door.close()


def _greet(store: Store) -> None:
    try:
        greet(store)
    except MissingExtraError as error:  # the app is of use without it
        logging.getLogger(__name__).warning("%s", error)


def _address(door: socket.socket) -> str:
    host, port = door.getsockname()
    return f"http://{host}:{port}"


class _Server(uvicorn.Server):
    """Says when it answers, and when it ends."""

    def __init__(self, app: FastAPI, serving: Serving, ready: Callable[[Serving], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,  # who asks is told by the connection, not by what it says
                lifespan="on",
                timeout_graceful_shutdown=_FAREWELL_S,
            )
        )
        self._app, self._serving, self._ready = app, serving, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if not self.should_exit:
            self._ready(self._serving)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let what is told without end come to one, then end."""
        self._app.state.ending = True
        await super().shutdown(sockets)
