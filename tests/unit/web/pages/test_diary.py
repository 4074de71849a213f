from __future__ import annotations

from datetime import timedelta

import pytest

from midstance.journal import Person
from midstance.model import PainSite, Tried
from midstance.web.words import own_today

DAY = str(own_today())
ENTRY = {"day": DAY, "site": "outside_knee", "side": "left", "during": "6"}
GPX = """<?xml version="1.0"?><gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">
<trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>"""


def gpx():
    times = [f"2026-03-04T06:{k // 60:02d}:{k % 60:02d}Z" for k in range(600)]
    points = "".join(
        f'<trkpt lat="{52 + 0.00003 * k}" lon="13"><time>{time}</time></trkpt>'
        for k, time in enumerate(times)
    )
    return GPX.format(points=points).encode()


def test_an_entry_is_kept_with_everything_that_was_said(browser, store, runner):
    form = ENTRY | {
        "before": "1", "after": "4", "next_morning": "2", "onset": "3.5", "onset_in": "distance",
        "tried": ["ice", "rest"], "swelling": "no", "note": " on the track ",
    }  # fmt: skip

    browser.send_form("/diary/pain", form)

    entry = max(store.pains.of(runner), key=lambda row: row.added).entry
    assert (entry.site, entry.side, entry.worst) == (PainSite.OUTSIDE_KNEE, "left", 6.0)
    assert (entry.before, entry.after, entry.next_morning) == (1.0, 4.0, 2.0)
    assert entry.onset_m == pytest.approx(3500.0)
    assert entry.tried == {Tried.ICE, Tried.REST}
    assert (entry.swelling, entry.note) == (False, "on the track")


def test_distances_are_taken_in_the_persons_own_units(browser, store, runner):
    browser.send_form("/settings/units", {"units": "miles"})

    browser.send_form("/diary/pain", ENTRY | {"onset": "2", "onset_in": "distance"})
    browser.send_form("/diary/run", {"day": DAY, "distance": "10", "minutes": "80"})

    assert max(store.pains.of(runner), key=lambda row: row.added).entry.onset_m == pytest.approx(3218.688)
    assert store.runs.of(runner)[-1].run.distance_m == pytest.approx(16093.44)
    assert "10.0\N{NO-BREAK SPACE}mi in 1 h 20 min" in browser.get("/diary").text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"day": DAY, "site": "kneecap", "side": "left"}, "says nothing yet"),
        (ENTRY | {"day": str(own_today() + timedelta(days=1))}, "still to come"),
        (ENTRY | {"during": "11"}, "does not fit"),
        (ENTRY | {"site": "soul"}, "does not fit"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_with_a_sentence(browser, store, runner, form, words):
    before = len(store.pains.of(runner))

    answer = browser.send_form("/diary/pain", form)

    assert answer.status_code == 422
    assert words in answer.text
    assert len(store.pains.of(runner)) == before


def test_a_changed_entry_takes_the_place_of_the_old_one(browser, store, runner):
    old = store.pains.of(runner)[-1]
    assert 'value="3" checked' not in browser.get(f"/diary?entry={old.id}").text

    browser.send_form(f"/diary/pain/{old.id}", ENTRY | {"during": "3"})

    assert store.pains.one(old.id).entry.during == 3.0
    text = browser.get(f"/diary?entry={old.id}").text
    assert 'name="during" value="3" checked' in text
    assert 'id="site-outside_knee" value="outside_knee" checked' in text


def test_an_entry_of_somebody_else_can_neither_be_seen_nor_deleted(browser, store):
    other = next(row.person for row in store.people.find("Bea"))
    entry = store.pains.of(other.id)[0]

    assert browser.get(f"/diary?entry={entry.id}").status_code == 404
    assert browser.send_form(f"/diary/pain/{entry.id}/delete").status_code == 404
    assert store.pains.of(other.id) == [entry]


def test_a_run_without_distance_and_time_is_refused(browser):
    answer = browser.send_form("/diary/run", {"day": DAY})

    assert answer.status_code == 422
    assert "neither distance nor time" in answer.text


def test_the_same_run_typed_twice_is_there_once(browser, store, runner):
    run = {"day": DAY, "at": "07:10", "distance": "8", "minutes": "44", "effort": "4"}
    browser.send_form("/diary/run", run)
    known = len(store.runs.of(runner))

    answer = browser.send_form("/diary/run", run, follow_redirects=True)

    assert len(store.runs.of(runner)) == known
    assert "was there already" in answer.text


def test_a_deleted_run_is_gone(browser, store, runner):
    run = store.runs.of(runner)[-1]

    browser.send_form(f"/diary/run/{run.id}/delete")

    assert run.id not in {row.id for row in store.runs.of(runner)}


def test_runs_of_a_watch_come_in_once_and_what_is_none_is_told(browser, store, runner):
    files = [("files", ("morning.gpx", gpx())), ("files", ("notes.txt", b"not a run"))]

    first = browser.send_form("/diary/runs", files=files)
    second = browser.send_form("/diary/runs", files=files[:1])

    assert "1 run added" in first.text
    assert "this is not a FIT, TCX or GPX file" in first.text
    assert "was there already" in second.text
    assert len([row for row in store.runs.of(runner) if row.run.source == "gpx"]) == 1


def test_a_hostile_file_name_is_shown_as_a_plain_name(browser):
    name = "../../<img src=x onerror=alert(1)>.gpx"

    text = browser.send_form("/diary/runs", files=[("files", (name, b"nothing"))]).text

    assert "<img src=x" not in text
    assert ".." not in text.split('class="checks"')[1]


def test_four_weeks_are_shown_and_the_earlier_ones_are_a_link_away(browser):
    page = browser.get("/diary")
    earlier = page.text.split('href="/diary?until=')[1].split("#")[0]

    text = browser.get(f"/diary?until={earlier}").text

    assert "Four weeks later" in text
    assert "Four weeks later" not in page.text
    assert text.count('class="day"') > 5


def test_the_place_of_the_last_entry_is_chosen_already(browser, store):
    person = store.people.add(Person("Zoe"))
    browser.turn_to(person)
    browser.send_form("/diary/pain", ENTRY)

    text = browser.get("/diary").text

    assert 'id="site-outside_knee" value="outside_knee" checked' in text
    assert 'id="side-left" value="left" checked' in text
