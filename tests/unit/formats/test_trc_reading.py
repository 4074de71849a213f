from __future__ import annotations

import numpy as np
import pytest

from midstance.errors import InputError
from midstance.formats import read_trial, write_trc

from .laboratory import assert_same_markers, markers

TOP = "PathFileType\t4\t(X/Y/Z)\ta.trc\nDataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\n"


def trc(path, rows, *, counts="2\t2", unit="mm", rate="150", labels="Frame#\tTime\tA\t\t\tB\t\t"):
    axes = "\t\tX1\tY1\tZ1\tX2\tY2\tZ2"
    path.write_text(f"{TOP}{rate}\t{rate}\t{counts}\t{unit}\n{labels}\n{axes}\n\n" + "\n".join(rows) + "\n")
    return path


ROWS = ["1\t0.000\t1\t2\t3\t4\t5\t6", "2\t0.007\t1\t2\t3\t4\t5\t6", "3\t0.013\t1\t2\t3\t4\t5\t6"]


@pytest.mark.parametrize("unit", ["m", "mm", "cm", "in"])
def test_markers_come_back_as_they_were(unit, tmp_path):
    write_trc(markers(start_s=0.05), tmp_path / "a.trc", length_unit=unit)
    back = read_trial(tmp_path / "a.trc")
    assert_same_markers(back.markers, markers(start_s=0.05))
    assert back.length_unit == unit


def test_times_rounded_to_milliseconds_are_set_right(tmp_path):
    found = read_trial(trc(tmp_path / "a.trc", ROWS))
    assert found.time_s == pytest.approx([0, 1 / 150, 2 / 150], abs=1e-12)
    assert found.said["clock"] == "even"


def test_an_uneven_clock_stays_uneven(tmp_path):
    rows = [ROWS[0], ROWS[1], ROWS[2].replace("0.013", "0.025")]
    found = read_trial(trc(tmp_path / "a.trc", rows))
    assert found.time_s == pytest.approx([0, 0.007, 0.025])
    assert found.said["clock"] == "uneven"


def test_blanks_and_ragged_ends_are_unseen(tmp_path):
    rows = [ROWS[0], "2\t0.007\t\t\t\t4\t5\t6", "3\t0.013\t1\t2\t3"]
    found = read_trial(trc(tmp_path / "a.trc", rows)).markers
    assert found is not None
    assert np.isnan(found.points[..., 0]).tolist() == [[False, False], [True, False], [False, True]]


def test_wrong_counts_in_the_header_are_said_and_ignored(tmp_path):
    found = read_trial(trc(tmp_path / "a.trc", ROWS, counts="99\t7"))
    assert found.frames == 3
    assert found.said["wrong_counts"] == "numframes 99 (there are 3), nummarkers 7 (there are 2)"


def test_labels_may_follow_one_another(tmp_path):
    found = read_trial(trc(tmp_path / "a.trc", ROWS, labels="Frame#\tTime\tA\tB")).markers
    assert found is not None
    assert found.skeleton.names == ("A", "B")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("a\nb\n", "Frame#"),
        (TOP + "100\t100\t0\t1\tmm\nFrame#\tTime\tA\n\tX1\tY1\tZ1\n", "no frames"),
        (TOP + "100\t100\t0\t1\tmm\nFrame#\tTime\n\n1\t0\n", "names no markers"),
        (TOP + "100\t100\t1\t1\tell\nFrame#\tTime\tA\n\n1\t0\t1\t2\t3\n", "unit of length is 'ell'"),
        (
            TOP + "100\t100\t1\t1\tmm\nFrame#\tTime\tA\n\n1\t0\t1\tx\t3\n",
            "'x' stands where a number .* line 6",
        ),
        (TOP + "100\t100\t1\t1\tmm\nFrame#\tTime\tA\n\n1\t1\t1\t2\t3\n1\t0\t1\t2\t3\n", "runs backwards"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, words, tmp_path):
    (tmp_path / "a.trc").write_text(text)
    with pytest.raises(InputError, match=words):
        read_trial(tmp_path / "a.trc")


def test_a_file_is_known_by_what_stands_in_it(tmp_path):
    trc(tmp_path / "a.txt", ROWS)
    assert read_trial(tmp_path / "a.txt").kind == "trc"
    (tmp_path / "b.xyz").write_text("nothing")
    with pytest.raises(InputError, match=r"ending in \.xyz is none of c3d, trc, mot, sto, tsv"):
        read_trial(tmp_path / "b.xyz")
    with pytest.raises(InputError, match="no such file"):
        read_trial(tmp_path / "c.trc")
