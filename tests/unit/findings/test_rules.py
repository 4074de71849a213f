"""Every rule fires where it should, and stays silent just short of it."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest
from tests.unit.findings.measured import HIP, SPEED, held, measure

from midstance.findings import found
from midstance.findings.rule import all_rules, offers, table
from midstance.interview.question import all_questions
from midstance.interview.question import table as interview_table
from midstance.model import CATALOGUE, Grade, Route, Triage

RULES = {rule.key: rule for rule in all_rules()}
MEASURING = [key for key, rule in RULES.items() if rule.clauses]
SAYING = [key for key, rule in RULES.items() if not rule.clauses]
CONTEXT = {option.key for asked in all_questions() if asked.context for option in asked.options} | {
    row["key"] for row in interview_table("routes")["context"]
}


def ground(rule):
    """Return a slope [%] on which a rule means something."""
    low, high = rule.ground or (0.0, 0.0)
    return 0.0 if low <= 0.0 <= high else (low if high < 0 else high)


def runner_for(rule):
    """Return the first interview a rule asks for; None where it asks for none."""
    if rule.needs_route:
        return Triage((), min(rule.needs_route), side="left")
    if rule.needs_context:
        return Triage((), "kneecap", side="left", context=frozenset({min(rule.needs_context)}))
    return None


def keys(rule, chance, *, triage=None, incline=None, side="left"):
    slope = ground(rule) if incline is None else incline
    measures = held(rule, chance, side)
    return [f.key for f in found(measures, triage=triage, speed_m_s=SPEED, incline_percent=slope)]


@pytest.mark.parametrize("key", MEASURING)
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_rule_fires_where_its_conditions_hold_with_a_chance_above_four_in_five(key, side):
    assert key in keys(RULES[key], 0.81, triage=runner_for(RULES[key]), side=side)


@pytest.mark.parametrize("key", MEASURING)
def test_a_rule_is_silent_just_short_of_that(key):
    assert key not in keys(RULES[key], 0.79, triage=runner_for(RULES[key]))


@pytest.mark.parametrize("key", [key for key in MEASURING if len(RULES[key].clauses) > 1])
def test_a_rule_wants_all_of_its_conditions(key):
    measures = held(RULES[key], 0.999)
    for left_out in range(len(measures)):
        some = [one for n, one in enumerate(measures) if n != left_out]
        assert key not in [f.key for f in found(some, speed_m_s=SPEED, incline_percent=ground(RULES[key]))]


@pytest.mark.parametrize("key", [key for key in MEASURING if RULES[key].ground])
def test_a_rule_is_silent_on_ground_it_was_not_made_for(key):
    low, high = RULES[key].ground or (0.0, 0.0)
    triage = runner_for(RULES[key])

    assert key not in keys(RULES[key], 0.999, triage=triage, incline=high + 0.1)
    assert key not in keys(RULES[key], 0.999, triage=triage, incline=low - 0.1)
    assert key in keys(RULES[key], 0.999, triage=triage, incline=high)


@pytest.mark.parametrize("key", SAYING)
def test_a_rule_without_measures_fires_on_what_was_said_and_on_nothing_less(key):
    rule = RULES[key]
    said = [Triage((), route) for route in get_args(Route) if route in rule.needs_route]
    said += [Triage((), "kneecap", context=frozenset({word})) for word in rule.needs_context]

    assert said
    for triage in said:
        assert key in [f.key for f in found([], triage=triage)]
    assert key not in [f.key for f in found([], triage=Triage((), "kneecap"))]
    assert key not in [f.key for f in found([])]


@pytest.mark.parametrize(
    "key", [key for key in MEASURING if RULES[key].needs_route | RULES[key].needs_context]
)
def test_a_rule_that_asks_for_an_interview_is_silent_without_it(key):
    assert key not in keys(RULES[key], 0.999)
    assert key not in keys(RULES[key], 0.999, triage=Triage((), "no_pain"))


def test_a_measured_rule_can_be_both_fired_and_told_for_both_legs():
    rule = RULES["hip_behind"]
    measures = held(rule, 0.99, "left") + held(rule, 0.9, "right")

    (finding,) = (f for f in found(measures, speed_m_s=SPEED) if f.key == "hip_behind")

    assert finding.side == "both"
    assert finding.title.startswith("Both hips")
    assert finding.chance == pytest.approx(0.9)
    assert "left: " in finding.seen
    assert "right: " in finding.seen


@pytest.mark.parametrize("key", list(RULES))
def test_a_rule_asks_only_for_what_exists(key):
    rule = RULES[key]
    routes = set(rule.on_route or {}) | rule.needs_route | rule.not_route
    groups = {other.group for other in all_rules()}

    assert {clause.measure for clause in rule.clauses} <= set(CATALOGUE)
    assert routes <= set(get_args(Route))
    assert set(rule.on_context or {}) | rule.needs_context <= CONTEXT
    assert rule.covers <= groups
    assert set(rule.advice) <= set(offers())
    assert not rule.sided or any(CATALOGUE[clause.measure].sided for clause in rule.clauses)
    assert rule.sided or all(c.difference or not CATALOGUE[c.measure].sided for c in rule.clauses)
    assert bool(rule.open) == bool(rule.clauses)
    assert bool(rule.who[0]) == rule.sided


def test_keys_and_numbers_are_in_order():
    assert len(RULES) == len(all_rules())
    for rule in all_rules():
        assert all(0.0 < weight <= 1.0 for weight in [rule.relevance, *(rule.on_route or {}).values()])
        assert (rule.clauses or rule.needs_route or rule.needs_context) != ()


def test_every_source_and_every_piece_of_advice_is_of_use():
    used = set(itertools.chain.from_iterable(row["sources"] for row in table("rules")["rule"]))
    used |= set(itertools.chain.from_iterable(row.get("sources", ()) for row in table("advice").values()))

    assert used == set(table("sources"))
    assert {key for rule in all_rules() for key in rule.advice} == set(offers())


@pytest.mark.parametrize("route", get_args(Route))
@pytest.mark.parametrize("key", list(RULES))
def test_no_route_gets_a_cue_that_the_interview_withholds_from_it(key, route):
    withheld = set(interview_table("routes")["told"][route].get("without_cues", ()))
    offered = [offers()[one] for one in RULES[key].advice]

    assert not {offer.advice.cue for offer in offered if offer.suits(Triage((), route))} & withheld


@pytest.mark.parametrize("row", interview_table("routes")["besides"], ids=lambda row: row["key"])
def test_no_answer_gets_a_cue_that_the_interview_withholds_because_of_it(row):
    words = {word for one in row["when"] if one["of"] == "context" for word in one.get("any", ())}
    for offer in offers().values():
        if offer.advice.cue in row.get("without_cues", ()):
            assert not offer.suits(Triage((), "kneecap", context=frozenset(words)))


@pytest.mark.parametrize("key", list(RULES))
def test_what_is_stronger_than_a_coach_has_a_source_with_a_doi_or_a_place(key):
    rule = RULES[key]
    advice = [offers()[one].advice for one in rule.advice]

    for grade, sources in [(rule.grade, rule.sources), *((one.grade, one.sources) for one in advice)]:
        assert grade is Grade.COACH or sources
        assert all(source.doi.startswith("10.") or not source.doi for source in sources)


def test_loads_and_core_action_wait_for_their_measures():
    usual = [measure(HIP, 0.07, 0.002, side) for side in ("left", "right")]

    assert "pelvic_drop" not in [f.key for f in found(usual, speed_m_s=SPEED)]
