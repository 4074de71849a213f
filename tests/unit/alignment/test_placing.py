"""From the picture to the lab frame."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midstance.alignment import to_lab
from midstance.model import BODY, SIDES, Motion
from midstance.virtual import Gait, perform

QUICK = settings(max_examples=30, deadline=None, derandomize=True)
SHOW = perform(Gait(), 2.0)
LAB = SHOW.motion(np.arange(0, 2, 1 / 30))


def pictured(direction, roll_deg, scale_m):
    """Return the runner as a distant camera shows it: turned by its roll, mirrored, in pixels, y down."""
    roll = np.radians(roll_deg)
    forward, up = direction * LAB.points[..., 0], LAB.points[..., 1]
    right = forward * np.cos(roll) + up * np.sin(roll)  # true vertical leans clockwise: up moves right
    down = forward * np.sin(roll) - up * np.cos(roll)
    pixels = np.stack([right, down], axis=-1) / scale_m + [360.0, 900.0]
    return Motion(pixels, LAB.confidence, LAB.time_s, BODY, "px", "image")


@QUICK
@given(st.sampled_from([1, -1]), st.floats(-20, 20), st.floats(0.001, 0.01))
def test_roll_direction_and_scale_are_undone(direction, roll_deg, scale_m):
    image = pictured(direction, roll_deg, scale_m)
    found = to_lab(image, direction=direction, roll_deg=roll_deg, metres_per_pixel=scale_m)
    true = LAB.points[..., :2]

    assert found.points - found.points[0, 0] == pytest.approx(true - true[0, 0], abs=1e-9)
    assert (found.unit, found.frame) == ("m", "lab")


def test_the_origin_is_under_the_mean_hip_where_the_soles_touch():
    found = to_lab(pictured(1, 0.0, 0.003), direction=1, roll_deg=0.0, metres_per_pixel=0.003)

    assert np.mean(found.middle("hip")[:, 0]) == pytest.approx(0.0, abs=1e-9)
    names = [f"{side}_{part}" for side in SIDES for part in ("heel", "toe")]
    soles = np.stack([found.point(name)[:, 1] for name in names])
    assert np.percentile(soles, 8) == pytest.approx(0.0, abs=1e-9)
    assert found.middle("hip")[:, 1].mean() > 0.7


def test_a_wrong_roll_moves_the_hip_over_the_ankle_by_its_sine():
    image = pictured(1, 0.0, 0.003)
    level, rolled = (to_lab(image, direction=1, roll_deg=r, metres_per_pixel=0.003) for r in (0.0, 1.0))

    def over(lab):
        return lab.point("right_hip")[:, 0] - lab.point("right_ankle")[:, 0]

    height = level.point("right_hip")[:, 1] - level.point("right_ankle")[:, 1]
    assert over(rolled) == pytest.approx(
        over(level) * np.cos(np.radians(1)) - height * np.sin(np.radians(1)), abs=1e-9
    )


def test_what_is_not_seen_stays_unseen_and_does_not_move_the_rest():
    image = pictured(1, 0.0, 0.003)
    points = image.points.copy()
    points[3:9, BODY.index("left_toe")] = np.nan
    found = to_lab(image.with_points(points), direction=1, roll_deg=0.0, metres_per_pixel=0.003)

    assert np.isnan(found.points).sum() == 12
    assert found.point("left_hip")[5, 1] == pytest.approx(LAB.point("left_hip")[5, 1], abs=0.02)
