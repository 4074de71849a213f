"""Which curve is read at which instant."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.kinematics import READINGS, flat_foot_deg, leg_readings
from midstance.model import CATALOGUE

AT = {"initial_contact": 1.0, "midstance": 2.0, "knee_peak": 3.0}


def tell(name, places):
    """Stand in for a curve: a number that says which curve was read where."""
    curves = sorted({f"{side}_{curve}" for side in ("left", "right") for curve, _ in READINGS.values()})
    return 100.0 * (1 + curves.index(name)) + places


@pytest.mark.parametrize("side", ["left", "right"])
def test_each_measure_reads_its_own_curve_at_its_own_instant(side):
    instants = {name: np.array([place, place + 10]) for name, place in AT.items()}
    values = leg_readings(tell, side, instants, 0.8, 0.0)

    for key, (curve, at) in READINGS.items():
        assert values[key] == pytest.approx(tell(f"{side}_{curve}", instants[at])), key


@pytest.mark.parametrize(
    ("key", "curve", "at"),
    [
        ("hip_over_ankle_at_midstance_m", "hip_over_ankle_m", "midstance"),
        ("foot_strike_angle_deg", "foot_angle_deg", "initial_contact"),
        ("overstride_m", "ankle_ahead_of_hip_m", "initial_contact"),
        ("knee_flexion_peak_deg", "knee_flexion_deg", "knee_peak"),
    ],
)
def test_measures_are_read_where_their_names_say(key, curve, at):
    assert READINGS[key] == (curve, at)


def test_every_reading_is_in_the_catalogue():
    assert set(READINGS) <= set(CATALOGUE)


def test_the_pitch_of_the_flat_foot_is_taken_off_the_strike_angle_only():
    instants = {name: np.array([place]) for name, place in AT.items()}
    raw, levelled = (leg_readings(tell, "left", instants, 0.8, flat) for flat in (0.0, -7.0))

    changed = {key for key in raw if not np.allclose(raw[key], levelled[key])}
    assert changed == {"foot_strike_angle_deg"}
    assert levelled["foot_strike_angle_deg"] - raw["foot_strike_angle_deg"] == pytest.approx(7.0)


def test_hip_over_ankle_is_given_in_percent_of_the_leg():
    instants = {name: np.array([place]) for name, place in AT.items()}
    values = leg_readings(lambda _name, places: 0.04 + 0 * places, "right", instants, 0.8, 0.0)

    assert values["hip_over_ankle_at_midstance_percent"] == pytest.approx(5.0)


def test_the_foot_is_flat_in_the_second_quarter_of_contact():
    landings, leavings = np.array([0.0, 10.0]), np.array([1.0, 11.0])

    def pitch(_name, places):
        part = places % 10
        return np.where((part >= 0.25) & (part <= 0.45), -6.0, 40.0 - 90.0 * part)

    assert flat_foot_deg(pitch, "left", landings, leavings) == pytest.approx(-6.0)


def test_unseen_samples_do_not_hide_the_flat_foot():
    def pitch(_name, places):
        return np.where(places < 0.3, np.nan, -6.0)

    assert flat_foot_deg(pitch, "left", np.array([0.0]), np.array([1.0])) == pytest.approx(-6.0)
