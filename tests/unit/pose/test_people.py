"""Who is the runner."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.errors import DataError
from midstance.pose.blazepose import Look
from midstance.pose.people import Path, choose, link
from midstance.pose.region import Region
from midstance.pose.scouting import same_person

TIMES = np.arange(0, 6, 1 / 3)


def person(x_px, phase=None, side_px=400.0, y_px=300.0):
    """One look at somebody who runs at a phase of the stride, or stands where there is none."""
    swing = 0.0 if phase is None else 0.22 * side_px * np.sin(phase)
    lift = 0.0 if phase is None else 0.1 * side_px * np.cos(phase)
    points = np.tile([x_px, y_px], (19, 1)).astype(float)
    points[3:5, 1] -= 0.2 * side_px
    points[11:13] += [[swing / 2, 0.2 * side_px], [-swing / 2, 0.2 * side_px]]
    points[13:15] += [[swing, 0.35 * side_px + lift], [-swing, 0.35 * side_px - lift]]
    return Look(points, np.ones(19), np.ones(19), 0.9, Region(x_px, y_px, side_px))


def phase(time_s):
    return 2 * np.pi * 1.4 * time_s


def place(choice, time_s):
    region = choice.path.at(time_s)
    return region.x_px if region else None


def test_the_runner_is_followed_and_not_the_larger_coach_in_front():
    samples = [(t, [person(600, side_px=520), person(400, phase(t))]) for t in TIMES]

    choice = choose(samples, None, "clip")

    assert (choice.person, choice.people) == (0, 2)
    assert place(choice, 2.0) == pytest.approx(400)


def test_a_runner_who_crosses_the_picture_keeps_her_track_past_a_bystander():
    samples = [(t, [person(500, side_px=420), person(50 + 250 * t, phase(t))]) for t in TIMES]

    tracks = link(samples)

    assert sorted(len(track.looks) for track in tracks) == [len(TIMES)] * 2
    assert place(choose(samples, None, "clip"), 4.0) == pytest.approx(1050, abs=5)


def test_of_two_runners_the_larger_is_followed():
    samples = [(t, [person(300, phase(t), 150), person(900, phase(t) + 1, 450)]) for t in TIMES]

    assert choose(samples, None, "clip").person == 1


def test_the_user_chooses_from_the_left():
    samples = [(t, [person(700, phase(t)), person(200, side_px=410)]) for t in TIMES]

    assert place(choose(samples, 0, "clip"), 1.0) == pytest.approx(200)
    assert place(choose(samples, 1, "clip"), 1.0) == pytest.approx(700)


def test_a_person_who_is_not_there_is_refused_with_the_number_there_is():
    with pytest.raises(DataError, match=r"person 3 was asked for, and there are 1"):
        choose([(t, [person(300, phase(t))]) for t in TIMES], 3, "clip")


def test_a_clip_without_anybody_says_how_to_film():
    with pytest.raises(DataError, match=r"no person found in any of 18 frames.*clip.*film one runner"):
        choose([(t, []) for t in TIMES], None, "clip")


def test_someone_who_passes_for_a_moment_does_not_count():
    passer = {5: [person(900, side_px=380)]}
    samples = [(t, [person(300, phase(t)), *passer.get(k, [])]) for k, t in enumerate(TIMES)]

    assert choose(samples, None, "clip").person == 0
    with pytest.raises(DataError):
        choose(samples, 1, "clip")


def test_nobody_is_followed_before_or_after_being_in_the_picture():
    path = Path(np.array([2.0, 3.0]), np.array([[100.0, 200, 300, 0], [200, 200, 300, 0]]))

    assert path.at(2.5) == Region(150, 200, 300, 0)
    assert path.at(1.0) is None
    assert path.at(4.0) is None


def test_two_looks_at_one_body_are_one_person():
    assert same_person(person(300), person(305))
    assert not same_person(person(300), person(380))


def test_whoever_is_pointed_at_is_followed():
    samples = [(t, [person(600, side_px=520), person(400, phase(t))]) for t in TIMES]

    coach = choose(samples, None, "clip", (2.0, 610.0, 240.0))
    runner = choose(samples, 1, "clip", (2.0, 395.0, 310.0))

    assert (coach.person, place(coach, 2.0)) == (1, pytest.approx(600))
    assert (runner.person, place(runner, 2.0)) == (0, pytest.approx(400))


def test_somebody_seen_only_for_a_moment_can_be_pointed_at():
    samples = [(t, [person(400, phase(t)), *([person(900)] if 2.9 < t < 3.4 else [])]) for t in TIMES]

    assert place(choose(samples, None, "clip", (3.0, 900.0, 300.0)), 3.0) == pytest.approx(900)


@pytest.mark.parametrize("shown", [(2.0, 40.0, 40.0), (30.0, 400.0, 300.0)])
def test_where_and_when_nobody_is_nobody_can_be_pointed_at(shown):
    samples = [(t, [person(400, phase(t))]) for t in TIMES]

    with pytest.raises(DataError, match="nobody was seen at"):
        choose(samples, None, "clip", shown)
