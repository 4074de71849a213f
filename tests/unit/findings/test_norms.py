"""Where a number stands among healthy runners."""

from __future__ import annotations

import math

import numpy as np
import pytest

from midstance.findings import norm_curves, norm_range, norms_label, percentile
from midstance.gait import DEFINITIONS
from midstance.model import CATALOGUE

HIP = "hip_over_ankle_at_midstance_m"
CONTACT = "contact_time_s"


def between(key, definition, speed_m_s):
    """Return the range of a norm that is there."""
    found = norm_range(key, definition, speed_m_s)
    assert found is not None
    return found


@pytest.mark.parametrize(("speed", "mean"), [(2.5, 0.268), (3.5, 0.2236), (4.5, 0.1943), (3.0, 0.2458)])
def test_the_mean_runner_stands_in_the_middle(speed, mean):
    assert percentile(CONTACT, "", mean, speed) == pytest.approx(50.0, abs=0.1)


def test_percentiles_rise_with_the_value_from_0_to_100():
    ranks = [percentile(CONTACT, "", value, 3.5) for value in (0.1, 0.2, 0.2236, 0.25, 0.4)]

    assert (np.diff(np.array(ranks, float)) > 0).all()
    assert (ranks[0], ranks[-1]) == (0.0, 100.0)


def test_one_spread_above_the_mean_is_the_84th():
    assert percentile(CONTACT, "", 0.2236 + 0.017, 3.5) == pytest.approx(84.1, abs=0.1)


@pytest.mark.parametrize("speed", [1.9, 5.1, math.nan])
def test_outside_the_measured_speeds_nothing_is_said(speed):
    assert percentile(CONTACT, "", 0.25, speed) is None


def test_slightly_beyond_the_measured_speeds_the_nearest_is_taken():
    assert percentile(CONTACT, "", 0.268, 2.1) == pytest.approx(50.0, abs=0.1)
    assert norm_range(CONTACT, "", 2.1) == norm_range(CONTACT, "", 2.5)
    assert norm_range(CONTACT, "", 1.9) is None


def test_an_unknown_speed_gives_the_range_over_all_speeds():
    low, high = between(CONTACT, "", math.nan)
    each = [between(CONTACT, "", speed) for speed in (2.5, 3.5, 4.5)]

    assert low == min(pair[0] for pair in each)
    assert high == max(pair[1] for pair in each)


def test_what_has_no_norms_has_no_place_among_them():
    assert norm_range("hip_over_ankle_relative_to_standing_m", "", 3.0) is None
    assert percentile("hip_over_ankle_relative_to_standing_m", "", 0.0, 3.0) is None
    assert percentile(CONTACT, "", math.nan, 3.0) is None


def test_a_later_midstance_has_its_hip_further_ahead():
    knee, pelvis, half = (between(HIP, name, 3.5) for name in ("knee", "pelvis", "half_contact"))

    assert knee[0] < pelvis[0] < half[0]
    assert knee[1] < pelvis[1] < half[1]


def test_the_published_range_of_hip_over_ankle_at_the_most_bent_knee():
    assert norm_range(HIP, "knee", 3.5) == pytest.approx((0.003, 0.062), abs=0.003)


@pytest.mark.parametrize(("speed", "middle"), [(2.5, 0.0712), (3.5, 0.0686), (4.5, 0.0628)])
def test_the_mean_runner_of_the_default_definition_stands_in_the_middle(speed, middle):
    assert percentile(HIP, "pelvis_dip", middle, speed) == pytest.approx(50.0, abs=0.1)
    low, high = between(HIP, "pelvis_dip", speed)
    assert 0.02 < low < middle < high < 0.11


def test_a_norm_says_who_it_was_measured_on():
    assert norms_label(HIP, "pelvis_dip") == "11 runners on a treadmill"
    assert norms_label(HIP, "most_bent") == norms_label(CONTACT) == norms_label()
    assert norms_label().startswith("26 healthy runners")


def test_norms_are_kept_for_catalogue_keys_and_real_definitions_only():
    from midstance.findings.norms import _norms  # noqa: PLC0415  # the table itself

    for row in _norms()["norms"]:
        key, _, definition = row.partition(".")
        assert key in CATALOGUE
        assert not definition or definition in DEFINITIONS


def test_norms_run_from_low_through_the_mean_to_high_at_each_speed():
    from midstance.findings.norms import _norms  # noqa: PLC0415  # the table itself

    for name, row in _norms()["norms"].items():
        low, mean, high, sd = (np.array(row[part]) for part in ("p5", "mean", "p95", "sd"))
        assert (low < mean).all(), name
        assert (mean < high).all(), name
        assert (sd > 0).all(), name


@pytest.mark.parametrize("speed", [3.0, math.nan, 9.0])
def test_bands_of_curves_say_at_which_speed_they_hold(speed):
    bands = norm_curves(speed)

    assert bands
    shown = 3.0 if speed == 3.0 else 3.5
    for phase, low, high, label in bands.values():
        assert (phase[0], phase[-1]) == (0.0, 100.0)
        assert (low < high).all()
        assert "runners on a treadmill" in label
        assert f"{shown:.1f} m/s" in label
        assert "± 1 SD" in label
