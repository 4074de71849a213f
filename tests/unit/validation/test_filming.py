"""A laboratory trial filmed: the picture is that of the motion, and what is added is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.unit.validation.lab import RATE_HZ, SHOW, lab_motion

from midstance.errors import DataError
from midstance.model import BODY, LAB_BODY, SIDES, Motion
from midstance.validation import Phone, known_shifts, replay
from midstance.virtual import KeypointErrors

EXACT = Phone(errors=KeypointErrors.none())
FILE = Path("run.c3d")
LEGS = [BODY.index(f"{side}_{part}") for side in SIDES for part in ("hip", "knee", "ankle", "heel", "toe")]


def filmed(phone, side="right", motion=None):
    return phone(FILE, motion or lab_motion(), SHOW.contacts, 3.0, side)


def test_between_samples_the_replay_is_the_motion_itself():
    shown = replay(lab_motion(), 3.0)
    instants = np.linspace(1.0, 9.0, 977)
    apart = shown.motion(instants).points - SHOW.motion(instants).points

    apart = np.abs(apart - np.median(apart, axis=0))

    assert np.percentile(apart, 99) < 2e-4  # a virtual foot lands with a jerk no cubic can follow
    assert apart[:, BODY.index("left_hip")].max() < 1e-4
    assert shown.gait.speed_m_s == 3.0


def test_the_replayed_runner_stands_above_the_origin_on_the_ground():
    recorded = replay(lab_motion(), 3.0).recorded
    soles = np.concatenate(
        [recorded.point(f"{side}_{part}")[:, 1] for side in SIDES for part in ("heel", "toe")]
    )

    assert np.abs(recorded.middle("hip").mean(axis=0)[[0, 2]]).max() < 1e-9
    assert np.percentile(soles, 8) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("rate_hz", [30.0, 59.94])
def test_without_errors_key_points_are_the_projection_of_the_joints(side, rate_hz):
    phone = Phone(rate_hz=rate_hz, errors=KeypointErrors.none())
    film = filmed(phone, side)
    shown = replay(lab_motion(), 3.0)
    instants = film.video.time_s + film.start_s
    wanted = phone.camera(side).film(shown, instants).points

    assert np.abs(film.sighting.motion.points - wanted).max() < 1e-6
    assert film.video.rate_hz == pytest.approx(rate_hz, rel=0.02)
    assert film.near_side == side


def test_hip_over_ankle_in_the_picture_is_that_of_the_runner_seen_in_perspective():
    film = filmed(EXACT)
    motion, camera = film.sighting.motion, EXACT.camera("right")
    at = film.video.time_s + film.start_s
    true = SHOW.motion(at)
    over = (motion.point("right_hip") - motion.point("right_ankle"))[:, 0]
    metres = over * camera.distance_m / camera.focal_px
    wanted = (true.point("right_hip") - true.point("right_ankle"))[:, 0]

    assert np.corrcoef(metres, wanted)[0, 1] > 0.9995
    assert np.polyfit(wanted, metres, 1)[0] == pytest.approx(1.02, abs=0.03)


def test_each_trial_has_its_own_phase_and_its_clock_starts_at_zero():
    starts = {filmed(Phone(seed=seed, errors=KeypointErrors.none())).start_s for seed in range(4)}
    film = filmed(EXACT)

    assert len(starts) == 4
    assert film.video.time_s[0] == 0.0
    assert np.std(np.diff(film.video.time_s)) > 2e-4


def test_legs_exchanged_by_the_network_are_told_apart_again():
    phone = Phone(errors=KeypointErrors(swap_rate=0.3, white_sd_m=0.0, drift_sd_m=0.0))
    film = filmed(phone)
    calm = filmed(Phone(errors=KeypointErrors(swap_rate=0.0, white_sd_m=0.0, drift_sd_m=0.0)))
    apart = np.abs(film.sighting.motion.points[:, LEGS] - calm.sighting.motion.points[:, LEGS]).max(
        axis=(1, 2)
    )

    assert len(film.sighting.repairs) > 2
    assert np.mean(apart > 1.0) < 0.01


def test_constant_errors_shift_the_near_leg_by_what_is_said():
    errors = KeypointErrors().without_scatter()
    plain, spoiled = filmed(EXACT).sighting.motion, filmed(Phone(errors=errors)).sighting.motion
    camera = EXACT.camera("right")
    scale = camera.distance_m / camera.focal_px

    def over(motion):
        return np.mean(motion.point("right_hip")[:, 0] - motion.point("right_ankle")[:, 0]) * scale

    put_in = known_shifts(errors)["hip_over_ankle_at_midstance_m"]
    assert over(spoiled) - over(plain) == pytest.approx(put_in, abs=1e-9)


def test_points_the_markers_do_not_show_stay_unseen():
    full = lab_motion()
    points = full.points.copy()
    points[:, BODY.index("left_shoulder")] = np.nan
    points[300:330, BODY.index("left_toe")] = np.nan
    motion = filmed(EXACT, motion=full.with_points(points)).sighting.motion

    assert np.isnan(motion.point("left_shoulder")).all()
    assert not motion.seen("left_shoulder").any()
    gap_s = np.isnan(motion.point("left_toe")[:, 0]).sum() / 60.0
    assert gap_s == pytest.approx(30 / RATE_HZ, abs=0.06)


def test_more_points_than_a_phone_sees_are_left_out():
    body = lab_motion()
    points = np.full((len(body.time_s), len(LAB_BODY.names), 3), np.nan)
    points[:, : len(BODY.names)] = body.points
    motion = Motion(points, np.ones(points.shape[:2]), body.time_s, LAB_BODY, "m", "lab")

    assert filmed(EXACT, motion=motion).sighting.motion.skeleton is BODY


def test_a_trial_without_hips_cannot_be_filmed():
    motion = lab_motion()

    with pytest.raises(DataError, match="never seen"):
        replay(motion.with_points(np.full(motion.points.shape, np.nan)), 3.0)
