"""The pages in a real browser: by hand, by keyboard, by screen reader's rules, on a desk and on a phone."""

from __future__ import annotations

import threading
import time

import pytest
from tests.conftest import unavailable
from tests.e2e.browsing import AXE, STATIC, add_runner, analyse, film
from tests.e2e.seeding import at_work, eight_weeks, others

from midstance.journal import Store
from midstance.model import PainSite
from midstance.web.words import own_today

pytestmark = pytest.mark.slow
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
MOST_BYTES = 400_000
SHOWN = (
    "/",
    "/?again=true",
    "/film",
    "/diary",
    "/trends",
    "/people",
    "/settings",
    "/settings/delete",
    "/nowhere",
)
RULES = """async () => (await axe.run({resultTypes: ["violations"]})).violations
    .map(found => [found.impact, found.id, ...found.nodes.map(node => node.target.join(" "))].join(" "))"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("store")) as opened:
        yield opened


@pytest.fixture(scope="module")
def runner(store):
    person = eight_weeks(store)
    others(store)
    return person


@pytest.fixture(scope="module")
def working(store, runner):
    return at_work(store, runner)


@pytest.fixture(scope="module")
def address(store):
    """The app, served as it is to people."""
    import uvicorn  # noqa: PLC0415  # only where the app is served

    from midstance.web import create_app  # noqa: PLC0415

    if not (STATIC / "app.js").is_file():
        unavailable("the pages are not built; run `make pages`")
    server = uvicorn.Server(uvicorn.Config(create_app(store), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def visit(chromium, address, runner):
    """Open a page about the runner; nothing on it may complain or break the content policy."""
    complaints, contexts = [], []

    def opened(path, size=DESK, **options):
        context = chromium.new_context(viewport=size, base_url=address, **options)
        context.add_cookies([{"name": "midstance_person", "value": runner, "url": address}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [said for said in complaints if not any(code in said for code in ("404", "415"))] == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(visit, working, runner, size, scheme):
    if not AXE.is_file():
        unavailable("axe-core is not there; run `npm ci` in frontend/")
    page = visit("/", size, color_scheme=scheme)
    found = {}
    for path in (*SHOWN, f"/people/{runner}", *(f"/recordings/{name}" for name in working)):
        page.goto(path)
        for details in page.locator("main details").all():
            details.evaluate("found => { found.open = true }")
        page.evaluate(AXE.read_text("utf-8"))
        found[path] = page.evaluate(RULES)

    assert {path: rules for path, rules in found.items() if rules} == {}


@pytest.mark.parametrize("path", SHOWN)
def test_a_phone_never_scrolls_sideways(visit, path):
    page = visit(path, PHONE)

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("path", ["/", "/film", "/diary", "/trends", "/people"])
def test_a_page_weighs_little(visit, path):
    page = visit("/settings")
    sizes = []
    page.on(
        "response", lambda answer: sizes.append(len(answer.body())) if "/video" not in answer.url else None
    )
    page.goto(path, wait_until="networkidle")

    assert 0 < sum(sizes) <= MOST_BYTES


def test_one_tap_on_a_phone_writes_the_pain_down_and_can_be_taken_back(visit, store, runner):
    page = visit("/?again=true", PHONE)
    before = len(store.pains.of(runner))

    page.get_by_role("button", name="4 out of 10").click()
    page.get_by_text("Written down: 4 out of 10.").wait_for()
    assert len(store.pains.of(runner)) == before + 1

    page.get_by_role("button", name="Take it back").click()
    page.get_by_role("button", name="4 out of 10").wait_for()
    assert len(store.pains.of(runner)) == before


def test_a_spot_on_the_picture_chooses_the_place_and_the_side_mirrors_the_picture(visit):
    page = visit("/diary")
    page.get_by_role("radio", name="Left").check()
    left = page.locator(".spot-outside_knee").bounding_box()
    page.get_by_role("radio", name="Right").check()
    right = page.locator(".spot-outside_knee").bounding_box()

    page.locator(".spot-outside_knee").click()

    assert page.get_by_role("radio", name="outside of the knee").is_checked()
    assert right["x"] < left["x"] - 20, "in front of us, the outside of a right knee is on our left"


def test_an_entry_can_be_made_with_the_keyboard_alone(visit, store, runner):
    page = visit("/diary")
    page.locator("#side-right").focus()
    page.keyboard.press("ArrowLeft")
    page.locator("#site-kneecap").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.locator('[name="during"]').nth(1).press("Enter")
    page.get_by_text("Written down.").first.wait_for()

    entry = max(store.pains.of(runner), key=lambda row: row.added).entry
    assert (entry.site, entry.side, entry.during) == (PainSite.OUTSIDE_KNEE, "left", 1.0)


def test_the_first_thing_the_keyboard_meets_leads_to_the_content(visit):
    page = visit("/trends")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"

    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_pain_and_runs_can_be_written_down_without_scripts(visit, store, runner):
    page = visit("/diary", java_script_enabled=False)
    runs = len(store.runs.of(runner))
    page.locator(".spot-calf").click()
    page.locator('input[name="after"][value="7"]').check(force=True)
    page.locator("#pain").get_by_role("button", name="Save").click()
    page.locator("#distance").fill("5.5")
    page.locator("#run").get_by_role("button", name="Save").click()

    entry = max(store.pains.of(runner), key=lambda row: row.added).entry
    assert (entry.site, entry.after, entry.day) == (PainSite.CALF, 7.0, own_today())
    assert len(store.runs.of(runner)) == runs + 1


def test_a_clip_that_is_chosen_arrives_and_its_page_opens(visit, store, runner, demo):
    page = visit("/film")

    page.locator("#files").set_input_files(demo)
    page.wait_for_url("**/recordings/*")

    newest = max(store.recordings.of(runner), key=lambda row: row.added)
    assert page.url.endswith(newest.id)
    assert (newest.name, newest.view, newest.size_bytes) == ("side.mp4", "side", demo.stat().st_size)


def test_several_clips_come_in_one_after_another_and_what_is_none_is_told(
    visit, store, runner, demo, tmp_path
):
    letter = tmp_path / "letter.mp4"
    letter.write_text("this is no video at all " * 400)
    before = len(store.recordings.of(runner))
    page = visit("/film", PHONE)

    page.locator("#files").set_input_files([demo, letter])
    page.get_by_text("This is neither a video nor a laboratory's file").wait_for()

    assert page.get_by_role("link", name="See the check").count() == 1
    assert page.get_by_role("button", name="Again: letter.mp4").is_visible()
    assert len(store.recordings.of(runner)) == before + 1


def test_people_are_found_while_typing(visit):
    page = visit("/people")

    page.get_by_role("searchbox", name="Name").press_sequentially("doro")
    page.get_by_text("Amir Haddad").wait_for(state="detached")

    assert page.get_by_role("link", name="Dorothea Weiß").is_visible()


def test_the_appearance_changes_at_once_and_stays(visit):
    page = visit("/settings")
    page.get_by_role("radio", name="Dark").check()
    page.wait_for_url("**/settings?saved=appearance")
    page.goto("/")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(14, 18, 17)"


def test_more_on_a_phone_opens_and_closes_with_escape(visit):
    page = visit("/", PHONE)
    page.get_by_text("More", exact=True).click()
    link = page.locator(".tabs .sheet").get_by_role("link", name="Settings")
    assert link.is_visible()

    page.keyboard.press("Escape")

    assert link.is_hidden()


def test_a_printed_page_has_no_navigation_and_is_light(visit):
    page = visit("/trends", color_scheme="dark")
    page.emulate_media(media="print")

    assert page.locator(".rail").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".wide-figure svg").first.is_visible()


def test_a_new_runner_films_is_checked_analysed_and_sees_the_number_then_deletes_it_all(
    visit, store, short_demo, weights
):
    from midstance.batch import Workers  # noqa: PLC0415  # only here is anything analysed

    assert weights
    page = visit("/people", PHONE)
    person = add_runner(page, "Nova Runner", "172")
    for job in store.jobs.waiting():  # of the tests before
        store.jobs.cancel(job.id)

    with Workers(store.address, store.files):
        page.goto("/film")
        film(page, short_demo)
        analyse(page)

    page.goto("/")
    page.get_by_text("Your last number").wait_for()
    assert page.locator(".leg .figure").count() == 2
    assert page.locator(".leg").first.inner_text().startswith("Right leg"), "she was filmed from the right"
    row = store.analyses.latest(person)
    assert row.settings["declared"] == {"surface": "treadmill", "speed_m_s": 3.0}

    page.goto(f"/people/{person}/delete")
    page.locator("#typed").fill("Nova Runner")
    page.get_by_role("button", name="Delete everything of this person").click()
    page.wait_for_url("**/people")
    assert store.people.find("Nova") == []
    assert not store.vault.folder(row.id).exists() or not any(store.vault.folder(row.id).iterdir())
