from __future__ import annotations

import re

import pytest
from tests.unit.web.programme.runners import ACHILLES, KNEECAP, answered, diary, planned

from midstance.programme import articles, cues, lesson, lessons
from midstance.web.words import own_today


def sent(browser, method, path, body):
    token = re.findall(r'name="csrf-token" content="([0-9a-f]+)"', browser.get("/settings").text)[0]
    return browser.request(method, path, json=body, headers={"X-CSRF-Token": token})


def test_an_interview_is_answered_question_by_question(browser, runner):
    at = f"/api/v1/people/{runner}/interview"
    asked = browser.get(at).json()["next"]["key"]
    seen = []
    while asked is not None:
        seen.append(asked)
        answer = sent(browser, "PUT", f"{at}/{asked}", {"answer": KNEECAP.get(asked, "tried_4")})
        assert answer.status_code == 200, answer.text
        asked = (answer.json()["next"] or {}).get("key")

    shown = browser.get(at).json()
    assert seen[0] == "emergency"
    assert shown["outcome"]["complete"]
    assert shown["outcome"]["route"] == "kneecap"


def test_a_wrong_answer_is_refused_with_what_to_do(browser, runner):
    answer = sent(browser, "PUT", f"/api/v1/people/{runner}/interview/worst", {"answer": 30})

    assert answer.status_code == 422
    assert "between 0 and 10" in answer.json()["remedy"]


@pytest.mark.usefixtures("analysis")
def test_a_plan_is_made_and_says_what_today_asks_for(browser, store, runner):
    answered(store, runner)
    made = sent(browser, "POST", f"/api/v1/people/{runner}/plan", {"runs_per_week": 4})
    day = browser.get(f"/api/v1/people/{runner}/day").json()
    shown = browser.get(f"/api/v1/people/{runner}/plan").json()

    assert made.status_code == 201
    assert day["state"] == "run"
    assert day["light"]["colour"] == "unknown"
    assert len(shown["timeline"]) == len(shown["plan"]["phases"])


def test_findings_come_with_grades_and_none_while_a_red_flag_stands(browser, store, runner, analysis):
    answered(store, runner)
    found = browser.get(f"/api/v1/analyses/{analysis}/findings").json()
    assert found[0]["advice"][0]["grade"] in {"trial", "pre-post", "cohort", "cross-section", "coach"}

    answered(store, runner, {"emergency": ["breathless"]})
    assert browser.get(f"/api/v1/analyses/{analysis}/findings").json() == []


def test_whether_it_helped_is_told_in_numbers(browser, store, runner):
    planned(store, runner, days=90)
    diary(store, runner, days=90)
    shown = browser.get(f"/api/v1/people/{runner}/help?site=kneecap&side=right").json()

    assert shown["change"]["low"] <= shown["change"]["value"] <= shown["change"]["high"]
    assert shown["help"]["state"] in {"helped", "unclear", "unchanged", "worse"}


def test_notes_of_cues_lessons_and_days_off_are_taken_and_others_refused(browser, store, runner):
    at = f"/api/v1/people/{runner}/logs"
    today = own_today().isoformat()

    assert sent(browser, "POST", at, {"log": {"kind": "cue", "day": today, "cue": "tall"}}).status_code == 201
    assert sent(browser, "POST", at, {"log": {"kind": "break", "first": today}}).status_code == 201
    assert sent(browser, "POST", at, {"log": {"kind": "dance", "day": today}}).status_code == 422
    assert [paper.kind for paper in store.papers.of(runner)] == ["cue_log", "break_log"]


def test_lessons_are_given_with_their_script(browser):
    one = lessons()[0].key
    shown = browser.get(f"/api/v1/lessons/{one}").json()

    assert len(browser.get("/api/v1/lessons").json()) == len(lessons())
    assert [line["text"] for line in shown["script"]] == [line.text for line in lesson(one).script()]


def test_cues_articles_exercises_and_the_way_back_are_given(browser):
    assert [one["key"] for one in browser.get("/api/v1/cues").json()] == [one.key for one in cues()]
    assert [one["key"] for one in browser.get("/api/v1/articles").json()] == [one.key for one in articles()]
    assert "html" in browser.get(f"/api/v1/articles/{articles()[0].key}").json()
    assert browser.get("/api/v1/cues/nothing").status_code == 422
    for path in ("exercises", "walk-run", "questions", "grades"):
        assert browser.get(f"/api/v1/{path}").json()


def test_the_plan_of_a_sore_achilles_is_the_same_through_the_api(browser, store, runner):
    answered(store, runner, ACHILLES)
    sent(browser, "POST", f"/api/v1/people/{runner}/plan", {})

    assert browser.get(f"/api/v1/people/{runner}/plan").json()["plan"]["route"] == "achilles"
