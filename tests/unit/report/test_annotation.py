from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midstance.errors import SettingsError
from midstance.model import Frame
from midstance.report import Annotation, annotate, annotated_frames
from midstance.report.instants import events, nearest_frame, standing_foot
from midstance.report.overlay import Overlay, event_at

from .sample import PICTURE, refused, sample

WIDTH, HEIGHT = PICTURE


def frames(analysis, count=None):
    picture = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    return [Frame(i, float(t), picture) for i, t in enumerate(analysis.recording.time_s[:count])]


def test_a_frame_is_drawn_on_a_copy_of_the_same_size():
    analysis = sample()
    picture = frames(analysis, 1)[0].rgb
    drawn = annotate(picture, analysis, nearest_frame(analysis, float(analysis.steps.midstances.time_s[4])))
    assert drawn.shape == picture.shape
    assert drawn.dtype == np.uint8
    assert (picture == 90).all()
    assert (drawn != 90).any()


def test_the_runner_is_not_hidden_by_the_strip():
    analysis = sample()
    overlay = Overlay.of(analysis)
    drawn = annotate(frames(analysis, 1)[0].rgb, analysis, 30)
    rows = analysis.image_motion.points[..., 1]
    assert overlay.top
    assert np.nanmin(rows) > 94
    assert (drawn[:94] != 90).mean() > 0.9


def test_a_recording_without_steps_is_drawn_on_too():
    analysis = refused()
    drawn = annotate(frames(analysis, 1)[0].rgb, analysis, 10)
    assert (drawn != 90).any()


def test_an_event_is_shown_when_it_happens_and_to_the_right_foot():
    steps = sample().steps
    every = events(steps)
    assert len(every) == 3 * len(steps.contacts)
    middle = float(steps.midstances.time_s[5])
    event = event_at(every, middle + 0.002, 0.03)
    assert event is not None
    assert (event.moment, event.side, event.step) == ("midstance", str(steps.contacts.side[5]), 5)
    assert event_at(every, middle + 0.06, 0.03) is None


def test_the_standing_foot_is_known_in_contact_and_none_in_flight():
    steps = sample().steps
    assert standing_foot(steps, float(steps.midstances.time_s[2])) == (str(steps.contacts.side[2]), 2)
    assert standing_foot(steps, float(steps.contacts.toe_off_s[2]) + 0.01) is None
    assert standing_foot(None, 1.0) is None


def test_playback_is_four_times_slower_around_midstance_and_real_time_elsewhere():
    analysis = sample()
    shown = np.array([screen for screen, _ in annotated_frames(analysis, frames(analysis))])
    ratio = np.diff(shown) / np.diff(analysis.recording.time_s)
    assert np.all(np.diff(shown) > 0)
    assert shown[0] == 0
    assert ratio.min() == pytest.approx(1.0)
    assert ratio.max() == pytest.approx(4.0)


def test_the_whole_video_gets_longer_by_the_slow_spans_only():
    analysis = sample()
    whole = Annotation(slow=0.5, window_s=0.05)(np.array([1.0, 2.0]))
    assert whole.screen_s(analysis.recording.duration_s) == pytest.approx(analysis.recording.duration_s + 0.2)


def test_a_clip_with_many_frames_a_second_is_thinned_for_the_screen():
    analysis = sample(duration_s=3.0, rate_hz=240.0)
    shown = [screen for screen, _ in annotated_frames(analysis, frames(analysis), Annotation(slow=1.0))]
    assert np.diff(shown).min() >= 0.99 / 60
    assert len(shown) < 190


def test_no_steps_means_real_time():
    analysis = refused()
    shown = [screen for screen, _ in annotated_frames(analysis, frames(analysis))]
    assert shown == pytest.approx(analysis.recording.time_s)


@given(st.lists(st.floats(0.0, 10.0), max_size=12), st.floats(0.1, 1.0), st.floats(0.0, 0.5))
def test_screen_time_always_runs_forward_and_never_faster_than_real_time(middles, slow, window):
    pace = Annotation(slow=slow, window_s=window)(np.array(middles))
    clock = np.linspace(0, 11, 400)
    shown = np.array([pace.screen_s(t) for t in clock])
    assert np.all(np.diff(shown) >= np.diff(clock) - 1e-9)
    assert np.all(np.diff(shown) <= np.diff(clock) / slow + 1e-9)


def test_a_pace_of_nothing_is_refused():
    with pytest.raises(SettingsError, match="pace between 0 and 1"):
        Annotation(slow=0.0)


def test_a_frame_is_drawn_well_within_its_budget():
    analysis = sample()
    handed = frames(analysis, 120)
    start = time.process_time()
    count = sum(1 for _ in annotated_frames(analysis, handed))
    assert (time.process_time() - start) / count < 0.016


def test_a_lost_runner_leaves_the_picture_but_for_the_strip():
    analysis = sample()
    unseen = analysis.image_motion.with_points(np.full_like(analysis.image_motion.points, np.nan))
    drawn = annotate(frames(analysis, 1)[0].rgb, replace(analysis, image_motion=unseen), 30)
    assert (drawn[120:-120] == 90).all()
