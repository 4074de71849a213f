"""The camera and the error model: geometry, clock, and what a network does to points."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.virtual import Camera, Gait, KeypointErrors, perform


@pytest.fixture(scope="module")
def show():
    return perform(Gait(), 3.0)


def test_seen_from_the_right_the_runner_runs_to_the_right_of_the_picture(show):
    for camera, direction in ((Camera(side="right"), 1), (Camera(side="left"), -1)):
        motion = camera.film(show)

        ahead = motion.point("nose")[:, 0] - motion.middle("ear")[:, 0]
        assert np.all(np.sign(ahead) == direction)
        assert camera.scene(show).direction == direction
        assert np.all(motion.middle("hip")[:, 1] < motion.middle("ankle")[:, 1])


def test_the_scale_of_the_true_scene_turns_pixels_into_metres(show):
    camera = Camera()
    motion, scene = camera.film(show), camera.scene(show)
    thigh = np.linalg.norm(motion.point("right_hip") - motion.point("right_knee"), axis=1)

    expected = show.gait.proportions.thigh_m / scene.metres_per_pixel
    assert np.median(thigh) == pytest.approx(expected, rel=0.04)  # the near leg is a little larger


def test_roll_turns_true_vertical_clockwise_in_the_picture(show):
    straight, rolled = Camera(), Camera(roll_deg=5.0)
    time = np.array([1.0])

    def tilt(camera):
        motion = camera.film(show, time)
        line = (motion.point("nose") - motion.point("right_ankle"))[0]
        return np.degrees(np.arctan2(line[0], -line[1]))

    assert tilt(rolled) - tilt(straight) == pytest.approx(5.0, abs=0.01)


def test_a_view_off_the_side_shortens_what_lies_along_the_running_direction(show):
    time = np.linspace(1.0, 2.0, 50)

    def reach(angle):
        motion = Camera(off_axis_deg=angle, distance_m=40.0, focal_px=11500.0).film(show, time)
        return np.ptp(motion.point("right_ankle")[:, 0])

    assert reach(30.0) / reach(0.0) == pytest.approx(np.cos(np.radians(30.0)), abs=0.01)


def test_a_moving_camera_keeps_the_runner_in_the_middle():
    show = perform(Gait(surface="overground"), 3.0)
    for follow, wide in (("fixed", 500.0), ("pan", 5.0), ("dolly", 5.0)):
        camera = Camera(follow=follow, distance_m=8.0)  # type: ignore[arg-type]  # one of three words
        hips = camera.film(show).middle("hip")[:, 0]
        assert (np.ptp(hips) > wide) == (follow == "fixed")


def test_frames_come_at_the_rate_with_jitter_and_without_the_dropped_ones():
    even = Camera(rate_hz=30.0).time_s(10.0)
    uneven = Camera(rate_hz=30.0, time_jitter_sd_s=0.003, dropped_fraction=0.1).time_s(10.0)

    np.testing.assert_allclose(np.diff(even), 1.0 / 30.0)
    assert np.all(np.diff(uneven) > 0.0)
    assert 0.85 < len(uneven) / len(even) < 0.95
    assert np.median(np.diff(uneven)) == pytest.approx(1.0 / 30.0, rel=0.05)


def test_slow_motion_stretches_only_what_the_file_says():
    camera = Camera(rate_hz=240.0, slow_motion_factor=8.0)
    time = camera.time_s(1.0)

    np.testing.assert_allclose(np.diff(camera.screen_time_s(time)), 1.0 / 30.0)


def test_a_perfect_network_changes_nothing(show):
    camera = Camera()
    true = camera.film(show)

    seen = KeypointErrors.none()(true, camera.scene(show), show.contacts)

    np.testing.assert_allclose(seen.points, true.points, atol=1e-9)


def test_the_hip_is_seen_ahead_and_low_whichever_way_the_runner_runs(show):
    for camera in (Camera(side="left"), Camera(side="right")):
        true, scene = camera.film(show), camera.scene(show)
        seen = KeypointErrors().without_scatter()(true, scene, show.contacts)

        moved = (seen.point(f"{camera.side}_hip") - true.point(f"{camera.side}_hip")) * scene.metres_per_pixel
        np.testing.assert_allclose(moved, [[scene.direction * 0.0145, 0.022]] * len(moved), atol=1e-9)


def test_scatter_has_its_size_and_the_far_side_more_of_it(show):
    camera = Camera(side="right")
    true, scene = camera.film(show), camera.scene(show)
    seen = KeypointErrors(swap_rate=0.0, seed=3)(true, scene, show.contacts)
    error = (seen.points - true.points) * scene.metres_per_pixel
    scatter = error.std(axis=0).mean(axis=1)
    near = [scatter[true.skeleton.index(f"right_{part}")] for part in ("hip", "knee", "ankle")]
    far = [scatter[true.skeleton.index(f"left_{part}")] for part in ("hip", "knee", "ankle")]

    assert np.mean(near) == pytest.approx(np.hypot(0.004, 0.006), rel=0.3)
    assert np.mean(far) / np.mean(near) == pytest.approx(1.8, rel=0.3)
    assert seen.seen("left_knee").mean() < seen.seen("right_knee").mean()


def test_legs_are_swapped_around_midstance_and_nowhere_else(show):
    camera = Camera()
    true = camera.film(show)
    errors = KeypointErrors(swap_rate=1.0, white_sd_m=0.0, drift_sd_m=0.0, seed=2)
    seen = errors(true, camera.scene(show), show.contacts)
    plain = KeypointErrors(swap_rate=0.0, white_sd_m=0.0, drift_sd_m=0.0)(
        true, camera.scene(show), show.contacts
    )
    swapped = errors.swapped_frames(true.time_s, show.contacts)

    assert 0.02 < swapped.mean() < 0.4
    np.testing.assert_array_equal(seen.point("left_knee")[swapped], plain.point("right_knee")[swapped])
    np.testing.assert_array_equal(seen.point("left_knee")[~swapped], plain.point("left_knee")[~swapped])
    np.testing.assert_array_equal(seen.point("left_wrist"), plain.point("left_wrist"))


def test_blur_scatters_what_moves_fast(show):
    camera = Camera()
    true = camera.film(show)
    errors = KeypointErrors(white_sd_m=0.0, drift_sd_m=0.0, swap_rate=0.0, blur_s=0.01)
    error = (errors(true, camera.scene(show), show.contacts).points - true.points).std(axis=0).mean(axis=1)

    assert error[true.skeleton.index("right_toe")] > 2.0 * error[true.skeleton.index("nose")]


def test_dropped_points_are_nan_without_confidence(show):
    camera = Camera()
    seen = KeypointErrors(dropout_rate=0.05)(camera.film(show), camera.scene(show), show.contacts)
    unseen = np.isnan(seen.points[..., 0])

    assert unseen.mean() == pytest.approx(0.05, abs=0.01)
    np.testing.assert_array_equal(seen.confidence[unseen], 0.0)
    assert seen.confidence[~unseen].min() > 0.0
