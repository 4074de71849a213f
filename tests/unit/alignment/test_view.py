"""From which side the camera looks, and which way the runner faces."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.property.runners import CLOSE, EXACT, NOISE, filmed, hidden

from midstance.alignment import camera_view, running_direction
from midstance.errors import DataError
from midstance.kinematics import leg_length
from midstance.model import SIDES
from midstance.virtual import Gait


def view(off_axis_deg, side="right", errors=EXACT):
    motion = filmed(Gait(), replace(CLOSE, side=side, off_axis_deg=off_axis_deg), errors, 6.0).sighting.motion
    return camera_view(motion, max(leg_length(motion, leg) for leg in SIDES))


@pytest.mark.parametrize("errors", [EXACT, NOISE], ids=["exact", "noisy"])
@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("off_axis_deg", [0.0, 10.0, 20.0, -10.0, -20.0])
def test_the_angle_off_the_side_is_found_within_4_degrees(off_axis_deg, side, errors):
    found = view(off_axis_deg, side, errors)

    assert found.off_axis_deg == pytest.approx(abs(off_axis_deg), abs=4.0)
    assert found.direction == (1 if side == "right" else -1)
    assert found.near_side == side
    assert found.from_side


@pytest.mark.parametrize("errors", [EXACT, NOISE], ids=["exact", "noisy"])
@pytest.mark.parametrize("off_axis_deg", [45.0, -45.0, 60.0, -90.0, 90.0])
def test_from_half_ahead_or_behind_it_is_no_side_view(off_axis_deg, errors):
    found = view(off_axis_deg, errors=errors)

    assert not found.from_side
    assert found.off_axis_deg > 40.0


def test_without_feet_the_head_shows_the_direction():
    for side, direction in zip(SIDES, (-1, 1), strict=True):
        seen = hidden(filmed(Gait(), replace(CLOSE, side=side), NOISE, 4.0), "heel", "toe")
        assert running_direction(seen.sighting.motion) == direction


def test_one_who_shows_neither_feet_nor_head_is_refused_with_a_remedy():
    seen = hidden(filmed(Gait(), CLOSE, NOISE, 4.0), "heel", "toe", "ear")
    with pytest.raises(DataError, match="film from the side"):
        running_direction(seen.sighting.motion)


def test_unseen_shoulders_leave_the_hips_to_tell_the_angle():
    seen = hidden(filmed(Gait(), replace(CLOSE, off_axis_deg=20.0), EXACT, 4.0), "shoulder")
    motion = seen.sighting.motion

    assert camera_view(motion, leg_length(motion, "right")).off_axis_deg == pytest.approx(20.0, abs=5.0)


@pytest.mark.parametrize("share", [0.1, 0.6])
def test_a_part_of_the_frames_is_enough(share):
    seen = hidden(filmed(Gait(), CLOSE, EXACT, 6.0), "heel", "toe", "ear", share=share)

    assert running_direction(seen.sighting.motion) == 1
    assert np.isnan(seen.sighting.motion.points).any()
