"""What every test in a browser starts with."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import unavailable

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def chromium():
    """A browser of its own for every module: two drivers in one thread do not go together."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # starts a driver

    if not Path(CHROMIUM).exists():
        unavailable(f"there is no {CHROMIUM}")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()
