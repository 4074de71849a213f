from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from pyarrow import parquet

from midstance.formats import write_keypoints_parquet
from midstance.model import BODY

from ..report.sample import refused, sample  # noqa: TID252  # the sample is shared by two rooms' tests


def table_of(analysis, folder):
    write_keypoints_parquet(analysis, folder / "keypoints.parquet")
    return parquet.read_table(folder / "keypoints.parquet")


def test_points_come_back_as_they_were_in_the_picture_and_in_the_lab(tmp_path):
    analysis = sample()
    table = table_of(analysis, tmp_path)
    for motion, unit in ((analysis.image_motion, "px"), (analysis.motion, "m")):
        for axis, letter in enumerate("xy"):
            column = table[f"left_knee_{letter}_{unit}"].to_numpy()
            assert column == pytest.approx(motion.point("left_knee")[:, axis], rel=1e-6, abs=1e-6)
    assert table["time_s"].to_numpy() == pytest.approx(analysis.recording.time_s, abs=0)
    assert table["frame"].to_pylist() == list(range(analysis.recording.frames))


def test_an_unseen_point_is_null_with_no_confidence(tmp_path):
    table = table_of(sample(), tmp_path)
    assert table["right_wrist_x_px"][40].as_py() is None
    assert table["right_wrist_x_m"][40].as_py() is None
    assert table["right_wrist_confidence"][40].as_py() == 0


def test_every_column_carries_its_unit_and_frame(tmp_path):
    described = table_of(sample(), tmp_path).schema
    assert described.field("nose_x_px").metadata == {b"unit": b"px", b"frame": b"image"}
    assert described.field("left_toe_y_m").metadata == {b"unit": b"m", b"frame": b"lab"}
    assert described.field("time_s").metadata[b"unit"] == b"s"


def test_the_table_carries_its_skeleton(tmp_path):
    about = table_of(sample(), tmp_path).schema.metadata
    assert tuple(json.loads(about[b"midstance.skeleton"])["names"]) == BODY.names
    assert about[b"midstance.recording_sha256"] == b"ab" * 32


def test_without_a_scene_there_are_pixels_only(tmp_path):
    names = table_of(refused(), tmp_path).column_names
    assert len(names) == 2 + 3 * len(BODY.names)
    assert not [name for name in names if name.endswith("_m")]


def test_depth_is_written_where_it_was_seen(tmp_path):
    analysis = sample()
    deep = np.concatenate([analysis.motion.points, np.full((*analysis.motion.points.shape[:2], 1), 0.1)], 2)
    table = table_of(replace(analysis, motion=analysis.motion.with_points(deep)), tmp_path)
    assert table["left_hip_z_m"].to_numpy() == pytest.approx(0.1)


def test_a_thinned_recording_names_the_frames_its_samples_are_from(tmp_path):
    analysis = sample()
    thin = analysis.image_motion
    thin = replace(thin, points=thin.points[::3], confidence=thin.confidence[::3], time_s=thin.time_s[::3])
    table = table_of(replace(analysis, image_motion=thin, motion=None), tmp_path)
    assert table["frame"].to_pylist() == list(range(0, analysis.recording.frames, 3))


def test_two_clocks_in_one_table_are_refused(tmp_path):
    analysis = sample()
    late = analysis.motion.at_clock(analysis.motion.time_s + 0.1)
    with pytest.raises(ValueError, match="another clock"):
        table_of(replace(analysis, motion=late), tmp_path)
    assert list(tmp_path.iterdir()) == []
