"""Triangles into pixels."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from midstance.errors import MissingExtraError
from midstance.virtual.camera import Camera
from midstance.virtual.eye import Eye
from midstance.virtual.materials import material
from midstance.virtual.mesh import box, joined, sheet, sphere
from midstance.virtual.rasterising import Canvas, Light, kernels, on_screen, reach, shadowed, spread

EYE = Eye(np.array([0.0, 0.0, 4.0]), np.diag([1.0, -1.0, -1.0]), 400.0, (100.0, 100.0))
SIZE = (200, 200)
PLAIN = material("plain")
WHITE = (1.0, 1.0, 1.0)


def drawn(mesh, eye=EYE, size=SIZE):
    canvas = Canvas.empty(eye, size)
    canvas.draw(mesh)
    return canvas


def test_a_square_covers_the_pixels_whose_middles_lie_in_it_each_once():
    square = sheet((-0.5, -0.25, 0.0), (1.0, 0.0, 0.0), (0.0, 0.5, 0.0), WHITE, PLAIN, 0.2)
    rows, columns = np.nonzero(drawn(square).face >= 0)

    # 100 px per metre here: columns 50 to 150, rows 75 to 125
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (75, 124, 50, 149)
    assert len(rows) == 100 * 50


def test_the_nearer_hides_the_farther_in_any_order():
    near = sheet((-0.2, -0.2, 1.0), (0.4, 0.0, 0.0), (0.0, 0.4, 0.0), WHITE, PLAIN, 9.0)
    far = sheet((-0.9, -0.9, -1.0), (1.8, 0.0, 0.0), (0.0, 1.8, 0.0), WHITE, PLAIN, 9.0)
    for parts in ([near, far], [far, near]):
        canvas = drawn(joined(parts))
        assert canvas.near[100, 100] == pytest.approx(1.0 / 3.0, rel=1e-5)
        assert canvas.near[100, 40] == pytest.approx(1.0 / 5.0, rel=1e-5)


def test_places_are_those_of_the_surface_in_perspective():
    slope = sheet((-1.0, -0.5, -3.0), (2.0, 0.0, 0.0), (0.0, 0.6, 5.0), WHITE, PLAIN, 9.0)
    canvas = drawn(slope)
    rows, columns = np.nonzero(canvas.face >= 0)
    back = on_screen(canvas.places_m(slope)[rows, columns], EYE)

    assert np.abs(back[:, 0] - (columns + 0.5)).max() < 0.02
    assert np.abs(back[:, 1] - (rows + 0.5)).max() < 0.02


def test_what_lies_behind_the_eye_is_not_drawn():
    behind = sheet((-1.0, -1.0, 5.0), (2.0, 0.0, 0.0), (0.0, 2.0, 0.0), WHITE, PLAIN)

    assert (drawn(behind).face < 0).all()
    assert reach([on_screen(behind.vertices_m, EYE)], SIZE) is None


@pytest.mark.parametrize(("roll", "off_axis", "side"), [(0, 0, "right"), (7, 20, "left"), (-5, -90, "right")])
def test_a_ball_is_drawn_where_the_camera_projects_its_middle(roll, off_axis, side):
    camera = Camera(
        roll_deg=roll, off_axis_deg=off_axis, side=side, width_px=360, height_px=640, focal_px=575
    )
    view = camera.beside(np.zeros(1), 0.0)
    eye = Eye(view.eye_m[0], view.axes[0], camera.focal_px, (180.0, 320.0))
    for joint in ((0.05, 0.9, 0.08), (-0.4, 0.12, -0.1), (0.25, 1.45, 0.0)):
        canvas = drawn(sphere(joint, 0.03, WHITE, PLAIN, 16), eye, (640, 360))
        rows, columns = np.nonzero(canvas.face >= 0)
        expected = view.project(np.array([[joint]]))[0, 0, :2]
        assert len(rows) > 30
        assert columns.mean() + 0.5 == pytest.approx(expected[0], abs=0.3)
        assert rows.mean() + 0.5 == pytest.approx(expected[1], abs=0.3)


def test_light_falls_on_what_faces_it_and_not_below_a_roof():
    light = Light((0.0, 1.0, 0.0), WHITE, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0))
    floor = sheet((-1.0, 0.0, -1.0), (0.0, 0.0, 2.0), (2.0, 0.0, 0.0), (0.5, 0.5, 0.5), PLAIN, 0.05)
    roof = box((-1.0, 0.5, -1.0), (0.0, 0.55, 1.0), WHITE, PLAIN)
    above = Eye(np.array([0.5, 1.5, 3.0]), _axes((0.0, 0.0, 0.0), (0.5, 1.5, 3.0)), 150.0, (100.0, 100.0))
    mesh = shadowed(joined([floor, roof]), light)
    canvas = drawn(mesh, above)
    lit, cover = np.zeros((*SIZE, 3), np.float32), np.zeros(SIZE, np.float32)
    canvas.shade(mesh, light, lit, cover)

    def shown(place):
        column, row, _ = on_screen(np.array([place]), above)[0]
        return float(lit[int(row), int(column), 0])

    assert shown((0.6, 0.0, 0.3)) == pytest.approx(0.5, abs=0.01)
    assert shown((-0.3, 0.0, 0.9)) == pytest.approx(0.0, abs=0.01)


def test_the_rays_of_a_pixel_lean_to_no_side():
    for count in (1, 2, 4, 9, 12):
        places = np.array(spread(count))
        assert np.abs(places.mean(axis=0)).max() < 1e-9
        assert np.abs(places).max() < 0.6
        assert len({tuple(p) for p in places.round(6).tolist()}) == count


def test_without_numba_one_sentence_says_what_to_install(monkeypatch):
    for name in [n for n in sys.modules if n.startswith("midstance.virtual.compiled")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numba", None)

    with pytest.raises(MissingExtraError, match=r"numba is missing.*pip install 'midstance\[virtual\]'"):
        kernels()


def test_numba_is_loaded_only_when_something_is_drawn():
    check = "import sys, midstance.virtual.scenario; print('numba' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "False"


def _axes(target, place):
    ahead = np.subtract(target, place) / np.linalg.norm(np.subtract(target, place))
    right = np.cross(ahead, (0.0, 1.0, 0.0))
    right /= np.linalg.norm(right)
    return np.stack([right, np.cross(ahead, right), ahead])
