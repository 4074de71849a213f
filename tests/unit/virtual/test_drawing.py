"""The drawn runner: rays, body, frames and clips."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.video import probe
from midstance.virtual import Camera, Gait, demo_clip, perform
from midstance.virtual.casting import Capsule, Eye, cast
from midstance.virtual.drawing import Drawing
from midstance.virtual.stage import Stage

EYE = Eye(np.array([0.0, 0.0, 4.0]), np.diag([1.0, -1.0, -1.0]), 400.0, (100.0, 100.0))
SMALL = Camera(width_px=180, height_px=320, focal_px=420.0, aim_height_m=0.86, rate_hz=30.0)


def capsule(start, end, radii, stretch=1.0):
    near, far = radii
    return Capsule(np.array(start), np.array(end), near, far, 0, 0, np.array([1.0, 0.0, 0.0]), stretch)


def test_a_ball_is_seen_as_a_disc_at_its_distance():
    seen = cast([capsule((0, 0, 0), (0, 0.001, 0), (0.5, 0.5))], EYE, (200, 200))
    hit = seen.part >= 0

    assert seen.depth_m[100, 100] == pytest.approx(3.5, abs=1e-3)
    assert hit.sum() == pytest.approx(np.pi * (400 * 0.5 / np.sqrt(4.0**2 - 0.5**2)) ** 2, rel=0.02)


def test_the_nearer_part_hides_the_farther():
    parts = [capsule((0, 0, -1), (0.5, 0, -1), (0.3, 0.3)), capsule((0, 0, 1), (0, 0.2, 1), (0.2, 0.2))]
    for order in (parts, parts[::-1]):
        seen = cast(order, EYE, (200, 200))
        assert order[seen.part[100, 100]] is parts[1]


def test_normals_of_a_tapered_limb_stand_on_its_surface():
    limb = capsule((-0.5, -0.2, 0.1), (0.5, 0.3, 0.0), (0.3, 0.15))
    seen = cast([limb], EYE, (200, 200))
    rows, columns, position, normal = seen.surface([limb], EYE)
    inner = (seen.part[np.maximum(rows - 1, 0), columns] >= 0) & (seen.part[rows, columns - 1] >= 0)
    at = {(r, c): i for i, (r, c) in enumerate(zip(rows, columns, strict=True))}
    chosen = [at[r, c] for r, c in zip(rows[inner][::97], columns[inner][::97], strict=True)]

    for i in chosen:
        left, above = at[rows[i], columns[i] - 1], at[rows[i] - 1, columns[i]]
        face = np.cross(position[above] - position[i], position[left] - position[i])
        cosine = abs(face @ normal[i]) / np.linalg.norm(face)
        towards = normal[i] @ (EYE.position_m - position[i])
        assert cosine > 0.97 or towards < 0.4  # grazing pixels are too coarse to say
        assert towards > -1e-3


def test_a_stretched_ball_is_wider_than_high():
    seen = cast([capsule((0, 0, 0), (0, 0.001, 0), (0.3, 0.3), stretch=1.5)], EYE, (200, 200))
    hit = seen.part >= 0

    assert hit.any(axis=0).sum() == pytest.approx(1.5 * hit.any(axis=1).sum(), rel=0.08)


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_joints_lie_within_the_drawn_body(side):
    show = perform(Gait(), 1.0)
    camera = Camera(side=side, width_px=180, height_px=320, focal_px=420.0, aim_height_m=0.86)
    time = np.array([0.2, 0.5, 0.9])
    plain = Drawing(stage=Stage(noise_sd=0.0, blur_px=0.0))
    points = camera.film(show, time)
    empty = plain.empty(show, camera)

    for frame in plain(show, camera, time):
        drawn = np.abs(frame.rgb.astype(int) - empty).sum(axis=2) > 30
        for name in ("nose", *(f"{side}_{part}" for part in ("hip", "knee", "ankle", "shoulder", "elbow"))):
            column, row = points.point(name)[frame.index]
            around = drawn[int(row) - 2 : int(row) + 3, int(column) - 2 : int(column) + 3]
            assert around.any(), name


def test_frames_are_the_same_every_time_and_the_runner_moves():
    show = perform(Gait(), 1.0)
    time = np.array([0.30, 0.40])

    first, second = ([frame.rgb for frame in Drawing()(show, SMALL, time)] for _ in range(2))

    np.testing.assert_array_equal(first, second)
    assert first[0].shape == (320, 180, 3)
    assert first[0].dtype == np.uint8
    assert np.abs(first[0].astype(int) - first[1]).max() > 60


def test_the_belt_carries_its_marks_back_by_what_it_moved():
    eye = Eye(np.array([0.0, 1.0, 4.0]), np.diag([1.0, -1.0, -1.0]), 800.0, (400.0, 0.0))
    mark, moved = 0.825, 0.30  # the middle of a mark, and a way

    def brightness(belt_m, place_m):
        picture = np.zeros((240, 800, 3), np.float32)
        Stage().belt(picture, eye, belt_m)
        column, row, _ = eye.project(np.array([place_m, 0.0, 0.0]))
        return picture[int(row) - 2 : int(row) + 3, int(column) - 2 : int(column) + 3].mean()

    assert brightness(0.0, mark) > 1.3 * brightness(0.0, mark - moved)
    assert brightness(moved, mark - moved) == pytest.approx(brightness(0.0, mark), rel=0.1)
    assert brightness(moved, mark) < 0.8 * brightness(0.0, mark)


@pytest.mark.parametrize(
    "camera", [Camera(off_axis_deg=-90), Camera(off_axis_deg=50), Camera(follow="dolly")]
)
def test_every_view_gives_a_whole_picture(camera):
    surface = "overground" if camera.follow == "dolly" else "treadmill"
    show = perform(Gait().with_options(surface=surface), 1.0)

    frame = next(Drawing()(show, camera, np.array([0.5])))

    assert np.mean(frame.rgb) > 60.0
    assert np.all(frame.rgb.reshape(-1, 3).std(axis=0) > 10.0)


@pytest.mark.slow
def test_the_demonstration_is_small_and_comes_with_its_truth(tmp_path):
    truth = np.load(demo_clip(tmp_path / "demo.mp4", duration_s=1.0))
    video, _ = probe(tmp_path / "demo.mp4")

    assert (video.width_px, video.height_px) == (720, 1280)
    assert video.frames == len(truth["time_s"])
    assert (tmp_path / "demo.mp4").stat().st_size < 1_000_000
    assert truth["image_px"].shape == (video.frames, 19, 2)
    assert len(truth["midstance_s"]) == len(truth["hip_over_ankle_at_midstance_m"]) > 0
