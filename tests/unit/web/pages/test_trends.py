from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from tests.e2e.seeding import many

from midstance.journal import MeasureRow
from midstance.web.changes import trend_words
from midstance.web.pages.trend_lanes import Span, readings_of

KEY = "hip_over_ankle_at_midstance_m"
SET_UP = {"kind": "video", "view": "side", "surface": "treadmill", "definition": "mid_bend", "speed_m_s": 3.0}


def row(value, *, days_ago=0, half=0.02, side="right", **set_up):
    when = datetime.now(UTC) - timedelta(days=days_ago)
    low, high = (None, None) if value is None else (value - half, value + half)
    tier = "refused" if value is None else "fair"
    return MeasureRow(
        f"a{days_ago}", "r", when, KEY, side, value, low, high, "m", 20, tier, "", "mid_bend", None, None, "",
        SET_UP | set_up,
    )  # fmt: skip


def test_a_change_within_both_intervals_is_no_more_than_noise():
    trend = trend_words([row(0.00, days_ago=30), row(0.02)])

    assert trend.state == "noise"
    assert (trend.change, trend.detectable) == pytest.approx((2.0, 2.828), abs=0.001)
    assert "+2.0\N{NO-BREAK SPACE}cm" in trend.sentence
    assert "2.8\N{NO-BREAK SPACE}cm" in trend.sentence


@pytest.mark.parametrize(("last", "state"), [(0.05, "more"), (-0.05, "less")])
def test_a_change_beyond_both_intervals_is_more_than_noise(last, state):
    trend = trend_words([row(0.0, days_ago=30), row(0.01, days_ago=10), row(last)])

    assert (trend.state, trend.title) == (state, "More than noise")


def test_recordings_made_differently_are_not_compared():
    rows = [row(0.0, days_ago=30, surface="overground"), row(0.0, days_ago=20, speed_m_s=4.0), row(0.06)]

    trend = trend_words(rows)

    assert trend.state == "too_few"
    assert "made differently" in trend.sentence


def test_of_recordings_made_the_same_way_the_first_is_compared():
    rows = [row(0.09, days_ago=40, surface="overground"), row(0.0, days_ago=30), row(0.06)]

    assert trend_words(rows).change == pytest.approx(6.0)


def test_numbers_that_were_refused_are_passed_over():
    assert trend_words([row(None, days_ago=5), row(0.01)]).state == "too_few"
    assert trend_words([]).state == "too_few"
    assert (
        readings_of([row(None)], Span(datetime.now(UTC).date() - timedelta(days=9), datetime.now(UTC).date()))
        == []
    )


def test_every_mark_of_the_time_line_leads_to_its_analysis_and_says_its_number(browser, store, runner):
    text = browser.get("/trends").text
    analyses = {analysis.id for analysis in store.analyses.of(runner)}

    links = re.findall(r'<a href="/analyses/(\w+)"><title>([^<]+)</title>', text)

    assert {name for name, _ in links} == analyses
    assert all("cm (" in words or "° (" in words or "steps/min (" in words for _, words in links)


def test_years_of_entries_are_drawn_by_the_week(browser, store, runner):
    many(store, runner, 80, 1500)

    text = browser.get("/trends?span=all").text

    assert "worst of the week" in text
    assert text.count('class="pain-stem"') < 2 * 70
    assert len(text) < 400_000
    assert "each mark stands for the last recording of its weeks" in text


def test_the_cadence_that_rose_is_called_more_than_noise(browser):
    text = browser.get("/trends").text
    cadence = text.split('<th scope="row">Cadence')[1].split("</tr>")[0]

    assert "More than noise" in cadence


def test_one_recording_alone_is_no_table_of_nothings(browser, store):
    browser.turn_to(store.people.find("Amir")[0].id)

    text = browser.get("/trends").text

    assert text.count("Nothing to compare yet") == 1
    assert "It takes two recordings made the same way." in text
