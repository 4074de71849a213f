from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.programme.conftest import START, run_of, step_of

from midstance.model import Advice, Finding, Grade, PainEntry, PainSite, RedFlag, Route, TrainingRun, Triage
from midstance.programme import (
    Break,
    Colour,
    CueLog,
    Day,
    LessonLog,
    PhaseKind,
    Preferences,
    best_cue,
    cue,
    light,
    plan,
    plan_of,
    plan_record,
    timeline,
    today,
    with_cue,
    with_red_flags,
)

DAY = timedelta(days=1)
FLAG = RedFlag("locked", "urgent", "The knee locks.", "See a doctor within days.")


def lived(made, days, during, run, pain, *, rate=True, logs=()):
    """Live by a plan: run when it says so, and note what is felt."""
    pains: list[PainEntry] = []
    runs: list[TrainingRun] = []
    seen = []
    for number in range(days):
        day = today(made, pains, runs, logs, START + number * DAY)
        seen.append(day)
        if day.state == "run":
            runs.append(run(day.day, run_of(day).minutes))
            if rate:
                pains.append(pain(day.day, during(number, day)))
    return seen, pains, runs


def test_the_first_day_after_much_pain_is_half_a_run(triage):
    first = today(plan(triage(worst=7.0), today=START, seed=1), [], [], [], START)

    assert (first.state, run_of(first).minutes) == ("run", 15)
    assert run_of(today(plan(triage(worst=1.0), today=START, seed=1), [], [], [], START)).minutes == 30


def test_a_life_with_the_plan_goes_through_all_of_it_to_a_quiet_end(knee_plan, run, pain):
    seen, pains, runs = lived(
        knee_plan, 160, lambda _n, day: 1.0 if day.cue and day.cue.cue == "shorter_steps" else 2.0, run, pain
    )
    phases = list(dict.fromkeys(day.phase.key for day in seen if day.phase))

    assert phases == [phase.key for phase in knee_plan.phases]
    assert seen[-1].state == "finished"
    assert seen[-1].title == "You no longer need this"
    assert best_cue(knee_plan, pains, runs, [], seen[-1].day).cue == "shorter_steps"
    kept = [day for day in seen if day.phase and day.phase.kind is PhaseKind.KEEP and day.cue]
    assert {day.cue.cue for day in kept} == {"shorter_steps"}
    assert kept[0].cue.minutes < kept[-1].cue.minutes
    assert kept[-1].cue.session <= cue("shorter_steps").dose.sessions_high


def test_runs_are_alike_while_cues_are_compared_and_grow_by_a_tenth_a_week_later(knee_plan, run, pain):
    seen, _, _ = lived(knee_plan, 160, lambda *_: 1.0, run, pain)
    compared = [d.run.minutes for d in seen if d.run and d.phase.kind in {PhaseKind.BASELINE, PhaseKind.CUE}]
    kept = [(d.day, d.run.minutes) for d in seen if d.run and d.phase and d.phase.kind is PhaseKind.KEEP]

    assert len(set(compared)) == 1
    assert kept[-1][1] > kept[0][1]
    for day, minutes in kept:
        week_before = [m for other, m in kept if timedelta(days=7) <= day - other <= timedelta(days=13)]
        assert not week_before or minutes <= 1.1 * max(week_before) + 1


def test_a_cue_takes_at_most_a_tenth_of_the_first_week(knee_plan, run, pain):
    seen, _, _ = lived(knee_plan, 60, lambda *_: 1.0, run, pain)
    first = next(day for day in seen if day.cue)

    assert first.cue.minutes <= 0.1 * run_of(first).minutes
    assert first.cue.prompt_every_s > 0
    assert first.cue.words == cue(first.cue.cue).words


def test_only_one_cue_is_tried_at_a_time_and_none_in_the_baseline(knee_plan, run, pain):
    seen, _, _ = lived(knee_plan, 100, lambda *_: 1.0, run, pain)

    assert all(day.cue is None for day in seen if day.phase and day.phase.kind is PhaseKind.BASELINE)
    assert all(day.lesson == "" for day in seen if day.phase and day.phase.kind is PhaseKind.BASELINE)
    assert all(day.cue.cue == day.phase.cue for day in seen if day.cue and day.phase.kind is PhaseKind.CUE)


def test_the_metronome_beats_where_the_step_rate_is_known(triage, run, pain):
    made = plan(triage(), today=START, seed=1, preferences=Preferences(cadence_spm=160.0))
    seen, _, _ = lived(made, 90, lambda *_: 1.0, run, pain)
    beats = {day.cue.cue: day.cue.beat_spm for day in seen if day.cue}

    assert beats["shorter_steps"] == 172
    assert set(beats.values()) == {172, None}


def test_a_red_day_is_followed_by_rest_the_warning_signs_and_half_a_run(knee_plan, run, pain):
    pains, runs = [pain(START, 7.0)], [run(START, 40)]
    resting = today(knee_plan, pains, runs, [], START + DAY)
    later = today(knee_plan, pains, runs, [], START + 3 * DAY)

    assert resting.state == "rest"
    assert resting.check_red_flags
    assert resting.lesson == ""
    assert resting.clinician
    assert (later.state, run_of(later).minutes) == ("run", 20)


def test_the_first_amber_run_is_repeated_the_second_made_shorter(knee_plan, run, pain):
    days = [START, START + 3 * DAY]
    entries, runs = [pain(day, 4.0) for day in days], [run(day, 30) for day in days]

    assert run_of(today(knee_plan, entries[:1], runs[:1], [], days[1])).minutes == 30
    assert run_of(today(knee_plan, entries, runs, [], days[1] + 2 * DAY)).minutes == 24


@pytest.mark.parametrize(("weeks", "step"), [(2, 4), (3, 4), (4, 1), (20, 1)])
def test_weeks_without_a_run_lead_back_by_walking_and_running(knee_plan, run, pain, weeks, step):
    day = today(knee_plan, [pain(START)], [run(START)], [], START + timedelta(weeks=weeks))

    assert day.state == "run"
    assert step_of(day) == step
    assert any("days without a run" in message for message in day.messages)
    assert day.cue is None


def test_a_week_without_a_run_makes_the_next_one_shorter(knee_plan, run, pain):
    day = today(knee_plan, [pain(START)], [run(START)], [], START + 8 * DAY)

    assert (run_of(day).rung, run_of(day).minutes) == (None, 24)


def test_the_way_back_goes_up_with_green_runs_and_down_with_red_ones(triage, run, pain):
    made = plan(triage(), today=START, seed=1, preferences=Preferences(usual_minutes=0.0))
    pains: list[PainEntry] = []
    runs: list[TrainingRun] = []
    steps = []
    for number, during in enumerate([1.0, 1.0, 4.0, 1.0, 7.0, 1.0]):
        on = START + 4 * number * DAY
        steps.append(step_of(today(made, pains, runs, [], on)))
        pains.append(pain(on, during))
        runs.append(run(on, 20))

    assert steps == [1, 2, 3, 3, 4, 3]


def test_a_gap_does_not_count_as_part_of_what_is_compared(knee_plan, diary, run, pain):
    pains, runs = diary(6)
    late = START + 60 * DAY
    back = [late + 2 * n * DAY for n in range(4)]
    before = timeline(knee_plan, pains, runs, START + 20 * DAY)
    after = timeline(
        knee_plan, [*pains, *(pain(d) for d in back)], [*runs, *(run(d) for d in back)], back[-1]
    )

    assert [span.runs for span in before if span.state == "now"] == [3]
    assert [span.runs for span in after if span.state == "now"] == [3]


def test_an_illness_waits_and_comes_back_shorter(knee_plan, run, pain):
    ill = [Break(START + DAY, START + 4 * DAY, "ill")]
    during = today(knee_plan, [pain(START)], [run(START)], ill, START + 3 * DAY)
    after = today(knee_plan, [pain(START)], [run(START)], ill, START + 5 * DAY)

    assert during.state == "rest"
    assert any("Get well first" in message for message in during.messages)
    assert (after.state, run_of(after).minutes) == ("run", 21)


def test_a_week_that_hurts_more_is_called_a_setback_kindly(knee_plan, run, pain):
    days = [START + n * DAY for n in range(0, 14, 2)]
    pains = [pain(day, 1.0 if n < 4 else 5.0) for n, day in enumerate(days)]
    day = today(knee_plan, pains, [run(d) for d in days], [], START + 13 * DAY)

    assert any("Setbacks are part of the way" in message for message in day.messages)


def test_eight_weeks_without_getting_better_ask_for_a_clinician(knee_plan, run, pain):
    days = [START + n * DAY for n in range(0, 60, 3)]
    same = today(knee_plan, [pain(d, 4.0) for d in days], [run(d) for d in days], [], START + 60 * DAY)
    pains = [pain(d, 4.0 if n < 5 else 1.0) for n, d in enumerate(days)]
    better = today(knee_plan, pains, [run(d) for d in days], [], START + 60 * DAY)

    assert same.clinician == knee_plan.clinician
    assert better.clinician == ""


def test_runs_without_a_rating_are_asked_about_and_settle_nothing(knee_plan, run, pain):
    seen, _, _ = lived(knee_plan, 30, lambda *_: 1.0, run, pain, rate=False)

    assert {day.phase.kind for day in seen} == {PhaseKind.SETTLE}
    assert any("have no rating" in message for message in seen[-1].messages)


def test_what_does_not_go_together_is_asked(knee_plan, run, pain):
    entries = [pain(START, onset_s=3600.0), pain(START + DAY), pain(START + 9 * DAY)]
    asked = " ".join(today(knee_plan, entries, [run(START, 20)], [], START + 2 * DAY).questions)

    assert "pain began after 60 minutes of a run of 20" in asked
    assert "but no run" in asked
    assert "1 entry lies after today" in asked


def test_a_run_noted_twice_counts_once(knee_plan, run, pain):
    day = today(knee_plan, [pain(START)], [run(START, 30), run(START, 30.2)], [], START + 2 * DAY)

    assert run_of(day).minutes < 40


def test_two_runs_a_day_are_one_day_with_a_run(knee_plan, pain):
    twice = [TrainingRun(datetime(2026, 5, 4, hour, tzinfo=UTC), duration_s=900.0) for hour in (7, 18)]
    spans = timeline(knee_plan, [pain(START)], twice, START)

    assert spans[0].runs == 1


def test_lessons_take_turns_on_days_without_a_run(triage, run, pain):
    made = plan(triage("achilles", PainSite.ACHILLES), today=START, seed=1)
    logs = [LessonLog(START - DAY * 20, "foot_and_pelvis")]
    day = today(made, [pain(START)], [run(START)], logs, START + DAY)
    sated = [LessonLog(START, "foot_and_pelvis"), LessonLog(START, "two_sit_bones")]

    assert day.lesson == "hip_and_shoulder_slide"
    assert day.strength == ("heel_raise",)
    assert today(made, [pain(START)], [run(START)], sated, START + DAY).lesson == ""


def test_the_best_cue_is_found_within_runs_too_and_small_differences_are_none(knee_plan, diary):
    pains, runs = diary(45)
    on = START + 100 * DAY
    tried = "whole_body_lean" if "whole_body_lean" in knee_plan.draw.order else "quiet_feet"
    logs = [CueLog(START + n * DAY, tried, pain_with=1.0, pain_without=4.0, ease=6.0) for n in range(3)]

    assert best_cue(knee_plan, pains, runs, [], on).cue == ""
    assert "None of the cues" in best_cue(knee_plan, pains, runs, [], on).sentence
    assert best_cue(knee_plan, pains, runs, logs, on).cue == tried
    assert best_cue(knee_plan, pains[:3], runs, [], on).sentence.startswith("Too few")
    assert best_cue(knee_plan, [], runs, [], on).sentence == "No cue has been tried yet."


def test_a_coach_can_choose_what_is_kept(knee_plan, run, pain):
    chosen = with_cue(knee_plan, "keep", "tall")
    seen, _, _ = lived(chosen, 160, lambda *_: 1.0, run, pain)

    assert {d.cue.cue for d in seen if d.cue and d.phase.kind is not PhaseKind.CUE} == {"tall"}


def test_pain_after_the_end_is_a_setback_and_not_the_beginning(knee_plan, run, pain):
    seen, pains, runs = lived(knee_plan, 160, lambda *_: 1.0, run, pain)
    again = [*pains, pain(seen[-1].day, 4.0)]
    day = today(knee_plan, again, [*runs, run(seen[-1].day)], [], seen[-1].day + 2 * DAY)

    assert day.state in {"run", "rest"}
    assert any("setback" in message for message in day.messages)


def test_a_stopped_plan_stays_stopped_whatever_the_diary_says(knee_plan, diary):
    pains, runs = diary(40)
    day = today(with_red_flags(knee_plan, [FLAG]), pains, runs, [], START + 100 * DAY)

    assert day.state == "stopped"
    assert day.red_flags == (FLAG,)
    assert (day.run, day.cue, day.lesson, day.strength) == (None, None, "", ())
    assert day.clinician == FLAG.what_to_do


def test_a_plan_that_waits_asks_for_the_interview(triage):
    day = today(plan(triage(complete=False), today=START, seed=1), [], [], [], START)

    assert day.state == "waiting"
    assert day.run is None


# --- any diary -----------------------------------------------------------------------------------------

DAYS = st.integers(-60, 200).map(lambda n: START + n * DAY)
RATING = st.none() | st.floats(0, 10)
ENTRY = st.builds(
    PainEntry,
    day=DAYS,
    site=st.sampled_from(PainSite),
    side=st.sampled_from(["left", "right", "both"]),
    before=RATING,
    during=RATING,
    after=RATING,
    next_morning=RATING,
    onset_s=st.none() | st.floats(0, 1e6),
    swelling=st.none() | st.booleans(),
)
RUN = st.builds(
    TrainingRun,
    started=DAYS.map(lambda day: datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)),
    duration_s=st.none() | st.floats(0, 1e7) | st.just(float("inf")),
    distance_m=st.none() | st.floats(0, 1e6),
)
LOG = (
    st.builds(CueLog, day=DAYS, cue=st.sampled_from(["tall", "shorter_steps", "unknown"]), pain_with=RATING,
              pain_without=RATING, ease=RATING)
    | st.builds(LessonLog, day=DAYS, lesson=st.sampled_from(["foot_and_pelvis", "own"]))
    | st.builds(Break, first=DAYS, last=st.none() | DAYS, why=st.sampled_from(["ill", "travel", "other"]))
)  # fmt: skip
ADVICE = st.builds(
    Advice,
    sentence=st.just("Try."),
    grade=st.sampled_from(Grade),
    cue=st.sampled_from(["", "tall", "see_saw", "whole_body_lean", "forefoot", "unknown"]),
    lesson=st.sampled_from(["", "leaning_line", "unknown"]),
)
FINDING = st.builds(
    Finding,
    key=st.just("f"), title=st.just("t"), seen=st.just("s"), why=st.just("w"), otherwise=st.just("o"),
    advice=st.lists(ADVICE, max_size=3).map(tuple), grade=st.sampled_from(Grade),
)  # fmt: skip
TRIAGE = st.builds(
    Triage,
    red_flags=st.sampled_from([(), (), (FLAG,)]),
    route=st.sampled_from(get_args(Route)),
    site=st.none() | st.sampled_from(PainSite),
    side=st.sampled_from([None, "left", "both"]),
    worst=RATING,
    context=st.frozensets(st.sampled_from(["forefoot_switch", "achilles_sore", "stairs"])),
    complete=st.booleans(),
)
WISHES = st.builds(
    Preferences,
    runs_per_week=st.integers(1, 7),
    usual_minutes=st.floats(0, 300),
    goal_minutes=st.floats(0, 300),
    cadence_spm=st.none() | st.floats(100, 260),
    cues=st.integers(1, 4),
    strength=st.booleans(),
    floor=st.booleans(),
)


@settings(max_examples=250, deadline=None)
@given(
    triage=TRIAGE,
    findings=st.lists(FINDING, max_size=3),
    wishes=WISHES,
    seed=st.integers(0, 2**40),
    pains=st.lists(ENTRY, max_size=25),
    runs=st.lists(RUN, max_size=40),
    logs=st.lists(LOG, max_size=8),
    on=DAYS,
)
def test_no_diary_and_no_answers_bring_the_plan_down(triage, findings, wishes, seed, pains, runs, logs, on):
    made = plan(triage, findings, today=START, seed=seed, preferences=wishes)
    day = today(made, pains, runs, logs, on)

    assert isinstance(day, Day)
    assert plan_of(json.loads(json.dumps(plan_record(made)))) == made
    assert (day.state == "stopped") == bool(triage.red_flags)
    if day.run is not None:
        assert 0 < run_of(day).minutes <= 300
        assert on not in {run.started.date() for run in runs}
        assert day.light is not None
        assert day.light.next_load.rest_until is None
    if day.cue is not None:
        assert made.route not in cue(day.cue.cue).not_for
        assert day.cue.minutes <= max(run_of(day).minutes, 1)
    assert best_cue(made, pains, runs, logs, on).cue in {"", *(made.draw.cues if made.draw else ())}


@settings(max_examples=100, deadline=None)
@given(pains=st.lists(ENTRY, max_size=15), runs=st.lists(RUN, max_size=25), on=DAYS, worse=st.floats(5.1, 10))
def test_a_day_with_much_pain_never_ends_in_a_longer_run(pains, runs, on, worse):
    made = plan(
        Triage((), "kneecap", PainSite.KNEECAP, "left", worst=3.0, complete=True), today=START, seed=1
    )
    hurting = [*pains, PainEntry(on, PainSite.KNEECAP, "left", during=worse)]
    day = today(made, hurting, runs, [], on)

    assert light(hurting, runs, on).colour is Colour.RED
    assert day.run is None
    assert day.state in {"rest", "done"}
    assert day.check_red_flags


def test_days_out_of_order_change_nothing(knee_plan, diary):
    pains, runs = diary(20, lambda number: float(number % 4))
    on = START + 41 * DAY

    assert today(knee_plan, pains[::-1], runs[::-1], [], on) == today(knee_plan, pains, runs, [], on)


def test_a_plan_is_not_changed_by_being_asked(knee_plan, diary):
    before = replace(knee_plan)
    pains, runs = diary(20)
    today(knee_plan, pains, runs, [], START + 40 * DAY)

    assert knee_plan == before
