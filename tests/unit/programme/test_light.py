from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.programme.conftest import START

from midstance.model import PainEntry, PainSite
from midstance.programme import Colour, light

DAY = timedelta(days=1)
MOMENTS = ("during", "after", "next_morning")


@pytest.mark.parametrize(
    ("ratings", "colour"),
    [
        ({"during": 2.0}, Colour.GREEN),
        ({"during": 2.1}, Colour.AMBER),
        ({"during": 5.0}, Colour.AMBER),
        ({"during": 5.1}, Colour.RED),
        ({"after": 1.0}, Colour.GREEN),  # within a point of before
        ({"after": 1.1}, Colour.AMBER),
        ({"before": 1.0, "after": 2.0}, Colour.GREEN),
        ({"next_morning": 1.5}, Colour.AMBER),
        ({"next_morning": 6.0}, Colour.RED),
        ({"before": 6.0}, Colour.RED),
        ({"swelling": True}, Colour.RED),
        ({"swelling": False}, Colour.GREEN),
    ],
)
def test_the_light_follows_the_ratings(pain, run, ratings, colour):
    assert light([pain(START, **ratings)], [run(START)], START).colour is colour


def test_a_second_worse_morning_in_two_weeks_is_red(pain, run):
    days = [START, START + 7 * DAY]
    entries = [pain(day, next_morning=2.0) for day in days]

    assert light(entries[:1], [run(START)], START).colour is Colour.AMBER
    assert light(entries, [run(day) for day in days], days[1]).colour is Colour.RED
    assert (
        light([entries[0], replace(entries[1], day=START + 20 * DAY)], [], START + 20 * DAY).colour
        is Colour.AMBER
    )


def test_a_red_day_gives_two_days_of_rest_and_then_half(pain, run):
    entries, runs = [pain(START, 7.0)], [run(START, 40)]

    for after in (0, 1, 2):
        assert light(entries, runs, START + after * DAY).next_load.rest_until == START + 2 * DAY
    later = light(entries, runs, START + 3 * DAY)
    assert later.colour is Colour.RED
    assert later.next_load.rest_until is None
    assert later.next_load.minutes == 20


def test_a_day_of_rest_without_pain_does_not_turn_red_into_green(pain, run):
    entries = [pain(START, 7.0), PainEntry(START + 3 * DAY, PainSite.KNEECAP, "right", before=0.0)]

    assert light(entries, [run(START)], START + 4 * DAY).colour is Colour.RED


def test_the_run_after_it_can_turn_it_green_again(pain, run):
    days = [START, START + 3 * DAY]

    assert (
        light([pain(START, 7.0), pain(days[1], 1.0)], [run(day) for day in days], days[1]).colour
        is Colour.GREEN
    )


def test_the_worst_of_two_entries_a_day_and_of_two_places_counts(pain, run):
    entries = [pain(START, 1.0), pain(START, 4.0), pain(START, 0.0, site=PainSite.CALF)]

    assert light(entries, [run(START)], START).colour is Colour.AMBER


def test_a_run_without_a_rating_is_neither_green_nor_red(pain, run):
    answer = light([pain(START)], [run(START), run(START + 2 * DAY)], START + 2 * DAY)

    assert answer.colour is Colour.UNKNOWN
    assert "Zero counts too" in answer.sentence


def test_before_anything_is_noted_it_says_so():
    assert "Nothing noted yet" in light([], [], START).sentence


def test_old_entries_say_nothing_about_today(pain, run):
    assert light([pain(START, 7.0)], [run(START)], START + 30 * DAY).colour is Colour.UNKNOWN


def test_the_light_says_what_it_rests_on(pain, run):
    assert (
        light([pain(START, 4.0)], [run(START)], START).why
        == "04 May: 0 before, 4 during, 0 after, 0 next morning"
    )


rating = st.none() | st.floats(0, 10)
entry = st.builds(
    PainEntry,
    day=st.integers(-30, 5).map(lambda n: START + n * DAY),
    site=st.sampled_from(PainSite),
    side=st.just("left"),
    before=rating,
    during=rating,
    after=rating,
    next_morning=rating,
    swelling=st.none() | st.booleans(),
)


@settings(max_examples=300, deadline=None)
@given(entries=st.lists(entry, min_size=1, max_size=12), which=st.data(), more=st.floats(0, 10))
def test_the_light_is_never_greener_when_pain_is_higher(entries, which, more):
    place = which.draw(st.integers(0, len(entries) - 1))
    moment = which.draw(st.sampled_from(MOMENTS))
    old = entries[place]
    if getattr(old, moment) is None:
        return
    worse = replace(old, **{moment: min(10.0, getattr(old, moment) + more)})
    others = [*entries[:place], worse, *entries[place + 1 :]]

    assert light(others, [], START).colour >= light(entries, [], START).colour


@settings(max_examples=300, deadline=None)
@given(entries=st.lists(entry, min_size=1, max_size=12), more=st.integers(0, 10))
def test_the_light_is_never_greener_when_everything_hurts_more(entries, more):
    def raised(given: PainEntry) -> PainEntry:
        ratings = {m: getattr(given, m) for m in ("before", *MOMENTS)}
        higher: dict[str, Any] = {m: None if r is None else min(10.0, r + more) for m, r in ratings.items()}
        return replace(given, **higher)

    assert light([raised(e) for e in entries], [], START).colour >= light(entries, [], START).colour
