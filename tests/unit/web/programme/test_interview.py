from __future__ import annotations

import re
from datetime import timedelta

import pytest
from tests.unit.web.programme.runners import KNEECAP, answered, case, planned

from midstance.interview import next_question
from midstance.model import PainEntry, PainSite
from midstance.web.words import own_today


def give(browser, key, **form):
    return browser.send_form(f"/interview/{key}", form, follow_redirects=False)


def test_the_interview_asks_for_emergencies_before_all_else(browser):
    text = browser.get("/interview").text

    assert 'href="/interview/emergency"' in text
    assert "No diagnosis" in text


def test_every_answer_leads_to_the_next_question_and_the_last_one_to_the_outcome(browser, store, runner):
    key, seen = "emergency", []
    while key != "outcome":
        seen.append(key)
        page = browser.get(f"/interview/{key}")
        assert page.status_code == 200
        given = KNEECAP.get(key, "tried_4")
        form = {"site": given["place"], "side": given["side"]} if key == "site" else {"answer": given}
        key = give(browser, key, **form).headers["location"].rsplit("/", 1)[1]

    assert seen[:3] == ["emergency", "urgent", "site"]
    assert next_question(store.papers.latest(runner, "interview").payload) is None
    assert "Around the kneecap" in browser.get("/interview/outcome").text


def test_an_interview_left_half_way_goes_on_where_it_stopped(browser):
    give(browser, "emergency", answer=["no_emergency"])
    text = browser.get("/interview").text

    assert "Go on where you stopped" in text
    assert 'href="/interview/urgent"' in text


def test_one_can_go_back_and_finds_the_answer_given(browser):
    give(browser, "emergency", answer=["no_emergency"])
    give(browser, "urgent", answer=["no_urgent"])
    text = browser.get("/interview/site").text

    assert 'href="/interview/urgent"' in text
    assert re.search(r'value="no_urgent"[^>]* checked', browser.get("/interview/urgent").text)


def test_an_empty_answer_is_asked_for_again_with_what_to_do(browser):
    answer = give(browser, "emergency")

    assert answer.status_code == 422
    assert "Choose what is true" in answer.text


def test_a_place_without_a_side_is_asked_for_its_side(browser, store, runner):
    answered(store, runner, {"emergency": ["no_emergency"], "urgent": ["no_urgent"]})

    answer = give(browser, "site", site="kneecap")

    assert answer.status_code == 422
    assert "Choose left, right or both" in answer.text


def test_none_of_these_beside_something_is_asked_about_kindly(browser):
    answer = give(browser, "emergency", answer=["no_emergency", "cold_foot"])

    assert answer.headers["location"] in {"/interview/emergency?again=1", "/interview/outcome"}
    assert "Which one holds?" in browser.get("/interview/emergency?again=1").text


@pytest.mark.parametrize(
    "path", ["/interview/outcome", "/", "/plan", "/cues/shorter_steps", "/lessons/two_sit_bones"]
)
def test_an_emergency_stops_every_page_of_the_programme_with_what_to_do(browser, store, runner, path):
    planned(store, runner)
    give(browser, "emergency", answer=["breathless"])
    text = browser.get(path).text

    assert "Please have this looked at first" in text
    assert "call the emergency number now" in text
    assert "Run today" not in text


def test_a_lesson_does_not_play_while_a_red_flag_stands(browser, store, runner):
    answered(store, runner, {"emergency": ["breathless"]})

    assert "data-line" not in browser.get("/lessons/two_sit_bones/play").text


def test_findings_wait_while_a_red_flag_stands(browser, store, runner, analysis):
    answered(store, runner, {"emergency": ["breathless"]})
    text = browser.get(f"/findings/{analysis}").text

    assert "Please have this looked at first" in text
    assert "What to try" not in text


def test_answering_the_safety_questions_again_lets_the_same_plan_go_on(browser, store, runner):
    made = planned(store, runner)
    give(browser, "emergency", answer=["breathless"])
    assert case(store, runner).triage.stop

    assert (
        give(browser, "emergency?check=1", answer=["no_emergency"]).headers["location"]
        == "/interview/urgent?check=1"
    )
    assert give(browser, "urgent?check=1", answer=["no_urgent"]).headers["location"] == "/interview/outcome"

    now = case(store, runner)
    assert not now.triage.stop
    assert now.plan == made


def test_a_clinician_who_cleared_one_sign_has_not_cleared_the_next(browser, store, runner):
    answered(store, runner, {**KNEECAP, "urgent": ["swollen"], "cleared": "cleared_yes"})
    assert not case(store, runner).triage.stop

    give(browser, "urgent", answer=["night_pain"])

    assert case(store, runner).triage.stop


def test_three_swollen_days_in_the_diary_stop_the_programme_until_somebody_has_looked(browser, store, runner):
    planned(store, runner)
    for day in range(3):
        when = own_today() - timedelta(days=day)
        store.pains.add(runner, PainEntry(when, PainSite.KNEECAP, "right", during=1.0, swelling=True))
    assert "You noted swelling on 3 days" in browser.get("/plan").text

    browser.send_form("/interview/looked-at")

    assert "You noted swelling" not in browser.get("/plan").text


def test_strong_pain_in_the_diary_asks_for_the_warning_signs_once_and_not_again_after(browser, store, runner):
    planned(store, runner)
    when = own_today() - timedelta(days=1)
    store.pains.add(runner, PainEntry(when, PainSite.KNEECAP, "right", during=7.0))
    assert "read the warning signs once more" in browser.get("/").text

    give(browser, "emergency?check=1", answer=["no_emergency"])
    give(browser, "urgent?check=1", answer=["no_urgent"])

    assert case(store, runner).reasons == ()


def test_answers_that_do_not_go_together_are_asked_about_and_may_both_be_true(browser, store, runner):
    answered(store, runner, {**KNEECAP, "worst": 9.0, "limits": "runs_as_before"})
    text = browser.get("/interview/outcome").text
    sentence = "You said the worst pain was 8 or more, and that you run as before. Which one is right?"
    assert sentence in text
    assert 'href="/interview/worst"' in text
    assert 'href="/interview/limits"' in text

    browser.send_form("/interview/agree", {"sentence": sentence})

    assert sentence not in browser.get("/interview/outcome").text


def test_weeks_grow_from_the_day_they_were_asked_for(store, runner):
    since = (own_today() - timedelta(days=14)).isoformat()
    store.papers.put(runner, "interview", {**KNEECAP, "answered_on": since})

    assert case(store, runner).triage.weeks == 6.0


def test_the_outside_of_the_knee_is_told_that_it_is_probably_another_story(browser, store, runner):
    answered(store, runner, {**KNEECAP, "site": {"place": "outside_knee", "side": "left", "also": []}})

    assert "probably not the midstance story" in browser.get("/interview/outcome").text


def test_a_question_that_does_not_belong_leads_to_the_next_one(browser):
    assert (
        browser.get("/interview/tried_for", follow_redirects=False).headers["location"]
        == "/interview/emergency"
    )
    assert (
        browser.get("/interview/no_such", follow_redirects=False).headers["location"]
        == "/interview/emergency"
    )


def test_entries_of_years_ago_are_not_read_for_the_first_page(store, runner):
    planned(store, runner)
    for day in (0, 1, 400, 900):
        when = own_today() - timedelta(days=day)
        store.pains.add(runner, PainEntry(when, PainSite.KNEECAP, "right", during=1.0))

    assert len(case(store, runner).pains) == 2
    assert len(case(store, runner, whole=True).pains) == 4
