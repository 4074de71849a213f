from __future__ import annotations

import re
from datetime import timedelta

import pytest
from tests.unit.web.programme.runners import KNEECAP, answered, case, diary, kept_analysis, planned

from midstance.model import PainEntry, PainSite
from midstance.programme import spans_of, timeline
from midstance.web.programme_view.helping import ALL, Asked, answer_of
from midstance.web.words import own_today


def fallen(after):
    """Pain 5 until a day of the plan, 1 from then on."""
    return lambda day: 5.0 if day < after else 1.0


def with_relief(store, runner, *, days=80):
    """A plan whose baseline hurt, and whose cues did not."""
    made = planned(store, runner, days=days, own_way_again=False)
    diary(store, runner, days=days, level=lambda _day: 2.0)
    now = case(store, runner)
    start = next(
        first
        for label, first, _ in spans_of(timeline(made, now.pains, now.runs, now.today))
        if label != "baseline"
    )
    for row in store.pains.of(runner):
        if row.entry.day >= start:
            store.pains.change(
                row.id,
                PainEntry(
                    row.entry.day,
                    row.entry.site,
                    row.entry.side,
                    before=0.0,
                    during=0.0,
                    after=0.0,
                    next_morning=0.0,
                ),
            )
    return made


def test_an_empty_diary_says_what_is_needed(browser):
    assert "At least five ratings before" in browser.get("/helped").text


def test_a_diary_without_a_plan_can_still_be_asked(browser, store, runner):
    diary(store, runner)

    assert "No plan yet" in browser.get("/helped").text


def test_relief_in_the_phases_of_the_plan_is_told_with_chance_and_what_else_it_could_be(
    browser, store, runner
):
    with_relief(store, runner)
    text = browser.get("/helped").text

    assert re.search(r"<h1>(Your pain was lower|Too close to call|Your pain hardly changed)", text)
    assert "chance of any relief" in text
    assert "What else it could be" in text
    assert "Pain, phase by phase" in text
    assert 'class="figure help-figure"' in text


def test_a_large_relief_since_a_day_of_ones_own_is_found(browser, store, runner):
    answered(store, runner)
    diary(store, runner, level=fallen(30))
    since = own_today() - timedelta(days=30)
    text = browser.get(f"/helped?what=own&since={since}&name=other+shoes").text

    assert "Your pain was lower while you tried other shoes" in text
    assert "How far before it begins" in text


def test_a_pain_that_did_not_change_is_not_called_help(browser, store, runner):
    answered(store, runner)
    diary(store, runner, level=lambda _day: 3.0)
    since = own_today() - timedelta(days=30)

    assert "Your pain was lower" not in browser.get(f"/helped?what=own&since={since}").text


def test_the_first_days_of_a_plan_are_too_early(browser, store, runner):
    planned(store, runner, days=3)
    diary(store, runner, days=3)

    assert re.search(r"<h1>(Nothing to compare yet|It is too early)", browser.get("/helped").text)


def test_place_moment_and_cue_can_be_chosen(browser, store, runner):
    made = with_relief(store, runner)
    store.pains.add(runner, PainEntry(own_today(), PainSite.ACHILLES, "left", during=2.0))
    text = browser.get("/helped?place=achilles:left&moment=next_morning").text
    assert 'value="achilles:left" selected' in text
    assert 'value="next_morning" selected' in text

    cue = next(phase.cue for phase in made.phases if phase.cue)
    assert f'value="{cue}" selected' in browser.get(f"/helped?what={cue}").text


def test_what_was_never_written_down_is_answered_by_what_was(browser, store, runner):
    with_relief(store, runner)

    assert browser.get("/helped?place=nonsense&what=nonsense&since=never").status_code == 200
    assert browser.get("/helped?moment=tomorrow").status_code == 422


def test_the_same_place_in_two_entries_a_day_and_gaps_of_weeks_are_borne(store, runner):
    answered(store, runner)
    diary(store, runner, days=90, level=fallen(45), every=3)
    store.pains.add(runner, PainEntry(own_today() - timedelta(days=80), PainSite.KNEECAP, "right"))
    for row in store.pains.of(runner)[5:10]:
        store.pains.delete(row.id)
    row = store.pains.of(runner)[2]
    store.pains.add(runner, PainEntry(row.entry.day, PainSite.KNEECAP, "right", during=6.0))
    now = case(store, runner, whole=True)
    asked = Asked(PainSite.KNEECAP, "right", "during", "own", own_today() - timedelta(days=45), "it")

    answer = answer_of(asked, now)

    assert answer.help is not None
    assert answer.help.change is not None
    assert [level.label for level in answer.levels] == ["0", "1"]


def test_the_randomisation_test_runs_over_the_draw_of_the_plan(store, runner):
    planned(store, runner, days=110)
    diary(store, runner, days=110, level=lambda _day: 1.0)
    now = case(store, runner, whole=True)

    answer = answer_of(Asked(PainSite.KNEECAP, "right", "during", ALL, None, "it"), now)

    assert answer.help is not None
    assert 0.0 < answer.help.p <= 1.0


@pytest.mark.parametrize("days", [100, 2])
def test_films_from_before_and_while_trying_are_compared_where_both_are_there(browser, store, runner, days):
    answered(store, runner, KNEECAP)
    diary(store, runner, level=fallen(30))
    kept_analysis(store, runner, days=days)
    kept_analysis(store, runner, days=1, hip=0.1)
    since = own_today() - timedelta(days=30)
    text = browser.get(f"/helped?what=own&since={since}").text

    assert ("Compare the two films" in text) is (days == 100)
