"""What a recording cannot give is refused, with the reason, and what it can give is given."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.property.runners import CLOSE, EXACT, NOISE, analysed, filmed, hidden, on_clock, whole_way

from midstance.gait import DEFINITIONS
from midstance.model import CATALOGUE, SIDES, Code, Severity, Tier
from midstance.virtual import Gait

HIP = "hip_over_ankle_at_midstance_m"


def codes(found, severity=None):
    return {i.code for i in found.issues if severity in {None, i.severity}}


def given_keys(found):
    return {m.key for m in found.measures if m.estimate.tier is not Tier.REFUSED}


def of_midstance():
    return {key for key, metric in CATALOGUE.items() if metric.group in {"answer", "midstance"}}


def test_a_run_is_answered_in_every_measure_but_the_one_against_standing():
    _, found = whole_way(Gait(), CLOSE, NOISE, 6.0)

    assert found.activity == "running"
    assert codes(found, Severity.REFUSAL) == set()
    seen = {key for key, metric in CATALOGUE.items() if metric.needs == "side"}
    assert seen - given_keys(found) == {"hip_over_ankle_relative_to_standing_m"}


def test_every_measure_of_the_catalogue_is_there_once_for_each_side_refused_or_not():
    for gait in (Gait(), Gait.walking(), Gait.standing()):
        _, found = whole_way(gait, CLOSE, EXACT, 6.0)
        expected = [
            (key, s)
            for key, m in CATALOGUE.items()
            if m.needs == "side"
            for s in (SIDES if m.sided else ("both",))
        ]
        assert sorted((m.key, m.side) for m in found.measures) == sorted(expected)


@pytest.mark.parametrize("speed", [1.0, 1.3, 1.8])
def test_walking_has_a_cadence_but_no_midstance(speed):
    _, found = whole_way(Gait.walking(speed), CLOSE, NOISE, 6.0)

    assert found.activity == "walking"
    assert Code.WALKING in codes(found, Severity.REFUSAL)
    assert found.measure("cadence_spm").value == pytest.approx(76.0 + 28.0 * speed, rel=0.005)
    assert given_keys(found) & of_midstance() == set()
    assert "walks" in found.measure(HIP, "left").method


def test_of_walking_no_measure_says_anything_of_norms():
    _, found = whole_way(Gait.walking(), CLOSE, NOISE, 6.0)

    assert all(m.percentile is None for m in found.measures)


@pytest.mark.parametrize("duration_s", [0.9, 1.1, 1.3])
def test_fewer_than_four_steps_are_refused_by_their_number(duration_s):
    _, found = whole_way(Gait(), CLOSE, NOISE, duration_s)

    assert Code.FEW_STEPS in codes(found, Severity.REFUSAL)
    assert given_keys(found) == set()
    assert f"only {len(found.steps.contacts)} whole steps" in found.measure(HIP, "left").method


def test_half_a_second_is_refused_without_a_murmur():
    _, found = whole_way(Gait(), CLOSE, NOISE, 0.6)

    assert given_keys(found) == set()


def test_hidden_feet_are_refused_with_how_often_they_are_seen():
    found = analysed(hidden(filmed(Gait(), CLOSE, NOISE, 6.0), "heel", "toe", share=0.75))

    assert codes(found, Severity.REFUSAL) == {Code.FEET_UNSEEN}
    assert given_keys(found) == set()
    assert "only 25 % of the frames" in found.measure(HIP, "left").method


def test_a_picture_that_ends_at_the_knees_is_refused_without_a_murmur():
    found = analysed(hidden(filmed(Gait(), CLOSE, NOISE, 6.0), "ankle", "heel", "toe"))

    assert Code.FEET_UNSEEN in codes(found, Severity.REFUSAL)


def test_a_picture_without_a_body_is_refused_without_a_murmur():
    parts = ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe")
    found = analysed(hidden(filmed(Gait(), CLOSE, NOISE, 3.0), *parts))

    assert Code.NOT_SIDE_VIEW in codes(found, Severity.REFUSAL)


def test_fifteen_pictures_a_second_give_cadence_and_posture_only():
    seen, found = whole_way(Gait(), replace(CLOSE, rate_hz=15.0), NOISE, 8.0)

    assert Code.LOW_FRAME_RATE in codes(found, Severity.REFUSAL)
    assert given_keys(found) == {"cadence_spm", "trunk_lean_deg"}
    assert found.measure("cadence_spm").value == pytest.approx(seen.show.gait.cadence_spm, rel=0.005)
    assert "15 pictures per second" in found.measure(HIP, "right").method


def test_quiet_standing_is_no_run():
    _, found = whole_way(Gait.standing(), CLOSE, EXACT, 6.0)

    assert found.activity == "standing"
    assert codes(found, Severity.REFUSAL) == {Code.NOT_RUNNING}
    assert given_keys(found) == set()
    assert found.steps is None


def test_quiet_standing_is_no_run_through_the_noise_of_a_network_either():
    _, found = whole_way(Gait.standing(), CLOSE, NOISE, 6.0)

    assert given_keys(found) == set()
    assert codes(found, Severity.REFUSAL) == {Code.NOT_RUNNING}


def test_running_on_the_spot_has_a_cadence_but_no_midstance():
    _, found = whole_way(Gait.on_the_spot(), CLOSE, NOISE, 6.0)

    assert Code.ON_THE_SPOT in codes(found, Severity.REFUSAL)
    assert given_keys(found) == {"cadence_spm"}


@pytest.mark.parametrize("off_axis_deg", [45.0, -90.0])
def test_from_behind_or_half_ahead_only_the_cadence_is_given(off_axis_deg):
    _, found = whole_way(Gait(), replace(CLOSE, off_axis_deg=off_axis_deg), NOISE, 6.0)

    assert Code.NOT_SIDE_VIEW in codes(found, Severity.REFUSAL)
    assert given_keys(found) <= {"cadence_spm"}
    assert "not seen from the side" in found.measure(HIP, "right").method


def test_slightly_off_axis_is_a_warning_and_widens_the_interval():
    _, square = whole_way(Gait(), CLOSE, EXACT, 6.0)
    _, oblique = whole_way(Gait(), replace(CLOSE, off_axis_deg=20.0), EXACT, 6.0)

    assert Code.OFF_AXIS in codes(oblique, Severity.WARNING)
    assert Code.OFF_AXIS not in codes(square)
    key = "knee_flexion_at_contact_deg"
    assert oblique.measure(key, "right").margin > square.measure(key, "right").margin


def ramped(seen, factor):
    """Return the recording played ever slower: at its end `factor` times."""
    time_s = seen.video.time_s
    return on_clock(seen, time_s * (1 + (factor - 1) * time_s / time_s[-1] / 2))


@pytest.mark.parametrize("factor", [2.0, 4.0])
def test_a_speed_ramp_is_refused(factor):
    found = analysed(ramped(filmed(Gait(), CLOSE, NOISE, 8.0), factor))

    assert Code.SPEED_RAMP in codes(found, Severity.REFUSAL)
    assert given_keys(found) == set()


@pytest.mark.parametrize("factor", [2.0, 4.0, 8.0])
def test_slow_motion_that_sets_in_half_way_is_refused(factor):
    seen = filmed(Gait(), CLOSE, NOISE, 6.0)
    step = np.diff(seen.video.time_s)
    step[len(step) // 2 :] *= factor
    found = analysed(on_clock(seen, np.concatenate([[0.0], np.cumsum(step)])))

    assert Code.SPEED_RAMP in codes(found, Severity.REFUSAL)
    assert given_keys(found) == set()


def test_what_was_assumed_is_said_and_what_was_declared_is_not():
    seen = filmed(Gait(), CLOSE, NOISE, 4.0)
    assumed = codes(whole_way(Gait(), CLOSE, NOISE, 4.0)[1])
    told = codes(analysed(seen, surface="treadmill", incline_percent=0.0, speed_m_s=3.0))

    assert {Code.SURFACE_ASSUMED, Code.INCLINE_ASSUMED} <= assumed
    assert not {Code.SURFACE_ASSUMED, Code.INCLINE_ASSUMED, Code.HEIGHT_ASSUMED} & told


def test_a_speed_that_contradicts_the_stature_is_doubted():
    seen = filmed(Gait(), CLOSE, NOISE, 4.0)

    assert Code.SCALE_DISAGREES in codes(analysed(seen, speed_m_s=4.0), Severity.WARNING)
    assert Code.SCALE_DISAGREES not in codes(analysed(seen, speed_m_s=2.9))


def test_steps_point_to_the_frame_in_which_they_can_be_seen():
    seen, found = whole_way(Gait(), CLOSE, EXACT, 6.0)
    truth = seen.show.truth()
    for measure in found.measures:
        if measure.key == HIP:
            own = truth.contacts.of(measure.side)
            away = np.abs(truth.midstance_s[own] - seen.video.time_s[measure.frame]).min()
            assert away < 0.02


def test_each_reported_number_has_its_value_under_every_definition():
    _, found = whole_way(Gait(), CLOSE, EXACT, 6.0)
    measure = next(m for m in found.measures if (m.key, m.side) == (HIP, "right"))

    assert measure.definition == "pelvis_dip"
    assert measure.by_definition["pelvis_dip"] == pytest.approx(measure.estimate.value)
    value = measure.by_definition
    assert set(DEFINITIONS) - {"hip_crossing", "mass"} <= set(value)
    assert value["half_contact"] > value["pelvis_dip"] > value["most_bent"]
