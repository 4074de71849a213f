"""The oracle itself: is the virtual runner's motion what it claims to be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midstance.errors import SettingsError
from midstance.model import SIDES
from midstance.virtual import Gait, perform

GRAVITY = 9.81

runners = st.builds(
    lambda speed, **options: Gait.at_speed(speed).with_options(**options),
    st.floats(2.3, 4.0),
    height_m=st.floats(1.55, 1.95),
    hip_over_ankle_m=st.floats(-0.01, 0.06),
    foot_strike_angle_deg=st.floats(-8.0, 18.0),
    trunk_lean_deg=st.floats(0.0, 15.0),
    surface=st.sampled_from(["treadmill", "overground"]),
)
few = settings(max_examples=12, deadline=None)


def between(contacts, side, part):
    """Return the instants at a part of every contact of a side."""
    own = contacts.of(side)
    return contacts.initial_contact_s[own] + part * contacts.duration_s[own]


@few
@given(runners)
def test_thigh_shank_and_foot_keep_their_lengths(gait):
    motion = perform(gait, 2.0).motion(np.linspace(0.0, 2.0, 301))

    for side in SIDES:
        for one, two in (("hip", "knee"), ("knee", "ankle"), ("heel", "toe"), ("ankle", "heel")):
            length = np.linalg.norm(motion.point(f"{side}_{one}") - motion.point(f"{side}_{two}"), axis=1)
            assert np.ptp(length) < 1e-9


@few
@given(runners)
def test_nothing_jumps_and_no_foot_sinks_into_the_ground(gait):
    motion = perform(gait, 2.0).motion(np.arange(0.0, 2.0, 0.002))

    assert np.all(np.isfinite(motion.points))
    assert np.abs(np.diff(motion.points, axis=0)).max() < 0.002 * 5.0 * gait.speed_m_s
    feet = [motion.point(f"{side}_{part}")[:, 1] for side in SIDES for part in ("heel", "toe")]
    assert np.min(feet) > -0.01


@few
@given(runners)
def test_the_pelvis_falls_freely_while_both_feet_are_in_the_air(gait):
    show = perform(gait, 2.0)
    off, on = show.contacts.toe_off_s[:-1], show.contacts.initial_contact_s[1:]
    step = 0.2 * (on - off)

    low, middle, high = (show.pelvis.up(0.5 * (off + on) + shift) for shift in (-step, 0.0 * step, step))

    np.testing.assert_allclose((low - 2.0 * middle + high) / step**2, -GRAVITY, rtol=1e-6)


@few
@given(runners)
def test_the_height_of_the_pelvis_has_no_kink_at_contact_or_toe_off(gait):
    show = perform(gait, 2.0)
    events = np.concatenate([show.contacts.initial_contact_s, show.contacts.toe_off_s])
    tiny = 1e-5

    before, at, after = (show.pelvis.up(events + shift) for shift in (-tiny, 0.0, tiny))

    np.testing.assert_allclose(at - before, after - at, atol=1e-8)


@few
@given(runners)
def test_the_flat_foot_moves_exactly_with_the_belt(gait):
    show = perform(gait, 2.0)
    tiny = 1e-4
    for side in SIDES:
        for part in (0.25, 0.32, 0.40):
            time = between(show.contacts, side, part)
            before, after = show.motion(time - tiny), show.motion(time + tiny)
            for name in ("ankle", "heel", "toe"):
                moved = (after.point(f"{side}_{name}") - before.point(f"{side}_{name}")) / (2.0 * tiny)
                belt = -gait.speed_m_s if gait.surface == "treadmill" else 0.0
                np.testing.assert_allclose(moved, [[belt, 0.0, 0.0]] * len(time), atol=1e-6)


@few
@given(runners)
def test_the_tip_of_the_toe_leaves_the_ground_last(gait):
    show = perform(gait, 2.0)
    for side in SIDES:
        motion = show.motion(between(show.contacts, side, 1.0))

        assert np.all(motion.point(f"{side}_toe")[:, 1] < 0.02)
        assert np.all(motion.point(f"{side}_heel")[:, 1] > 0.08)


@few
@given(runners)
def test_the_hip_is_over_the_ankle_as_asked_when_the_knee_is_most_bent(gait):
    truth = perform(gait, 2.5).truth("knee")

    np.testing.assert_allclose(
        truth.values["hip_over_ankle_at_midstance_m"], gait.hip_over_ankle_m, atol=1e-4
    )
    np.testing.assert_allclose(truth.values["foot_strike_angle_deg"], gait.foot_strike_angle_deg, atol=1e-9)
    np.testing.assert_allclose(
        truth.values["knee_flexion_at_contact_deg"], gait.knee_at_contact_deg, atol=1e-6
    )
    np.testing.assert_allclose(truth.values["trunk_lean_deg"], gait.trunk_lean_deg, atol=0.05)


@few
@given(runners)
def test_the_truth_agrees_with_the_motion_it_describes(gait):
    show = perform(gait, 2.5)
    truth = show.truth()
    for side in SIDES:
        own = truth.contacts.of(side)
        motion = show.motion(truth.midstance_s[own])
        over = (motion.point(f"{side}_hip") - motion.point(f"{side}_ankle"))[:, 0]
        np.testing.assert_allclose(over, truth.values["hip_over_ankle_at_midstance_m"][own], atol=1e-12)


def test_midstance_is_found_to_better_than_a_tenth_of_a_millisecond():
    show = perform(Gait(), 1.5)
    truth = show.truth()
    i = int(np.flatnonzero(truth.contacts.of("right"))[0])
    found = {name: instants[i] for name, instants in truth.midstances.by_definition.items()}
    fine = found["most_bent"] + np.arange(-0.004, 0.004, 2e-6)
    motion = show.motion(fine)
    leg = np.linalg.norm(motion.point("right_hip") - motion.point("right_ankle"), axis=1)

    assert found["leg_line"] == pytest.approx(fine[np.argmin(leg)], abs=1e-4)
    assert found["knee"] == pytest.approx(fine[np.argmin(leg)], abs=1e-4)
    wide = found["pelvis"] + np.arange(-0.004, 0.004, 2e-6)
    height = show.motion(wide).middle("hip")[:, 1]
    assert found["pelvis"] == pytest.approx(wide[np.argmin(height)], abs=1e-4)


@pytest.mark.parametrize("name", ["knee_bend", "pelvis_dip"])
def test_the_middles_of_bend_and_dip_lie_between_equal_flanks(name):
    show = perform(Gait(), 1.5)
    truth = show.truth()
    i = int(np.flatnonzero(truth.contacts.of("right"))[0])
    start, end = truth.contacts.initial_contact_s[i], truth.contacts.toe_off_s[i]
    time = np.linspace(start + 1e-9, end - 1e-9, 40_001)
    motion = show.motion(time)
    hip, knee, ankle = (motion.point(f"right_{joint}") for joint in ("hip", "knee", "ankle"))
    thigh, shank = (v / np.linalg.norm(v, axis=1)[:, None] for v in (knee - hip, ankle - knee))
    bend = np.arccos((thigh * shank).sum(axis=1))
    size = bend if name == "knee_bend" else -motion.middle("hip")[:, 1]
    foot = max(size[0], size[-1])
    high = time[size >= foot + 2.0 / 3.0 * (size.max() - foot)]

    assert truth.midstances.by_definition[name][i] == pytest.approx(0.5 * (high[0] + high[-1]), abs=1e-4)


def test_the_reported_truth_is_the_middle_of_the_dip_and_its_values_are_there():
    truth = perform(Gait(), 3.0).truth()
    by = truth.midstances.by_definition

    assert truth.midstances.definition == "pelvis_dip"
    np.testing.assert_array_equal(truth.midstance_s, by["pelvis_dip"])
    np.testing.assert_allclose(by["mid_bend"], 0.5 * (by["knee_bend"] + by["pelvis_dip"]))
    later = perform(Gait(), 3.0).truth("half_contact")
    assert later.mean("hip_over_ankle_at_midstance_m") > truth.mean("hip_over_ankle_at_midstance_m") + 0.02


@pytest.mark.parametrize(("speed", "usual_m"), [(2.5, 0.066), (3.5, 0.063), (4.5, 0.059)])
def test_the_typical_runner_has_the_hip_where_runners_have_it_at_the_middle_of_the_bend(speed, usual_m):
    truth = perform(Gait.at_speed(speed), 3.0).truth("mid_bend")

    assert truth.mean("hip_over_ankle_at_midstance_m") == pytest.approx(usual_m, abs=0.004)
    assert 43.0 < truth.mean("midstance_percent_contact") < 48.0


def test_an_unvarying_gait_repeats_itself_every_stride():
    gait = Gait()
    show = perform(gait, 3.0)
    time = np.linspace(0.1, 1.0, 200)

    first, second = show.motion(time), show.motion(time + 2.0 * gait.step_time_s)

    np.testing.assert_allclose(first.points, second.points, atol=1e-6)


def test_left_and_right_mirror_each_other_half_a_stride_later():
    gait = Gait()
    show = perform(gait, 3.0)
    time = np.linspace(0.1, 1.0, 100)

    now, later = show.motion(time), show.motion(time + gait.step_time_s)
    mirrored = later.points[:, later.skeleton.mirror()] * [1.0, 1.0, -1.0]

    np.testing.assert_allclose(now.points, mirrored, atol=1e-6)


def test_asymmetries_come_out_as_asked():
    gait = Gait(contact_time_difference_s=0.014, hip_over_ankle_difference_m=0.02)
    truth = perform(gait, 3.0).truth("knee")

    over, contact = "hip_over_ankle_at_midstance_m", "contact_time_s"
    assert truth.mean(over, "right") - truth.mean(over, "left") == pytest.approx(0.02, abs=2e-4)
    assert truth.mean(contact, "right") - truth.mean(contact, "left") == pytest.approx(0.014)


def test_step_to_step_variation_is_seeded_and_has_the_size_asked():
    gait = Gait(step_time_sd_s=0.004, contact_time_sd_s=0.003, placement_sd_m=0.008, seed=5)
    first, again = perform(gait, 40.0), perform(gait, 40.0)
    other = perform(gait.with_options(seed=6), 40.0)
    truth = first.truth()

    np.testing.assert_array_equal(first.contacts.toe_off_s, again.contacts.toe_off_s)
    assert not np.array_equal(first.contacts.toe_off_s, other.contacts.toe_off_s[: len(first.contacts)])
    assert np.std(first.contacts.duration_s) == pytest.approx(0.003, rel=0.25)
    assert np.std(np.diff(first.contacts.initial_contact_s)) == pytest.approx(0.004 * 2**0.5, rel=0.25)
    assert 0.004 < np.std(truth.values["hip_over_ankle_at_midstance_m"]) < 0.03


def test_the_default_runner_resembles_measured_runners():
    truth = perform(Gait(), 3.0).truth()
    hips = perform(Gait(), 3.0).motion(np.linspace(0.5, 2.5, 500)).middle("hip")[:, 1]

    assert 42.0 < truth.mean("midstance_percent_contact") < 48.0
    assert 36.0 < truth.mean("knee_flexion_peak_deg") < 52.0
    assert 0.15 < truth.mean("overstride_m") < 0.26
    assert 4.0 < truth.mean("shank_angle_at_contact_deg") < 14.0
    assert 0.06 < np.ptp(hips) < 0.12


def test_a_walker_always_has_a_foot_on_the_ground_and_both_at_times():
    show = perform(Gait.walking(), 6.0)
    contacts = show.contacts
    middle = slice(1, -1)

    assert contacts.alternate()
    assert np.all(contacts.initial_contact_s[1:] < contacts.toe_off_s[:-1])
    assert np.all(contacts.duration_s[middle] > 0.5)
    assert np.ptp(show.motion(np.linspace(1.0, 5.0, 400)).middle("hip")[:, 1]) < 0.07


def test_someone_standing_has_no_contacts_and_hardly_moves():
    show = perform(Gait.standing(hip_over_ankle_m=0.045), 5.0)
    motion = show.motion(np.linspace(0.0, 5.0, 100))

    assert len(show.contacts) == 0
    assert len(show.truth().midstance_s) == 0
    assert np.ptp(motion.points, axis=0).max() < 0.02
    over = motion.point("left_hip")[:, 0] - motion.point("left_ankle")[:, 0]
    assert np.mean(over) == pytest.approx(0.045, abs=0.004)
    top = motion.point("nose")[:, 1].mean()
    assert 0.85 * 1.75 < top < 0.97 * 1.75


def test_running_on_the_spot_gets_nowhere_but_flies():
    show = perform(Gait.on_the_spot(), 3.0)
    motion = show.motion(np.linspace(0.5, 2.5, 400))

    assert np.ptp(motion.middle("hip")[:, 0]) < 0.02
    assert np.all(show.contacts.initial_contact_s[1:] > show.contacts.toe_off_s[:-1])


def test_over_ground_the_runner_moves_ahead_at_the_speed():
    gait = Gait(surface="overground")
    hips = perform(gait, 4.0).motion(np.array([0.5, 0.5 + 4 * gait.step_time_s])).middle("hip")

    assert np.diff(hips[:, 0])[0] == pytest.approx(3.0 * 4 * gait.step_time_s, abs=1e-6)


def test_contact_without_flight_is_refused_with_what_to_do():
    with pytest.raises(SettingsError, match=r"leaves no flight.*walking"):
        Gait(contact_time_s=0.40)


def test_a_leg_that_would_have_to_be_longer_is_refused():
    with pytest.raises(SettingsError, match="does not reach the ground"):
        perform(Gait(speed_m_s=6.0, contact_time_s=0.33, step_width_m=0.3), 1.0)


def test_a_hip_that_cannot_be_so_far_ahead_is_refused():
    short_and_fast = Gait.at_speed(5.0).with_options(height_m=1.5, hip_over_ankle_m=0.10)

    with pytest.raises(SettingsError, match=r"10 cm ahead of the ankle.*ask for less"):
        perform(short_and_fast, 1.0)
