from __future__ import annotations

from datetime import datetime, timedelta

from midstance.journal import Person
from midstance.model import PainEntry, PainSite, TrainingRun
from midstance.web.pages.pain_question import pain_question
from midstance.web.words import own_today


def test_one_tap_writes_an_entry_for_the_place_that_hurt_last(browser, store, runner):
    before = len(store.pains.of(runner))
    tap = {"rating": "3", "site": "kneecap", "side": "right", "moment": "before", "day": str(own_today())}

    answer = browser.send_form("/today/pain", tap, follow_redirects=True)

    entries = store.pains.of(runner)
    assert len(entries) == before + 1
    assert entries[-1].entry == PainEntry(own_today(), PainSite.KNEECAP, "right", before=3.0)
    assert "Written down: 3 out of 10." in answer.text


def test_a_tap_with_htmx_is_answered_with_the_card_alone(browser):
    tap = {"rating": "0", "site": "kneecap", "side": "right", "moment": "after", "day": str(own_today())}
    token = browser.get("/").text.split('csrf-token" content="')[1][:64]

    answer = browser.post("/today/pain", data=tap, headers={"HX-Request": "true", "X-CSRF-Token": token})

    assert answer.text.lstrip().startswith("<section")
    assert "Written down: no pain." in answer.text


def test_what_was_tapped_can_be_taken_back_and_is_asked_again(browser, store, runner):
    tap = {"rating": "9", "site": "kneecap", "side": "right", "moment": "before", "day": str(own_today())}
    browser.send_form("/today/pain", tap)
    entry = store.pains.of(runner)[-1]

    answer = browser.send_form(f"/diary/pain/{entry.id}/take-back", follow_redirects=True)

    assert entry.id not in {row.id for row in store.pains.of(runner)}
    assert "How is your knee" in answer.text


def test_a_rating_off_the_scale_is_refused_and_nothing_is_kept(browser, store, runner):
    before = len(store.pains.of(runner))
    tap = {"rating": "11", "site": "kneecap", "side": "right", "moment": "before", "day": str(own_today())}

    assert browser.send_form("/today/pain", tap).status_code == 422
    assert len(store.pains.of(runner)) == before


def test_after_a_run_of_today_the_question_is_about_the_hour_after_it(empty):
    person = empty.people.one(empty.people.add(Person("Ann")))
    empty.runs.add(person.id, TrainingRun(datetime.now().astimezone().replace(hour=0, minute=1), 1800.0))

    asked = pain_question(empty, person)

    assert (asked.moment, asked.day) == ("after", own_today())
    assert asked.question == "How is your knee after today's run?"


def test_a_place_that_is_no_knee_is_not_called_a_knee(empty):
    person = empty.people.one(empty.people.add(Person("Ann")))
    entry = PainEntry(own_today() - timedelta(days=9), PainSite.ACHILLES, "left", during=2.0)
    empty.pains.add(person.id, entry)

    asked = pain_question(empty, person)

    assert "knee" not in asked.question
    assert asked.place == "left, Achilles tendon"


def test_the_last_number_stands_with_its_interval_drawn_and_in_words(browser):
    text = browser.get("/").text

    assert "95 % certain:" in text
    assert text.count('class="right whisker"') >= 1
    assert "11 runners on a treadmill" in text


def test_an_open_question_comes_before_looking_and_the_interview_before_everything(browser):
    text = browser.get("/").text

    assert text.index("An open question") < text.index("Look at your last run")
    assert text.index("Tell about the pain") < text.index("An open question"), (
        "what is about safety comes first"
    )


def test_somebody_who_was_never_filmed_is_shown_how(browser, store):
    nobody = store.people.add(Person("Zoe"))
    browser.turn_to(nobody)

    text = browser.get("/").text

    assert "Where is your hip when your foot carries you?" in text
    assert "Film a run" in text


def test_the_demo_runner_is_called_what_it_is(stranger, empty):
    empty.people.add(Person("Demo runner", height_m=1.72))

    text = stranger.get("/").text

    assert "This is the demo runner" in text
    assert "Add yourself" in text
