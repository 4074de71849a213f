from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from midstance.model import Estimate
from midstance.report import evidence_frames, evidence_picture
from midstance.report.drawing import Canvas, draw_plumb_line, plumb_direction
from midstance.report.evidence import jpeg_uri

from .sample import PICTURE, pictures, refused, sample


def test_both_moments_of_one_step_of_each_leg_are_shown_the_near_leg_first():
    shown = evidence_frames(sample())
    assert [(one.side, one.moment) for one in shown] == [
        ("left", "midstance"),
        ("left", "contact"),
        ("right", "midstance"),
        ("right", "contact"),
    ]
    assert 0 < shown[0].event_s - shown[1].event_s < 0.2


def test_a_frame_is_the_one_nearest_to_its_instant():
    analysis = sample()
    for one in evidence_frames(analysis):
        assert abs(one.time_s - one.event_s) == pytest.approx(
            abs(analysis.recording.time_s - one.event_s).min()
        )


def test_without_a_named_frame_the_step_nearest_to_the_median_is_taken():
    analysis = sample()
    analysis = replace(analysis, measures=tuple(replace(m, frame=None) for m in analysis.measures))
    values = analysis.steps.values["hip_over_ankle_at_midstance_m"]
    own = values[analysis.steps.contacts.of("left")]
    assert abs(evidence_frames(analysis)[0].value_m - np.median(own)) <= np.sort(abs(own - np.median(own)))[1]


def test_a_refused_number_is_not_shown_on_a_picture_either():
    analysis = sample()
    measures = tuple(
        replace(m, estimate=Estimate.refused(m.estimate.unit, "too uncertain")) if m.side == "right" else m
        for m in analysis.measures
    )
    values = [one.value_m for one in evidence_frames(replace(analysis, measures=measures))]
    assert np.isfinite(values).tolist() == [True, True, False, False]


def test_without_steps_one_frame_shows_what_the_camera_saw():
    (one,) = evidence_frames(refused())
    assert (one.side, one.moment) == (None, "seen")


def test_without_any_point_there_is_nothing_to_show():
    whole = refused()
    unseen = whole.image_motion.with_points(np.full_like(whole.image_motion.points, np.nan))
    assert evidence_frames(replace(whole, image_motion=unseen)) == ()


@pytest.mark.parametrize("make", [sample, refused])
def test_a_picture_is_cropped_to_one_size_and_drawn_on(make):
    analysis = make()
    for one in evidence_frames(analysis):
        (frame,) = pictures([one.frame]).values()
        drawn = evidence_picture(frame, analysis, one)
        assert drawn.shape == (720, 480, 3)
        assert 0.005 < np.mean(np.any(drawn != 150, axis=-1)) < 0.2
        assert (frame == 150).all()


def test_a_runner_without_points_still_gives_a_picture():
    analysis = sample()
    unseen = analysis.image_motion.with_points(np.full_like(analysis.image_motion.points, np.nan))
    one = evidence_frames(analysis)[0]
    drawn = evidence_picture(pictures([0])[0], replace(analysis, image_motion=unseen), one)
    assert drawn.shape == (720, 480, 3)


def test_true_vertical_leans_clockwise_with_the_camera_roll():
    assert plumb_direction(0.0) == pytest.approx([0.0, -1.0])
    assert plumb_direction(10.0)[0] > 0
    assert plumb_direction(float("nan")) == pytest.approx([0.0, -1.0])


def test_the_plumb_line_follows_true_gravity():
    picture = np.zeros((400, 400, 3), np.uint8)
    draw_plumb_line(Canvas(picture), np.array([200.0, 380.0]), 10.0, 340.0)
    rows, columns = np.nonzero(picture.max(-1) > 200)
    assert np.degrees(np.arctan(np.polyfit(380 - rows, columns, 1)[0])) == pytest.approx(10.0, abs=0.5)


def test_a_picture_becomes_a_data_address():
    assert jpeg_uri(np.zeros((8, 8, 3), np.uint8)).startswith("data:image/jpeg;base64,/9j/")


def test_the_sample_is_seen_within_its_picture():
    points = sample().image_motion.points
    assert np.nanmin(points) > 0
    assert np.nanmax(points[..., 0]) < PICTURE[0]
    assert np.nanmax(points[..., 1]) < PICTURE[1]


def test_the_crop_stays_on_the_runner_when_some_points_are_unseen():
    analysis = sample()
    one = evidence_frames(analysis)[0]
    upper = [
        k
        for k, name in enumerate(analysis.image_motion.skeleton.names)
        if "shoulder" in name or "ear" in name
    ]
    holed = analysis.image_motion.points.copy()
    holed[one.frame, [0, *upper]] = np.nan
    partly = replace(analysis, image_motion=analysis.image_motion.with_points(holed))
    picture = pictures([one.frame])[one.frame]
    picture[640:, :] = 60
    edges = [np.argmax(evidence_picture(picture, a, one)[:, 2, 0] < 100) for a in (analysis, partly)]
    assert edges[0] == pytest.approx(edges[1], abs=2)


def test_a_runner_whose_hips_are_never_seen_is_cropped_by_what_is_seen():
    analysis = sample()
    hipless = analysis.image_motion.points.copy()
    hipless[:, [k for k, name in enumerate(analysis.image_motion.skeleton.names) if "hip" in name]] = np.nan
    unseen = replace(analysis, image_motion=analysis.image_motion.with_points(hipless))
    drawn = evidence_picture(pictures([0])[0], unseen, evidence_frames(unseen)[0])
    assert (drawn[240:480, 120:360] != 150).any()
