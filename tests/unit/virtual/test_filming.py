"""A run filmed, and the truth beside."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from midstance.errors import SettingsError
from midstance.model import BODY
from midstance.video import probe
from midstance.virtual.body import load_body
from midstance.virtual.camera import Camera
from midstance.virtual.filming import Filming, course, film
from midstance.virtual.gym import Gym
from midstance.virtual.materials import material
from midstance.virtual.mesh import sphere
from midstance.virtual.running import Running
from midstance.virtual.sensor import Sensor
from midstance.virtual.street import Street

SMALL = Camera(width_px=270, height_px=480, focal_px=520, aim_height_m=0.88, rate_hz=30.0)
CLEAN = Sensor(shutter_s=0.0, noise_sd=0.0, blur_px=0.0, vignette=0.0)


@pytest.fixture(scope="module")
def body():
    return load_body("lean_man")


@pytest.fixture(scope="module")
def run(body):
    return Running()(body.build, 1.5, body.joints)


class Ball:
    """A figure of one red ball that rides on a point of a person."""

    def __init__(self, person, name, radius_m=0.04):
        self.person, self.name = person, name
        ball = sphere((0.0, 0.0, 0.0), radius_m, (1.0, 1.0, 1.0), material("plain"), 14)
        self.vertices, self.faces, self.normals = ball.vertices_m, ball.faces, ball.normals
        self.colours = np.tile(np.array([255, 20, 20], np.uint8), (len(self.vertices), 1))
        self.material = np.zeros(len(self.vertices), np.uint8)

    def posed(self, posture):
        middle = self.joints(posture)[self.name][0]
        return (self.vertices + middle).astype(np.float32), self.normals

    def joints(self, posture):
        return self.person.joints(posture)


def ball_centre(filming, ball, run, time_s):
    with_ball, without = (
        next(iter(filming(b, run, np.array([time_s])))).rgb.astype(int)
        for b in (ball, Ball(ball.person, ball.name, 1e-4))
    )
    red = [picture[..., 0] - picture[..., 1] for picture in (with_ball, without)]
    rows, columns = np.nonzero(red[0] - red[1] > 20)
    return np.array([columns.mean() + 0.5, rows.mean() + 0.5])


@pytest.mark.parametrize("name", ["right_knee", "right_toe", "right_shoulder"])
@pytest.mark.parametrize(
    ("camera", "sensor"),
    [
        (SMALL, CLEAN),
        (replace(SMALL, roll_deg=6.0, off_axis_deg=15.0), replace(CLEAN, shutter_s=0.004)),
        (SMALL, replace(CLEAN, readout_s=0.02)),
    ],
)
def test_the_truth_in_the_picture_is_where_a_ball_on_the_joint_is_drawn(body, run, name, camera, sensor):
    filming = Filming(camera, Gym(things=0), sensor)
    times = np.array([0.61, 0.74])
    ball = Ball(body, name)
    _, seen = filming.truth(ball, run, times)

    for instant, point in zip(times, seen.point(name), strict=True):
        assert ball_centre(filming, ball, run, instant) == pytest.approx(point, abs=0.5)


@pytest.mark.parametrize("follow", ["fixed", "pan", "dolly"])
def test_over_ground_the_truth_follows_the_camera(body, follow):
    run = Running(surface="overground")(body.build, 1.0, body.joints)
    filming = Filming(replace(SMALL, follow=follow), Street(trees=False), CLEAN)
    times = np.array([0.4])
    ball = Ball(body, "right_knee")
    _, seen = filming.truth(ball, run, times)

    assert ball_centre(filming, ball, run, 0.4) == pytest.approx(seen.point("right_knee")[0], abs=0.5)
    assert course(run).travel_m == pytest.approx(3.0)


def test_a_pan_turns_and_a_dolly_moves(body):
    run = Running(surface="overground")(body.build, 1.0, body.joints)
    times = np.array([0.0, 1.0])
    middles = {}
    for follow in ("fixed", "pan", "dolly"):
        filming = Filming(replace(SMALL, follow=follow), Street(), CLEAN)
        middles[follow] = filming.truth(body, run, times)[1].middle("hip")[:, 0]

    assert np.ptp(middles["fixed"]) > 300
    assert np.ptp(middles["pan"]) < 15
    assert np.ptp(middles["dolly"]) < 15


def test_the_runner_covers_what_is_behind_and_stands_on_the_belt(body, run):
    filming = Filming(SMALL, Gym(), CLEAN)
    times = np.array([float(run.contacts.initial_contact_s[0]) + 0.08])
    (frame,) = filming(body, run, times)
    (empty,) = filming(Ball(body, "nose", 0.001), run, times)
    changed = np.abs(frame.rgb.astype(int) - empty.rgb).max(axis=2) > 12
    rows, columns = np.nonzero(changed)
    points = filming.truth(body, run, times)[1].points[0]

    for name in ("right_hip", "right_knee", "right_shoulder", "right_heel"):
        column, row = points[BODY.index(name)]
        assert changed[int(row) - 3 : int(row) + 4, int(column) - 3 : int(column) + 4].any()
    assert rows.min() < points[BODY.index("nose"), 1] < points[:, 1].max() < rows.max() + 6
    assert (changed.sum(), np.ptp(columns)) < (30_000, 200)


def test_an_open_shutter_smears_the_foot_that_swings(body, run):
    times = np.array([0.5 * float(run.contacts.toe_off_s[0] + run.contacts.initial_contact_s[0])])
    sharp, smeared = (
        next(iter(Filming(SMALL, Gym(), replace(CLEAN, shutter_s=s))(body, run, times))).rgb.astype(float)
        for s in (0.0, 1 / 30)
    )

    assert np.abs(np.diff(smeared, axis=1)).sum() < 0.97 * np.abs(np.diff(sharp, axis=1)).sum()


def test_the_same_scene_gives_the_same_bytes(body, run):
    one, two = (next(iter(Filming(SMALL)(body, run, np.array([0.6])))).rgb for _ in range(2))

    assert np.array_equal(one, two)


def test_a_clip_carries_its_truth(body, run, tmp_path):
    camera = replace(SMALL, width_px=136, height_px=240, focal_px=260, rate_hz=24.0)
    truth = film(tmp_path / "clip.mp4", body, run, Filming(camera))
    kept = np.load(truth)

    video, _ = probe(tmp_path / "clip.mp4")
    assert len(video.time_s) == len(kept["time_s"]) == len(camera.time_s(1.5))
    assert video.time_s == pytest.approx(kept["time_s"], abs=1e-4)
    assert kept["lab_m"].shape == (len(kept["time_s"]), len(kept["names"]), 3)
    assert kept["image_px"].shape == (len(kept["time_s"]), len(kept["names"]), 2)
    assert len(kept["hip_over_ankle_at_midstance_m"]) == len(kept["side"]) == len(run.contacts)


def test_rows_one_after_another_need_a_camera_that_stands_still():
    with pytest.raises(SettingsError, match="stands still"):
        Filming(Camera(follow="pan"), Street(), Sensor(readout_s=0.01))


@pytest.mark.slow
def test_a_frame_of_720p_takes_a_fifth_of_a_second(body, run):
    filming = Filming(replace(SMALL, width_px=720, height_px=1280, focal_px=1500))
    frames = filming(body, run, np.arange(0.3, 1.3, 1 / 20))
    next(frames)
    before = time.process_time()
    count = sum(1 for _ in frames)

    assert (time.process_time() - before) / count < 0.3  # 0.2 on a quiet machine
