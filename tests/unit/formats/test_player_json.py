from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from midstance.formats import player_record, write_player_json
from midstance.model import BODY

from ..report.sample import refused, sample  # noqa: TID252  # the sample is shared by two rooms' tests


def written(analysis, folder):
    write_player_json(analysis, folder / "player.json")
    return json.loads((folder / "player.json").read_text("utf-8"))


def test_each_frame_has_its_row_of_points_to_a_tenth_of_a_pixel(tmp_path):
    analysis = sample()
    record = written(analysis, tmp_path)
    motion = analysis.image_motion
    rows = np.array(record["points"]["xy"], dtype=float).reshape(len(motion.time_s), -1, 2)

    assert len(record["presentation_s"]) == len(record["time_s"]) == analysis.recording.frames
    assert np.nanmax(np.abs(rows - motion.points)) <= 0.05 + 1e-9
    assert record["points"]["names"] == list(BODY.names)
    assert [BODY.names[i] for i in record["points"]["bones"][0]] == list(BODY.bones[0])


def test_what_was_not_seen_is_null(tmp_path):
    record = written(sample(), tmp_path)
    wrist = 2 * BODY.index("right_wrist")

    assert record["points"]["xy"][40][wrist : wrist + 2] == [None, None]
    assert record["steps"][1]["values"]["overstride_m"] is None


def test_a_frame_that_was_not_measured_has_no_row_and_shifts_no_other(tmp_path):
    analysis = sample()
    motion = analysis.image_motion
    thin = replace(
        motion, points=motion.points[::2], confidence=motion.confidence[::2], time_s=motion.time_s[::2]
    )
    record = written(replace(analysis, image_motion=thin), tmp_path)

    assert record["points"]["xy"][1] is None
    assert record["points"]["confidence"][1] is None
    assert record["points"]["xy"][2][:2] == pytest.approx(motion.points[2, 0], abs=0.051)


def test_the_frames_of_a_step_are_those_nearest_to_its_instants(tmp_path):
    analysis = sample()
    step = written(analysis, tmp_path)["steps"][3]
    table, clock = analysis.steps, analysis.recording.time_s
    for event, time_s in (
        ("initial_contact", table.contacts.initial_contact_s[3]),
        ("midstance", table.midstances.time_s[3]),
        ("toe_off", table.contacts.toe_off_s[3]),
    ):
        assert step[f"{event}_frame"] == int(np.argmin(np.abs(clock - time_s)))
        assert step[f"{event}_s"] == pytest.approx(time_s, abs=1e-5)


def test_slow_motion_is_shown_on_the_clock_of_the_file(tmp_path):
    analysis = sample()
    slow = analysis.recording.slowed(4.0, "given")
    record = written(replace(analysis, recording=slow), tmp_path)

    assert record["presentation_s"] == pytest.approx(analysis.recording.time_s, abs=1e-5)
    assert record["time_s"][-1] == pytest.approx(analysis.recording.time_s[-1] / 4, abs=1e-5)


def test_curves_and_mean_strides_are_all_there(tmp_path):
    analysis = sample()
    record = written(analysis, tmp_path)
    stride = analysis.mean_stride("left")

    assert record["signals"]["names"] == list(analysis.signals.names)
    assert [len(column) for column in record["signals"]["values"]] == [len(analysis.signals.time_s)] * len(
        analysis.signals.names
    )
    curve = record["mean_strides"]["left"]["curves"]["hip_over_ankle_m"]
    assert curve["mean"] == pytest.approx(stride.curve("hip_over_ankle_m"), abs=6e-5)


def test_a_clip_without_steps_can_still_be_played(tmp_path):
    record = written(refused(), tmp_path)

    assert (record["steps"], record["near_side"]) == ([], None)
    assert len(record["points"]["xy"]) == refused().recording.frames


def test_what_is_no_video_cannot_be_played():
    with pytest.raises(TypeError, match="only a video"):
        player_record(replace(sample(), recording=None))
