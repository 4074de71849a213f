from __future__ import annotations

import json
from datetime import timedelta
from typing import get_args

import pytest
from tests.unit.programme.conftest import START, draw_of, phase_of

from midstance.errors import InputError, SettingsError
from midstance.model import Advice, Finding, Grade, PainSite, RedFlag, Route, Tried
from midstance.programme import (
    Break,
    CueLog,
    LessonLog,
    Phase,
    PhaseKind,
    Preferences,
    assignments,
    lesson,
    log_of,
    log_record,
    plan,
    plan_of,
    plan_record,
    spans_of,
    timeline,
    with_cue,
    with_lessons,
    with_note,
    with_phase_added,
    with_phase_changed,
    with_phase_moved,
    with_phase_removed,
    with_red_flags,
)
from midstance.wording import doubtful_words

EMERGENCY = RedFlag(
    "calf_swollen", "emergency", "One calf is swollen and warm.", "Go to an emergency department now."
)
URGENT = RedFlag("locked", "urgent", "The knee locks.", "See a doctor within days.")


def finding(*advice: Advice) -> Finding:
    return Finding("hip_behind", "Hip behind", "seen", "why", "else", advice, Grade.CROSS_SECTION)


def keys(of) -> list[str]:
    return [phase.key for phase in of.phases]


HIP_BEHIND = finding(
    Advice("Lean a little.", Grade.CROSS_SECTION, cue="whole_body_lean", lesson="over_a_still_foot"),
    Advice("See-saw.", Grade.COACH, cue="see_saw", lesson="foot_and_pelvis"),
)


# --- what a careful and kind expert would give ---------------------------------------------------------


def test_hip_behind_with_kneecap_pain_gets_load_first_then_one_cue_at_a_time(triage):
    made = plan(triage(), [HIP_BEHIND], today=START, seed=1)

    assert made.state == "running"
    assert [a.grade for a in made.advice[:2]] == [Grade.TRIAL, Grade.TRIAL]
    assert "load" in made.advice[0].sentence
    assert keys(made)[:2] == ["settle", "baseline"]
    assert set(keys(made)[2:5]) == {
        "cue_shorter_steps",
        "cue_whole_body_lean",
        "own_way",
    }  # the best supported, and what was seen
    assert keys(made)[5:] == ["keep", "maintain"]
    assert made.lessons[:2] == ("over_a_still_foot", "foot_and_pelvis")
    assert "chair_rise" in made.strength
    assert "half of all runners" in made.story  # no rosy promise
    assert "forefoot" in {left.cue for left in made.left_out}


def test_outside_knee_pain_gets_load_step_rate_and_step_width_and_no_midstance_story(triage):
    made = plan(triage("outside_knee", PainSite.OUTSIDE_KNEE), [HIP_BEHIND], today=START, seed=1)

    assert set(draw_of(made).order) == {"shorter_steps", "wider_steps", "own_way"}
    assert "not the midstance story" in made.story
    assert all(advice.cue not in {"whole_body_lean", "see_saw"} for advice in made.advice)
    assert not {"leaning_line", "over_a_still_foot"} & set(made.lessons)
    assert "downhill" in made.load
    assert made.advice[0].grade is Grade.COACH  # the trials were about other places


def test_a_sore_achilles_tendon_after_a_switch_to_the_forefoot_gets_the_way_back_and_heel_raises(triage):
    switched = triage(
        "achilles",
        PainSite.ACHILLES,
        context=frozenset({"forefoot_switch"}),
        tried=frozenset({Tried.FOREFOOT}),
    )
    made = plan(switched, [HIP_BEHIND], today=START, seed=1)
    said = " ".join(advice.sentence for advice in made.advice)

    assert made.draw is None
    assert all(not phase.cue for phase in made.phases)
    assert not {"leaning_line", "heels_at_the_wall"} & set(made.lessons)
    assert "Go back to landing the way you did before" in said
    assert "heel raises" in said
    assert made.strength == ("heel_raise",)
    assert "Back to landing the way you did before" in made.phases[0].why
    assert all(advice.cue == "" for advice in made.advice)
    assert {"whole_body_lean", "forefoot"} <= {left.cue for left in made.left_out}


def test_kneecap_pain_with_a_sore_tendon_gets_no_cue_that_loads_it(triage):
    made = plan(triage(context=frozenset({"achilles_sore"})), [HIP_BEHIND], today=START, seed=1)

    assert not {"whole_body_lean", "quiet_feet"} & set(draw_of(made).order)
    assert "leaning_line" not in made.lessons


@pytest.mark.parametrize("route", ["below_kneecap", "joint_line", "back_of_knee", "shin", "elsewhere"])
def test_other_pains_get_load_and_somebody_to_see(triage, route):
    made = plan(triage(route, PainSite.ELSEWHERE), today=START, seed=1)

    assert keys(made) == ["settle", "maintain"]
    assert made.clinician
    assert made.draw is None
    assert made.lessons or route in {"joint_line", "back_of_knee"}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_as_many_cues_are_compared_as_are_wished_for(triage, number):
    made = plan(triage(), today=START, seed=1, preferences=Preferences(cues=number, own_way_again=False))

    assert [phase.kind for phase in made.phases].count(PhaseKind.CUE) == number
    assert "shorter_steps" in draw_of(made).order


def test_who_has_no_pain_explores(triage):
    made = plan(triage("no_pain", None, side=None, worst=None), today=START, seed=1)

    assert made.phases[0].kind is PhaseKind.BASELINE
    assert "Nothing" in made.title
    assert "own_way" not in keys(made)
    assert all(phase.kind is not PhaseKind.SETTLE for phase in made.phases)


# --- red flags -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("route", get_args(Route))
@pytest.mark.parametrize("flag", [EMERGENCY, URGENT])
def test_a_red_flag_stops_the_plan_on_every_route(triage, route, flag):
    made = plan(triage(route, red_flags=(flag,)), [HIP_BEHIND], today=START, seed=1)

    assert made.stopped
    assert made.phases == ()
    assert made.lessons == ()
    assert made.strength == ()
    assert flag.what_to_do in made.clinician
    assert ("today" in made.story) == (flag.urgency == "emergency")


def test_a_red_flag_later_stops_a_plan_that_runs(knee_plan):
    stopped = with_red_flags(knee_plan, [URGENT])

    assert stopped.stopped
    assert stopped.red_flags == (URGENT,)
    assert with_red_flags(knee_plan, []) is knee_plan


def test_an_interview_that_is_not_finished_makes_a_plan_that_waits(triage):
    made = plan(triage(complete=False, contradictions=("Which knee is it?",)), today=START, seed=1)

    assert made.state == "waiting"
    assert made.questions == ("Which knee is it?",)


# --- the draw ------------------------------------------------------------------------------------------


def test_the_same_seed_draws_the_same_plan_and_others_differ(triage):
    draws = [draw_of(plan(triage(), today=START, seed=seed)) for seed in range(60)]

    assert plan(triage(), today=START, seed=4).draw == draws[4]
    assert {draw.order for draw in draws} == {
        (a, b, c) for a in draws[0].cues for b in draws[0].cues for c in draws[0].cues if len({a, b, c}) == 3
    }
    assert {draw.baseline for draw in draws} == set(draws[0].baseline_choices)
    assert {length for draw in draws for length in draw.blocks} == set(draws[0].block_choices)


@pytest.mark.parametrize("per_week", range(1, 8))
def test_the_baseline_has_five_runs_or_more_and_a_week_at_least(triage, per_week):
    made = plan(triage(), today=START, seed=1, preferences=Preferences(runs_per_week=per_week))

    assert min(draw_of(made).baseline_choices) == max(5, per_week)


def test_every_possible_draw_labels_every_day_and_the_real_one_is_among_them(knee_plan, diary):
    pains, runs = diary(40)
    on = START + timedelta(days=90)
    spans = spans_of(timeline(knee_plan, pains, runs, on))
    days = [entry.day for entry in pains if any(a <= entry.day <= (z or on) for _, a, z in spans)]
    real = tuple(next(label for label, a, z in spans if a <= day <= (z or on)) for day in days)
    all_of_them = assignments(knee_plan, pains, runs, on, days)

    assert len(all_of_them) == 4 * 6 * 27
    assert real in all_of_them
    assert {len(labels) for labels in all_of_them} == {len(days)}
    assert len(set(all_of_them)) >= 20
    assert {labels[0] for labels in all_of_them} == {"baseline"}


def test_pain_does_not_move_what_is_compared(knee_plan, diary):
    on = START + timedelta(days=90)

    def boundaries(during):
        pains, runs = diary(40, lambda number: 1.0 if number < 3 else during(number))
        return spans_of(timeline(knee_plan, pains, runs, on))

    assert boundaries(lambda _: 0.0) == boundaries(lambda number: float(number % 8))


# --- a coach's changes ---------------------------------------------------------------------------------


def test_a_phase_can_be_moved_added_changed_and_taken_out(knee_plan):
    moved = with_phase_moved(knee_plan, "keep", 0)
    extra = Phase("easy_week", PhaseKind.SETTLE, "An easy week", "Holiday.", 2)
    added = with_phase_added(moved, extra, 1)
    longer = with_phase_changed(added, "easy_week", runs=4, note="Enjoy.")
    fewer = with_phase_removed(longer, "keep")

    assert keys(moved)[0] == "keep"
    assert keys(added)[1] == "easy_week"
    assert phase_of(longer, "easy_week").runs == 4
    assert phase_of(longer, "easy_week").note == "Enjoy."
    assert "keep" not in keys(fewer)
    assert keys(knee_plan)[0] == "settle"  # the old plan is as it was


def test_an_order_by_hand_is_no_longer_a_draw(knee_plan):
    compared = next(phase.key for phase in knee_plan.phases if phase.kind is PhaseKind.CUE)

    assert with_phase_moved(knee_plan, compared, 0).draw is None
    assert with_phase_changed(knee_plan, compared, runs=9).draw is None
    assert with_phase_changed(knee_plan, compared, title="Mine").draw == knee_plan.draw
    assert with_phase_changed(knee_plan, "keep", runs=9).draw == knee_plan.draw
    assert assignments(with_phase_moved(knee_plan, compared, 0), [], [], START, [START]) == ()


def test_a_cue_can_be_exchanged_for_one_that_fits(knee_plan):
    compared = next(phase.key for phase in knee_plan.phases if phase.kind is PhaseKind.CUE)
    changed = with_cue(knee_plan, compared, "tall")

    assert phase_of(changed, compared).cue == "tall"
    assert phase_of(changed, compared).title == "Tall and easy"
    assert changed.draw is None
    assert with_cue(knee_plan, "keep", "tall").draw == knee_plan.draw
    assert phase_of(with_cue(knee_plan, "keep", "forefoot", clinician_agreed=True), "keep").cue == "forefoot"


def test_notes_and_lessons_can_be_changed(knee_plan):
    noted = with_note(knee_plan, START, "Coach", " Well done. ")
    own = with_lessons(knee_plan, ["my_own", "foot_and_pelvis", "my_own"])

    assert [(note.author, note.text) for note in noted.notes] == [("Coach", "Well done.")]
    assert own.lessons == ("my_own", "foot_and_pelvis")
    assert phase_of(own, "keep").lessons == ("my_own", "foot_and_pelvis")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda p: with_phase_moved(p, "keep", 99), "choose one from 0 to 6"),
        (lambda p: with_phase_moved(p, "nothing", 0), "there is no phase 'nothing'"),
        (lambda p: with_phase_removed(p, "nothing"), "settle, baseline"),
        (lambda p: with_phase_changed(p, "keep", runs=0), "choose from 1 to 60"),
        (lambda p: with_phase_changed(p, "keep", title=" "), "the title is empty"),
        (lambda p: with_phase_added(p, p.phases[0], 0), "another key"),
        (lambda p: with_phase_added(p, Phase("x", PhaseKind.CUE, "X", "", 3), 0), "choose a cue"),
        (lambda p: with_phase_added(p, Phase("x", PhaseKind.KEEP, "X", "", 3), 99), "not in the plan"),
        (lambda p: with_cue(p, "keep", "forefoot"), "needs a clinician who agrees"),
        (lambda p: with_cue(p, "baseline", "tall"), "has no cue"),
        (lambda p: with_note(p, START, "Coach", "  "), "the note is empty"),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_what_to_do(knee_plan, change, says):
    with pytest.raises(SettingsError, match=says):
        change(knee_plan)


def test_a_cue_that_is_not_for_this_pain_is_refused_with_the_reason(triage):
    made = plan(triage("outside_knee", PainSite.OUTSIDE_KNEE), today=START, seed=1)

    with pytest.raises(SettingsError, match="not for this pain"):
        with_cue(made, "keep", "see_saw")


# --- records -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flags", [(), (EMERGENCY, URGENT)])
@pytest.mark.parametrize("route", get_args(Route))
def test_a_plan_comes_back_from_its_record_as_it_was(triage, route, flags):
    made = with_note(
        plan(triage(route, red_flags=flags), [HIP_BEHIND], today=START, seed=2), START, "Coach", "Hello."
    )

    assert plan_of(json.loads(json.dumps(plan_record(made)))) == made


@pytest.mark.parametrize(
    "log",
    [
        CueLog(START, "tall", 5.0, 1.0, 2.0, 7.0, "good"),
        LessonLog(START, "foot_and_pelvis", before="left heel", after="both"),
        Break(START, why="ill"),
        Break(START, START + timedelta(days=3), "travel"),
    ],
)
def test_a_note_comes_back_from_its_record_as_it_was(log):
    assert log_of(json.loads(json.dumps(log_record(log)))) == log


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"version": 99}, "version 99"),
        ({"made": "yesterday"}, "plan.made"),
        ({"route": "moon"}, "plan.route"),
        ({"phases": [{"key": "x"}]}, r"plan.phases\[0\]"),
        ({"phases": "none"}, "plan.phases"),
        ({"colour": "red"}, "colour"),
        ({"preferences": {"runs_per_week": True}}, "runs_per_week"),
        ({"preferences": {"runs_per_week": 99}}, "99, not between"),
        ({"draw": 5}, "plan.draw"),
    ],
)
def test_a_record_that_is_no_plan_is_refused_with_the_place(knee_plan, change, says):
    with pytest.raises(InputError, match=says):
        plan_of({**plan_record(knee_plan), **change})


def test_a_log_of_an_unknown_kind_is_refused():
    with pytest.raises(InputError, match="choose one of"):
        log_of({"kind": "dream"})


@pytest.mark.parametrize(
    "wishes", [{"runs_per_week": 0}, {"cues": 9}, {"cadence_spm": 20.0}, {"usual_minutes": -1.0}]
)
def test_wishes_that_cannot_be_are_refused(wishes):
    with pytest.raises(ValueError, match="not between"):
        Preferences(**wishes)


def test_lessons_follow_what_a_runner_can_do(triage):
    made = plan(
        triage(), today=START, seed=1, preferences=Preferences(floor=False, kneeling=False, strength=False)
    )

    assert all(not lesson(key).on_floor and not lesson(key).kneeling for key in made.lessons)
    assert len(made.lessons) == 6
    assert made.strength == ()


def test_a_sore_kneecap_gets_the_kneeling_lessons_last_unless_one_was_advised(triage):
    made = plan(triage(), today=START, seed=1)
    advised = plan(triage(), [HIP_BEHIND], today=START, seed=1)

    assert made.lessons[-2:] == ("swinging_hip", "over_a_still_foot")
    assert advised.lessons[0] == "over_a_still_foot"


@pytest.mark.parametrize("route", get_args(Route))
def test_what_a_plan_says_has_no_fear_and_no_promise(triage, route):
    made = plan(triage(route), [HIP_BEHIND], today=START, seed=2)
    said = [made.title, made.story, made.load, made.clinician, *(p.why for p in made.phases)]
    said += [left.why for left in made.left_out] + [f"{a.sentence} {a.watch}" for a in made.advice]

    assert [doubtful_words(text) for text in said] == [()] * len(said)
