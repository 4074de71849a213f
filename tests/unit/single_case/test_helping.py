from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from midstance.errors import DataError
from midstance.model import PainEntry, PainSite, TrainingRun
from midstance.single_case import Phase, course_of, helped

START = date(2026, 3, 2)


def entries(ratings, *, step=2, first=START):
    days = [first + timedelta(days=step * i) for i in range(len(ratings))]
    return [PainEntry(day, PainSite.KNEECAP, "left", during=r) for day, r in zip(days, ratings, strict=True)]


CHANGED = START + timedelta(days=16)
PHASES = [Phase("baseline", START, CHANGED - timedelta(days=1)), Phase("quiet_feet", CHANGED)]
RELIEVED = [6, 5, 6, 7, 6, 5, 6, 6, 2, 3, 2, 3, 2, 3, 2, 3]


def test_two_entries_on_a_day_become_their_mean():
    twice = [*entries([4, 5]), *entries([6])]

    assert course_of(twice, PHASES).pain.tolist() == [5.0, 5.0]


def test_an_entry_without_the_rating_is_left_out():
    missing = PainEntry(START + timedelta(days=1), PainSite.KNEECAP, "left", after=3)

    assert len(course_of([*entries([4, 5]), missing], PHASES)) == 2
    assert course_of([*entries([4]), missing], PHASES, moment="after").pain.tolist() == [3.0]


def test_a_gap_of_weeks_keeps_its_length():
    late = entries([3], first=START + timedelta(days=40))

    assert course_of([*entries([4, 5]), *late], PHASES).day.tolist() == [0.0, 2.0, 40.0]


def test_days_outside_the_plan_are_left_out():
    early = entries([9], first=START - timedelta(days=3))

    assert course_of([*early, *entries([4])], PHASES).pain.tolist() == [4.0]


def test_without_a_rating_the_error_says_which_one_is_missing():
    with pytest.raises(DataError, match="no pain next morning is noted"):
        course_of(entries([4]), PHASES, moment="next_morning")


def test_one_of_several_things_tried_can_be_asked_for():
    later = CHANGED + timedelta(days=4)
    phases = [PHASES[0], Phase("tall", CHANGED, later - timedelta(days=1)), Phase("lean", later)]
    course = course_of(entries([5] * 12), phases, tried="tall")

    assert course.label[course.treated].tolist() == ["tall", "tall"]


def test_load_is_the_distance_of_the_week_up_to_the_day():
    runs = [TrainingRun(datetime(2026, 3, 2 + 4 * i, 8, tzinfo=UTC), distance_m=5_000) for i in range(4)]
    course = course_of(entries([5] * 6), PHASES, runs)

    assert course.load_m is not None
    assert course.load_m.tolist() == [5_000, 5_000, 10_000, 10_000, 10_000, 10_000]


def test_clear_relief_is_told_with_its_chances_and_what_else_could_explain_it():
    answer = helped(course_of(entries(RELIEVED), PHASES), what="quiet feet")

    assert answer.state == "helped"
    assert "quiet feet" in answer.headline
    assert "by itself" in answer.cautions[0]
    assert answer.tau == 1.0


def test_a_diary_that_began_in_bad_days_says_so():
    answer = helped(course_of(entries([8, 8, 7, 4, 5, 4, 5, 4, 3, 4, 3, 4, 3, 4, 3, 4]), PHASES))

    assert any("start to write when it hurts most" in caution for caution in answer.cautions)


def test_pain_that_rises_is_told_to_stop():
    answer = helped(course_of(entries([2, 1, 2, 2, 1, 2, 2, 1, 6, 6, 5, 6, 6, 7, 6, 6]), PHASES))

    assert answer.state == "worse"
    assert "Stop it" in answer.headline


def test_too_few_entries_are_too_early():
    answer = helped(course_of(entries([5] * 9), PHASES))

    assert answer.state == "too_early"
    assert np.isnan(answer.chance_of_relief)
    assert "1 while trying" in answer.detail


def test_a_steady_diary_is_unchanged():
    answer = helped(course_of(entries([4, 5, 4, 4, 5, 4, 5, 4] + [4, 5, 4, 4, 4, 5, 4, 5] * 2), PHASES))

    assert answer.state == "unchanged"


def test_the_draw_is_told_in_words():
    course = course_of(entries(RELIEVED), PHASES)

    assert "the lot alone would show as much relief 4 in 100 times" in helped(course, p=0.04).detail
