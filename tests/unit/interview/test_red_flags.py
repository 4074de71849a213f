"""What stops the programme, from the interview or from the diary."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.unit.interview.runners import CALM, answered

from midstance.interview import ask_again, flags_of, next_question, question, told, triage
from midstance.model import PainEntry, PainSite

MONDAY = date(2026, 3, 2)
FLAGS = [
    (asked, option.key, option.flag)
    for asked in ("emergency", "urgent", "after_injury")
    for option in question(asked).options
    if option.flag
]


def flagged(asked, key):
    injury = {"urgent": ["injury"]} if asked == "after_injury" else {}
    return answered(CALM | injury | {asked: [key]})


def entry(days_ago, **rest):
    return PainEntry(MONDAY - timedelta(days=days_ago), PainSite.KNEECAP, "left", **rest)


@pytest.mark.parametrize(("asked", "key", "urgency"), FLAGS)
def test_every_red_flag_stops_and_says_what_to_do(asked, key, urgency):
    outcome = triage(flagged(asked, key))

    assert outcome.stop
    assert not outcome.complete
    assert (outcome.red_flags[0].key, outcome.red_flags[0].urgency) == (key, urgency)
    assert told(outcome).programme == "stop"
    assert outcome.red_flags[0].what_to_do in told(outcome).paragraphs[0]


@pytest.mark.parametrize("asked", ["emergency", "urgent", "after_injury"])
def test_none_of_these_stops_nothing(asked):
    assert not triage(flagged(asked, f"no_{asked}")).stop


def test_an_emergency_ends_the_interview_at_once():
    assert next_question({"emergency": ["cold_foot"]}) is None


def test_an_urgent_flag_is_followed_only_by_whether_someone_has_looked():
    asked = next_question({"emergency": ["no_emergency"], "urgent": ["night_pain"]})

    assert asked is not None
    assert asked.key == "cleared"
    assert next_question(answered(CALM | {"urgent": ["night_pain"], "cleared": "cleared_no"})) is None


def test_what_a_clinician_has_cleared_no_longer_stops():
    outcome = triage(answered(CALM | {"urgent": ["night_pain"], "cleared": "cleared_yes"}))

    assert not outcome.stop
    assert outcome.complete
    assert "cleared" in outcome.context


def test_nobody_clears_an_emergency():
    assert triage({"emergency": ["cold_foot"], "urgent": ["locked"], "cleared": "cleared_yes"}).stop


def test_a_flag_holds_even_where_none_of_these_was_chosen_too():
    outcome = triage(answered(CALM | {"emergency": ["no_emergency", "breathless"]}))

    assert outcome.stop
    assert len(outcome.contradictions) == 1


def test_emergencies_come_before_what_can_wait_for_days():
    diary = [entry(day, swelling=True) for day in range(3)]
    outcome = triage({"emergency": ["cold_foot"]}, MONDAY, pains=diary)

    assert [flag.urgency for flag in outcome.red_flags] == ["emergency", "urgent"]


@pytest.mark.parametrize(("days", "stops"), [(3, True), (2, False)])
def test_swelling_on_three_days_of_a_week_stops(days, stops):
    diary = [entry(day, swelling=True) for day in range(days)]

    assert bool(flags_of(diary, MONDAY)) is stops
    assert triage(answered(CALM), MONDAY, pains=diary).stop is stops


def test_swelling_noted_three_times_on_one_day_or_long_ago_does_not_stop():
    assert flags_of([entry(0, swelling=True)] * 3, MONDAY) == ()
    assert flags_of([entry(day, swelling=True) for day in (8, 9, 10)], MONDAY) == ()


@pytest.mark.parametrize(
    ("diary", "word"),
    [
        ([entry(0, swelling=True)], "swollen"),
        ([entry(1, during=5.5)], "5.5 of 10"),
        ([entry(0, before=1, next_morning=2), entry(2, before=1, next_morning=3)], "next morning 2 times"),
        ([entry(0, during=4), entry(8, during=2)], "risen"),
    ],
)
def test_a_diary_that_worsens_has_the_first_questions_asked_again(diary, word):
    assert any(word in sentence for sentence in ask_again(diary, MONDAY))


@pytest.mark.parametrize(
    "diary",
    [
        [],
        [entry(0, during=5, swelling=False)],
        [entry(0, before=1, next_morning=2)],
        [entry(0, before=1, next_morning=1), entry(1, before=2, next_morning=2)],
        [entry(0, during=3.9), entry(8, during=2)],
        [entry(0), entry(8, during=2)],
    ],
)
def test_a_calm_diary_or_one_with_gaps_asks_nothing(diary):
    assert ask_again(diary, MONDAY) == ()


def test_without_a_day_the_last_one_written_down_counts():
    assert ask_again([entry(400, swelling=True), entry(401)])
