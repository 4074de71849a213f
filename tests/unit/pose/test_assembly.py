"""From looks to a motion."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.model import Repair
from midstance.pose.assembly import assemble
from midstance.pose.blazepose import Look
from midstance.pose.hypotheses import KINDS, Hypotheses, disputed
from midstance.pose.legs import exchanged
from midstance.pose.region import Region

TIME_S = np.arange(60) / 30
SIZE = (640, 480)
HEAVY, MIRROR, FULL = (KINDS.index(kind) for kind in ("heavy", "mirror", "full"))


@pytest.fixture
def body():
    """Points (60, 19, 2) of somebody whose legs swing."""
    swing = 60 * np.sin(2 * np.pi * 1.4 * TIME_S)
    points = np.full((60, 19, 2), 200.0)
    points[:, 9:11, 1] = 200
    for place, drop, share in ((11, 100, 0.5), (13, 200, 1.0), (15, 215, 1.0), (17, 215, 1.1)):
        points[:, place, 0], points[:, place + 1, 0] = 200 + share * swing, 200 - share * swing
        points[:, place : place + 2, 1] = 200 + drop
    return points


def table(body):
    looks = Hypotheses.empty(range(100, 160))
    for kind in (HEAVY, MIRROR, FULL):
        looks.points[:, kind] = body
        looks.seen[:, kind], looks.peak[:, kind], looks.score[:, kind] = 0.95, 0.8, 0.99
    return looks


def test_looks_that_agree_give_a_motion_that_is_believed(body):
    motion, spread_px, score, repairs = assemble(table(body), TIME_S, SIZE, steady_hips=True)

    assert motion.points == pytest.approx(body)
    assert motion.confidence.min() > 0.9
    assert spread_px.max() == pytest.approx(0)
    assert score.min() > 0.9
    assert repairs == ()


def test_exchanged_legs_are_put_right_and_logged_by_frame_of_the_video(body):
    looks = table(body)
    looks.points[20:24] = exchanged(looks.points[20:24])

    motion, _, _, repairs = assemble(looks, TIME_S, SIZE, steady_hips=True)

    assert motion.points == pytest.approx(body)
    assert repairs == (Repair(120, 123, "left and right leg exchanged back"),)


def test_the_heavy_network_is_not_diluted_by_the_full_one(body):
    looks = table(body)
    looks.points[:, FULL] += 3

    assert assemble(looks, TIME_S, SIZE, steady_hips=False)[0].points == pytest.approx(body)


def test_the_full_network_serves_where_the_heavy_one_was_not_asked(body):
    looks = table(body)
    looks.points[:, [HEAVY, MIRROR]] = np.nan

    assert assemble(looks, TIME_S, SIZE, steady_hips=True)[0].points == pytest.approx(body)


def test_feet_out_of_the_picture_are_unseen(body):
    motion, *_ = assemble(table(body), TIME_S, (640, 410), steady_hips=True)

    assert np.isnan(motion.point("left_heel")).all()
    assert motion.seen("left_heel").max() == 0
    assert np.isfinite(motion.point("left_ankle")).all()


def test_frames_in_which_the_runner_was_lost_are_unseen(body):
    looks = table(body)
    for part in (looks.points, looks.seen, looks.peak, looks.score):
        part[30:33] = np.nan

    motion, _, score, _ = assemble(looks, TIME_S, SIZE, steady_hips=True)

    assert np.isnan(motion.points[30:33]).all()
    assert np.isfinite(np.delete(motion.points, range(30, 33), axis=0)).all()
    assert score[30:33].tolist() == [0, 0, 0]


def test_tables_are_joined_in_order_of_their_frames(body):
    looks = table(body)
    halves = [
        Hypotheses(*(getattr(looks, name)[rows] for name in Hypotheses.__slots__))
        for rows in (slice(40, 60), slice(0, 40))
    ]

    assert np.array_equal(Hypotheses.joined(halves).index, looks.index)
    assert np.array_equal(Hypotheses.joined(halves).points, looks.points, equal_nan=True)


def test_looks_are_disputed_when_a_leg_is_elsewhere(body):
    def look(points):
        return Look(points, np.ones(19), np.ones(19), 1.0, Region(0, 0, 1))

    other = body[5].copy()
    other[14] += 30

    assert not disputed((look(body[5]), look(body[5] + 4)))
    assert disputed((look(body[5]), look(other)))
    assert disputed((look(body[8]), look(exchanged(body[8]))))
