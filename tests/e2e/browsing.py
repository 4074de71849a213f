"""What a user does in a browser, and what is seen there: steps that several tests share."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from signal import SIGINT
from typing import TYPE_CHECKING, Any

from tests.conftest import CHECKOUT, unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

STATIC = CHECKOUT / "src" / "midstance" / "web" / "static"
AXE = CHECKOUT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE_MS = 900_000.0  # a build machine may be slow, and busy
_GRAVE = """axe.run({resultTypes: ["violations"]}).then(({violations}) => violations
    .filter(({impact}) => ["serious", "critical"].includes(impact))
    .map(({id, nodes}) => `${id}: ${nodes.map(({target}) => target.join(" ")).join(", ")}`))"""


@contextmanager
def served(folder: Path, said: Path) -> Iterator[str]:
    """Start the program on a store as its user does; give its address, and end it with Ctrl-C."""
    if not (STATIC / "app.js").is_file():
        unavailable("the pages are not built; run `make pages`")
    command = [sys.executable, "-m", "midstance", "serve", "--store", str(folder), "--port", "0"]
    with (
        said.open("wb") as complaints,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaints, text=True) as program,
    ):
        try:
            assert program.stdout is not None
            words = program.stdout.readline()
            assert words.startswith("Midstance is at http://127.0.0.1:"), said.read_text("utf-8")
            yield words.split()[3]
        finally:
            program.send_signal(SIGINT)
            farewell, _ = program.communicate(timeout=60)
    assert (program.returncode, farewell.startswith("Ended")) == (0, True), said.read_text("utf-8")
    assert "Traceback" not in said.read_text("utf-8")


def grave_findings(page: Page) -> list[str]:
    """Ask axe over the debugging door, which no content policy closes.

    A page that is sealed against scripts never answers: look at a copy of it.
    """
    if not AXE.is_file():
        unavailable("axe-core is not there; run `npm ci` in frontend/")
    door = page.context.new_cdp_session(page)
    door.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    asked: dict[str, Any] = {"expression": _GRAVE, "awaitPromise": True, "returnByValue": True}
    answer = door.send("Runtime.evaluate", asked)["result"]
    door.detach()
    assert isinstance(answer.get("value"), list), answer
    return [str(finding) for finding in answer["value"]]


def add_runner(page: Page, name: str, height_cm: str) -> str:
    """Fill in the form of the page People; return the runner's name in the store."""
    if not page.locator("#name").is_visible():
        page.get_by_text("Add a person").click()
    page.locator("#name").fill(name)
    page.locator("#height_cm").fill(height_cm)
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("heading", name=name).wait_for()
    return page.url.rsplit("/", 1)[1]


def film(page: Page, clip: Path) -> str:
    """Send a clip on the page Film, wait for its check; return the recording's name in the store."""
    page.locator("#files").set_input_files(clip)
    page.wait_for_url("**/recordings/*")
    page.get_by_text("Number of steps").wait_for(timeout=PATIENCE_MS)
    return page.url.rsplit("/", 1)[1]


def analyse(page: Page) -> str:
    """Tell that it was the treadmill at 10.8 km/h, and wait; return the analysis' name in the store."""
    page.locator("#surface").select_option("treadmill")
    page.locator("#speed").fill("10.8")
    page.get_by_role("button", name="Analyse").click()
    page.get_by_role("heading", name="Being analysed").wait_for()
    page.wait_for_url("**/analyses/*", timeout=PATIENCE_MS)
    return page.url.rsplit("/", 1)[1]
