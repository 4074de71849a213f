"""A browser without a screen: the app, a store with a runner's weeks, and forms that carry their token."""

from __future__ import annotations

import re
import warnings

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

    def send_form(self, path, data=None, **options):
        token = TOKEN.search(self.get("/settings").text)[1]
        return self.post(path, data=data or {}, headers={"X-CSRF-Token": token}, **options)


def browser_of(store):
    app = create_app(store)
    return Browser(app, base_url="http://127.0.0.1:8700", client=("127.0.0.1", 50000))


@pytest.fixture
def empty(tmp_path):
    with Store.open(tmp_path / "empty") as store:
        yield store


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "store") as store:
        yield store


@pytest.fixture
def runner(store):
    """The runner of eight weeks; the pages are turned to her."""
    return eight_weeks(store)


@pytest.fixture
def working(store, runner):
    """Her recordings that are being analysed, and that were set aside."""
    return at_work(store, runner)


@pytest.fixture
def browser(store, runner):
    others(store)
    browser = browser_of(store)
    browser.cookies.set("midstance_person", runner)
    return browser


@pytest.fixture
def stranger(empty):
    """A browser at a store with nobody in it."""
    return browser_of(empty)
