"""A correction by hand changes the numbers that it should, by as much as it should, and nothing else."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.property.runners import CLOSE, NOISE, filmed

from midstance.errors import DataError
from midstance.formats import analysis_record
from midstance.model import Code, EventMoved, LegsExchanged, PersonChosen, PointMoved, Runner
from midstance.pipeline import analyse_sighting, corrected
from midstance.settings import Settings, replaced
from midstance.virtual import Gait

HIP = "hip_over_ankle_at_midstance_m"
RUNNER = Runner(height_m=1.75)


@cache
def seen():
    return filmed(Gait(), CLOSE, NOISE, 10.0)


def put_right(*corrections, **options):
    return corrected(seen().video, seen().sighting, corrections, runner=RUNNER, pictures=False, **options)


@cache
def before():
    return put_right()


def near():
    return before().scene.near_side


def a_step(side, after_s=3.0):
    """Return the number of a whole step of one side, in the middle of the recording."""
    contacts = before().steps.contacts
    return int(np.flatnonzero(contacts.of(side) & (contacts.initial_contact_s > after_s))[0])


def frame_at(time_s):
    return int(np.argmin(np.abs(before().recording.time_s - time_s)))


def shifted(point, frame, forward_m):
    """Return a point moved forward in one frame."""
    scene = before().scene
    index = seen().sighting.motion.skeleton.index(point)
    x, y = seen().sighting.motion.points[frame, index]
    return PointMoved(frame, point, float(x + scene.direction * forward_m / scene.metres_per_pixel), float(y))


def plain(analysis):
    record = analysis_record(analysis)
    return {key: value for key, value in record.items() if key not in {"settings", "issues"}}


def test_no_correction_gives_the_analysis_as_it_was():
    again = analyse_sighting(seen().video, seen().sighting, runner=RUNNER)

    assert analysis_record(before()) == analysis_record(again)


def test_an_ankle_moved_forward_at_midstance_moves_that_step_by_as_much():
    step, side = a_step(near()), near()
    frame = frame_at(before().steps.midstances.time_s[step])
    confirmed, after = (put_right(shifted(f"{side}_ankle", frame, by_m)) for by_m in (0.0, 0.03))
    change = after.steps.values[HIP] - confirmed.steps.values[HIP]

    assert change[step] == pytest.approx(-0.03, abs=0.003)
    assert after.steps.values[HIP][step] < before().steps.values[HIP][step]
    assert np.nanmax(np.abs(np.delete(change, step))) < 0.006


def test_a_moved_point_moves_the_mean_over_the_steps_and_the_mean_stride_the_same_way():
    step, side = a_step(near()), near()
    frame = frame_at(before().steps.midstances.time_s[step])
    after = put_right(shifted(f"{side}_ankle", frame, 0.03))
    own = before().steps.contacts.of(side)
    means = [float(np.nanmean(found.steps.values[HIP][own])) for found in (before(), after)]
    pooled = after.measure(HIP, side).value - before().measure(HIP, side).value

    assert means[1] - means[0] == pytest.approx(-0.03 / own.sum(), rel=0.5)
    assert -0.03 / own.sum() * 2.5 < pooled < -0.03 / own.sum() / 4


def test_the_same_ankle_moved_in_every_step_moves_the_number_all_the_way():
    side = near()
    steps = before().steps
    middles = steps.midstances.time_s[steps.contacts.of(side)]
    frames = {frame_at(time_s) + k for time_s in middles for k in (-2, -1, 0, 1, 2)}
    after = put_right(*[shifted(f"{side}_ankle", frame, 0.03) for frame in sorted(frames)])

    assert after.measure(HIP, side).value - before().measure(HIP, side).value == pytest.approx(
        -0.03, abs=0.008
    )


def test_a_wrong_point_put_back_where_it_belongs_gives_the_number_as_if_it_had_been_right():
    side = near()
    frame = frame_at(before().steps.midstances.time_s[a_step(side)])
    motion = seen().sighting.motion
    point = motion.skeleton.index(f"{side}_ankle")
    x, y = (float(v) for v in motion.points[frame, point])
    right = PointMoved(frame, f"{side}_ankle", x, y)

    assert plain(put_right(shifted(f"{side}_ankle", frame, 0.25), right)) == plain(put_right(right))


def test_a_point_that_was_not_seen_can_be_put_in():
    side = near()
    frame = frame_at(before().steps.midstances.time_s[a_step(side)])
    motion = seen().sighting.motion
    points = motion.points.copy()
    index = motion.skeleton.index(f"{side}_ankle")
    place = points[frame, index].copy()
    points[frame - 4 : frame + 5, index] = np.nan
    hidden = type(seen().sighting)(
        **{name: getattr(seen().sighting, name) for name in seen().sighting.__slots__}
        | {"motion": motion.with_points(points)}
    )
    given = PointMoved(frame, f"{side}_ankle", *(float(v) for v in place))
    step = a_step(side)
    without, with_it = (
        corrected(seen().video, hidden, these, runner=RUNNER, pictures=False) for these in ((), (given,))
    )

    assert without.steps is not None
    assert with_it.steps is not None
    assert np.isnan(without.steps.values[HIP][step])
    assert with_it.steps.values[HIP][step] == pytest.approx(before().steps.values[HIP][step], abs=0.012)


def test_legs_exchanged_twice_are_as_they_were():
    assert plain(put_right(LegsExchanged(100, 130), LegsExchanged(100, 130))) == plain(before())


def test_legs_that_the_network_had_exchanged_can_be_exchanged_back():
    sighting = seen().sighting
    wrong = put_right(LegsExchanged(100, 109))
    motion = sighting.motion
    points = motion.points.copy()
    for part in ("hip", "knee", "ankle", "heel", "toe"):
        left, right = (motion.skeleton.index(f"{side}_{part}") for side in ("left", "right"))
        points[100:110, left], points[100:110, right] = (
            motion.points[100:110, right],
            motion.points[100:110, left],
        )
    spoiled = type(sighting)(
        **{name: getattr(sighting, name) for name in sighting.__slots__}
        | {"motion": motion.with_points(points)}
    )
    mended = corrected(seen().video, spoiled, [LegsExchanged(100, 109)], runner=RUNNER, pictures=False)

    assert plain(mended) == plain(before())
    assert plain(wrong) != plain(before())


@pytest.mark.parametrize("event", ["initial_contact", "midstance", "toe_off"])
def test_a_moved_event_moves_in_its_step_alone_and_the_mean_by_its_share(event):
    side = near()
    step = a_step(side)

    def times(analysis):
        steps = analysis.steps
        return {
            "initial_contact": steps.contacts.initial_contact_s,
            "midstance": steps.midstances.time_s,
            "toe_off": steps.contacts.toe_off_s,
        }

    found = times(before())[event][step]
    after = put_right(EventMoved(side, event, float(found) + 0.004, float(found) + 0.02))
    for name, time_s in times(after).items():
        change = time_s - times(before())[name]
        wanted = np.where(np.arange(len(change)) == step, 0.02 if name == event else 0.0, 0.0)
        assert change == pytest.approx(wanted, abs=1e-9)
    own = int(before().steps.contacts.of(side).sum())
    strides = [found.mean_stride(side) for found in (before(), after)]
    share = 0.02 / own / strides[0].stride_time_s * 100
    moved = {
        "initial_contact": (-share, -share),
        "midstance": (0.0, share),
        "toe_off": (share, 0.0),
    }[event]
    assert strides[1].toe_off_percent - strides[0].toe_off_percent == pytest.approx(moved[0], abs=1e-6)
    assert strides[1].midstance_percent - strides[0].midstance_percent == pytest.approx(moved[1], abs=1e-6)


def test_a_later_midstance_is_read_later_in_its_step_and_in_the_mean():
    side = near()
    step = a_step(side)
    at = float(before().steps.midstances.time_s[step])
    after = put_right(EventMoved(side, "midstance", at, at + 0.02))
    speed = before().speed_m_s
    own = int(before().steps.contacts.of(side).sum())

    step_change = after.steps.values[HIP][step] - before().steps.values[HIP][step]
    assert step_change == pytest.approx(0.02 * speed, rel=0.35)  # the hip goes on over a foot that stands
    pooled = after.measure(HIP, side).value - before().measure(HIP, side).value
    assert pooled == pytest.approx(0.02 * speed / own, rel=0.35)
    contact = "contact_time_s"
    assert after.measure(contact, side).value == before().measure(contact, side).value


def test_an_event_can_be_moved_again_from_where_it_was_put():
    side = near()
    at = float(before().steps.midstances.time_s[a_step(side)])
    twice = put_right(
        EventMoved(side, "midstance", at, at + 0.02), EventMoved(side, "midstance", at + 0.02, at - 0.01)
    )

    assert plain(twice) == plain(put_right(EventMoved(side, "midstance", at, at - 0.01)))


def test_the_record_says_that_and_how_it_was_corrected_and_nothing_else_differs_in_the_settings():
    frame = 200
    moved = shifted("left_knee", frame, 0.01)
    after = put_right(moved, LegsExchanged(10, 12))
    record = analysis_record(after)

    assert record["settings"].pop("corrections") == [
        {
            "kind": "point_moved",
            "frame": frame,
            "point": "left_knee",
            "x_px": pytest.approx(moved.x_px),
            "y_px": pytest.approx(moved.y_px),
        },
        {"kind": "legs_exchanged", "first_frame": 10, "last_frame": 12},
    ]
    assert record["settings"] == analysis_record(before())["settings"]
    (note,) = [issue for issue in after.issues if issue.code is Code.CORRECTED_BY_HAND]
    assert note.sentence == "Corrected by hand: 1 exchange of the legs, 1 point moved."


def test_the_same_corrections_give_the_same_numbers_bit_for_bit_and_the_sighting_stays():
    points = seen().sighting.motion.points.copy()
    these = (shifted("left_ankle", 200, 0.02), LegsExchanged(10, 12))

    assert analysis_record(put_right(*these)) == analysis_record(put_right(*these))
    assert np.array_equal(points, seen().sighting.motion.points, equal_nan=True)


def test_another_slow_motion_factor_needs_no_second_look():
    settings = replaced(Settings(), {"declared.slow_motion_factor": 2.0})
    slow = put_right(settings=settings)

    assert slow.recording.slow_motion_factor == 2.0
    assert slow.measure("cadence_spm").value == pytest.approx(
        2 * before().measure("cadence_spm").value, rel=0.01
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (PointMoved(10**6, "left_ankle", 1.0, 1.0), "no frame 1000000"),
        (PointMoved(5, "tail", 1.0, 1.0), "no point 'tail'"),
        (PointMoved(5, "left_ankle", -4.0, 1.0), "outside the picture"),
        (PointMoved(5, "left_ankle", float("nan"), 1.0), "outside the picture"),
        (LegsExchanged(9, 3), "no span"),
        (EventMoved("left", "midstance", 99.0, 99.1), "near 99.000 s"),
    ],
)
def test_a_correction_of_what_is_not_there_is_refused(wrong, said):
    with pytest.raises(DataError, match=said):
        put_right(wrong)


def test_an_event_that_would_leave_its_step_is_refused():
    side = near()
    steps = before().steps
    step = a_step(side)
    at = float(steps.midstances.time_s[step])
    with pytest.raises(DataError, match="keep landing, midstance and take-off in this order"):
        put_right(EventMoved(side, "midstance", at, float(steps.contacts.toe_off_s[step]) + 0.01))
    landing = float(steps.contacts.initial_contact_s[step])
    with pytest.raises(DataError, match="run into each other"):
        put_right(EventMoved(side, "initial_contact", landing, landing - 0.6))


def test_what_was_corrected_before_another_person_was_chosen_is_left_out():
    chosen = PersonChosen(3, 10.0, 20.0)
    after = put_right(PointMoved(5, "left_ankle", 1.0, 1.0), chosen, chosen=chosen)

    assert plain(after) == plain(before())


def test_in_a_thinned_recording_a_point_can_be_moved_where_it_was_measured():
    sighting, motion = seen().sighting, seen().sighting.motion
    thin = type(motion)(
        motion.points[::2], motion.confidence[::2], motion.time_s[::2], motion.skeleton, "px", "image"
    )
    half = type(sighting)(
        thin, sighting.spread_px[::2], sighting.score[::2], (), 1, 0, sighting.changes, sighting.networks
    )

    def moved_in(frame):
        return corrected(
            seen().video, half, [PointMoved(frame, "left_knee", 50.0, 60.0)], runner=RUNNER, pictures=False
        )

    assert moved_in(40).image_motion.point("left_knee")[20] == pytest.approx([50.0, 60.0])
    with pytest.raises(DataError, match=r"move it in frame 4[02]"):
        moved_in(41)
