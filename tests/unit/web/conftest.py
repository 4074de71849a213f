from __future__ import annotations

import pytest
from tests.unit.web.house import opened

from midstance.journal import Store


@pytest.fixture
def kept(tmp_path):
    """A store of its own."""
    with Store.open(tmp_path / "kept") as store:
        yield store


@pytest.fixture
def house(kept):
    """An app on loopback, without accounts."""
    with opened(kept) as house:
        yield house


@pytest.fixture
def program(house):
    with house.program() as client:
        yield client


@pytest.fixture
def browser_at_home(house):
    with house.browser() as client:
        yield client
