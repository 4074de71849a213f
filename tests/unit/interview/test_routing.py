"""Which story a pain belongs to, and what is said about it."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest
from tests.unit.interview.runners import ACHILLES, CALM, OUTSIDE, answered

from midstance.interview import contradictions, told, triage
from midstance.interview.question import all_questions, table
from midstance.model import PainSite, Route, Triage, Tried

CUES = {"shorter_steps", "quiet_feet", "whole_body_lean", "see_saw", "tall"}
ROUTES = {
    "kneecap": "kneecap",
    "outside_knee": "outside_knee",
    "inside_knee": "joint_line",
    "below_kneecap": "below_kneecap",
    "shin_bump": "below_kneecap",
    "joint_line": "joint_line",
    "back_of_knee": "back_of_knee",
    "quadriceps": "quadriceps",
    "hamstring": "back_of_knee",
    "calf": "achilles",
    "achilles": "achilles",
    "shin": "shin",
    "foot": "elsewhere",
    "hip_or_groin": "elsewhere",
    "back": "elsewhere",
    "elsewhere": "elsewhere",
}


def outcome_of(place, **rest):
    return triage(answered(CALM | {"site": {"place": place, "side": "left"}} | rest))


@pytest.mark.parametrize("place", list(PainSite))
def test_every_place_has_its_route(place):
    assert outcome_of(place).route == ROUTES[place]


@pytest.mark.parametrize("route", get_args(Route))
def test_every_route_is_told_something(route):
    said = told(Triage((), route))

    assert said.title
    assert len(said.paragraphs) >= 2
    assert said.without_cues <= CUES


def test_pain_outside_the_knee_is_told_that_it_is_probably_not_the_midstance_story():
    said = told(triage(answered(OUTSIDE)))

    assert "probably not the midstance story" in said.paragraphs[0]
    assert said.programme == "load"
    assert "it_band" in said.articles


def test_a_sore_achilles_gets_no_cue_that_loads_it():
    said = told(triage(answered(ACHILLES)))

    assert {"quiet_feet", "whole_body_lean"} <= said.without_cues
    assert "no forefoot cue and no lean cue" in said.paragraphs[0]


def test_a_sore_achilles_beside_a_sore_kneecap_is_spared_too():
    outcome = triage(answered(CALM | {"site": {"place": "kneecap", "side": "left", "also": ["calf"]}}))

    assert outcome.route == "kneecap"
    assert {"quiet_feet", "whole_body_lean"} <= told(outcome).without_cues


def test_kneecap_pain_alone_has_every_cue_open():
    assert told(outcome_of("kneecap")).without_cues == frozenset()
    assert told(outcome_of("kneecap")).programme == "full"


@pytest.mark.parametrize(("feels", "route"), [(["twisted", "clicks"], "joint_line"), (["clicks"], "kneecap")])
def test_a_knee_that_was_twisted_and_catches_is_looked_at_first(feels, route):
    assert outcome_of("kneecap", feels=feels).route == route


@pytest.mark.parametrize(
    ("weeks", "tried", "seen"),
    [("weeks_9", ["ice"], True), ("weeks_4", ["ice"], False), ("weeks_78", ["clinician"], False)],
)
def test_what_has_lasted_long_and_nobody_has_seen_is_sent_to_a_clinician(weeks, tried, seen):
    outcome = outcome_of("kneecap", weeks=weeks, tried=tried)

    assert ("see_clinician" in outcome.context) is seen
    assert not outcome.stop


def test_what_was_said_is_passed_on():
    outcome = triage(answered(CALM))

    assert {"sitting", "stairs", "after_distance", "more_distance", "goal_easy"} <= outcome.context
    assert (outcome.site, outcome.side, outcome.worst, outcome.weeks) == (PainSite.KNEECAP, "right", 4.0, 9.0)
    assert outcome.tried == {Tried.ICE, Tried.CLINICIAN}


def test_weeks_go_on_after_the_interview():
    given = answered(CALM) | {"answered_on": "2026-03-02"}

    assert triage(given, date(2026, 3, 23)).weeks == pytest.approx(12.0)
    assert triage(given | {"answered_on": "some day"}, date(2026, 3, 23)).weeks == 9.0
    assert triage(given).weeks == 9.0


CONTRADICTING: dict[str, dict[str, Any]] = {
    "no_pain_but_cannot_walk": {"worst": 0, "limits": "sore_to_walk"},
    "no_pain_but_stopped": {"worst": 0, "limits": "stopped_running"},
    "strong_pain_but_as_before": {"worst": 8, "limits": "runs_as_before"},
    "outside_and_joint_line": {"site": {"place": "outside_knee", "side": "left", "also": ["joint_line"]}},
    "joint_line_and_outside": {"site": {"place": "joint_line", "side": "left", "also": ["outside_knee"]}},
    "tried_longer_than_it_hurts": {"weeks": "weeks_1", "tried": ["rest"], "tried_for": "tried_26"},
    "fades_but_begins_late": {"eases": ["warming_up"], "start": "late_in_run"},
    "flat_only_but_only_downhill": {"start": "only_downhill", "load": ["steady_load"]},
    "not_running_but_tired_legs": {"start": "not_running", "eases": ["slower_runs"]},
}
GOING_TOGETHER: dict[str, dict[str, Any]] = {
    "no_pain_but_cannot_walk": {"worst": 1, "limits": "sore_to_walk"},
    "no_pain_but_stopped": {"worst": 0, "limits": "runs_less"},
    "strong_pain_but_as_before": {"worst": 7, "limits": "runs_as_before"},
    "outside_and_joint_line": {"site": {"place": "outside_knee", "side": "left", "also": ["achilles"]}},
    "joint_line_and_outside": {"site": {"place": "joint_line", "side": "left", "also": ["kneecap"]}},
    "tried_longer_than_it_hurts": {"weeks": "weeks_26", "tried": ["rest"], "tried_for": "tried_26"},
    "fades_but_begins_late": {"eases": ["warming_up"], "start": "first_steps"},
    "flat_only_but_only_downhill": {"start": "only_downhill", "load": ["hilly_terrain"]},
    "not_running_but_tired_legs": {"start": "not_running", "eases": ["days_off"]},
}
ROWS = {row["key"]: row for row in table("contradictions")["contradiction"]}


@pytest.mark.parametrize("key", list(ROWS))
def test_answers_that_do_not_go_together_are_said(key):
    (found,) = contradictions(answered(CALM | CONTRADICTING[key]))

    assert found.sentence == ROWS[key]["sentence"]
    assert set(found.questions) <= {asked.key for asked in all_questions()}
    assert found.sentence in triage(answered(CALM | CONTRADICTING[key])).contradictions


@pytest.mark.parametrize("key", list(ROWS))
def test_answers_that_just_go_together_are_left_alone(key):
    assert contradictions(answered(CALM | GOING_TOGETHER[key])) == ()


def test_none_of_these_beside_something_is_asked_about():
    (found,) = contradictions(answered(CALM | {"feels": ["sitting", "no_feels"]}))

    assert "None of these" in found.sentence
    assert found.questions == ("feels",)


def besides_fired(key):
    """Return an outcome for which one of the sentences said besides is due."""
    return {
        "achilles_too": triage(
            answered(CALM | {"site": {"place": "kneecap", "side": "left", "also": ["calf"]}})
        ),
        "forefoot_switch": triage(answered(CALM | {"load": ["forefoot_switch"]})),
        "see_clinician": outcome_of("kneecap", tried=["ice"]),
        "calf_pain": outcome_of("calf"),
        "growing": outcome_of("shin_bump"),
        "medicine": outcome_of("kneecap", tried=["medicine", "clinician"]),
        "cast": outcome_of("kneecap", tried=["cast", "clinician"], tried_for="tried_4"),
        "strong_pain": outcome_of("kneecap", worst=6),
        "cleared": triage(answered(CALM | {"urgent": ["locked"], "cleared": "cleared_yes"})),
    }[key]


@pytest.mark.parametrize("row", table("routes")["besides"], ids=lambda row: row["key"])
def test_what_is_said_besides_is_said_where_it_is_due_and_not_elsewhere(row):
    assert row["sentence"] in told(besides_fired(row["key"])).paragraphs
    assert row["sentence"] not in told(triage(answered(CALM))).paragraphs
