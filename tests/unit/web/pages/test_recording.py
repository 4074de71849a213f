from __future__ import annotations

import pytest

from midstance.journal import JobState
from midstance.web.pages.check_card import check_card


def item(key, state):
    return {"key": key, "state": state, "sentence": f"{key} is {state}", "remedy": ""}


def test_what_is_wrong_with_a_clip_is_said_before_what_is_right():
    facts = {"check": {"items": [item("view", "good"), item("feet", "bad"), item("tilt", "better")]}}

    card = check_card(facts)

    assert [line.kind for line in card.lines] == ["bad", "doubt", "good"]
    assert (card.title, card.pill) == ("Some numbers will be missing", "film again")


def test_a_clip_without_doubts_is_ready():
    card = check_card({"check": {"items": [item("view", "good")]}})

    assert (card.title, card.pill, card.kind) == ("A good clip", "ready", "good")


def test_a_check_that_failed_says_why():
    card = check_card({}, failed="it is no video")

    assert (card.pill, card.words) == ("did not work", "it is no video")


def recording_of(store, runner, name):
    return next(row for row in store.recordings.of(runner) if row.name == name)


def test_what_was_declared_is_what_the_analysis_is_asked_with(browser, store, runner):
    clip = recording_of(store, runner, "treadmill week 8.mp4")
    form = {
        "height_cm": "173.5",
        "surface": "treadmill",
        "speed": "12.6",
        "incline_percent": "1",
        "slow_motion": "8",
    }

    browser.send_form(f"/recordings/{clip.id}/analyse", form)

    asked = store.analyses.of(clip.id)[0]
    assert asked.settings == {
        "declared": {
            "surface": "treadmill",
            "speed_m_s": 3.5,
            "incline_percent": 1.0,
            "slow_motion_factor": 8.0,
        }
    }
    assert store.jobs.one(asked.job_id).kind == "analyse"
    assert store.people.one(runner).height_m == pytest.approx(1.735)


def test_asking_twice_gives_one_analysis(browser, store, runner):
    clip = recording_of(store, runner, "treadmill week 8.mp4")
    before = len(store.analyses.of(clip.id))

    for _ in range(2):
        browser.send_form(f"/recordings/{clip.id}/analyse", {})

    assert len(store.analyses.of(clip.id)) == before + 1


def test_a_standing_clip_of_somebody_else_is_refused(browser, store, runner):
    clip = recording_of(store, runner, "treadmill week 8.mp4")
    other = store.recordings.of(store.people.find("Amir")[0].id)[0]

    answer = browser.send_form(f"/recordings/{clip.id}/analyse", {"standing": other.id})

    assert answer.status_code == 422
    assert "somebody else" in answer.text


def test_an_analysis_being_made_shows_how_far_it_is_and_can_be_cancelled(browser, store, working):
    text = browser.get(f"/recordings/{working[0]}").text
    job = store.jobs.one(store.analyses.of(working[0])[0].job_id)
    assert "picture 202 of 481" in text
    assert 'value="0.42"' in text
    assert f'data-job="{job.id}"' in text

    browser.send_form(f"/recordings/{working[0]}/cancel", {"job_id": job.id})

    assert store.jobs.one(job.id).state is JobState.CANCELLED


def test_an_analysis_set_aside_says_why_and_can_be_tried_again(browser, store, working):
    text = browser.get(f"/recordings/{working[1]}").text
    job = store.jobs.one(store.analyses.of(working[1])[0].job_id)
    assert text.count("film with more light") == 1

    browser.send_form(f"/recordings/{working[1]}/retry", {"job_id": job.id})

    assert store.jobs.one(job.id).state is JobState.WAITING


def test_a_job_of_another_clip_is_none_of_a_recordings_business(browser, store, working):
    job = store.jobs.one(store.analyses.of(working[0])[0].job_id)

    assert browser.send_form(f"/recordings/{working[1]}/cancel", {"job_id": job.id}).status_code == 404
    assert not store.jobs.one(job.id).state.ended


def test_a_recording_is_deleted_after_a_question_with_its_analyses(browser, store, runner):
    clip = recording_of(store, runner, "treadmill week 1.mp4")
    question = browser.get(f"/recordings/{clip.id}/delete").text
    assert "Delete treadmill week 1.mp4?" in question

    browser.send_form(f"/recordings/{clip.id}/delete")

    assert clip.id not in {row.id for row in store.recordings.of(runner)}
    assert clip.id not in {row.recording.id for row in store.analyses.of(runner)}
