"""The player in a real browser: is the frame it says the frame it shows?"""

from __future__ import annotations

import gzip
import random
import re
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest
from tests.conftest import CHECKOUT, unavailable
from tests.e2e.numbered_clip import READ_NUMBER, keep_analysis
from tests.unit.web.house import opened

from midstance.journal import JobState, Store

pytestmark = pytest.mark.slow
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
)
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
STATIC = CHECKOUT / "src" / "midstance" / "web" / "static"
CLIPS: dict[str, Any] = {
    "as filmed": {"rate_hz": 30.0},
    "slow motion": {"rate_hz": 80.0, "slow": 4.0},
    "uneven": {"rate_hz": 30.0, "varies": True},
    "beginning late": {"rate_hz": 60.0, "start_s": 0.7},
}
WATCH = f"""() => new Promise((resolve) => {{
  const number = {READ_NUMBER}, video = document.querySelector(".stage video"), seen = [];
  const look = () => {{  // asked for after the player's own, so that it has spoken already
    const said = Number(/\\d+/.exec(document.querySelector(".frame-number").textContent)[0]);
    seen.push([said, number(".stage video")]);
    if (seen.length < 40) video.requestVideoFrameCallback(look); else resolve(seen);
  }};
  video.requestVideoFrameCallback(look);
  document.querySelector('[data-act="play"]').click();
}})"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("store")) as opened:
        yield opened


@pytest.fixture(scope="module")
def clips(store, tmp_path_factory):
    """Numbered clips of one person: name → analysis."""
    folder = tmp_path_factory.mktemp("clips")
    first = keep_analysis(store, folder, **CLIPS["as filmed"])
    person = store.analyses.one(first).person.id
    names = {"as filmed": first}
    for name in ("slow motion", "uneven", "beginning late"):
        names[name] = keep_analysis(store, folder, person=person, **CLIPS[name])
    return names


@pytest.fixture(scope="module")
def address(store):
    """The app, served as it is to people."""
    if not (STATIC / "analysis.js").is_file():
        unavailable("the pages are not built; run `make pages`")
    with opened(store) as house:
        yield house.address


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # starts a driver

    if not Path(CHROMIUM).exists():
        unavailable(f"there is no {CHROMIUM}")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def visit(browser, address):
    """Open a page that may neither complain nor break the content policy."""
    complaints, contexts = [], []

    def open_page(path, size=DESK, **options):
        context = browser.new_context(viewport=size, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        assert page.goto(address + path).ok
        page.wait_for_selector("[data-ready]", timeout=20_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def found(pattern, words) -> re.Match[str]:
    match = re.search(pattern, words)
    assert match is not None, words
    return match


def frame_said(page):
    return int(found(r"frame (\d+)", page.inner_text(".frame-number")).group(1))


def hip_read(words):
    """Return how far the hip is ahead [cm], as it is said."""
    size, where = found(r"hip ([\d.]+)\scm (ahead|behind)", words).groups()
    return float(size) if where == "ahead" else -float(size)


def number_seen(page, selector=".stage video"):
    return page.evaluate(READ_NUMBER, selector)


def go_to(page, frame):
    page.evaluate("(frame) => { location.hash = `#frame=${frame}`; }", frame)
    await_frame(page, frame)


def await_frame(page, frame):
    end = time.monotonic() + 20
    while frame_said(page) != frame:
        assert time.monotonic() < end, f"not frame {frame} but {frame_said(page)}, seen {number_seen(page)}"
        time.sleep(0.02)


@pytest.mark.parametrize("clip", CLIPS)
def test_twenty_of_twenty_random_seeks_show_the_frame_that_was_asked_for(visit, clips, clip):
    page = visit(f"/analyses/{clips[clip]}")
    asked = [*random.Random(5).sample(range(240), 18), 0, 239]  # noqa: S311  # a test

    shown = []
    for frame in asked:
        go_to(page, frame)
        shown.append((frame, frame_said(page), number_seen(page)))

    assert shown == [(frame, frame, frame) for frame in asked]


def test_a_frame_just_before_a_key_frame_is_reached_though_it_cannot_be_sought(visit, clips, store):
    recording = store.analyses.one(clips["uneven"]).recording
    with av.open(str(store.vault.path(recording.sha256))) as container:
        packets = [p for p in container.demux(container.streams.video[0]) if p.pts is not None]
    order = sorted(p.pts for p in packets if p.pts is not None)
    keys = [p.pts for p in packets if p.is_keyframe and p.pts is not None]
    early = [order.index(pts) - back for pts in keys for back in (1, 2)]
    asked = [frame for frame in early if frame > 0][:8]
    page = visit(f"/analyses/{clips['uneven']}")

    shown = []
    for frame in asked:
        go_to(page, frame)
        shown.append((frame, number_seen(page)))

    assert len(asked) > 4
    assert shown == [(frame, frame) for frame in asked]


def test_while_it_plays_the_frame_said_is_the_frame_shown(visit, clips):
    page = visit(f"/analyses/{clips['as filmed']}")
    go_to(page, 0)
    page.click('[data-pace="0.25"]')  # a frame stays longer than a busy machine takes to look at it

    pairs = page.evaluate(WATCH)

    off = [abs(said - seen) for said, seen in pairs]
    assert max(off) <= 1
    assert sum(apart == 0 for apart in off) >= 0.9 * len(off)
    assert len({seen for _, seen in pairs}) > 10, "it did not play"


def test_the_keys_step_by_frames_contacts_and_midstances(visit, clips):
    page = visit(f"/analyses/{clips['as filmed']}")
    go_to(page, 100)
    page.focus(".stage")

    places = {}
    for key in ("ArrowRight", "ArrowLeft", ".", ",", "Shift+ArrowRight", "Shift+ArrowLeft"):
        before = frame_said(page)
        page.keyboard.press(key)
        page.wait_for_function(
            "(before) => !document.querySelector('.frame-number').textContent.startsWith(`frame ${before} `)",
            arg=before,
        )
        places[key] = (frame_said(page) - before, page.inner_text(".event-said"))

    assert places["ArrowRight"][0] == 1
    assert places["ArrowLeft"][0] == -1
    assert places["."][0] > 0
    assert places[","][0] < 0
    assert places["."][1].endswith("midstance")
    assert places["Shift+ArrowRight"][0] > 0
    assert places["Shift+ArrowRight"][1].endswith("first contact")


def test_a_screen_reader_is_told_what_is_shown_once_stepping_stops(visit, clips):
    page = visit(f"/analyses/{clips['as filmed']}")
    go_to(page, 100)
    page.focus(".stage")
    page.keyboard.press(".")
    page.wait_for_timeout(600)

    told = page.inner_text(".said")

    assert re.fullmatch(
        r"(Left|Right) midstance, hip [\d.]+\scm (ahead of|behind) the ankle\. frame \d+, [\d.]+\ss\.", told
    )
    assert page.get_attribute('[role="slider"]', "aria-valuetext").startswith(f"frame {frame_said(page)}, ")


def test_a_number_leads_to_its_frame(visit, clips):
    page = visit(f"/analyses/{clips['as filmed']}")
    link = page.locator("table.numbers a.at").nth(3)

    link.click()
    page.wait_for_function(
        "(frame) => document.querySelector('.frame-number').textContent.startsWith(`frame ${frame} `)",
        arg=link.get_attribute("data-frame"),
    )

    assert number_seen(page) == int(link.get_attribute("data-frame"))
    assert link.get_attribute("aria-current") == "true"


def test_a_repeated_stride_stays_within_it(visit, clips):
    page = visit(f"/analyses/{clips['as filmed']}")
    go_to(page, 100)
    page.click('[data-act="repeat"]')
    page.click('[data-pace="0.25"]')

    pairs = page.evaluate(WATCH.replace("< 40", "< 50"))

    seen = [number for _, number in pairs]
    assert max(seen) - min(seen) <= 26, "a stride of 0.71 s has 21 frames"
    assert any(after < before for before, after in pairwise(seen)), "it never began again"


def test_a_point_is_moved_by_mouse_and_by_keys_and_taken_back(visit, clips):
    page = visit(f"/analyses/{clips['as filmed']}")
    go_to(page, 101)
    page.click("[data-correct-start]")
    page.select_option("[data-point]", label="left ankle")
    page.click("[data-nudge]")
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    corrections = page.locator("[data-corrections] li")

    assert corrections.count() == 1
    assert "Left ankle in frame 101" in corrections.first.inner_text()
    assert re.search(r"left ankle: \d+ across, \d+ down", page.inner_text("[data-nudge-said]"))

    page.click("[data-undo]")

    assert "None yet" in page.inner_text("[data-corrections]")
    assert page.is_disabled("[data-recompute]")


def test_corrections_survive_a_reload_and_are_sent_whole_as_a_job_with_the_original_kept(visit, clips, store):
    name = clips["as filmed"]
    page = visit(f"/analyses/{name}")
    go_to(page, 101)
    page.click("[data-correct-start]")
    page.check('input[value="legs"]', force=True)
    page.click("[data-legs-first]")
    go_to(page, 110)
    page.click("[data-legs-last]")
    page.click("[data-legs-done]")
    page.check('input[value="event"]', force=True)
    page.locator("[data-event-here] button").first.click()
    page.reload()
    page.wait_for_selector("[data-ready]")
    page.click("[data-correct-start]")
    page.wait_for_selector("[data-corrections] li:nth-child(2)")

    with page.expect_response(lambda answer: answer.url.endswith("/corrections")) as answered:
        page.click("[data-recompute]")
    made = answered.value.json()

    row = store.analyses.one(made["analysis_id"])
    assert [one["kind"] for one in row.corrections] == ["legs_exchanged", "event_moved"]
    assert (row.corrections[0]["first_frame"], row.corrections[0]["last_frame"]) == (101, 110)
    assert row.parent == name
    job = store.jobs.one(made["job_id"])
    assert (job.kind, job.state) == ("correct", JobState.WAITING)
    assert store.analyses.one(name).corrections == []


def test_a_comment_is_pinned_to_the_frame_shown_and_leads_back_to_it(visit, clips, store):
    name = clips["slow motion"]
    page = visit(f"/analyses/{name}")
    go_to(page, 77)
    page.fill("#comment-text", "Look at <b>this</b> hand")
    page.check("[data-pin]")
    page.check('input[name="question"]')
    go_to(page, 12)
    page.click(".say button")
    page.wait_for_selector(".comment")

    assert "Look at <b>this</b> hand" in page.inner_text(".comment .said-text")
    page.click(".comment a.pin")
    page.wait_for_function(
        "() => document.querySelector('.frame-number').textContent.startsWith('frame 77 ')"
    )
    (kept,) = store.comments.of(name)
    assert (kept.frame, kept.question, kept.author) == (77, True, "Kim")


def test_another_analysis_runs_beside_it_in_step(visit, clips):
    page = visit(f"/analyses/{clips['as filmed']}")
    page.select_option("#beside", clips["slow motion"])
    page.wait_for_selector(".stage.beside video")
    page.wait_for_function("() => document.querySelector('.beside .caption')?.textContent")
    page.focus(".stage")
    page.keyboard.press(".")
    page.wait_for_timeout(1500)

    side = page.inner_text(".event-said").split()[0].lower()
    caption = page.inner_text(".beside .caption")

    # The other one is at its own midstance of the same leg, within a frame of 1/80 s and one of 1/30 s.
    readings = [
        found(r"hip ([\d.]+)\scm (ahead|behind)", words)
        for words in (page.inner_text(".reading-said"), caption)
    ]
    own, other = (float(m.group(1)) * (1 if m.group(2) == "ahead" else -1) for m in readings)
    assert f"{side} hip" in caption
    assert abs(own - other) < 100 * 2.6 * (1 / 30 + 1 / 240)
    assert number_seen(page, ".stage.beside video") > 0


def test_the_model_runner_is_drawn_beside_it(visit, clips):
    page = visit(f"/analyses/{clips['as filmed']}")
    if not page.evaluate("() => Boolean(document.createElement('canvas').getContext('webgl2'))"):
        unavailable("this Chromium has no WebGL 2")
    page.select_option("#beside", "model:hip over")
    page.wait_for_function("() => document.querySelector('.beside .caption')?.textContent.includes('hip')")
    page.focus(".stage")
    page.keyboard.press(".")
    page.wait_for_timeout(800)

    said = found(r"hip ([\d.]+)\scm ahead", page.inner_text(".beside .caption"))
    picture = page.locator("canvas.model").screenshot()

    # Between two frames of 1/30 s at 3 m/s the hip travels 10 cm past the foot.
    assert float(said.group(1)) == pytest.approx(8.5, abs=5.5), "as far ahead as the file says"
    assert len(picture) > 8_000, "an empty picture packs to less"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_serious_finding_of_axe_and_nothing_wider_than_the_screen(visit, clips, size):
    page = visit(f"/analyses/{clips['as filmed']}", size, has_touch=size is PHONE)
    page.click("[data-correct-start]")
    page.evaluate("() => document.querySelectorAll('details.more').forEach((one) => { one.open = true; })")
    axe = CHECKOUT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
    if not axe.is_file():
        unavailable("axe-core is not there; run `npm ci` in frontend/")
    page.evaluate(axe.read_text("utf-8"))

    found = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")["violations"]

    grave = [
        (one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")
    ]
    assert grave == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= size["width"]


def test_the_scripts_of_the_page_weigh_little(visit, clips):
    from midstance.web import rendering  # noqa: PLC0415  # only where the app is served

    page = visit(f"/analyses/{clips['as filmed']}")
    loaded = page.evaluate(
        "() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)"
    )
    scripts = [rendering.STATIC / name.removeprefix("/static/") for name in loaded if name.endswith(".js")]

    weight = sum(len(gzip.compress(script.read_bytes())) for script in scripts)

    assert 5_000 < weight < 120_000
