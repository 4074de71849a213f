"""What the person does, and when."""

from __future__ import annotations

import numpy as np
import pytest
from tests.property.runners import CLOSE, EXACT, NOISE, filmed, in_lab, locked

from midstance.alignment import hips_on_trunk
from midstance.gait import Bouts, activity
from midstance.kinematics import leg_length, sagittal_curves
from midstance.model import BODY, Motion
from midstance.virtual import Gait, perform

RATE_HZ = 60.0


def one_after_another(*parts):
    """Return the motion of several gaits, each for some seconds, as one recording in the lab frame."""
    points, clock, start = [], [], 0.0
    for gait, seconds in parts:
        time_s = np.arange(0, seconds, 1 / RATE_HZ)
        points.append(perform(gait, seconds + 0.1).motion(time_s).points)
        clock.append(start + time_s)
        start += seconds
    table, time = np.concatenate(points), np.concatenate(clock)
    return Motion(table, np.ones(table.shape[:2]), time, BODY, "m", "lab")


def bouts(motion, **options):
    return Bouts(**options)(sagittal_curves(motion), leg_length(motion, "left"))


def share(mask, clock, start, stop):
    return float(mask[(clock >= start) & (clock < stop)].mean())


def test_standing_before_and_after_a_run_is_split_off():
    motion = one_after_another((Gait.standing(), 2.0), (Gait(), 4.0), (Gait.standing(), 1.5))
    standing, moving = bouts(motion)
    clock = motion.time_s

    assert share(standing, clock, 0.1, 1.8) == 1.0
    assert share(standing, clock, 2.1, 5.9) == 0.0
    assert share(standing, clock, 6.2, 7.4) == 1.0
    assert share(moving, clock, 2.2, 5.8) == 1.0
    assert share(moving, clock, 0.0, 1.7) == 0.0
    assert share(moving, clock, 6.3, 7.5) == 0.0
    assert not (standing & moving).any()


def test_a_pause_too_short_to_count_is_no_standing():
    motion = one_after_another((Gait(), 2.0), (Gait.standing(), 0.7), (Gait(), 2.0))

    assert not bouts(motion)[0].any()
    assert bouts(motion, standing_s=0.4)[0].any()


def test_the_longest_of_two_runs_is_kept():
    motion = one_after_another((Gait(), 2.0), (Gait.standing(), 2.0), (Gait(), 4.0))
    _, moving = bouts(motion)

    assert share(moving, motion.time_s, 0.0, 3.7) == 0.0
    assert share(moving, motion.time_s, 4.3, 8.0) == 1.0


@pytest.mark.parametrize("gait", [Gait(), Gait.walking(), Gait.on_the_spot()], ids=["run", "walk", "spot"])
def test_nobody_who_moves_is_taken_to_stand(gait):
    standing, moving = bouts(one_after_another((gait, 4.0)))

    assert not standing.any()
    assert moving.all()


def test_one_who_stands_does_not_move():
    standing, moving = bouts(one_after_another((Gait.standing(), 4.0)))

    assert standing.all()
    assert not moving.any()


def test_standing_is_seen_through_the_noise_of_a_network():
    motion = in_lab(filmed(Gait.standing(), CLOSE, NOISE, 6.0))

    assert bouts(motion)[0].mean() > 0.8


def name_of(gait, errors):
    motion = in_lab(filmed(gait, CLOSE, errors, 6.0))
    stride, _, leg_m = locked(hips_on_trunk(motion, 120.0 / gait.cadence_spm))
    return activity(stride, max(leg_m.values())).name


@pytest.mark.parametrize("errors", [EXACT, NOISE], ids=["exact", "noisy"])
@pytest.mark.parametrize("speed", [2.0, 3.0, 4.0, 5.0])
def test_running_is_running(speed, errors):
    assert name_of(Gait.at_speed(speed), errors) == "running"


@pytest.mark.parametrize("errors", [EXACT, NOISE], ids=["exact", "noisy"])
@pytest.mark.parametrize("speed", [1.0, 1.3, 1.8])
def test_walking_is_walking(speed, errors):
    assert name_of(Gait.walking(speed), errors) == "walking"


@pytest.mark.parametrize("errors", [EXACT, NOISE], ids=["exact", "noisy"])
def test_running_on_the_spot_is_not_running(errors):
    assert name_of(Gait.on_the_spot(), errors) == "on_the_spot"


def test_numbers_behind_the_name_are_in_leg_lengths():
    motion = in_lab(filmed(Gait(), CLOSE, EXACT, 6.0))
    stride, _, leg_m = locked(motion)
    longest = max(leg_m.values())
    found = activity(stride, longest)
    ahead = sagittal_curves(motion).curve("right_ankle_ahead_of_pelvis_m")

    assert found.travel == pytest.approx(np.ptp(ahead) / longest, rel=0.05)
    assert activity(stride, 2 * longest).travel == pytest.approx(0.5 * found.travel)
