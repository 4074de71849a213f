"""Someone running does exactly what the options say, on feet that stand."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from midstance.errors import SettingsError
from midstance.model import SIDES
from midstance.virtual.posture import SEGMENTS, Build
from midstance.virtual.running import Running

BUILD = Build(
    stature_m=1.82,
    hip_half_m=0.0895,
    thigh_m=0.444,
    shank_m=0.442,
    ankle_height_m=0.105,
    heel_back_m=0.081,
    ball_ahead_m=0.146,
    toe_ahead_m=0.228,
    shoulder_half_m=0.171,
    trunk_m=0.468,
    shoulder_ahead_m=-0.037,
    upper_arm_m=0.278,
    forearm_m=0.272,
)
SHORT = Build(
    stature_m=1.60,
    hip_half_m=0.080,
    thigh_m=0.380,
    shank_m=0.372,
    ankle_height_m=0.100,
    heel_back_m=0.060,
    ball_ahead_m=0.125,
    toe_ahead_m=0.198,
    shoulder_half_m=0.142,
    trunk_m=0.420,
    shoulder_ahead_m=-0.033,
    upper_arm_m=0.246,
    forearm_m=0.200,
)
LASTS_S = 3.0


@cache
def run(build=BUILD, **options):
    return Running(**options)(build, LASTS_S)


@cache
def truth(build=BUILD, **options):
    return run(build, **options).truth()


def mean(key, build=BUILD, **options):
    return float(truth(build, **options).values[key].mean())


def standing(show, side):
    """Return instants within the flat part of the second contact of a side."""
    own = show.contacts.of(side)
    start, long = show.contacts.initial_contact_s[own][1], show.contacts.duration_s[own][1]
    return start + np.linspace(0.30, 0.48, 20) * long


@pytest.mark.parametrize("build", [BUILD, SHORT])
@pytest.mark.parametrize("asked_m", [0.0, 0.06, 0.07])
def test_hip_is_over_the_ankle_by_what_was_asked(build, asked_m):
    found = truth(build, hip_over_ankle_m=asked_m).values["hip_over_ankle_at_midstance_m"]
    np.testing.assert_allclose(found, asked_m, atol=0.0003)


@pytest.mark.parametrize("definition", ["most_bent", "half_contact"])
def test_hip_over_ankle_is_met_by_the_definition_of_midstance_chosen(definition):
    found = mean("hip_over_ankle_at_midstance_m", hip_over_ankle_m=0.045, midstance=definition)
    assert found == pytest.approx(0.045, abs=0.0003)


@pytest.mark.parametrize(
    ("option", "key", "asked", "within"),
    [
        ("foot_strike_angle_deg", "foot_strike_angle_deg", -8.0, 0.05),
        ("foot_strike_angle_deg", "foot_strike_angle_deg", 20.0, 0.05),
        ("knee_at_contact_deg", "knee_flexion_at_contact_deg", 17.0, 0.1),
        ("trunk_lean_deg", "trunk_lean_deg", 15.0, 0.05),
        ("pelvic_drop_deg", "pelvic_drop_deg", 7.0, 0.05),
        ("pelvic_rotation_deg", "pelvic_rotation_range_deg", 24.0, 0.1),
        ("twist_deg", "twist_range_deg", 30.0, 0.1),
        ("side_bend_deg", "side_bend_range_deg", 20.0, 0.1),
        ("contact_time_s", "contact_time_s", 0.24, 1e-9),
        ("cadence_spm", "cadence_spm", 180.0, 1e-6),
    ],
)
def test_each_option_is_what_the_joints_show(option, key, asked, within):
    assert mean(key, **{option: asked}) == pytest.approx(asked, abs=within)


def test_overstride_changes_as_asked_and_midstance_stays():
    more = mean("overstride_m", overstride_change_m=0.03) - mean("overstride_m")
    assert more == pytest.approx(0.03, abs=0.005)
    assert mean("hip_over_ankle_at_midstance_m", overstride_change_m=0.03) == pytest.approx(0.06, abs=0.0005)


def test_a_difference_of_the_sides_is_right_minus_left():
    table = truth(hip_over_ankle_difference_m=0.016)
    right = table.contacts.of("right")
    found = table.values["hip_over_ankle_at_midstance_m"]
    assert found[right].mean() - found[~right].mean() == pytest.approx(0.016, abs=0.0005)


def test_left_and_right_are_mirror_images():
    show = run()
    stride = 2.0 * show.running.step_time_s
    time = np.linspace(0.0, stride, 30)
    here, later = show.joints(time), show.joints(time + 0.5 * stride)
    for name in ("hip", "knee", "ankle", "toe", "shoulder", "wrist"):
        np.testing.assert_allclose(
            here[f"right_{name}"], later[f"left_{name}"] * [1.0, 1.0, -1.0], atol=1e-6, err_msg=name
        )


def test_standing_feet_move_with_the_belt():
    show = run()
    for side in SIDES:
        time = standing(show, side)
        for name in ("heel", "ball", "toe", "ankle"):
            path = show.joints(time)[f"{side}_{name}"]
            speed = np.gradient(path[:, 0], time)
            np.testing.assert_allclose(speed, -show.running.speed_m_s, rtol=0.03, err_msg=name)
            assert np.ptp(path[:, 2]) < 1e-3


def test_over_ground_standing_feet_stay():
    show = run(surface="overground")
    time = standing(show, "right")
    assert np.ptp(show.joints(time)["right_ball"][:, 0]) < 1e-3


def test_feet_sink_in_by_no_more_than_a_soft_sole_and_clear_the_ground_in_swing():
    show = run()
    time = np.linspace(0.5, 2.0, 400)
    points = show.joints(time)
    for side in SIDES:
        inside = np.zeros(len(time), bool)
        for start, end in zip(*edges(show, side), strict=True):
            inside |= (time > start - 0.06) & (time < end + 0.06)
        ankle, ball = points[f"{side}_ankle"][:, 1], points[f"{side}_ball"][:, 1]
        assert ankle.min() > BUILD.ankle_height_m - 0.006
        assert ball[~inside].min() > 0.05


def edges(show, side):
    own = show.contacts.of(side)
    return show.contacts.initial_contact_s[own], show.contacts.toe_off_s[own]


def test_bones_keep_their_lengths_and_knees_never_bend_backwards():
    show = run(step_time_sd_s=0.006, placement_sd_m=0.008, seed=3)
    points = show.joints(np.linspace(0.0, LASTS_S, 500))
    for side in SIDES:
        hip, knee, ankle = (points[f"{side}_{name}"] for name in ("hip", "knee", "ankle"))
        np.testing.assert_allclose(np.linalg.norm(hip - knee, axis=1), BUILD.thigh_m, atol=1e-9)
        np.testing.assert_allclose(np.linalg.norm(knee - ankle, axis=1), BUILD.shank_m, atol=1e-9)
        forward = np.cross(ankle - knee, knee - hip)[:, 2]
        assert (forward > 0.0).all()


def test_motion_has_no_jerks_where_feet_land_and_leave():
    show = run()
    for side in SIDES:
        starts, ends = edges(show, side)
        for instant in (*starts[1:3], *ends[1:3]):
            step = 1e-4
            for name in ("knee", "ankle", "toe"):
                path = show.joints(instant + step * np.array([-2.0, -1.0, 1.0, 2.0]))[f"{side}_{name}"]
                before, after = (path[1] - path[0]) / step, (path[3] - path[2]) / step
                np.testing.assert_allclose(before, after, atol=0.06, err_msg=f"{name} {instant}")


def test_the_pelvis_falls_nearly_freely_in_flight():
    show = run(bounce=1.0)
    start, end = edges(show, "right")
    flight = np.linspace(end[1] + 0.015, end[1] + show.truth().values["flight_time_s"][0] - 0.015, 30)
    points = show.joints(flight)
    height = 0.5 * (points["left_hip"] + points["right_hip"])[:, 1]
    fall = 2.0 * np.polyfit(flight - flight.mean(), height, 2)[0]
    assert fall == pytest.approx(-9.81, rel=0.25)
    assert 0.06 < mean("vertical_oscillation_m") < 0.10
    assert len(start)


def test_the_head_is_steadier_than_the_thorax():
    posture = run().posture(np.linspace(0.5, 1.5, 200))
    swing = {name: np.ptp(posture.turned[name][:, 0, 2]) for name in ("head", "thorax")}
    assert swing["head"] < 0.25 * swing["thorax"]


def test_the_thorax_can_be_made_to_turn_against_the_pelvis():
    together = {}
    for later in (0.0, -20.0):
        posture = run(twist_deg=24.0, twist_later_percent=later).posture(np.linspace(0.5, 2.0, 300))
        pelvis, thorax = (posture.turned[name][:, 0, 2] for name in ("pelvis", "thorax"))
        together[later] = np.corrcoef(pelvis, thorax)[0, 1]
    assert together[0.0] < 0.9
    assert together[-20.0] < 0.0


def test_steps_vary_by_seed_and_by_nothing_else():
    varied = Running(step_time_sd_s=0.006, placement_sd_m=0.008)
    time = np.linspace(0.0, LASTS_S, 50)
    same = [varied.with_options(seed=5)(BUILD, LASTS_S).joints(time)["right_knee"] for _ in range(2)]
    other = varied.with_options(seed=6)(BUILD, LASTS_S).joints(time)["right_knee"]
    np.testing.assert_array_equal(same[0], same[1])
    assert np.abs(same[0] - other).max() > 0.005


def test_faster_runners_step_more_often_and_reach_further():
    slow, fast = (Running.at_speed(speed)(BUILD, LASTS_S).truth().values for speed in (2.5, 4.0))
    for key in ("cadence_spm", "step_length_m", "overstride_m", "pelvic_rotation_range_deg"):
        assert fast[key].mean() > slow[key].mean(), key
    assert fast["contact_time_s"].mean() < slow["contact_time_s"].mean()


def test_a_slope_tilts_the_feet_and_not_the_runner():
    options = {"slope_percent": 5.0, "hip_over_ankle_m": 0.05}
    show = run(**options)
    foot = show.posture(standing(show, "right")).turned["right_foot"]
    np.testing.assert_allclose(foot[:, 1, 0], np.sin(np.arctan(0.05)), atol=1e-3)
    assert mean("hip_over_ankle_at_midstance_m", **options) == pytest.approx(0.05, abs=0.0005)
    assert mean("trunk_lean_deg", **options) == pytest.approx(8.0, abs=0.05)


def test_midstance_is_told_by_every_definition():
    table = truth()
    instants = table.midstances.by_definition
    part = (instants["most_bent"] - table.contacts.initial_contact_s) / table.contacts.duration_s
    assert (part > 0.36).all()
    assert (part < 0.47).all()
    three = np.median([instants[name] for name in ("knee", "leg_line", "pelvis")], axis=0)
    np.testing.assert_allclose(instants["most_bent"], three)
    np.testing.assert_allclose(
        instants["half_contact"], table.contacts.initial_contact_s + 0.5 * table.contacts.duration_s
    )


def test_posture_holds_every_segment_as_a_rotation():
    posture = run().posture(np.array([0.3, 1.7]))
    for name in SEGMENTS:
        turn = posture.turned[name]
        np.testing.assert_allclose(turn @ np.swapaxes(turn, 1, 2), np.eye(3)[None].repeat(2, 0), atol=1e-9)


def test_what_no_legs_can_do_is_refused():
    with pytest.raises(SettingsError, match="overstretched"):
        Running(hip_over_ankle_m=-0.25)(BUILD, LASTS_S)
    with pytest.raises(SettingsError, match="no flight"):
        Running(contact_time_s=0.36)
