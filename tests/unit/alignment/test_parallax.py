from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from midstance.alignment import camera_view, in_plane_of_feet, to_lab
from midstance.model import BODY
from midstance.virtual import Camera, Filming, Running, load_body

BODY_OF = load_body("lean_man")
RUN = Running(speed_m_s=3.0)(BODY_OF.build, 3.0, BODY_OF.joints)
LEG_M = BODY_OF.build.thigh_m + BODY_OF.build.shank_m
SQUARE = Camera(distance_m=4.0, height_m=0.9, aim_height_m=0.9, focal_px=1500.0)


def seen(side, off_axis_deg):
    """Return the view found, and hip ahead of ankle at midstance as seen, put in plane, and true [m]."""
    camera = replace(SQUARE, side=side, off_axis_deg=off_axis_deg)
    time_s = camera.time_s(RUN.duration_s)
    true, image = Filming(camera).truth(BODY_OF, RUN, time_s)
    view = camera_view(image, LEG_M * 1500.0 / 4.0)
    lab = to_lab(image, direction=view.direction, roll_deg=0.0, metres_per_pixel=4.0 / 1500.0)
    flat = in_plane_of_feet(lab, view.near_side, view.nearer_ahead, LEG_M)
    steps = RUN.truth()
    over = {}
    for leg in ("left", "right"):
        middle = steps.midstances.time_s[steps.contacts.of(leg)]
        curves = [(m.point(f"{leg}_hip") - m.point(f"{leg}_ankle"))[:, 0] for m in (lab, flat, true)]
        over[leg] = [float(np.mean(np.interp(middle, time_s, curve))) for curve in curves]
    return view, over


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("off_axis_deg", [-10.0, 10.0])
def test_hips_seen_off_axis_come_back_over_their_feet(side, off_axis_deg):
    view, over = seen(side, off_axis_deg)

    assert view.near_side == side
    for raw, flat, true in over.values():
        assert abs(flat - true) < 0.5 * abs(raw - true)
        assert abs(flat - true) < 0.005


@pytest.mark.parametrize("side", ["left", "right"])
def test_seen_square_nothing_moves(side):
    view, over = seen(side, 0.0)

    assert abs(view.nearer_ahead) < 0.03
    for raw, flat, _ in over.values():
        assert flat == pytest.approx(raw, abs=0.002)


def test_the_two_signs_of_the_angle_are_told_apart():
    ahead, behind = (seen("right", angle)[0] for angle in (-10.0, 10.0))

    assert ahead.nearer_ahead * behind.nearer_ahead < 0.0
    assert ahead.off_axis_deg == pytest.approx(behind.off_axis_deg, abs=1.5)
    assert abs(np.degrees(np.arcsin(ahead.nearer_ahead))) == pytest.approx(ahead.off_axis_deg)


def test_the_middle_of_the_hips_and_the_feet_stay():
    run = RUN.motion(np.arange(0.0, 1.0, 0.02))
    flat = in_plane_of_feet(run, "left", 0.15, LEG_M)

    assert flat.middle("hip") == pytest.approx(run.middle("hip"))
    still = [i for i, name in enumerate(BODY.names) if not name.endswith(("hip", "knee"))]
    assert np.array_equal(flat.points[:, still], run.points[:, still])
