"""The story a new user lives, from the first film to the last deletion: on a desk and on a phone."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import sqlite3
import time
import zipfile
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pypdf import PdfReader
from tests.e2e.browsing import add_runner, analyse, film, grave_findings, served
from tests.e2e.test_player import await_frame, go_to

from midstance.video import frames, probe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Download, Page

pytestmark = pytest.mark.slow
NAME, CLIP, NOTE = "Nova Quistgaard", "lake run.mp4", "worse on the stairs of the old mill"
HIP = "hip_over_ankle_at_midstance_m"
SIZES: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
BLOCK_PX = 8
PICTURE = f"""() => {{
  const video = document.querySelector(".stage video"), canvas = document.createElement("canvas");
  const [width, height] = [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  const context = canvas.getContext("2d", {{ willReadFrequently: true }});
  context.drawImage(video, 0, 0);
  const {{ data }} = context.getImageData(0, 0, width, height), across = width / {BLOCK_PX};
  const sums = new Array(across * height / {BLOCK_PX}).fill(0);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++)
    sums[Math.floor(y / {BLOCK_PX}) * across + Math.floor(x / {BLOCK_PX})] += data[4 * (y * width + x) + 1];
  return sums.map((sum) => sum / {BLOCK_PX**2});
}}"""
PLACE = """([x, y]) => {
  const stage = document.querySelector(".stage"), video = stage.querySelector("video");
  stage.scrollIntoView({ block: "center", behavior: "instant" });
  const box = video.getBoundingClientRect();  // with its zoom
  const scale = Math.min(box.width / video.videoWidth, box.height / video.videoHeight);
  return [
    box.left + box.width / 2 + scale * (x - video.videoWidth / 2),
    box.top + box.height / 2 + scale * (y - video.videoHeight / 2),
    scale,
  ];
}"""


@dataclass(frozen=True)
class User:
    """Somebody before a browser.

    Parameters
    ----------
    page
        What is seen.
    size
        `desk` or `phone`.
    store
        Folder of the store.
    clip
        What was filmed.
    """

    page: Page
    size: str
    store: Path
    clip: Path

    def look(self) -> None:
        """Look at a page: for everybody to use, and not wider than the screen."""
        assert grave_findings(self.page) == [], self.page.url
        wide = self.page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= SIZES[self.size]["viewport"]["width"], self.page.url

    def open(self, path: str) -> None:
        """Open a page and look at it."""
        self.page.goto(path)
        self.look()

    def go(self, path: str) -> None:
        """Go to a page by the navigation, which a thumb may have to unfold."""
        if self.size == "phone":
            tabs = self.page.locator(".tabs")
            if not tabs.locator(f'a[href="{path}"]').is_visible():
                tabs.locator("summary").click()
            tabs.locator(f'a[href="{path}"]').click()
        else:
            self.page.locator(f'.rail a[href="{path}"]').first.click()
        self.page.wait_for_url(f"**{path}")
        self.look()

    def status(self, path: str) -> int:
        """Return what the program answers."""
        return self.page.request.get(path).status

    def file(self, path: str) -> bytes:
        """Return what is at an address."""
        answer = self.page.request.get(path)
        assert answer.ok, f"{answer.status} {path}"
        return answer.body()


@pytest.fixture(scope="module")
def analysed(tmp_path_factory) -> Path:
    """Where the first story leaves its store once the clip is analysed, for the second to begin with."""
    return tmp_path_factory.mktemp("analysed") / "store"


@pytest.fixture
def clip(short_demo, tmp_path) -> Path:
    """Four seconds on a treadmill, under a name that is looked for afterwards."""
    return shutil.copyfile(short_demo, tmp_path / CLIP)


@contextmanager
def browsing(chromium: Browser, address: str, size: str, kept: tuple[Path, Path]) -> Iterator[User]:
    """Sit down before the program; nothing may complain on any page."""
    complaints: list[str] = []
    with closing(chromium.new_context(base_url=address, **SIZES[size])) as context:
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda said: complaints.append(f"{page.url}: {said.text}") if said.type == "error" else None,
        )
        yield User(page, size, *kept)
    assert complaints == []


@pytest.mark.usefixtures("weights")
@pytest.mark.parametrize("size", SIZES)
def test_a_user_films_sees_corrects_keeps_and_deletes(chromium, analysed, clip, tmp_path, size):
    store = tmp_path / "store"
    begun = analysed.is_dir()
    if begun:
        shutil.copytree(analysed, store)
    with (
        served(store, tmp_path / "said.txt") as address,
        browsing(chromium, address, size, (store, clip)) as user,
    ):
        person = come_back(user) if begun else arrive(user)
        recording, first = film_and_analyse(user)
        if not begun:
            leave_a_copy(store, analysed)
        seek(user)
        second = correct(user, first)
        print_the_report(user, second)
        keep_a_diary(user)
        see_the_trend(user, second)
        export(user, recording, (first, second))
        delete_the_recording(user, recording, (first, second))
        delete_the_person(user, person)


# ---- the chapters ----


def arrive(user: User) -> str:
    """Meet the demo runner, stop its analysis for the sake of time, and add oneself."""
    user.open("/")
    user.page.get_by_text("This is the demo runner").wait_for()
    user.go("/film")
    user.page.get_by_role("link", name="demo from the side.mp4").click()
    user.page.get_by_role("button", name="Cancel").click()
    user.page.get_by_role("button", name="Cancel").wait_for(state="detached")
    user.go("/")
    user.page.get_by_role("link", name="Add yourself").click()
    user.page.locator("#name").wait_for()
    return add_runner(user.page, NAME, "172")


def come_back(user: User) -> str:
    """Find oneself among the people."""
    user.open("/people")
    user.page.get_by_role("link", name=NAME).click()
    user.page.get_by_role("heading", name=NAME).wait_for()
    user.look()
    person = user.page.url.rsplit("/", 1)[1]
    user.page.get_by_role("button", name="Turn the pages to Nova").click()
    user.page.wait_for_url(re.compile("/$"))
    return person


def film_and_analyse(user: User) -> tuple[str, str]:
    """Send a clip, read its check, have it analysed; what is analysed already is opened instead."""
    user.go("/film")
    recording = film(user.page, user.clip)
    user.look()
    assert user.page.locator(".checks .bad").count() == 0
    user.go("/trends")
    done = user.page.locator('a.cover[href^="/analyses/"]')
    if done.count():
        done.first.click()
        analysis = user.page.url.rsplit("/", 1)[1]
    else:
        user.page.goto(f"/recordings/{recording}")
        analysis = analyse(user.page)
    user.page.wait_for_selector("[data-ready]")
    user.look()
    return recording, analysis


def leave_a_copy(store: Path, where: Path) -> None:
    """Copy a store while it is served; nothing is at work in it."""
    shutil.copytree(store, where, ignore=shutil.ignore_patterns("journal.sqlite*"))
    with (
        closing(sqlite3.connect(store / "journal.sqlite")) as source,
        closing(sqlite3.connect(where / "journal.sqlite")) as target,
    ):
        source.backup(target)


def seek(user: User) -> None:
    """Ask for frames, and see each of them and none of its neighbours."""
    video, _ = probe(user.clip)
    known = np.stack([blocks(frame.rgb[..., 1]) for frame in frames(video)])
    asked = [131, 17, len(known) - 1, 0]

    seen = []
    for frame in asked:
        go_to(user.page, frame)
        picture = np.array(user.page.evaluate(PICTURE)).reshape(known.shape[1:])
        seen.append(int(np.abs(known - picture).mean(axis=(1, 2)).argmin()))

    assert seen == asked
    link = user.page.locator("table.numbers a.at").first
    link.click()
    await_frame(user.page, int(link.get_attribute("data-frame") or -1))


def correct(user: User, analysis: str) -> str:
    """Move an ankle by thirty pixels, work it out again; the original stays as it is, and is linked."""
    kept = {
        name: user.file(f"/analyses/{analysis}/files/{name}") for name in ("analysis.json", "player.json")
    }
    before = json.loads(kept["player.json"])
    ankle = f"{before['near_side']} ankle"
    frame = next(step["midstance_frame"] for step in before["steps"] if step["midstance_frame"])
    go_to(user.page, frame)
    user.page.click("[data-correct-start]")
    (drag_by_finger if user.size == "phone" else move_by_keys)(user.page, ankle, where(before, ankle, frame))
    corrections = user.page.locator("[data-corrections] li")
    assert corrections.count() == 1
    assert f"{ankle.capitalize()} in frame {frame}" in corrections.first.inner_text()
    user.look()

    user.page.click("[data-recompute]")
    user.page.wait_for_url(lambda url: "/analyses/" in url and analysis not in url, timeout=900_000)
    user.page.wait_for_selector("[data-ready]")
    user.look()
    second = re.search(r"/analyses/([\w-]+)", user.page.url)
    assert second is not None

    after = json.loads(user.file(f"/analyses/{second[1]}/files/player.json"))
    moved = np.subtract(where(after, ankle, frame), where(before, ankle, frame))
    assert moved[0] == pytest.approx(30.0, abs=6.0)
    assert abs(moved[1]) < 6.0
    user.page.get_by_role("link", name="see what changed").click()
    user.page.get_by_role("heading", name="What changed").wait_for()
    user.look()
    user.page.go_back()
    user.page.get_by_role("link", name="The original is kept").click()
    user.page.wait_for_url(f"**/analyses/{analysis}")
    assert {name: user.file(f"/analyses/{analysis}/files/{name}") for name in kept} == kept
    user.page.get_by_text("There is a newer analysis").get_by_role("link").click()
    user.page.wait_for_url(f"**/analyses/{second[1]}")
    return second[1]


def print_the_report(user: User, analysis: str) -> None:
    """Open the report as a page, and as papers for oneself and for a clinician."""
    user.page.locator(f'a[href="/analyses/{analysis}/files/report.html"]:visible').first.click()
    user.page.wait_for_url("**/report.html")
    assert user.page.locator("h1").is_visible()
    copy = user.clip.with_name("report.html")  # sealed as it is served, no script can look at it, axe neither
    copy.write_bytes(user.file(f"/analyses/{analysis}/files/report.html"))
    user.open(copy.as_uri())

    user.open(f"/findings/{analysis}")
    for name, pages in (("One page for you", 1), ("Two for a clinician", 2)):
        with user.page.expect_download() as begun:
            user.page.get_by_role("link", name=name).click()
        assert begun.value.suggested_filename.endswith(".pdf")
        printed = PdfReader(taken(begun.value, user.clip.parent))
        assert len(printed.pages) == pages
        assert "midstance" in printed.pages[0].extract_text().lower()


def keep_a_diary(user: User) -> None:
    """Write down where it hurts and how far it went."""
    user.go("/diary")
    page = user.page
    page.get_by_role("radio", name="Left").check()
    page.locator(".spot-outside_knee").click()
    page.locator('input[name="during"][value="4"]').check(force=True)
    page.get_by_text("What was tried, swelling, a note").click()
    page.locator("#note").fill(NOTE)
    page.locator("#pain").get_by_role("button", name="Save").click()
    page.locator("#log").get_by_text(NOTE).wait_for()
    page.locator("#distance").fill("5.5")
    page.locator("#minutes").fill("33")
    page.locator("#run").get_by_role("button", name="Save").click()
    page.locator("#log").get_by_text("5.5 km").wait_for()
    user.look()


def see_the_trend(user: User, analysis: str) -> None:
    """See the number of the corrected analysis on the time line, and pain and run beside it."""
    record = json.loads(user.file(f"/analyses/{analysis}/files/analysis.json"))
    numbers = {
        measure["side"]: f"{100 * measure['value']:.1f}"
        for measure in record["measures"]
        if measure["key"] == HIP and measure["value"] is not None and measure["side"] != "both"
    }
    user.go("/trends")
    user.page.get_by_text("Hip over foot as a table").click()
    rows = user.page.get_by_role("region", name="Hip over foot as a table").locator("tbody tr").all()

    shown = {row.locator("td").nth(0).inner_text(): row.locator("td").nth(1).inner_text() for row in rows}
    assert len(rows) == len(numbers) > 0, "of two analyses of one clip the newer counts"
    assert shown == numbers
    narrow = user.size == "phone"
    assert user.page.locator(".narrow-figure svg" if narrow else ".wide-figure svg").first.is_visible()


def export(user: User, recording: str, analyses: tuple[str, str]) -> None:
    """Take everything along: the clip as it was, both analyses, the diary."""
    user.go("/settings")
    with user.page.expect_download() as begun:
        user.page.get_by_role("button", name=f"Everything of {NAME}").click()
    with zipfile.ZipFile(taken(begun.value, user.clip.parent)) as archive:
        assert archive.testzip() is None
        assert archive.read(f"recordings/{recording}/{CLIP}") == user.clip.read_bytes()
        for name in analyses:
            assert json.loads(archive.read(f"analyses/{name}/analysis.json"))["measures"]
        (pain,) = csv_rows(archive, "pains.csv")
        (run,) = csv_rows(archive, "runs.csv")
        people = csv_rows(archive, "people.csv")
    assert (pain["site"], pain["pain_during_0_to_10"], pain["note"]) == ("outside_knee", "4.0", NOTE)
    assert (run["distance_m"], run["duration_s"]) == ("5500.0", "1980.0")
    assert [row["name"] for row in people] == [NAME]


def delete_the_recording(user: User, recording: str, analyses: tuple[str, str]) -> None:
    """Delete every recording of the clip: then neither it nor an analysis is anywhere."""
    digest = sha256(user.clip)
    assert digest in names_in(user.store)
    user.go("/film")
    for left in reversed(range(user.page.get_by_role("link", name=CLIP).count())):
        user.page.get_by_role("link", name=CLIP).first.click()
        user.page.get_by_role("link", name="Delete").click()
        user.look()
        user.page.get_by_role("button", name="Delete it").click()
        user.page.wait_for_url("**/film")
        assert (digest in names_in(user.store)) == (left > 0)

    assert not names_in(user.store) & {recording, *analyses}
    gone = [f"/recordings/{recording}", f"/recordings/{recording}/video", f"/recordings/{recording}/original"]
    for name in analyses:
        gone += [f"/analyses/{name}", f"/analyses/{name}/files/report.html", f"/findings/{name}"]
    assert {path: user.status(path) for path in gone} == dict.fromkeys(gone, 404)


def delete_the_person(user: User, person: str) -> None:
    """Delete oneself: no file of the store holds the name or a word of the diary any more."""
    user.go("/settings")
    user.page.get_by_role("link", name=f"Everything of {NAME}").click()
    user.page.locator("#typed").fill(NAME)
    user.look()
    user.page.get_by_role("button", name="Delete everything of this person").click()
    user.page.wait_for_url("**/people")
    user.look()

    assert user.page.get_by_text(NAME).count() == 0
    gone = [f"/people/{person}", f"/api/v1/people/{person}", f"/api/v1/people/{person}/export"]
    assert {path: user.status(path) for path in gone} == dict.fromkeys(gone, 404)
    until = time.monotonic() + 20
    while left := traces(user.store):
        assert time.monotonic() < until, left
        time.sleep(0.5)


# ---- what the chapters are told with ----


def blocks(plane: np.ndarray) -> np.ndarray:
    """Return the mean of every block of a plane, as the browser is asked for it."""
    height, width = plane.shape
    parts = plane.reshape(height // BLOCK_PX, BLOCK_PX, width // BLOCK_PX, BLOCK_PX)
    return parts.mean(axis=(1, 3))


def where(player: dict[str, Any], point: str, frame: int) -> tuple[float, float]:
    """Return where a point is in a frame [px]."""
    index = [words.replace("_", " ") for words in player["points"]["names"]].index(point)
    row = player["points"]["xy"][frame]
    return row[2 * index], row[2 * index + 1]


def move_by_keys(page: Page, point: str, _place: tuple[float, float]) -> None:
    """Choose a point and move it with the arrows, ten pixels at a time."""
    page.select_option("[data-point]", label=point)
    page.click("[data-nudge]")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")


def drag_by_finger(page: Page, _point: str, place: tuple[float, float]) -> None:
    """Put a finger on a point and take it along."""
    page.evaluate(PLACE, list(place))
    page.wait_for_timeout(300)  # a stage that sticks to the edge settles
    left, top, scale = page.evaluate(PLACE, list(place))
    door = page.context.new_cdp_session(page)
    for kind, far in (("touchStart", 0), ("touchMove", 10), ("touchMove", 20), ("touchMove", 30)):
        touch = {"x": left + far * scale, "y": top}
        door.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [touch]})
    door.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    door.detach()


def taken(download: Download, folder: Path) -> Path:
    """Keep what the browser took down."""
    assert download.failure() is None
    path = folder / download.suggested_filename
    download.save_as(path)
    return path


def csv_rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    """Return the rows of a table of an export."""
    return list(csv.DictReader(archive.read(name).decode("utf-8").splitlines()))


def sha256(path: Path) -> str:
    """Return what the vault calls a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def names_in(folder: Path) -> set[str]:
    """Return the names of all files and folders in a folder."""
    return {path.name for path in folder.rglob("*")}


def traces(folder: Path) -> list[str]:
    """Return the files that still hold a word of the runner's."""
    words = [word.encode() for word in (NAME, CLIP, NOTE)]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(word in path.read_bytes() for word in words)]
