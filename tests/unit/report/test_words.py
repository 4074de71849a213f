from __future__ import annotations

import pytest

from midstance.model import CATALOGUE, Estimate, Tier
from midstance.report.words import definition_words, hip_words, interval_words, metric_of, number, shown

SPACE = "\N{NO-BREAK SPACE}"


def test_a_negative_number_has_a_true_minus_sign_and_zero_has_none():
    assert number(-2.34, 1) == "−2.3"
    assert number(-0.04, 1) == "0.0"


def test_an_unknown_number_is_a_dash():
    assert number(float("nan"), 1) == "–"


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("hip_over_ankle_at_midstance_m", 0.0213, f"2.1{SPACE}cm"),
        ("hip_over_ankle_at_midstance_deg", 1.4, "1.4°"),
        ("contact_time_s", 0.2551, f"255{SPACE}ms"),
        ("duty_factor", 0.36, "0.360"),
        ("midstance_percent_contact", 43.2, f"43{SPACE}%"),
        ("cadence_spm", 168.9, f"168.9{SPACE}steps/min"),
    ],
)
def test_a_value_is_shown_in_the_unit_people_know(key, value, words):
    assert shown(CATALOGUE[key], value) == words


def test_an_interval_names_its_unit_once():
    estimate = Estimate(0.02, 0.009, 0.033, "m", 12, "", Tier.HIGH)
    assert interval_words(CATALOGUE["hip_over_ankle_at_midstance_m"], estimate) == f"0.9 to 3.3{SPACE}cm"


def test_the_hip_is_ahead_behind_or_straight_above():
    assert hip_words(0.021) == f"2.1{SPACE}cm ahead"
    assert hip_words(-0.006) == f"0.6{SPACE}cm behind"
    assert hip_words(0.0002) == "straight above"
    assert hip_words(0.021, of="the ankle") == f"2.1{SPACE}cm ahead of the ankle"
    assert hip_words(-0.006, of="the ankle") == f"0.6{SPACE}cm behind the ankle"
    assert hip_words(float("nan")) == "unknown"


def test_a_definition_nobody_named_is_still_readable():
    assert definition_words("lowest_left_ear") == "lowest left ear"


def test_a_metric_of_a_plug_in_gets_a_plain_name():
    assert metric_of("arm_swing_deg", "deg").title == "Arm swing deg"
