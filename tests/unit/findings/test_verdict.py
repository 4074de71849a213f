"""The answer in words: every state can be reached, none says more than is known."""

from __future__ import annotations

import math
import re
from typing import get_args

import pytest

from midstance.findings import State, norm_range, verdict
from midstance.model import Estimate, Measure, Tier

HIP = "hip_over_ankle_at_midstance_m"
LOW, HIGH = norm_range(HIP, "pelvis_dip", 3.0) or (math.nan, math.nan)
DIAGNOSES = (
    "injur", "pain", "diagnos", "disease", "patho", "patell", "syndrome", "arthr", "cartilage", "risk",
    "damage", "abnormal", "wrong", "bad", "fault", "should", "must", "treat", "heal ", "cure", "overload",
)  # fmt: skip


def said(value, margin=0.005, speed=3.0, definition="pelvis_dip", tier=Tier.FAIR):
    estimate = Estimate(value, value - margin, value + margin, "m", 20, "test", tier)
    return verdict(Measure(HIP, "left", estimate, definition), "left", speed)


MIDDLE = 0.5 * (LOW + HIGH)
CASES = {
    "usual": said(MIDDLE),
    "behind": said(LOW - 0.02),
    "ahead": said(HIGH + 0.02),
    "too_close": said(LOW),
    "refused": verdict(Measure(HIP, "left", Estimate.refused("m", "the foot is hidden")), "left", 3.0),
}


def test_every_state_is_reached():
    assert set(CASES) == set(get_args(State))
    assert {state: case.state for state, case in CASES.items()} == {state: state for state in CASES}


@pytest.mark.parametrize("edge", [LOW, HIGH])
@pytest.mark.parametrize("outward", [0.003, -0.003])
def test_near_an_edge_it_is_too_close_to_call(edge, outward):
    assert said(edge + outward, margin=0.02).state == "too_close"


@pytest.mark.parametrize(("z", "called"), [(0.80, "too_close"), (0.88, "behind")])
def test_a_call_needs_four_chances_in_five(z, called):
    sd = 0.004
    assert said(LOW - z * sd, margin=1.96 * sd).state == called  # z of 0.84 is 80 %


def test_an_interval_wider_than_the_usual_range_calls_nothing_in_its_middle():
    assert said(MIDDLE, margin=3 * (HIGH - LOW)).state == "too_close"


def test_far_outside_even_a_wide_interval_allows_a_call():
    assert said(LOW - 0.10, margin=0.06).state == "behind"


@pytest.mark.parametrize("state", [s for s in CASES if s != "refused"])
def test_the_headline_tells_value_and_interval(state):
    case = CASES[state]

    assert re.search(r"95\s% between [\d−.]+ and [\d−.]+ cm", case.headline)
    assert "left hip" in case.headline


@pytest.mark.parametrize(("value", "where"), [(0.034, "ahead of"), (-0.034, "behind")])
def test_the_sign_is_told_in_words(value, where):
    assert f"3.4 cm {where} your ankle" in said(value).headline


def test_a_refusal_tells_why_and_gives_no_number():
    refused = CASES["refused"]

    assert refused.detail == "The foot is hidden."
    assert not any(letter.isdigit() for letter in refused.headline + refused.detail)


@pytest.mark.parametrize("state", CASES)
def test_nothing_is_diagnosed_and_nobody_is_told_what_is_wrong(state):
    text = f"{CASES[state].headline} {CASES[state].detail}".lower()

    assert [word for word in DIAGNOSES if word in text] == []


def test_a_call_says_with_what_chance_it_is_right_and_never_that_it_is_certain():
    sure = said(LOW - 0.2)

    assert "99 in 100" in sure.detail


@pytest.mark.parametrize(
    ("definition", "who"), [("pelvis_dip", "11 runners"), ("knee", "26 healthy runners")]
)
def test_a_call_says_who_it_compares_with(definition, who):
    assert who in said(MIDDLE, definition=definition).detail


def test_a_number_is_judged_by_the_norms_of_its_own_definition():
    usual_at_peak_knee = 0.033

    assert said(usual_at_peak_knee, definition="knee").state == "usual"
    assert said(usual_at_peak_knee, definition="pelvis_dip").state in {"behind", "too_close"}


def test_without_norms_nothing_is_called():
    assert said(MIDDLE, speed=9.0).state == "too_close"
    assert "no norms" in said(MIDDLE, speed=9.0).detail


def test_an_unknown_speed_is_compared_with_all_speeds_and_says_so():
    unknown = said(MIDDLE, speed=math.nan)

    assert unknown.state == "usual"
    assert "at 2.5 to 4.5 m/s" in unknown.detail
