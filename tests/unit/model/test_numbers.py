"""The way a reported number travels."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest

from midstance.model import (
    BODY,
    CATALOGUE,
    Analysis,
    Code,
    Estimate,
    Measure,
    Motion,
    Runner,
    Tier,
    Video,
)

NAN = math.nan
SUFFIXES = {
    "m": ("_m",),
    "deg": ("_deg",),
    "%": ("_percent", "_percent_contact"),
    "s": ("_s",),
    "m/s": ("_m_s",),
    "spm": ("_spm",),
    "1": ("_factor",),
}
HIP = "hip_over_ankle_at_midstance_m"


def estimate(value=0.02, low=0.0, high=0.05, tier=Tier.FAIR):
    return Estimate(value, low, high, "m", 12, "by hand", tier)


def analysis(*measures):
    clock = np.array([0.0, 0.1])
    return Analysis(
        recording=Video(Path("a.mp4"), "", 720, 1280, 0, clock, "h264"),
        runner=Runner(),
        activity="running",
        scene=None,
        volume=None,
        image_motion=Motion(np.zeros((2, 19, 2)), np.ones((2, 19)), clock, BODY, "px", "image"),
        motion=None,
        steps=None,
        signals=None,
        mean_strides=(),
        measures=measures,
        issues=(),
        settings={},
        versions={},
    )


@pytest.mark.parametrize(("low", "high"), [(0.03, 0.05), (0.0, 0.01), (NAN, 0.05), (0.0, NAN)])
def test_a_value_outside_its_interval_is_refused(low, high):
    with pytest.raises(ValueError, match="outside its interval"):
        estimate(low=low, high=high)


@pytest.mark.parametrize("tier", [Tier.HIGH, Tier.FAIR, Tier.LOW])
def test_only_a_refused_estimate_may_have_no_value(tier):
    with pytest.raises(ValueError, match="outside"):
        estimate(NAN, NAN, NAN, tier)


@pytest.mark.parametrize(("value", "low", "high"), [(0.02, NAN, NAN), (NAN, 0.0, NAN), (NAN, NAN, 0.0)])
def test_a_refused_estimate_carries_no_number_at_all(value, low, high):
    with pytest.raises(ValueError, match="no value"):
        estimate(value, low, high, Tier.REFUSED)


def test_a_refusal_says_why_in_place_of_the_method():
    none = Estimate.refused("m", "the foot is hidden")

    assert none.tier is Tier.REFUSED
    assert none.method == "the foot is hidden"
    assert none.n == 0
    assert math.isnan(none.value)


def test_the_margin_is_half_the_interval():
    assert estimate().margin == pytest.approx(0.025)


def test_a_measure_is_found_by_key_and_side():
    left, both = estimate(0.01), estimate(0.03)
    whole = analysis(Measure(HIP, "left", left), Measure("trunk_lean_deg", "both", both))

    assert whole.measure(HIP, "left") is left
    assert whole.measure("trunk_lean_deg") is both


def test_asking_for_a_measure_that_is_not_there_lists_those_that_are():
    whole = analysis(Measure(HIP, "left", estimate()), Measure("cadence_spm", "both", estimate()))

    with pytest.raises(KeyError, match=re.escape(f"cadence_spm (both), {HIP} (left)")):
        whole.measure(HIP, "right")


def test_a_mean_stride_that_is_not_there_is_none():
    assert analysis().mean_stride("left") is None


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_key_of_the_catalogue_ends_in_its_unit(key):
    metric = CATALOGUE[key]

    assert metric.key == key
    assert key.endswith(SUFFIXES[metric.unit])


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_metric_is_told_in_a_title_and_one_sentence(key):
    metric = CATALOGUE[key]

    assert metric.title[0].isupper()
    assert metric.meaning.endswith(".")
    assert metric.decimals >= 0
    assert (metric.shown_factor != 1.0) <= bool(metric.shown_unit)


def test_codes_of_issues_are_their_names_in_small_letters():
    assert [code.value for code in Code] == [code.name.lower() for code in Code]
