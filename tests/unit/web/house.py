"""The app on a real socket, and visitors who come to it."""

from __future__ import annotations

import re
import socket
import threading
import time
from contextlib import contextmanager

import httpx
import uvicorn

from midstance.journal import Person
from midstance.web import create_app

TOKEN = re.compile(r'name="csrf-token" content="([0-9a-f]+)"')


def token_of(answer):
    """Return the token of the visit that stands in a page."""
    found = TOKEN.search(answer.text)
    assert found, answer.text[:500]
    return found[1]


class House:
    """A store with an app around it that answers at an address."""

    def __init__(self, store, address, app):
        self.store, self.address, self.app = store, address, app

    def program(self, **headers):
        """A client that behaves as a script does."""
        return httpx.Client(base_url=self.address, headers=headers, timeout=30)

    @contextmanager
    def browser(self, **headers):
        """A client that behaves as a browser does: cookies, Origin, Sec-Fetch, the token of its visit."""
        marks = {"origin": self.address, "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}
        with httpx.Client(base_url=self.address, headers={**marks, **headers}, timeout=30) as client:
            client.headers["x-csrf-token"] = token_of(client.get("/login"))
            yield client

    def add_person(self, name="Ann"):
        return self.store.people.add(Person(name=name))


def _from(app, address):
    """Return an app to which every visitor comes from an address."""
    if not address:
        return app

    async def moved(scope, receive, send):
        if scope["type"] == "http":
            scope = {**scope, "client": (address, 50000)}
        await app(scope, receive, send)

    return moved


@contextmanager
def opened(store, comes_from="", **options):
    """Open a house for as long as the block runs; visitors seem to come from an address, if one is given."""
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{door.getsockname()[1]}"
    app = create_app(store, **options)
    server = uvicorn.Server(
        uvicorn.Config(
            _from(app, comes_from), log_level="critical", proxy_headers=False, timeout_graceful_shutdown=2
        )
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    try:
        yield House(store, address, app)
    finally:
        server.should_exit = True
        thread.join(10)
        door.close()
