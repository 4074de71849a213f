from __future__ import annotations

from datetime import timedelta

import pytest
from tests.unit.web.pages.conftest import browser_of
from tests.unit.web.programme.runners import (
    ACHILLES,
    KNEECAP,
    OUTSIDE,
    answered,
    case,
    diary,
    kept_analysis,
    planned,
)

from midstance.journal import Person
from midstance.programme import Break, CueLog, cues, plan_of
from midstance.web.words import own_today

WISHES = {
    "runs_per_week": 3,
    "usual_minutes": 25,
    "goal_minutes": 45,
    "strength": "true",
    "metronome": "true",
}


def the_plan(store, runner):
    return case(store, runner).plan


def test_without_answers_the_page_asks_for_them_and_makes_no_plan(browser, store, runner):
    assert "A few questions first" in browser.get("/plan").text
    assert browser.send_form("/plan", WISHES).status_code == 409
    assert store.papers.latest(runner, "plan") is None


@pytest.mark.usefixtures("analysis")
def test_a_plan_is_made_from_answers_film_and_wishes(browser, store, runner):
    answered(store, runner)
    text = browser.send_form("/plan", WISHES).text
    made = the_plan(store, runner)

    assert made.preferences.usual_minutes == 25
    assert not made.preferences.floor
    assert made.draw is not None
    assert made.title in text
    for phase in made.phases:
        assert phase.title in text


def test_two_runners_with_the_same_answers_get_their_own_draw(browser, store, runner):
    answered(store, runner)
    seeds = set()
    for _ in range(4):
        browser.send_form("/plan", WISHES)
        seeds.add(the_plan(store, runner).draw.seed)

    assert len(seeds) == 4


def test_the_plan_says_what_today_asks_for_and_what_to_note(browser, store, runner):
    planned(store, runner, days=0)
    text = browser.get("/plan").text

    assert "Run today" in text
    assert "What to note" in text
    assert "The amount of running" in text


def test_the_order_by_lot_is_explained(browser, store, runner):
    made = planned(store, runner)
    text = browser.get("/plan").text

    assert "It was drawn by lot" in text
    assert f"after {made.draw.baseline} runs your own way" in text


def test_cues_that_are_left_out_are_named_with_the_reason(browser, store, runner):
    made = planned(store, runner)
    text = browser.get("/plan").text

    assert made.left_out
    for one in made.left_out:
        assert f'href="/cues/{one.cue}"' in text


def test_outside_knee_and_achilles_get_no_cue_that_speaks_against_them(browser, store, runner):
    for answers in (OUTSIDE, ACHILLES):
        made = planned(store, runner, answers, days=0)
        route = answers["site"]["place"]
        against = {cue.key for cue in cues() if route in cue.not_for}
        assert not against & {phase.cue for phase in made.phases}
        assert browser.get("/plan").status_code == 200


def test_a_sore_achilles_after_the_forefoot_goes_back_to_the_former_landing(browser, store, runner):
    planned(store, runner, ACHILLES, days=0)
    text = browser.get("/plan").text

    assert "before you changed to the forefoot" in text
    assert "heel raises" in text.lower()


def test_a_run_with_a_cue_is_written_down_in_one_form(browser, store, runner):
    planned(store, runner)
    form = {
        "day": own_today().isoformat(),
        "minutes": "4",
        "pain_with": "1",
        "pain_without": "3",
        "ease": "6",
    }

    answer = browser.send_form("/plan/cues/shorter_steps", form)

    logs = case(store, runner).logs
    assert answer.status_code == 200
    assert logs == (CueLog(own_today(), "shorter_steps", 4.0, 1.0, 3.0, 6.0),)


def test_a_run_with_a_cue_cannot_be_tomorrow(browser, store, runner):
    planned(store, runner)
    form = {"day": (own_today() + timedelta(days=1)).isoformat(), "ease": "6"}

    assert browser.send_form("/plan/cues/shorter_steps", form).status_code == 422


def test_days_off_rest_the_plan(browser, store, runner):
    planned(store, runner)
    browser.send_form("/plan/breaks", {"first": own_today().isoformat(), "why": "ill"})

    assert case(store, runner).logs == (Break(own_today(), None, "ill"),)
    assert "A day off" in browser.get("/plan").text


def test_days_off_that_end_before_they_begin_are_refused(browser):
    form = {"first": "2026-03-05", "last": "2026-03-01", "why": "travel"}

    assert browser.send_form("/plan/breaks", form).status_code == 422


def test_after_weeks_without_a_run_the_way_back_is_open_at_its_step(browser, store, runner):
    planned(store, runner, usual_minutes=0)
    text = browser.get("/plan").text

    assert 'id="way-back" open' in text
    assert "you are on step 1" in text


def test_a_changed_answer_offers_a_new_plan(browser, store, runner):
    planned(store, runner)
    answered(store, runner, OUTSIDE)

    assert "Your answers have changed since this plan was made" in browser.get("/plan").text


def test_a_plan_that_a_program_spoilt_is_as_none(browser, store, runner):
    answered(store, runner)
    store.papers.put(runner, "plan", {"version": 1, "made": "tomorrow"})
    store.papers.put(runner, "cue_log", {"kind": "what"})

    assert "Make the plan" in browser.get("/plan").text
    assert browser.get("/").status_code == 200


def edit(browser, path, **form):
    return browser.send_form(f"/plan/edit{path}", form)


def test_a_coach_moves_adds_changes_and_takes_out_phases(browser, store, runner):
    made = planned(store, runner)
    first, second = made.phases[0].key, made.phases[1].key

    edit(browser, f"/phases/{second}/move", to=0)
    assert [phase.key for phase in the_plan(store, runner).phases[:2]] == [second, first]

    edit(browser, "/phases", kind="cue", cue="tall", runs=5, at=1)
    added = the_plan(store, runner).phases[1]
    assert (added.cue, added.runs, added.title) == ("tall", 5, "Tall and easy")

    edit(browser, f"/phases/{added.key}", runs=7, title="Tall, a week", note="slowly", cue="wider_steps")
    assert the_plan(store, runner).phases[1].cue == "wider_steps"
    assert "slowly" in browser.get("/plan").text

    edit(browser, f"/phases/{added.key}/remove")
    assert the_plan(store, runner).phase(added.key) is None
    assert the_plan(store, runner).draw is None


def test_a_cue_that_speaks_against_the_pain_is_refused_with_the_reason(browser, store, runner):
    made = planned(store, runner, ACHILLES)
    answer = edit(browser, "/phases", kind="cue", cue="quiet_feet", runs=5, at=0)

    assert answer.status_code == 422
    assert "is not for this pain" in answer.text
    assert the_plan(store, runner) == made


def test_a_coach_writes_a_note_that_the_runner_reads(browser, store, runner):
    planned(store, runner)
    edit(browser, "/notes", text="Well begun. Keep the second week flat.")

    assert "Keep the second week flat." in browser.get("/plan").text


def test_a_coach_chooses_the_lessons_of_a_plan(browser, store, runner):
    made = planned(store, runner)
    kept = [made.lessons[2], made.lessons[0]]
    edit(browser, "/lessons", lesson=kept)

    assert the_plan(store, runner).lessons == (made.lessons[0], made.lessons[2])


def test_only_a_coach_changes_a_plan_or_writes_a_lesson(store, runner):
    planned(store, runner)
    store.accounts.add("ida", "a long enough word", role="runner", person_id=runner)
    account = store.accounts.check("ida", "a long enough word")
    browser = browser_of(store)
    browser.cookies.set("midstance_session", store.accounts.start_session(account.id, "phone"))

    assert browser.get("/plan").status_code == 200
    assert browser.get("/plan/edit").status_code == 403
    assert browser.get("/lessons/own").status_code == 403


def test_a_plan_of_somebody_else_is_not_shown(browser, store):
    other = store.people.add(Person("Ole"))
    planned(store, other)

    assert "A few questions first" in browser.get("/plan").text


@pytest.mark.parametrize("answers", [KNEECAP, OUTSIDE, ACHILLES])
def test_weeks_of_a_diary_move_the_plan_on_and_every_page_bears_it(browser, store, runner, answers):
    kept_analysis(store, runner)
    planned(store, runner, answers)
    diary(store, runner)

    for path in (
        "/",
        "/plan",
        "/helped",
        "/lessons",
        "/cues/shorter_steps/run",
        "/plan/edit",
        "/plan?anew=1",
    ):
        assert browser.get(path).status_code == 200, path
    assert plan_of(dict(store.papers.latest(runner, "plan").payload)).route == the_plan(store, runner).route


def test_the_cue_player_is_set_to_the_run_and_the_dose_of_today(browser, store, runner):
    made = planned(store, runner, days=28, own_way_again=False)
    diary(store, runner, days=28, level=lambda _day: 0.0)
    store.pains.delete(store.pains.of(runner)[-1].id)
    store.runs.delete(store.runs.of(runner)[-1].id)
    day = case(store, runner).day
    assert day.cue is not None, day
    text = browser.get(f"/cues/{day.cue.cue}/run").text

    assert day.cue.cue in {phase.cue for phase in made.phases}
    assert f'data-bouts="{day.cue.bouts}"' in text
    assert f'value="{max(day.run.minutes, day.cue.minutes):g}" min="3"' in text
