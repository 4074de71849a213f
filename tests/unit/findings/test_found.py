"""From measures and answers to at most three findings."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.findings.measured import HIP, SPEED, held, measure, refused

from midstance.findings import found, norm_limit, norm_range
from midstance.findings.chance import chance_above, chance_below, difference
from midstance.findings.rule import all_rules
from midstance.model import (
    CATALOGUE,
    SIDES,
    Code,
    Estimate,
    Grade,
    Issue,
    Measure,
    RedFlag,
    Severity,
    Tier,
    Triage,
)

RULES = {rule.key: rule for rule in all_rules()}
KNEECAP = Triage((), "kneecap", side="left", complete=True)


def usual(sd_part=0.1):
    """Return the measures of a runner in the middle of every norm."""
    keys = [HIP, "overstride_m", "knee_flexion_at_contact_deg", "cadence_spm", "vertical_oscillation_m"]
    made = []
    for key in keys:
        definition = "pelvis_dip" if key == HIP else ""
        span = norm_range(key, definition, SPEED)
        assert span is not None
        middle, sd = (span[0] + span[1]) / 2, sd_part * (span[1] - span[0])
        made += [measure(key, middle, sd, side) for side in (SIDES if CATALOGUE[key].sided else ("both",))]
    return [*made, measure("trunk_lean_deg", 7.3, 1.0), measure("foot_strike_angle_deg", 10.0, 2.0)]


def keys(*args, **kwargs):
    return [finding.key for finding in found(*args, **kwargs)]


def test_where_nothing_stands_out_that_is_said_with_what_was_looked_at():
    (finding,) = found(usual(), speed_m_s=SPEED)

    assert finding.kind == "quiet"
    assert "hip over ankle at midstance" in finding.seen
    assert HIP in finding.measures


def test_where_the_numbers_leave_it_open_that_is_said_with_how_to_film():
    border = norm_limit(HIP, "pelvis_dip", SPEED, 5.0) or 0.0
    open_hip = [measure(HIP, border, 0.02, side) for side in SIDES]

    (finding,) = found(open_hip, speed_m_s=SPEED, frame_rate_hz=60.0)

    assert finding.kind == "unclear"
    assert finding.key == "too_close"
    assert "whether a hip is further back than usual" in finding.seen
    assert "120 or 240" in finding.why


def test_a_clip_without_an_answer_is_to_be_filmed_again_with_its_own_remedy_first():
    issue = Issue(
        Code.NOT_SIDE_VIEW, Severity.REFUSAL, "The runner is seen from behind.", "Film from the side."
    )

    (finding,) = found([refused(HIP)], issues=[issue], frame_rate_hz=240.0)

    assert (finding.key, finding.kind) == ("film_again", "unclear")
    assert "seen from behind" in finding.seen
    assert finding.why.startswith("Film from the side.")
    assert "120 or 240" not in finding.why


def test_a_refused_number_says_its_reason():
    (finding,) = found([refused(HIP, why="the feet were not seen")])

    assert "The feet were not seen." in finding.seen


def test_a_laboratory_trial_is_not_told_about_phones():
    (finding,) = found([refused(HIP)], filmed=False)

    assert "ilm" not in finding.title + finding.why


def test_an_empty_analysis_is_to_be_filmed_again():
    assert keys([]) == ["film_again"]


def test_a_slope_or_a_speed_without_norms_is_not_called_quiet():
    assert keys(usual(), speed_m_s=SPEED, incline_percent=6.0) == ["nothing_to_compare"]
    assert keys([measure(HIP, 0.07, 0.001)], speed_m_s=7.0) == ["nothing_to_compare"]


def test_a_red_flag_leaves_no_findings():
    flag = RedFlag("night_pain", "urgent", "It hurts at night.", "See someone.")

    assert found(held(RULES["hip_behind"], 0.99), triage=Triage((flag,), "kneecap"), speed_m_s=SPEED) == ()


def test_case_hip_behind_with_kneecap_pain():
    hip = held(RULES["hip_behind"], 0.99)
    (finding, *_) = found(hip, triage=KNEECAP, speed_m_s=SPEED)

    assert finding.key == "hip_behind"
    assert finding.grade is Grade.CROSS_SECTION
    assert finding.advice[0].grade is Grade.TRIAL
    assert next(advice.cue for advice in finding.advice if advice.cue) == "shorter_steps"
    assert {"trial", "pre-post", "cross-section", "coach"} == {advice.grade for advice in finding.advice}
    assert finding.otherwise
    assert "95\u202f% between" in finding.seen
    assert "nine of ten healthy runners" in finding.seen


def test_case_outside_knee_pain_is_not_sent_after_the_hip():
    triage = Triage((), "outside_knee", side="left")
    findings = found(held(RULES["hip_behind"], 0.99), triage=triage, speed_m_s=SPEED)

    assert findings[0].key == "outside_of_the_knee"
    assert "hip_behind" not in [finding.key for finding in findings]
    assert {"see_saw", "whole_body_lean"}.isdisjoint(a.cue for f in findings for a in f.advice)


def test_case_sore_achilles_after_switching_to_the_forefoot():
    triage = Triage((), "achilles", side="left", context=frozenset({"achilles_sore", "forefoot_switch"}))
    findings = found(held(RULES["forefoot"], 0.99), triage=triage, speed_m_s=SPEED)

    assert {"forefoot_and_sore_achilles", "changed_foot_strike"} & {f.key for f in findings}
    assert not any(advice.cue for finding in findings for advice in finding.advice)
    assert "former way" in findings[0].advice[0].sentence or "Go back" in findings[0].advice[0].sentence


def test_what_is_seen_on_the_sore_side_comes_first():
    left, right = held(RULES["hip_behind"], 0.95, "left"), held(RULES["reach"], 0.95, "right")

    assert keys(left + right, triage=KNEECAP, speed_m_s=SPEED)[:2] == ["hip_behind", "reach"]
    sore_right = Triage((), "kneecap", side="right")
    assert keys(left + right, triage=sore_right, speed_m_s=SPEED)[:2] == ["reach", "hip_behind"]


def test_what_a_finding_already_speaks_of_is_not_said_again():
    hip, far = norm_limit(HIP, "pelvis_dip", SPEED, 1.0), norm_limit("overstride_m", "", SPEED, 99.0)
    assert hip is not None
    assert far is not None
    sitting = [measure(HIP, hip, 1e-4), measure("overstride_m", far, 1e-4)]

    assert keys(sitting, triage=KNEECAP, speed_m_s=SPEED) == ["hip_behind_all_through"]


def test_a_piece_of_advice_is_given_once():
    measures = held(RULES["hip_behind"], 0.99) + held(RULES["few_steps"], 0.99) + held(RULES["upright"], 0.99)
    advice = [one for finding in found(measures, triage=KNEECAP, speed_m_s=SPEED) for one in finding.advice]
    loads = [one for one in advice if one.article == "rest_and_load"]

    assert len(loads) == 1


def test_the_frame_is_that_of_the_measure():
    hip = norm_limit(HIP, "pelvis_dip", SPEED, 1.0)
    assert hip is not None

    (finding, *_) = found([measure(HIP, hip, 1e-4, frame=417)], speed_m_s=SPEED)

    assert finding.frame == 417


def test_an_unknown_speed_calls_only_what_is_outside_at_every_speed():
    slow, fast = (norm_limit(HIP, "pelvis_dip", speed, 5.0) for speed in (2.5, 4.5))
    assert slow is not None
    assert fast is not None

    assert "hip_behind" not in keys([measure(HIP, slow - 0.005, 1e-4)], speed_m_s=math.nan)
    assert "hip_behind" in keys([measure(HIP, fast - 0.005, 1e-4)], speed_m_s=math.nan)


@pytest.mark.parametrize("percent", [5.0, 10.0, 50.0, 90.0, 95.0])
def test_limits_lie_in_the_order_of_their_percentiles(percent):
    here, above = (norm_limit("cadence_spm", "", SPEED, p) for p in (percent, percent + 4.0))

    assert here is not None
    assert above is not None
    assert here < above


def test_limits_are_those_of_the_norm_range():
    low, high = (norm_limit(HIP, "pelvis_dip", 3.5, percent) for percent in (5.0, 95.0))

    assert (low, high) == pytest.approx(norm_range(HIP, "pelvis_dip", 3.5))
    assert norm_limit(HIP, "pelvis_dip", 9.0, 5.0) is None
    assert norm_limit("speed_m_s", "", 3.0, 5.0) is None


def test_chances_follow_the_two_halves_of_the_interval():
    lopsided = Estimate(10.0, 8.04, 19.8, "deg", 20, "", Tier.FAIR)

    assert chance_below(lopsided, 10.0) == pytest.approx(0.5)
    assert chance_below(lopsided, 9.0) == pytest.approx(0.1587, abs=1e-3)
    assert chance_above(lopsided, 15.0) == pytest.approx(0.1587, abs=1e-3)


def test_a_number_known_exactly_is_on_one_side_of_a_limit():
    exact = Estimate(10.0, 10.0, 10.0, "deg", 20, "", Tier.HIGH)

    assert (chance_below(exact, 9.9), chance_below(exact, 10.1)) == (0.0, 1.0)


def test_the_error_of_a_difference_is_larger_than_that_of_either_leg():
    left, right = (measure("overstride_m", value, 0.01).estimate for value in (0.22, 0.20))

    apart = difference(left, right)

    assert apart.value == pytest.approx(0.02)
    assert apart.margin == pytest.approx(math.hypot(left.margin, right.margin))


MEASURED = st.builds(
    lambda key, side, value, sd: measure(key, value * _scale(key), sd * _scale(key), side),
    st.sampled_from(sorted({clause.measure for rule in all_rules() for clause in rule.clauses})),
    st.sampled_from(SIDES),
    st.floats(-3, 3),
    st.floats(0, 3),
)
TRIAGES = st.none() | st.builds(
    Triage,
    st.just(()),
    st.sampled_from(["kneecap", "outside_knee", "achilles", "quadriceps", "no_pain", "joint_line", "shin"]),
    side=st.sampled_from(["left", "right", "both"]),
    context=st.frozensets(
        st.sampled_from(["achilles_sore", "forefoot_switch", "more_distance", "sore_thighs", "downhill"])
    ),
)


def _scale(key):
    return {"m": 0.1, "s": 0.1, "deg": 8.0, "spm": 90.0}[CATALOGUE[key].unit]


@given(
    st.lists(MEASURED, max_size=14),
    TRIAGES,
    st.floats(1.5, 6.0) | st.just(math.nan),
    st.sampled_from([math.nan, 0.0, -6.0, 4.0]),
)
def test_there_are_always_one_to_three_findings_in_order_and_none_is_a_guess(
    measures, triage, speed, incline
):
    findings = found(measures, triage=triage, speed_m_s=speed, incline_percent=incline)
    ranks = [finding.relevance * finding.chance for finding in findings if finding.kind == "finding"]

    assert 1 <= len(findings) <= 3
    assert ranks == sorted(ranks, reverse=True)
    assert all(finding.chance >= 0.8 for finding in findings)
    assert all(0.0 < finding.relevance <= 1.0 for finding in findings)
    assert len({finding.key for finding in findings}) == len(findings)


@given(st.sampled_from([key for key, rule in RULES.items() if rule.clauses]), st.floats(0.01, 100.0))
def test_no_rule_fires_on_a_number_whose_error_reaches_the_limit(key, widening):
    rule = RULES[key]
    narrow = held(rule, 0.9)
    wide = [_widened(one, 2.0 + widening) for one in narrow]
    triage = Triage((), "achilles", context=frozenset({"achilles_sore"})) if rule.needs_route else None
    low, high = rule.ground or (0.0, 0.0)
    incline = 0.0 if low <= 0.0 <= high else high

    fired = [finding.key for finding in found(wide, triage=triage, speed_m_s=SPEED, incline_percent=incline)]

    assert key not in fired


def _widened(one: Measure, factor: float) -> Measure:
    old = one.estimate
    low, high = old.value - factor * old.margin, old.value + factor * old.margin
    estimate = Estimate(old.value, low, high, old.unit, old.n, old.method, Tier.LOW)
    return Measure(one.key, one.side, estimate, definition=one.definition)
