"""The app with a runner in it, and answers, plans and diaries to give her."""

from __future__ import annotations

import pytest
from tests.unit.web.pages.conftest import browser_of
from tests.unit.web.programme.runners import kept_analysis

from midstance.journal import Person, Store


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "kept") as store:
        yield store


@pytest.fixture
def runner(store):
    return store.people.add(Person("Ida Berg", height_m=1.7))


@pytest.fixture
def browser(store, runner):
    browser = browser_of(store)
    browser.cookies.set("midstance_person", runner)
    return browser


@pytest.fixture
def analysis(store, runner):
    """A film of hers, analysed."""
    return kept_analysis(store, runner)
