"""The programme in a real browser: the three cases from question to answer, lessons, cues."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from tests.conftest import CHECKOUT, unavailable
from tests.unit.web.programme.runners import (
    ACHILLES,
    KNEECAP,
    OUTSIDE,
    answered,
    diary,
    kept_analysis,
    planned,
)

from midstance.journal import Person, Store
from midstance.model import PainSite
from midstance.programme import lesson, lessons, plan_of, plan_record
from midstance.web.words import own_today

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
    "--autoplay-policy=no-user-gesture-required",
)
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
STATIC = CHECKOUT / "src" / "midstance" / "web" / "static"
AXE = CHECKOUT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
MOST_BYTES = 400_000
SHOWN = (
    "/",
    "/interview/emergency",
    "/interview/site",
    "/interview/worst",
    "/interview/outcome",
    "/findings",
    "/plan",
    "/plan?anew=1",
    "/plan/edit",
    "/cues",
    "/cues/shorter_steps",
    "/cues/forefoot",
    "/cues/shorter_steps/run",
    "/lessons",
    "/lessons/hip_and_shoulder_slide",
    "/lessons/hip_and_shoulder_slide/play",
    "/lessons/own?example=1",
    "/reading",
    "/reading/reading_numbers",
    "/helped",
)
RULES = """axe.run({resultTypes: ["violations"]}).then(({violations}) => violations
    .filter(({impact}) => ["serious", "critical"].includes(impact))
    .map(({id, nodes}) => `${id}: ${nodes.map(({target}) => target.join(" ")).join(", ")}`))"""
LISTEN = """window.heard = []; window.ended = null;
document.addEventListener("lesson:line", ({detail}) => heard.push([detail.index, detail.due, detail.at]));
document.addEventListener("lesson:end", ({detail}) => { ended = detail.at; });"""
BEATS = """window.beats = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (at) { beats.push(at); return start.call(this, at); };
window.words = [];
document.addEventListener("cue:word", ({detail}) => words.push([detail.words, detail.at]));"""
VOICE = """const voice = {name: "Test", lang: "en-GB", localService: true, default: true, voiceURI: "test"};
window.spoken = [];
speechSynthesis.getVoices = () => [voice];
speechSynthesis.cancel = () => undefined;
speechSynthesis.speak = (said) => {
  spoken.push(said.text);
  setTimeout(() => said.onend?.(new Event("end")), 20);
};
for (const name of ["voice", "lang", "rate"])
  Object.defineProperty(SpeechSynthesisUtterance.prototype, name, {set() {}, get() {}});"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("store")) as opened:
        yield opened


@pytest.fixture(scope="module")
def runner(store):
    """Somebody in the middle of a plan."""
    person = store.people.add(Person("Ida Berg", height_m=1.7))
    kept_analysis(store, person)
    planned(store, person, days=75, cadence_spm=166)
    diary(store, person, days=75, level=lambda _day: 2.0)
    return person


@pytest.fixture(scope="module")
def address(store):
    """The app, served as it is to people."""
    import uvicorn  # noqa: PLC0415  # only where the app is served

    from midstance.web import create_app  # noqa: PLC0415

    if not (STATIC / "lesson.js").is_file():
        unavailable("the pages are not built; run `make pages`")
    server = uvicorn.Server(uvicorn.Config(create_app(store), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # starts a driver

    if not Path(CHROMIUM).exists():
        unavailable(f"there is no {CHROMIUM}")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def visit(chromium, address, runner):
    """Open a page about somebody; nothing on it may complain or break the content policy."""
    complaints, contexts = [], []

    def opened(path, size=DESK, *, who=None, before="", **options):
        context = chromium.new_context(viewport=size, base_url=address, **options)
        context.set_default_timeout(60_000)
        context.add_cookies([{"name": "midstance_person", "value": who or runner, "url": address}])
        if before:
            context.add_init_script(before)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def rules_broken(page):
    """Ask axe over the debugging door, which the content policy does not close."""
    door = page.context.new_cdp_session(page)
    door.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    asked = {"expression": RULES, "awaitPromise": True, "returnByValue": True}
    return door.send("Runtime.evaluate", asked)["result"]["value"]


def until(page, question, seconds=120.0):
    """Ask a page until it says yes; the content policy does not let it be asked from within."""
    end = time.monotonic() + seconds
    while not page.evaluate(question):
        assert time.monotonic() < end, question
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "light"), (PHONE, "light"), (DESK, "dark")], ids=["desk", "phone", "dark"]
)
def test_no_page_of_the_programme_breaks_a_rule_of_accessibility_or_runs_over(visit, size, scheme):
    if not AXE.is_file():
        unavailable("axe-core is not installed; run `npm ci` in frontend/")
    page, found = visit("/", size, color_scheme=scheme), {}
    for path in SHOWN:
        page.goto(path)
        broken = rules_broken(page)
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            broken.append("wider than the screen")
        if broken:
            found[path] = broken

    assert found == {}


def test_no_page_of_the_programme_weighs_more_than_it_may(visit):
    weights = {}
    for path in ("/plan", "/lessons/hip_and_shoulder_slide/play", "/helped", "/findings", "/cues/tall/run"):
        page = visit("/reading")
        sizes: list[float] = []
        door = page.context.new_cdp_session(page)
        door.send("Network.enable")
        door.send("Network.setCacheDisabled", {"cacheDisabled": True})
        door.on("Network.loadingFinished", lambda told, kept=sizes: kept.append(told["encodedDataLength"]))
        page.goto(path, wait_until="networkidle")
        weights[path] = sum(sizes)

    assert min(weights.values()) > 0
    assert max(weights.values()) < MOST_BYTES, weights


# ---- the interview ----


def answer(page, asked, given):
    """Answer one question as somebody with a mouse does."""
    if asked == "site":
        page.check(f'input[name="side"][value="{given["side"]}"]', force=True)
        page.check(f'input[name="site"][value="{given["place"]}"]', force=True)
    else:
        for key in given if isinstance(given, list) else [given]:
            value = f"{key:g}" if isinstance(key, float) else key
            page.check(f'input[name="answer"][value="{value}"]', force=True)
    page.click("button:has-text('Next')")


def interview(page, answers):
    """Go through the interview from its first page to its outcome."""
    page.goto("/interview")
    page.click("text=Begin")
    asked = []
    while not page.url.endswith("/outcome"):
        asked.append(page.url.rsplit("/", 1)[1])
        assert len(asked) < 20, asked
        answer(page, asked[-1], answers.get(asked[-1], "tried_1"))
    return asked


def test_the_interview_can_be_answered_with_the_keyboard_alone(visit, store):
    who = store.people.add(Person("Kim"))
    page = visit("/interview/emergency", who=who)
    page.focus('input[value="no_emergency"]')
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/interview/urgent")
    page.focus('input[value="no_urgent"]')
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/interview/site")
    page.focus('input[name="site"][value="kneecap"]')
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/interview/worst")
    page.focus('input[name="answer"]')
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    page.wait_for_url("**/interview/weeks")

    kept = store.papers.latest(who, "interview").payload
    assert kept["worst"] == 4
    assert kept["site"]["place"] == "outside_knee"


def test_none_of_these_goes_without_the_others(visit):
    page = visit("/interview/urgent?check=1")
    page.check('input[value="locked"]')
    page.check('input[value="no_urgent"]')
    assert not page.is_checked('input[value="locked"]')
    page.check('input[value="night_pain"]')

    assert not page.is_checked('input[value="no_urgent"]')


def test_the_interview_works_without_scripts(visit, store):
    who = store.people.add(Person("No script"))
    page = visit("/interview", who=who, java_script_enabled=False)
    page.click("text=Begin")
    page.check('input[value="no_emergency"]')
    page.click("button:has-text('Next')")

    assert page.url.endswith("/interview/urgent")


def test_an_emergency_ends_it_with_what_to_do_and_nothing_else(visit, store):
    who = store.people.add(Person("Red"))
    page = visit("/interview/emergency", who=who)
    page.check('input[value="calf_swollen"]')
    page.click("button:has-text('Next')")
    page.wait_for_url("**/interview/outcome")
    assert "emergency department today" in page.inner_text(".stop")

    for path in ("/", "/plan", "/cues/tall/run"):
        page.goto(path)
        assert page.is_visible(".stop"), path
    page.goto("/plan")
    page.click("text=Answer the safety questions again")
    page.check('input[value="no_emergency"]')
    page.click("button:has-text('Next')")
    page.check('input[value="no_urgent"]')
    page.click("button:has-text('Next')")

    page.goto("/plan")
    assert not page.is_visible(".stop")


# ---- the three cases ----


def weeks_pass(store, who, days, **written):
    """Let a plan have begun some days ago, and write its diary."""
    paper = store.papers.latest(who, "plan")
    made = replace(plan_of(dict(paper.payload)), made=own_today() - timedelta(days=days))
    store.papers.put(who, "plan", plan_record(made), paper.id)
    diary(store, who, days=days + 20, **written)
    return made


def make_plan(page):
    page.goto("/plan")
    page.select_option("#runs_per_week", "4")
    page.click("button:has-text('Make the plan')")
    page.wait_for_url("**/plan?saved=made")
    return page.inner_text("main")


def newcomer(store, name, **film):
    who = store.people.add(Person(name, height_m=1.75))
    kept_analysis(store, who, **film)
    return who


def test_hip_behind_with_kneecap_pain_gets_load_first_then_one_cue_at_a_time(visit, store):
    who = newcomer(store, "Hip behind", hip=-0.07)
    page = visit("/", who=who)
    asked = interview(page, KNEECAP)
    assert asked[:2] == ["emergency", "urgent"]
    assert "Around the kneecap" in page.inner_text("h1")

    page.click("text=What your film shows")
    titles = page.eval_on_selector_all(".finding h2", "all => all.map(one => one.textContent)")
    assert any("behind" in title.lower() or "back" in title.lower() for title in titles), titles
    assert len(titles) <= 3
    behind = page.locator(".finding", has_text=re.compile("behind|further back", re.IGNORECASE)).first
    assert "What else it could be" in behind.inner_text()
    page.click("text=See it in the film >> nth=0")
    assert re.search(r"/analyses/\w+#frame=\d+$", page.url)

    text = make_plan(page)
    made = plan_of(dict(store.papers.latest(who, "plan").payload))
    assert "Let it settle" in text
    assert made.advice[0].grade == "trial"
    assert "load" in made.advice[0].sentence.lower()
    assert len({phase.cue for phase in made.phases if phase.kind == "cue"}) >= 2
    assert made.draw is not None

    weeks_pass(store, who, 120, level=lambda _day: 2.0)
    page.goto("/helped")
    assert page.is_visible(".help-figure >> visible=true")
    assert "by itself" in page.inner_text("main")


def test_outside_knee_pain_is_told_that_it_is_another_story_and_gets_load_first(visit, store):
    who = newcomer(store, "Outside", hip=-0.07)
    page = visit("/", who=who)
    interview(page, OUTSIDE)
    assert "probably not the midstance story" in page.inner_text("main")

    text = make_plan(page)
    made = plan_of(dict(store.papers.latest(who, "plan").payload))
    assert not {"see_saw", "whole_body_lean", "forefoot"} & {phase.cue for phase in made.phases}
    assert "outside" in text.lower()
    assert "trial" not in {advice.grade for advice in made.advice}

    weeks_pass(store, who, 60, level=lambda _day: 3.0, site=PainSite.OUTSIDE_KNEE, side="left")
    since = own_today() - timedelta(days=40)
    page.goto(f"/helped?what=own&since={since}&name=flat+ground")
    assert "Your pain was lower" not in page.inner_text("h1")


def test_a_sore_achilles_after_the_forefoot_goes_back_and_the_diary_tells_it_eased(visit, store):
    who = newcomer(store, "Achilles", hip=0.03)
    page = visit("/", who=who)
    interview(page, ACHILLES)
    assert "go back to what you did before" in page.inner_text("main")

    text = make_plan(page)
    made = plan_of(dict(store.papers.latest(who, "plan").payload))
    assert not {phase.cue for phase in made.phases if phase.cue}
    assert "heel raise" in text.lower()
    assert {one.cue for one in made.left_out} >= {"quiet_feet", "whole_body_lean", "forefoot"}

    weeks_pass(
        store,
        who,
        60,
        level=lambda day: 5.0 if day < 20 else 1.0,
        site=PainSite.ACHILLES,
        side="right",
    )
    page.goto("/helped")
    assert "Your pain was lower while you tried the plan" in page.inner_text("h1")
    assert "by itself" in page.inner_text("main")


# ---- lessons ----


@pytest.mark.parametrize("key", [one.key for one in lessons()])
def test_a_lesson_plays_to_its_end_in_its_time(visit, key):
    speed, one = 300.0, lesson(key)
    page = visit(f"/lessons/{key}/play", before=f"window.midstanceSpeed = {speed}; {LISTEN}")
    page.wait_for_selector('[data-act="play"]:enabled')
    page.click('[data-act="play"]')
    until(page, "window.ended !== null")
    heard, ended = page.evaluate("[heard, ended]")

    assert [index for index, *_ in heard] == list(range(len(one.script())))
    starts, at = [], 0.0
    for line in one.script():
        starts.append(at)
        at += line.spoken_s + line.pause_s
    assert [due for _, due, _ in heard] == pytest.approx(starts, abs=0.5)
    late = sorted((at - due) / speed for _, due, at in heard)
    assert late[0] >= -0.005
    assert late[len(late) // 2] < 0.25  # seconds of the wall, on a busy machine
    assert ended >= one.seconds - 1.0
    assert page.is_checked("[data-finished]")


def test_a_lesson_keeps_its_pauses_after_a_voice_that_is_quick(visit):
    speed = 40.0
    page = visit("/lessons/two_sit_bones/play", before=f"window.midstanceSpeed = {speed}; {LISTEN} {VOICE}")
    page.wait_for_selector('[data-set="voice"]:enabled')
    page.evaluate("""() => {
        const player = document.querySelector(".lesson-player");
        window.states = [];
        new MutationObserver(() => states.push([player.dataset.state, performance.now()]))
            .observe(player, {attributes: true, attributeFilter: ["data-state"]});
    }""")
    page.click('[data-act="play"]')
    until(page, "heard.length > 8")
    page.click('[data-act="play"]')
    states, spoken = page.evaluate("[states, spoken]")
    pauses = [(end - start) / 1000 for (state, start), (_, end) in pairwise(states) if state == "pausing"]
    script = lesson("two_sit_bones").script()

    assert script[0].text.startswith(spoken[0][:20])
    for pause, line in zip(pauses[:7], script, strict=False):
        assert pause >= line.pause_s / speed - 0.02
        assert pause < line.pause_s / speed + 1.0


def test_pause_back_skip_again_and_the_next_part(visit):
    page = visit("/lessons/two_sit_bones/play", before=f"window.midstanceSpeed = 1; {LISTEN}")
    page.wait_for_selector('[data-act="play"]:enabled')
    script = lesson("two_sit_bones").script()
    said = lambda: page.inner_text("[data-now]")  # noqa: E731  (read many times)

    page.click('[data-act="skip"]')
    assert said() == script[1].text
    page.click('[data-act="back"]')
    assert said() == script[0].text
    page.click('[data-act="part"]')
    first_of_second = next(line for line in script if line.part != script[0].part)
    assert said() == first_of_second.text
    page.click('[data-act="skip"]')
    page.click('[data-act="again"]')
    assert said() == first_of_second.text
    page.click('[data-act="play"]')
    assert page.inner_text('[data-act="play"]') == "Pause"
    page.keyboard.press("Tab")
    page.click('[data-act="play"]')
    assert page.inner_text('[data-act="play"]') == "Go on"
    current = page.locator(".transcript li[aria-current]")
    assert current.count() == 1
    assert first_of_second.text in current.inner_text()


def test_a_lesson_taken_is_logged_before_and_after(visit, store):
    who = store.people.add(Person("Student"))
    answered(store, who)
    page = visit("/lessons/two_sit_bones", who=who)
    page.fill("#words", "the left sit bone is heavier")
    page.check('input[name="pain"][value="3"]', force=True)
    page.click("text=Begin the lesson")
    page.wait_for_url("**/play?log=*")
    page.fill("#words", "both alike")
    page.check('input[name="pain"][value="1"]', force=True)
    page.check("[data-finished]")
    page.click("button:has-text('Save')")
    page.wait_for_url("**/lessons?saved=log")

    assert "once" in page.inner_text(".lesson-tile:has-text('Two sit bones')")
    (paper,) = store.papers.of(who, "lesson_log")
    assert (paper.payload["before"], paper.payload["after"]) == ("the left sit bone is heavier", "both alike")


def test_the_part_that_is_run_shows_the_model_runner(visit):
    page = visit("/lessons/five_minutes_of_running/play", before=f"window.midstanceSpeed = 1; {LISTEN}")
    page.wait_for_selector('[data-act="play"]:enabled')
    page.evaluate("""document.querySelector('[data-figure="running"][data-line]').click()""")
    page.click('[data-act="play"]')
    page.wait_for_selector("[data-runner]:visible")
    page.wait_for_timeout(1500)

    assert page.locator('.drawn[data-figure="running"]').is_hidden()


# ---- cues ----


def test_the_cue_player_says_its_words_in_spells_and_keeps_its_beat(visit):
    page = visit("/cues/shorter_steps/run", before=f"window.midstanceSpeed = 30; {BEATS}")
    page.fill('[data-set="minutes"]', "10")
    page.fill('[data-set="beat"]', "180")
    page.uncheck('[data-set="voice"]')
    page.click('[data-act="start"]')
    page.wait_for_selector('[data-cue-player][data-state="ended"]', timeout=90_000)
    words, beats, data = page.evaluate(
        "[words, beats, Object.assign({}, document.querySelector('[data-cue-player]').dataset)]"
    )
    steps = [later - earlier for earlier, later in pairwise(beats)]
    within = [step for step in steps if step < 0.5]

    assert len(words) >= int(data["bouts"])
    assert all(at <= 600 for _, at in words)
    assert within
    assert all(abs(step - 1 / 3) < 1e-6 for step in within)


def test_the_cue_player_can_be_paused_and_sent_to_the_next_spell(visit):
    page = visit("/cues/tall/run", before=BEATS)
    page.click('[data-act="start"]')
    page.click('[data-act="skip"]')
    page.wait_for_selector('[data-cue-player][data-spell="yes"]')
    page.click('[data-act="start"]')

    assert page.inner_text('[data-act="start"]') == "Go on"
    assert page.evaluate("words.length") == 1


def test_a_run_with_a_cue_is_written_down_in_a_few_taps(visit, store):
    who = store.people.add(Person("Taps"))
    planned(store, who)
    page = visit("/cues/tall/run", PHONE, who=who)
    page.check('input[name="pain_with"][value="1"]', force=True)
    page.check('input[name="pain_without"][value="2"]', force=True)
    page.check('input[name="ease"][value="7"]', force=True)
    page.click("button:has-text('Save')")
    page.wait_for_url("**/plan?saved=cue")

    (paper,) = store.papers.of(who, "cue_log")
    assert (paper.payload["pain_with"], paper.payload["ease"]) == (1.0, 7.0)
