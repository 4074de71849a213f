"""A browser without a screen: the app, a store with a runner's weeks, and forms that carry their token."""

from __future__ import annotations

import re
import warnings
from shutil import copytree

import pytest
from tests.e2e.seeding import at_work, eight_weeks, others

from midstance.journal import Store
from midstance.web import create_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette would rather have httpx2
    from starlette.testclient import TestClient

TOKEN = re.compile(r'name="csrf-token" content="([0-9a-f]+)"')


class Browser(TestClient):
    """A client that sends the token of its visit with every form."""

    def turn_to(self, person):
        self.cookies.set("midstance_person", person, domain="127.0.0.1")

    def send_form(self, path, data=None, **options):
        found = TOKEN.search(self.get("/settings").text)
        assert found, "the page carries no token"
        return self.post(path, data=data or {}, headers={"X-CSRF-Token": found[1]}, **options)


def browser_of(store):
    app = create_app(store)
    return Browser(app, base_url="http://127.0.0.1:8700", client=("127.0.0.1", 50000))


@pytest.fixture(scope="session")
def stores(tmp_path_factory):
    """Two stores on disk, one with nobody in it, one with a runner's weeks and others; and the runner."""
    folder = tmp_path_factory.mktemp("stores")
    with Store.open(folder / "empty"):
        pass
    with Store.open(folder / "seeded") as store:
        person = eight_weeks(store)
        others(store)
    return folder, person


@pytest.fixture
def empty(stores, tmp_path):
    copytree(stores[0] / "empty", tmp_path / "empty")
    with Store.open(tmp_path / "empty") as store:
        yield store


@pytest.fixture
def store(stores, tmp_path):
    copytree(stores[0] / "seeded", tmp_path / "seeded")
    with Store.open(tmp_path / "seeded") as store:
        yield store


@pytest.fixture
def runner(stores):
    """The runner of eight weeks; the pages are turned to her."""
    return stores[1]


@pytest.fixture
def working(store, runner):
    """Her recordings that are being analysed, and that were set aside."""
    return at_work(store, runner)


@pytest.fixture
def browser(store, runner):
    browser = browser_of(store)
    browser.turn_to(runner)
    return browser


@pytest.fixture
def stranger(empty):
    """A browser at a store with nobody in it."""
    return browser_of(empty)
