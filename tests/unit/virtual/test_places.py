"""Gym and street as cameras see them."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.virtual.camera import Camera
from midstance.virtual.eye import Eye
from midstance.virtual.footing import lay_ground
from midstance.virtual.gym import Gym
from midstance.virtual.places import Course, backdrop
from midstance.virtual.street import Street

LEVEL = Camera(width_px=270, height_px=480, focal_px=430, height_m=0.9, aim_height_m=0.9)


def eye_of(camera, at_m=0.0):
    view = camera.beside(np.array([at_m]), 0.0)
    return Eye(view.eye_m[0], view.axes[0], camera.focal_px, (0.5 * camera.width_px, 0.5 * camera.height_px))


def seen(scenery, camera, rays=4, course=None):
    place = scenery(camera, course)
    eye = eye_of(camera)
    return place, backdrop(place, eye, (camera.height_px, camera.width_px), [eye] * rays)


@pytest.mark.parametrize("roll", [0.0, 4.0, -6.0])
def test_an_upright_edge_of_the_gym_leans_in_the_picture_by_the_roll(roll):
    camera = Camera(width_px=270, height_px=480, focal_px=430, height_m=0.9, aim_height_m=0.9, roll_deg=roll)
    _, scene = seen(Gym(), camera, rays=16)
    view = camera.beside(np.zeros(1), 0.0)
    corner = np.array([[(0.5, 0.6, -2.6), (0.5, 2.6, -2.6)]])  # the left edge of a pillar
    (x0, y0), (x1, y1) = view.project(corner)[0, :, :2]
    grey = scene.light.mean(axis=2)
    found = []
    for row in np.linspace(y0 - 5, y1 + 5, 25).astype(int):
        expected = x0 + (x1 - x0) * (row + 0.5 - y0) / (y1 - y0)
        columns = np.arange(int(expected) - 4, int(expected) + 5)
        change = np.abs(grey[row, columns + 1] - grey[row, columns])
        found.append((row + 0.5, float(np.sum(change * (columns + 1)) / np.sum(change))))
    rows, columns = np.array(found).T
    slope = np.polyfit(rows, columns, 1)[0]

    assert np.degrees(np.arctan(-slope)) == pytest.approx(roll, abs=0.5)


def test_the_belt_moves_back_by_its_speed():
    camera = Camera(width_px=320, height_px=240, focal_px=260, aim_height_m=0.1, height_m=1.2)
    place, scene = seen(Gym(), camera)
    eye, nothing = eye_of(camera), np.zeros((2, 8, 8), np.float32)
    rows = []
    near = on_belt(camera, (0.0, 0.0, 0.0))
    for moved in (0.0, 0.2):
        picture = scene.light.copy()
        lay_ground(picture, scene, place, eye, nothing, 0.0, moved, 0.0)
        rows.append(picture[int(near[1]), 120:200].mean(axis=1))
    shifts = np.arange(-30, 31)
    match = [np.corrcoef(rows[0][30:50], rows[1][30 + s : 50 + s])[0, 1] for s in shifts]
    expected = on_belt(camera, (-0.2, 0.0, 0.0))[0] - near[0]

    assert shifts[int(np.argmax(match))] == pytest.approx(expected, abs=1.0)
    assert expected < -8


def on_belt(camera, place):
    return camera.beside(np.zeros(1), 0.0).project(np.array([[place]]))[0, 0, :2]


def test_the_belt_is_black_until_it_is_laid_and_nothing_else_is():
    _, scene = seen(Gym(), LEVEL)
    belt = scene.belt == 1.0

    assert belt.any()
    assert scene.light[belt].max() == 0.0
    assert (scene.light[scene.belt == 0.0].max(axis=1) > 0.0).mean() > 0.999


def test_the_side_rail_leaves_the_feet_free_but_a_near_handrail_hides_the_hips():
    foot, hip = np.array([[(0.0, 0.03, 0.08)]]), np.array([[(0.0, 0.96, 0.08)]])
    for gym, free in ((Gym(), True), (Gym(near_handrail=True), False)):
        _, scene = seen(gym, LEVEL)
        for place, wanted in ((foot, True), (hip, free)):
            column, row, depth = LEVEL.beside(np.zeros(1), 0.0).project(place)[0, 0]
            assert (scene.near[int(row), int(column)] <= 1.0 / depth) == wanted


@pytest.mark.parametrize("scenery", [Gym(), Street()])
@pytest.mark.parametrize("camera", [LEVEL, Camera(side="left", off_axis_deg=25), Camera(off_axis_deg=-90)])
def test_every_pixel_shows_something(scenery, camera):
    course = Course() if isinstance(scenery, Gym) else Course(9.0, 18.0)
    place = scenery(camera, course)
    view = camera.beside(np.array([course.half_m]), course.half_m)
    middle = (0.5 * camera.width_px, 0.5 * camera.height_px)
    eye = Eye(view.eye_m[0], view.axes[0], camera.focal_px, middle)
    scene = backdrop(place, eye, (camera.height_px, camera.width_px), [eye])

    assert (scene.near > 0).all()
    assert (place.belt is None) == isinstance(scenery, Street)


def test_a_slope_lifts_the_front_of_the_belt():
    belts = [Gym()(LEVEL, Course(slope=s)).belt for s in (0.0, 0.1)]
    flat, steep = (belt.vertices_m for belt in belts if belt)

    assert np.ptp(flat[:, 1]) == pytest.approx(0.0, abs=1e-6)
    assert steep[:, 1] == pytest.approx(0.1 * steep[:, 0], abs=1e-5)


def test_the_left_side_sees_the_mirrored_room():
    right = Gym()(LEVEL)
    left = Gym()(Camera(side="left"))

    assert left.still.vertices_m == pytest.approx(right.still.vertices_m * np.array([1.0, 1.0, -1.0]))
