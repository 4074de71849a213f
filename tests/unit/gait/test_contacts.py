"""Contacts of a virtual runner.

The rules were calibrated on force plates under real runners; the virtual one lands a little
differently, so instants may be off by up to 35 ms here. What must hold is that no contact is missed
or made up, and that changes are followed.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.property.runners import CLOSE, EXACT, NOISE, filmed, found_for, in_lab, locked, partners

from midstance.errors import DataError
from midstance.gait import ContactRules, consensus
from midstance.kinematics import sagittal_curves
from midstance.model import BODY, SIDES
from midstance.virtual import Gait

STRIKES = {"rearfoot": 14.0, "midfoot": 4.0, "forefoot": -6.0}
SPEEDS = (2.5, 3.5, 4.5)


def runner(speed, strike_deg, longer_s=0.0):
    usual = Gait.at_speed(speed)
    return usual.with_options(
        foot_strike_angle_deg=strike_deg, contact_time_s=usual.contact_time_s + longer_s
    )


def found_and_true(gait, errors=EXACT):
    seen = filmed(gait, CLOSE, errors, 5.0)
    stride, stance, _ = locked(in_lab(seen))
    return stance.contacts(stride), seen.show.contacts


def contact_time(gait):
    found, _ = found_and_true(gait)
    return float(np.mean(found.duration_s))


@pytest.mark.parametrize("speed", SPEEDS)
@pytest.mark.parametrize("strike", STRIKES)
@pytest.mark.parametrize("errors", [EXACT, NOISE], ids=["exact", "noisy"])
def test_every_contact_is_found_once_and_within_35_ms(speed, strike, errors):
    found, true = found_and_true(runner(speed, STRIKES[strike]), errors)

    assert found.alternate()
    assert abs(len(found) - len(true)) <= 1
    for side in SIDES:
        inside = (true.initial_contact_s > 0.1) & (true.toe_off_s < 4.9)
        assert (found_for(found, true, side)[inside[true.of(side)]] == 1).all()
        mate, own = partners(found, true, side)[1:-1], np.flatnonzero(true.of(side))[1:-1]
        assert found.initial_contact_s[mate] == pytest.approx(true.initial_contact_s[own], abs=0.035)
        assert found.toe_off_s[mate] == pytest.approx(true.toe_off_s[own], abs=0.035)


@pytest.mark.parametrize("speed", SPEEDS)
@pytest.mark.parametrize("strike", STRIKES)
def test_a_longer_contact_is_found_longer(speed, strike):
    short, usual, long = (contact_time(runner(speed, STRIKES[strike], by)) for by in (-0.03, 0.0, 0.02))

    assert short < usual < long
    assert long - short > 0.39 * 0.05  # the rules lean towards what is usual at that stride time


def test_a_limp_is_found_on_its_own_side():
    found, _ = found_and_true(Gait(contact_time_difference_s=0.03))
    right, left = (found.duration_s[found.of(side)].mean() for side in ("right", "left"))

    assert right - left > 0.015


def test_contacts_at_the_edges_of_the_recording_are_left_out():
    seen = filmed(Gait(), CLOSE, EXACT, 5.0)
    stride, stance, _ = locked(in_lab(seen))
    found = stance.contacts(stride)

    assert found.initial_contact_s[0] >= seen.video.time_s[0]
    assert found.toe_off_s[-1] <= seen.video.time_s[-1]


def test_a_foot_that_is_never_seen_is_refused_by_name():
    seen = filmed(Gait(), CLOSE, EXACT, 5.0)
    motion = in_lab(seen)
    stride, _, leg_m = locked(motion)
    values = stride.curves.coefficients.copy()
    values[:, [i for i, name in enumerate(stride.signals.names) if name.startswith("left_")]] = np.nan
    values[:, stride.signals.names.index("pelvis_height_m")] = np.nan
    with pytest.raises(DataError, match="left foot"):
        ContactRules()(replace(stride, curves=replace(stride.curves, coefficients=values)), leg_m)


def agreed(says, covariance, noise_s=0.0):
    return consensus(says, covariance, np.full(len(says), noise_s))


def test_witnesses_that_agree_are_averaged_by_their_certainty():
    value, spread = agreed(np.array([0.10, 0.12]), np.diag([0.01, 0.02]) ** 2)

    assert value == pytest.approx(0.104)  # weights 4 to 1
    assert spread == pytest.approx(0.008)


def test_a_wild_witness_is_outvoted():
    says = np.array([0.100, 0.103, 0.098, 0.101, 0.300])
    value, _ = agreed(says, 0.005**2 * np.eye(5), 0.002)

    assert value == pytest.approx(0.1005, abs=0.005)
    assert np.mean(says) > 0.13


@pytest.mark.parametrize("wild", range(4))
def test_it_does_not_matter_which_witness_is_wild(wild):
    says = np.full(4, 0.2)
    says[wild] -= 0.15

    assert agreed(says, 0.01**2 * np.eye(4))[0] == pytest.approx(0.2, abs=0.006)


def test_a_noisier_witness_counts_less():
    says, covariance = np.array([0.10, 0.12]), 0.01**2 * np.eye(2)

    value, _ = consensus(says, covariance, np.array([0.0, 0.02]))
    assert value == pytest.approx(0.10 + 0.02 / 6)  # variances 1 to 5


def test_witnesses_who_copy_each_other_count_as_one():
    says = np.array([0.10, 0.10, 0.10, 0.12])
    same = 0.01**2 * np.array([[1, 0.99, 0.99, 0], [0.99, 1, 0.99, 0], [0.99, 0.99, 1, 0], [0, 0, 0, 1.0]])

    assert agreed(says, same)[0] == pytest.approx(0.11, abs=0.001)
    assert agreed(says, 0.01**2 * np.eye(4))[0] == pytest.approx(0.105, abs=0.001)


def test_witnesses_who_saw_nothing_are_not_asked():
    says = np.array([np.nan, 0.1, np.nan])

    assert agreed(says, 0.01**2 * np.eye(3)) == (pytest.approx(0.1), 0.0)
    assert np.isnan(agreed(np.full(3, np.nan), np.eye(3))).all()


def test_scaling_picture_and_leg_together_changes_no_instant():
    motion = in_lab(filmed(Gait(), CLOSE, EXACT, 5.0))
    _, stance, _ = locked(motion)
    _, larger, _ = locked(motion.with_points(1.3 * motion.points))

    for side in SIDES:
        assert larger.initial_contact[side] == pytest.approx(stance.initial_contact[side], abs=1e-6)
        assert larger.toe_off[side] == pytest.approx(stance.toe_off[side], abs=1e-6)


def test_left_and_right_are_the_same_code():
    motion = in_lab(filmed(Gait(contact_time_difference_s=0.02), CLOSE, EXACT, 5.0))
    stride, stance, _ = locked(motion)
    twin, mirrored, _ = locked(motion.with_points(motion.points[:, list(BODY.mirror())]))

    assert sagittal_curves(motion).names == stride.signals.names
    one, other = stance.contacts(stride), mirrored.contacts(twin)
    for side, opposite in (("left", "right"), ("right", "left")):
        assert other.initial_contact_s[other.of(opposite)] == pytest.approx(
            one.initial_contact_s[one.of(side)], abs=5e-4
        )
