from __future__ import annotations

import numpy as np
import pytest

from midstance.alignment import hips_on_course
from midstance.alignment.hip_course import course_m, lowest_phase, swing_of
from midstance.model import BODY, Motion

STRIDE_S, SPEED_M_S = 0.72, 3.0
TIME_S = np.arange(0.0, 6.0, 1.0 / 60.0)
PHASE = 2.0 * np.pi * TIME_S / STRIDE_S + 0.4
HEIGHT = 0.9 - 0.04 * np.cos(2.0 * PHASE)  # lowest at phase zero and half a turn later
LATE = slice(40, -40)


def runner(swing_m, *, travel_m_s=0.0, drift_m=0.0, height=HEIGHT):
    """Return a runner whose hips are seen to swing as given about the way covered."""
    points = np.zeros((len(TIME_S), len(BODY.names), 2))
    points[..., 0] = (travel_m_s * TIME_S + drift_m * np.sin(0.4 * TIME_S))[:, None]
    for side, across in (("left", -0.01), ("right", 0.01)):
        points[:, BODY.index(f"{side}_hip"), 0] += swing_m + across
        points[:, BODY.index(f"{side}_hip"), 1] = height
    return Motion(points, np.ones(points.shape[:2]), TIME_S, BODY, "m", "lab")


def hips(motion):
    return motion.middle("hip")[:, 0]


def on_course(motion):
    return hips_on_course(motion, TIME_S, PHASE, SPEED_M_S)


USUAL = course_m(PHASE, SPEED_M_S)


@pytest.mark.parametrize("harmonic", [1, 2, 3, 4])
def test_what_a_network_adds_with_every_stride_is_taken_off(harmonic):
    seen = runner(USUAL + 0.02 * np.sin(harmonic * PHASE))

    assert hips(on_course(seen)) == pytest.approx(USUAL, abs=1e-3)


def test_hips_on_their_usual_course_stay_where_they_are():
    seen = runner(USUAL)

    assert hips(on_course(seen)) == pytest.approx(hips(seen), abs=5e-4)


def test_where_the_pelvis_is_on_average_is_still_seen():
    seen = runner(0.02 * np.sin(2.0 * PHASE))
    ahead = seen.with_points(seen.points + np.array([0.03, 0.0]))

    assert hips(on_course(ahead)) - hips(on_course(seen)) == pytest.approx(np.full(len(TIME_S), 0.03))


@pytest.mark.parametrize(("travel_m_s", "drift_m"), [(3.0, 0.0), (0.0, 0.05)])
def test_the_way_covered_and_a_drift_on_the_belt_stay(travel_m_s, drift_m):
    seen = runner(0.015 * np.cos(2.0 * PHASE), travel_m_s=travel_m_s, drift_m=drift_m)
    way = hips(runner(0.0 * PHASE, travel_m_s=travel_m_s, drift_m=drift_m))

    assert (hips(on_course(seen)) - way)[LATE] == pytest.approx(USUAL[LATE], abs=3e-3)


def test_the_hips_keep_their_difference_and_everything_else_its_place():
    seen = runner(0.02 * np.sin(2.0 * PHASE))
    after = on_course(seen)

    apart = after.point("right_hip") - after.point("left_hip")
    assert apart == pytest.approx(seen.point("right_hip") - seen.point("left_hip"))
    others = [i for i, name in enumerate(BODY.names) if "hip" not in name]
    assert np.array_equal(after.points[:, others], seen.points[:, others])
    assert after.points[..., 1] == pytest.approx(seen.points[..., 1])


def test_the_course_is_counted_from_where_the_hips_are_lowest():
    later = runner(0.0 * PHASE, height=0.9 - 0.04 * np.cos(2.0 * (PHASE - 0.5)))

    assert hips(on_course(later)) == pytest.approx(course_m(PHASE - 0.5, SPEED_M_S), abs=1e-3)


def test_a_clip_too_short_to_tell_is_left_alone():
    short = runner(0.02 * np.sin(2.0 * PHASE))
    few = Motion(short.points[:20], short.confidence[:20], TIME_S[:20], BODY, "m", "lab")

    assert np.array_equal(hips_on_course(few, TIME_S[:20], PHASE[:20], SPEED_M_S).points, few.points)


def test_outside_the_bout_nothing_is_changed():
    seen = runner(0.02 * np.sin(2.0 * PHASE))
    after = hips_on_course(seen, TIME_S[60:300], PHASE[60:300], SPEED_M_S)

    assert np.array_equal(after.points[:60], seen.points[:60])
    assert not np.allclose(hips(after)[60:300], hips(seen)[60:300])


def test_unseen_hips_stay_unseen_and_do_not_disturb_the_rest():
    seen = runner(USUAL + 0.02 * np.sin(2.0 * PHASE))
    points = seen.points.copy()
    points[100:130] = np.nan
    after = hips(on_course(seen.with_points(points)))

    assert np.isnan(after[100:130]).all()
    assert after[LATE][:20] == pytest.approx(USUAL[LATE][:20], abs=1e-3)


def test_runners_with_markers_are_behind_their_even_course_when_lowest_and_more_so_when_fast():
    slow, fast = (1000 * float(course_m(np.array([0.0]), v)[0]) for v in (2.5, 4.5))

    assert -12 < slow < -4
    assert -20 < fast < slow
    assert course_m(np.array([0.3]), float("nan")) == pytest.approx(course_m(np.array([0.3]), 3.5))
    assert course_m(PHASE, 3.0) == pytest.approx(course_m(PHASE + np.pi, 3.0))


def test_the_lowest_phase_is_that_of_the_rhythm_of_the_steps():
    found = swing_of(HEIGHT + 0.01 * np.sin(PHASE), PHASE)

    assert found is not None
    assert np.cos(2.0 * lowest_phase(found)) == pytest.approx(1.0, abs=1e-3)
