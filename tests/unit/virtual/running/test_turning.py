"""Rotations are made of angles that can be read back."""

from __future__ import annotations

import numpy as np

from midstance.virtual.running.turning import framed, pitch_rad, roll_rad, turned, yaw_rad


def test_angles_are_read_back_from_a_rotation():
    random = np.random.default_rng(0)
    yaw, roll, pitch = random.uniform(-1.2, 1.2, (3, 50))
    turn = turned(yaw, roll, pitch)
    np.testing.assert_allclose(yaw_rad(turn), yaw)
    np.testing.assert_allclose(roll_rad(turn), roll)
    small = np.abs(roll) < 0.05
    np.testing.assert_allclose(pitch_rad(turn)[small], pitch[small], atol=0.01)


def test_positive_is_right_side_forward_right_side_down_front_up():
    right, front = np.array([0.0, 0.0, 1.0]), np.array([1.0, 0.0, 0.0])
    assert (turned(0.2, 0.0, 0.0) @ right)[0] > 0.0
    assert (turned(0.0, 0.2, 0.0) @ right)[1] < 0.0
    assert (turned(0.0, 0.0, 0.2) @ front)[1] > 0.0


def test_a_frame_is_a_rotation_with_the_axis_given():
    up = np.array([[0.1, 0.9, -0.2]])
    turn = framed(up, np.array([[0.0, 0.0, 1.0]]))
    np.testing.assert_allclose(turn @ np.swapaxes(turn, 1, 2), np.eye(3)[None], atol=1e-12)
    np.testing.assert_allclose(turn[0, :, 1], up[0] / np.linalg.norm(up))
    assert np.linalg.det(turn[0]) > 0.0
