from __future__ import annotations

import re
from importlib import resources

import pytest
from tests.unit.web.programme.runners import KNEECAP, answered, case

from midstance.programme import LessonLog, lesson, lessons
from midstance.web.programme_view import all_lessons
from midstance.web.words import own_today

LINE = re.compile(
    r'<li data-line="(\d+)" data-pause="([\d.e+]+)" data-spoken="([\d.]+)"[^>]*>'
    r'<span class="text">(.*?)</span>'
)


def shipped(key="one_foot_by_a_wall"):
    folder = resources.files("midstance.programme") / "content" / "lessons"
    return next(text for path in folder.iterdir() if f'key = "{key}"' in (text := path.read_text("utf-8")))


def test_a_lesson_says_what_speaks_against_it_and_when_to_stop_before_it_begins(browser):
    for one in lessons():
        text = browser.get(f"/lessons/{one.key}").text
        assert text.index("Leave it out, or ask first") < text.index("Begin the lesson")
        assert text.index("Stop</h3>") < text.index("Begin the lesson")
        if one.kneeling:
            assert "No kneeling? Do it like this" in text


@pytest.mark.parametrize("key", [one.key for one in lessons()])
def test_the_transcript_has_every_line_with_its_pause(browser, key):
    script = lesson(key).script()
    found = LINE.findall(browser.get(f"/lessons/{key}/play").text)

    assert [int(number) for number, *_ in found] == list(range(len(script)))
    assert [float(pause) for _, pause, *_ in found] == pytest.approx([line.pause_s for line in script])
    seconds = sum(float(pause) + float(spoken) for _, pause, spoken, _ in found)
    assert seconds == pytest.approx(lesson(key).seconds, abs=1.0)


def test_the_scans_before_and_after_are_kept_as_one_note(browser, store, runner):
    answered(store, runner)
    begun = browser.send_form(
        "/lessons/two_sit_bones", {"words": "left heavier", "pain": "3"}, follow_redirects=False
    )
    log = begun.headers["location"].rsplit("=", 1)[1]
    assert not case(store, runner).logs[0].finished

    form = {"log": log, "words": "both alike", "pain": "2", "finished": "true"}
    browser.send_form("/lessons/two_sit_bones/log", form)

    logs = case(store, runner).logs
    assert logs == (
        LessonLog(
            own_today(),
            "two_sit_bones",
            before="left heavier",
            after="both alike",
            pain_before=3.0,
            pain_after=2.0,
        ),
    )
    assert "both alike" in browser.get("/lessons/two_sit_bones").text


def test_a_lesson_read_without_its_scan_is_kept_too(browser, store, runner):
    browser.send_form("/lessons/two_sit_bones/log", {"words": "calm", "finished": "true"})

    (log,) = case(store, runner).logs
    assert (log.lesson, log.after, log.finished) == ("two_sit_bones", "calm", True)


def test_a_note_of_somebody_else_is_not_written_over(browser, store, runner):
    other = store.people.add(store.people.one(runner))
    foreign = store.papers.put(
        other, "lesson_log", {"kind": "lesson", "day": "2026-01-01", "lesson": "two_sit_bones"}
    )

    browser.send_form("/lessons/two_sit_bones/log", {"log": foreign, "words": "mine"})

    assert "after" not in store.papers.one(foreign).payload
    assert case(store, runner).logs[0].after == "mine"


def write(browser, text, **more):
    return browser.send_form("/lessons/own", {"text": text, **more})


def test_a_lesson_of_a_coach_is_listed_shown_and_played_as_ours_are(browser, store):
    write(browser, shipped().replace('key = "one_foot_by_a_wall"', 'key = "by_the_lake"'))

    assert all_lessons(store)[-1].key == "by_the_lake"
    assert 'href="/lessons/by_the_lake"' in browser.get("/lessons").text
    assert "data-line" in browser.get("/lessons/by_the_lake/play").text


def test_a_slip_is_named_with_its_line_and_nothing_is_lost(browser, store):
    spoilt = shipped().replace('key = "one_foot_by_a_wall"', 'key = "mine"').replace("[reps]", "[rips]", 1)
    answer = write(browser, spoilt)

    assert answer.status_code == 422
    assert re.search(r"your lesson, line \d+", answer.text)
    assert "[rips]" in answer.text
    assert len(all_lessons(store)) == len(lessons())


def test_words_that_frighten_or_promise_are_named_and_a_coach_may_keep_them(browser, store):
    text = shipped().replace('key = "one_foot_by_a_wall"', 'key = "mine"')
    text = re.sub(r'summary = """', 'summary = """This will heal your knee. ', text, count=1)
    answer = write(browser, text)
    assert answer.status_code == 422
    assert "Some words had better be others" in answer.text
    assert len(all_lessons(store)) == len(lessons())

    write(browser, text, anyway="true")
    assert all_lessons(store)[-1].key == "mine"


def test_a_key_that_is_taken_is_refused(browser):
    answer = write(browser, shipped())

    assert answer.status_code == 422
    assert "which another lesson has" in answer.text


def test_a_coach_changes_and_deletes_a_lesson(browser, store):
    text = shipped().replace('key = "one_foot_by_a_wall"', 'key = "mine"')
    write(browser, text)
    paper = store.papers.latest(None, "own_lesson").id
    assert "key = &#34;mine&#34;" in browser.get(f"/lessons/own/{paper}").text

    write(browser, text.replace('key = "mine"', 'key = "mine_too"'), paper_id=paper)
    assert [one.key for one in all_lessons(store)[len(lessons()) :]] == ["mine_too"]

    browser.send_form(f"/lessons/own/{paper}/delete")
    assert len(all_lessons(store)) == len(lessons())


def test_the_example_to_begin_from_can_be_kept_as_it_is(browser, store):
    text = browser.get("/lessons/own?example=1").text
    assert "my_lesson" in text
    write(browser, shipped().replace('key = "one_foot_by_a_wall"', 'key = "my_lesson"'))

    assert all_lessons(store)[-1].key == "my_lesson"


def test_other_papers_cannot_be_reached_as_lessons(browser, store, runner):
    paper = answered(store, runner, KNEECAP)

    assert browser.get(f"/lessons/own/{paper}").status_code == 404
    assert browser.send_form(f"/lessons/own/{paper}/delete").status_code == 404
    assert store.papers.one(paper).kind == "interview"


def test_an_unknown_lesson_is_a_page_that_is_not_there(browser):
    assert browser.get("/lessons/nothing").status_code == 404
