"""Intervals grow with every doubt, and numbers that tell nothing are refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from midstance.model import CATALOGUE, Signals, Tier
from midstance.uncertainty import Doubts, corrected, correction_words, error_model, interval

HIP = "hip_over_ankle_at_midstance_m"
NONE = Doubts()
SEEN = [key for key, metric in CATALOGUE.items() if metric.needs == "side"]
NEVER_SURE = {"vertical_oscillation_m"}  # heads, by which it is told, bounce more than hips


def margin(key=HIP, value=0.03, own_sd=0.001, n=20, **doubts):
    return interval(key, value, own_sd, n, Doubts(**doubts), "test").margin


@pytest.mark.parametrize(
    ("key", "doubt"),
    [
        (HIP, {"near": False}),
        (HIP, {"roll_sd_deg": 1.0}),
        ("hip_over_ankle_at_midstance_deg", {"roll_sd_deg": 1.0}),
        ("hip_over_ankle_at_midstance_percent", {"roll_sd_deg": 1.0}),
        ("trunk_lean_deg", {"roll_sd_deg": 1.0}),
        ("overstride_m", {"roll_sd_deg": 1.0}),
        (HIP, {"scale_sd_percent": 40.0}),
        ("speed_m_s", {"scale_sd_percent": 4.0}),
        ("contact_time_s", {"clock_sd_percent": 4.0}),
        ("cadence_spm", {"clock_sd_percent": 4.0}),
        (HIP, {"slope_per_s": 3.0, "timing_sd_s": 0.004}),
        (HIP, {"off_axis_deg": 20.0}),
    ],
)
def test_every_doubt_widens_the_interval(key, doubt):
    value = {"contact_time_s": 0.25, "cadence_spm": 166.0, "speed_m_s": 3.0, "overstride_m": 0.2}.get(
        key, 0.03
    )

    assert margin(key, value, **doubt) > 1.01 * margin(key, value)


@pytest.mark.parametrize(
    ("key", "doubt"),
    [
        ("knee_flexion_peak_deg", {"roll_sd_deg": 3.0}),  # a knee does not care which way is down
        ("knee_flexion_peak_deg", {"scale_sd_percent": 9.0}),
        ("contact_time_s", {"scale_sd_percent": 9.0, "roll_sd_deg": 3.0}),
        (HIP, {"clock_sd_percent": 9.0}),
        (HIP, {"off_axis_deg": 9.0}),
        ("duty_factor", {"clock_sd_percent": 9.0}),
    ],
)
def test_a_doubt_bears_only_on_what_it_touches(key, doubt):
    assert margin(key, 0.25, **doubt) == margin(key, 0.25)


def test_more_steps_and_less_spread_narrow_the_interval():
    assert margin(own_sd=0.01, n=5) > margin(own_sd=0.01, n=30) > margin(own_sd=0.005, n=30)


def test_the_parts_add_as_squares():
    near = error_model()["measures"][HIP]["near"]
    arm = error_model()["measures"][HIP]["roll_arm_m"]
    systematic = math.hypot(near, math.radians(1.5) * arm, 0.03 * 0.04, 3.0 * 0.003)
    expected = math.hypot(1.96 * systematic, 2.093 * 0.002)  # t of 19 degrees of freedom

    found = margin(own_sd=0.002, roll_sd_deg=1.5, scale_sd_percent=4.0, slope_per_s=3.0, timing_sd_s=0.003)
    assert found == pytest.approx(expected, rel=1e-3)


def test_the_far_leg_is_never_called_sure():
    for key in SEEN:
        near, far = (interval(key, 0.0, 0.0, 100, Doubts(near=side), "test").tier for side in (True, False))
        assert near is (Tier.FAIR if key in NEVER_SURE else Tier.HIGH), key
        assert far in {Tier.FAIR, Tier.LOW}, key


@pytest.mark.parametrize("key", SEEN)
def test_tiers_follow_the_half_width_and_end_in_refusal(key):
    known = error_model()["measures"][key]
    tiers = []
    for half in (known["high"], known["fair"], known["refuse"], 1.2 * known["refuse"]):
        own = math.sqrt(max((0.99 * half) ** 2 - (1.96 * known["near"]) ** 2, 0.0)) / 1.96
        tiers.append(interval(key, 0.0, own, 10_000, NONE, "test").tier)

    assert tiers[0] is (Tier.FAIR if key in NEVER_SURE else Tier.HIGH)
    assert tiers[1:] == [Tier.FAIR, Tier.LOW, Tier.REFUSED]


def test_a_refusal_says_how_uncertain_it_would_have_been():
    refused = interval(HIP, 0.03, 0.1, 20, NONE, "test")

    assert refused.tier is Tier.REFUSED
    assert "± 21 cm" in refused.method


@pytest.mark.parametrize(("value", "own_sd"), [(math.nan, 0.01), (0.03, math.nan), (math.inf, 0.01)])
def test_what_is_not_known_is_refused(value, own_sd):
    assert interval(HIP, value, own_sd, 20, NONE, "test").tier is Tier.REFUSED


def test_the_error_model_covers_what_a_side_view_shows_and_nothing_else():
    measures = error_model()["measures"]

    assert set(measures) == set(SEEN)
    for key, known in measures.items():
        assert 0 < known["near"] <= known["far"], key
        assert known["near"] * 1.96 < known["fair" if key in NEVER_SURE else "high"], key
        assert known["high"] < known["fair"] < known["refuse"], key


def test_arms_of_the_roll_are_given_in_the_unit_of_the_measure():
    units = {"roll_arm_m": "m", "roll_arm_deg": "deg", "roll_arm_percent": "%"}
    for key, known in error_model()["measures"].items():
        arms = [name for name in known if name.startswith("roll_arm")]
        assert len(arms) <= 1, key
        assert all(units[arm] == CATALOGUE[key].unit for arm in arms), key


def test_a_correction_moves_the_named_curves_of_both_legs_and_no_other():
    names = ("left_hip_over_ankle_m", "right_hip_over_ankle_m", "left_ankle_height_m", "trunk_lean_deg")
    raw = Signals(np.ones((4, 4)), names, ("m", "m", "m", "deg"), np.arange(4.0))
    shift = corrected(raw, "right", error_model()["corrections_leg_m"]).values - raw.values

    known = error_model()["corrections"]
    left, right = known["far"]["hip_over_ankle_m"], known["near"]["hip_over_ankle_m"]
    lean = known["both"]["trunk_lean_deg"]
    assert shift == pytest.approx(np.tile([left, right, 0.0, lean], (4, 1)))
    assert np.array_equal(raw.values, np.ones((4, 4)))


def test_lengths_are_corrected_in_proportion_to_the_leg_and_angles_are_not():
    raw = Signals(
        np.zeros((2, 2)), ("right_hip_over_ankle_m", "trunk_lean_deg"), ("m", "deg"), np.arange(2.0)
    )
    short, long = (corrected(raw, "right", leg).values[0] for leg in (0.5, 1.0))

    assert long[0] == pytest.approx(2 * short[0])
    assert long[1] == short[1] != 0.0


def test_corrections_name_curves_that_exist():
    from midstance.kinematics import sagittal_curves  # noqa: PLC0415  # only here
    from midstance.model import BODY, Motion  # noqa: PLC0415

    still = Motion(np.zeros((2, 19, 2)), np.ones((2, 19)), np.arange(2.0), BODY, "m", "lab")
    names = sagittal_curves(still).names
    known = error_model()["corrections"]
    assert {f"left_{name}" for leg in ("near", "far") for name in known[leg]} <= set(names)
    assert set(known["both"]) <= set(names)


def test_the_quick_network_and_the_instant_widen_the_interval():
    key = "hip_over_ankle_at_midstance_m"
    plain = interval(key, 0.04, 0.002, 20, Doubts(slope_per_s=3.0, timing_sd_s=0.004), "m")
    coarse = interval(key, 0.04, 0.002, 20, Doubts(slope_per_s=3.0, timing_sd_s=0.004, coarse=True), "m")

    assert coarse.margin > 1.2 * plain.margin
    assert plain.margin > interval(key, 0.04, 0.002, 20, Doubts(), "m").margin


def test_the_words_say_which_way_a_measure_was_put_right_and_how_sure_that_is(monkeypatch):
    known = {
        "corrections": {"near": {"hip_over_ankle_m": 0.0129}, "far": {}, "both": {"trunk_lean_deg": -0.84}},
        "measure_corrections": {"near": {}, "far": {"knee_flexion_peak_deg": 2.6}},
        "measures": error_model()["measures"] | {HIP: {"near": 0.0131, "far": 0.02}},
    }
    monkeypatch.setattr("midstance.uncertainty.intervals.error_model", lambda: known)

    assert correction_words(HIP, "left", "left") == (
        "1.3 cm added to what pose networks see on average (± 2.6 cm)"
    )
    assert correction_words("knee_flexion_peak_deg", "right", "left").startswith("2.6° added to")
    assert correction_words("trunk_lean_deg", "both", "left").startswith("0.84° taken off")


def test_nothing_is_said_where_nothing_was_put_right():
    assert not correction_words("cadence_spm", "both", "left")
    assert not correction_words(HIP, "left", None)
