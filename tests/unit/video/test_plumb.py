"""Gravity in the picture: found from verticals in any position, refused where there are none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midstance.video.plumb import plumb_line

WIDTH, HEIGHT, FOCAL = 960, 540, 800.0
WALL = np.array([(x, z) for z in (5.0, 7.0) for x in (-3.4, -2.2, -1.3, -0.6, 0.5, 1.2, 2.3, 3.1)])


def camera(roll_deg=0.0, pitch_deg=0.0):
    """Return the rotation (3, 3) from the lab (x right, y down, z ahead) to the camera."""
    roll, pitch = np.radians([roll_deg, pitch_deg])
    turn = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    nod = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    return turn @ nod


def seen(points, rotation):
    """Project points (N, 3) of the lab into the picture (N, 2)."""
    there = np.asarray(points, float) @ rotation.T
    return there[:, :2] / there[:, 2:] * FOCAL + [WIDTH / 2, HEIGHT / 2]


def truth_deg(at_px, rotation):
    """Return the tilt of true vertical at this column, halfway up the picture."""
    there = np.linalg.solve(rotation, [(at_px - WIDTH / 2) / FOCAL, 0, 1])
    (x0, y0), (x1, y1) = seen([there, there - [0, 1e-4, 0]], rotation)
    return np.degrees(np.arctan2(x1 - x0, y0 - y1))


def blank(seed=0):
    noise = np.random.default_rng(seed).normal(120, 4, (HEIGHT, WIDTH, 1))
    return np.repeat(np.clip(noise, 0, 255).astype(np.uint8), 3, axis=2)


def filled(picture, corners, grey):
    eighths = np.round(np.asarray(corners) * 8).astype(np.int32)
    cv2.fillConvexPoly(picture, eighths, (grey, grey, grey), lineType=cv2.LINE_AA, shift=3)


def room(rotation, places=WALL, seed=0):
    """Draw upright boards on a noisy wall, each from 1.2 m above to 0.9 m below the camera."""
    picture = blank(seed)
    rng = np.random.default_rng(7)
    for x, z in places:
        high, low, wide = -1.2 + rng.uniform(0, 0.6), 0.9 - rng.uniform(0, 0.6), rng.uniform(0.08, 0.3)
        board = [(x, high, z), (x + wide, high, z), (x + wide, low, z), (x, low, z)]
        filled(picture, seen(board, rotation), int(rng.choice([40, 70, 190, 220])))
    return cv2.GaussianBlur(picture, (0, 0), 0.8)


def leaning(picture, x_px, lean_deg, length_px=260, low_px=480, wide_px=14):
    """Add a post that leans to the right."""
    aside = np.tan(np.radians(lean_deg)) * length_px
    top = low_px - length_px
    corners = [(x_px + aside, top), (x_px + wide_px + aside, top), (x_px + wide_px, low_px), (x_px, low_px)]
    filled(picture, corners, 30)


@pytest.mark.parametrize("at_px", [200, 480, 800])
@pytest.mark.parametrize("pitch_deg", [-8, 0, 5])
@pytest.mark.parametrize("roll_deg", [-5, 0, 2.5])
def test_gravity_is_found_for_a_camera_that_is_turned_and_looks_up_or_down(roll_deg, pitch_deg, at_px):
    rotation = camera(roll_deg, pitch_deg)
    plumb = plumb_line([room(rotation)], at_px)
    assert plumb.tilt_deg == pytest.approx(truth_deg(at_px, rotation), abs=0.3)
    assert 0.3 <= plumb.sd_deg < 1.2
    assert plumb.lines >= 6
    assert plumb.agree > 0.6


def test_a_vertical_whose_upper_end_leans_to_the_right_tilts_positively():
    picture = blank()
    for x_px in (100, 300, 500, 700, 850):
        leaning(picture, x_px, 4.0)
    assert plumb_line([picture], 480).tilt_deg == pytest.approx(4.0, abs=0.2)


@settings(max_examples=20, deadline=None)
@given(st.floats(-7.0, 7.0), st.floats(-6.0, 6.0))
def test_a_turned_picture_turns_the_plumb_line_with_it(turn_deg, pitch_deg):
    picture = room(camera(0.0, pitch_deg))
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), -turn_deg, 1.0)
    turned = np.asarray(cv2.warpAffine(picture, turn, (WIDTH, HEIGHT)), np.uint8)
    plumb = plumb_line([turned[75:-75, 75:-75]], WIDTH / 2 - 75)
    assert plumb.tilt_deg == pytest.approx(turn_deg, abs=0.35)


def test_a_mirrored_picture_gives_the_mirrored_tilt():
    picture = room(camera(2.0, 4.0))
    here, there = plumb_line([picture], 300), plumb_line([picture[:, ::-1].copy()], WIDTH - 1 - 300)
    assert here.tilt_deg == pytest.approx(-there.tilt_deg, abs=0.1)
    assert here.sd_deg == pytest.approx(there.sd_deg, abs=0.1)


def test_a_larger_picture_gives_the_same_tilt():
    picture = room(camera(2.0, 4.0))
    large = np.asarray(cv2.resize(picture, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC), np.uint8)
    here, there = plumb_line([picture], 300), plumb_line([large], 900, np.array([[0, 0, 30, 30.0]]))
    assert there.tilt_deg == pytest.approx(here.tilt_deg, abs=0.1)


def test_leaning_posts_of_treadmills_are_outvoted():
    rotation = camera(1.0)
    picture = room(rotation)
    for x_px in (350, 430, 620):
        leaning(picture, x_px, 10.0)
    plumb = plumb_line([picture], 480)
    assert plumb.tilt_deg == pytest.approx(truth_deg(480, rotation), abs=0.35)


def test_two_leaning_posts_alone_are_not_trusted():
    picture = blank()
    leaning(picture, 350, 7.0)
    leaning(picture, 620, 7.0)
    assert plumb_line([picture], 480).sd_deg > 2


def test_edges_that_disagree_make_it_less_sure():
    picture, torn = blank(), blank()
    for number, x_px in enumerate((150, 300, 450, 600, 750, 850)):
        leaning(picture, x_px, 1.0)
        leaning(torn, x_px, 1.0 if number % 2 else -3.0)
    agreed, disagreed = plumb_line([picture], 480), plumb_line([torn], 480)
    assert agreed.sd_deg < 0.6
    assert disagreed.sd_deg > 1.0
    assert disagreed.agree < agreed.agree


def test_it_is_less_sure_far_from_the_verticals_it_saw():
    picture = room(camera(0.0, 4.0), WALL[WALL[:, 0] < -1.0])
    assert plumb_line([picture], 150).sd_deg < plumb_line([picture], 900).sd_deg


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((HEIGHT, WIDTH, 3), np.uint8),
        blank(),
        np.random.default_rng(1).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8),
        np.zeros((16, 16, 3), np.uint8),
        np.zeros((2, 3, 3), np.uint8),
    ],
    ids=["black", "a bare wall", "nothing but noise", "tiny", "hardly a picture"],
)
@pytest.mark.parametrize("repeats", [1, 5])
def test_nothing_is_said_of_a_picture_without_verticals(picture, repeats):
    plumb = plumb_line([picture] * repeats, 1.0)
    assert np.isnan(plumb.tilt_deg)
    assert plumb.sd_deg == np.inf
    assert plumb.lines == 0


def test_nothing_is_said_without_pictures():
    assert plumb_line([], 480).sd_deg == np.inf


def test_what_stands_still_in_the_runners_box_does_not_count():
    picture = blank()
    for x_px in (420, 450, 480, 510, 540):
        leaning(picture, x_px, 3.0)
    box = np.array([[400, 150, 600, 500.0]])
    assert np.isnan(plumb_line([picture] * 5, 480, np.repeat(box, 5, axis=0)).tilt_deg)


def test_verticals_seen_behind_a_runner_who_moves_count():
    rotation = camera(2.0)
    rng, frames = np.random.default_rng(3), []
    for number in range(9):
        picture = room(rotation, WALL[(WALL[:, 0] > -1.5) & (WALL[:, 0] < 1.5)], seed=number)
        for _ in range(3):  # limbs
            leaning(picture, 360 + rng.integers(0, 200), rng.uniform(-14, 14), 300, 500, 50)
        frames.append(picture)
    plumb = plumb_line(frames, 480, np.repeat([[200.0, 50, 760, 540]], 9, axis=0))
    assert plumb.tilt_deg == pytest.approx(truth_deg(480, rotation), abs=0.4)


def test_unknown_boxes_are_left_out():
    rotation = camera(2.0)
    plumb = plumb_line([room(rotation)], 480, np.full((1, 4), np.nan))
    assert plumb.tilt_deg == pytest.approx(2.0, abs=0.3)


@pytest.mark.parametrize("bar", [0, 200], ids=["black", "grey"])
def test_bars_beside_the_picture_do_not_count(bar):
    picture = np.full((HEIGHT, WIDTH + 500, 3), bar, np.uint8)
    picture[:, 250:-250] = room(camera(4.0))
    assert plumb_line([picture], 730).tilt_deg == pytest.approx(4.0, abs=0.3)
    picture[:, 250:-250] = blank()
    assert np.isnan(plumb_line([picture], 730).tilt_deg)


def test_a_camera_that_pans_gives_the_middle_of_its_pictures_and_says_less():
    rotation = camera(2.0)
    frames = [room(rotation, WALL + np.array([0.5 * number, 0.0]), seed=number) for number in range(6)]
    plumb, fixed = plumb_line(frames, 480), plumb_line(frames[:1], 480)
    assert plumb.tilt_deg == pytest.approx(2.0, abs=0.3)
    assert plumb.sd_deg > max(0.7, fixed.sd_deg)
