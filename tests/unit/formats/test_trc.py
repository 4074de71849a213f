from __future__ import annotations

import numpy as np
import pytest

from midstance.errors import DataError
from midstance.formats import write_trc
from midstance.model import BODY

from ..report.sample import sample  # noqa: TID252  # the sample is shared by two rooms' tests


def read_trc(path):
    """A tiny independent reader: header fields, names, times, points with NaN for blanks."""
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines[0].split("\t")[:3] == ["PathFileType", "4", "(X/Y/Z)"]
    header = dict(zip(lines[1].split("\t"), lines[2].split("\t"), strict=True))
    first, second, *names = [label for label in lines[3].split("\t") if label]
    assert (first, second) == ("Frame#", "Time")
    axes = [label for label in lines[4].split("\t") if label]
    assert axes == [f"{letter}{k + 1}" for k in range(len(names)) for letter in "XYZ"]
    assert lines[5] == ""
    assert lines[-1] == ""
    rows = [line.split("\t") for line in lines[6:-1]]
    assert {len(row) for row in rows} == {2 + 3 * len(names) + 1}
    assert {row[-1] for row in rows} == {""}
    values = np.array([[float(cell or "nan") for cell in row[:-1]] for row in rows])
    return header, names, values[:, 0], values[:, 1], values[:, 2:].reshape(len(rows), len(names), 3)


@pytest.fixture
def motion():
    return sample().motion


def test_a_motion_comes_back_as_it_was(motion, tmp_path):
    write_trc(motion, tmp_path / "motion.trc")
    header, names, frames, time_s, points = read_trc(tmp_path / "motion.trc")
    assert tuple(names) == BODY.names
    assert (header["NumFrames"], header["NumMarkers"], header["Units"]) == ("360", "19", "m")
    assert frames == pytest.approx(np.arange(1, 361))
    assert time_s == pytest.approx(motion.time_s, abs=1e-6)
    np.testing.assert_allclose(points[..., :2], motion.points, atol=1e-6)


def test_the_rate_is_the_true_mean_and_uneven_times_stay(motion, tmp_path):
    write_trc(motion, tmp_path / "motion.trc")
    header, _, _, time_s, _ = read_trc(tmp_path / "motion.trc")
    assert float(header["DataRate"]) == pytest.approx(359 / motion.time_s[-1], abs=1e-5)
    assert np.ptp(np.diff(time_s)) > 0.002


def test_an_unseen_point_is_three_blanks_and_unseen_depth_is_zero(motion, tmp_path):
    write_trc(motion, tmp_path / "motion.trc")
    *_, points = read_trc(tmp_path / "motion.trc")
    assert np.isnan(points[40, BODY.index("right_wrist")]).all()
    assert np.nanmax(np.abs(points[..., 2])) == 0


def test_depth_is_written_where_it_was_seen(motion, tmp_path):
    deep = motion.with_points(np.concatenate([motion.points, motion.points[..., :1] + 0.3], 2))
    write_trc(deep, tmp_path / "motion.trc")
    *_, points = read_trc(tmp_path / "motion.trc")
    np.testing.assert_allclose(points, deep.points, atol=1e-6)


def test_the_header_names_the_file(motion, tmp_path):
    write_trc(motion, tmp_path / "run 3.trc")
    assert (tmp_path / "run 3.trc").read_text(encoding="utf-8").split("\n")[0].endswith("\trun 3.trc")


def test_pixels_are_refused(tmp_path):
    with pytest.raises(DataError, match="px in the image frame"):
        write_trc(sample().image_motion, tmp_path / "motion.trc")
    assert list(tmp_path.iterdir()) == []
