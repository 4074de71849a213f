"""Mean strides and times of steps."""

from __future__ import annotations

import numpy as np
import pytest
from tests.property.runners import CLOSE, EXACT, NOISE, filmed, in_lab, locked

from midstance.gait import mean_stride, midstance_phases, spatiotemporal_columns
from midstance.model import Contacts
from midstance.virtual import Gait


def of_runner(side, errors=EXACT):
    stride, stance, _ = locked(in_lab(filmed(Gait(), CLOSE, errors, 6.0)))
    midstance = midstance_phases(stride, stance, side)["most_bent"]
    return stride, stance, midstance, mean_stride(stride, stance, side, midstance)


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_mean_stride_begins_and_ends_at_initial_contact(side):
    stride, stance, _, mean = of_runner(side)
    landing = stance.initial_contact[side]

    assert (mean.phase[0], mean.phase[-1]) == (0.0, 100.0)
    assert mean.curve("knee_flexion_deg")[0] == pytest.approx(
        stride.mean(f"{side}_knee_flexion_deg", landing)[0]
    )
    assert mean.values[0] == pytest.approx(mean.values[-1])


@pytest.mark.parametrize("side", ["left", "right"])
def test_toe_off_and_midstance_are_given_in_percent_of_the_stride(side):
    stride, stance, midstance, mean = of_runner(side)
    at = np.interp(mean.midstance_percent, mean.phase, mean.curve("knee_flexion_deg"))

    assert at == pytest.approx(stride.mean(f"{side}_knee_flexion_deg", midstance)[0], abs=0.1)
    contact = stance.toe_off[side] - stance.initial_contact[side]
    assert mean.toe_off_percent == pytest.approx(100 * contact / (2 * np.pi))
    assert 0 < mean.midstance_percent < mean.toe_off_percent < 50


def test_only_the_own_leg_and_the_trunk_are_in_it():
    _, _, _, mean = of_runner("left")

    assert not any(name.startswith(("left_", "right_")) for name in mean.names)
    assert {"knee_flexion_deg", "trunk_lean_deg", "pelvis_height_m"} <= set(mean.names)


def test_the_two_legs_of_a_symmetric_runner_have_the_same_mean_stride():
    left, right = (of_runner(side)[3].curve("knee_flexion_deg") for side in ("left", "right"))

    assert left == pytest.approx(right, abs=3.0)


def test_spread_comes_from_the_noise():
    clean, noisy = (of_runner("right", errors)[3].sd for errors in (EXACT, NOISE))

    column = of_runner("right")[3].names.index("ankle_height_m")
    assert np.median(noisy[:, column]) > 3 * np.median(clean[:, column])
    assert np.median(noisy[:, column]) == pytest.approx(np.hypot(0.004, 0.006), rel=0.4)


def three_steps(sides=("left", "right", "left")):
    return Contacts(np.array(sides), np.array([0.0, 0.35, 0.72]), np.array([0.25, 0.62, 0.95]))


def test_times_and_lengths_of_steps_follow_from_the_contacts():
    columns = spatiotemporal_columns(three_steps(), np.array([0.1, 0.45, 0.8]), 0.7, 3.0)

    assert columns["contact_time_s"] == pytest.approx([0.25, 0.27, 0.23])
    assert columns["flight_time_s"] == pytest.approx([0.10, 0.10, np.nan], nan_ok=True)
    assert columns["duty_factor"] == pytest.approx(np.array([0.25, 0.27, 0.23]) / 0.7)
    assert columns["step_length_m"] == pytest.approx([1.05, 1.11, np.nan], nan_ok=True)
    assert columns["midstance_percent_contact"] == pytest.approx([40.0, 100 / 2.7, 100 * 0.08 / 0.23])


def test_where_a_step_is_missing_between_two_contacts_no_flight_is_made_up():
    columns = spatiotemporal_columns(three_steps(("left", "left", "right")), np.zeros(3), 0.7, 3.0)

    assert np.isnan(columns["flight_time_s"]).tolist() == [True, False, True]
    assert np.isnan(columns["step_length_m"]).tolist() == [True, False, True]


def test_without_a_speed_there_is_no_step_length():
    columns = spatiotemporal_columns(three_steps(), np.zeros(3), 0.7, np.nan)

    assert np.isnan(columns["step_length_m"]).all()


def test_in_walking_the_flight_is_negative():
    walk = Contacts(np.array(["left", "right"]), np.array([0.0, 0.5]), np.array([0.6, 1.1]))

    assert spatiotemporal_columns(walk, np.zeros(2), 1.0, 1.0)["flight_time_s"][0] == pytest.approx(-0.1)
