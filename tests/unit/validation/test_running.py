"""Running a folder: what is refused, and that nothing is half-written."""

from __future__ import annotations

import pytest

from midstance.errors import DataError, InputError, SettingsError
from midstance.validation import validate


def test_a_folder_of_broken_files_says_why_and_writes_nothing(tmp_path):
    (tmp_path / "S1run.c3d").write_bytes(b"no recording at all")

    with pytest.raises(DataError, match=r"not one trial could be compared; S1run\.c3d"):
        validate(tmp_path, tmp_path / "out", workers=1)
    assert not (tmp_path / "out").exists()


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="no running trial"):
        validate(tmp_path, tmp_path / "out")


@pytest.mark.parametrize("rate_hz", [0.0, -30.0, float("nan"), 1e6])
def test_a_frame_rate_no_camera_has_is_refused(tmp_path, rate_hz):
    with pytest.raises(SettingsError, match="frames per second"):
        validate(tmp_path, tmp_path / "out", as_video=(rate_hz,))


def test_no_workers_are_refused(tmp_path):
    with pytest.raises(SettingsError, match="workers is 0"):
        validate(tmp_path, tmp_path / "out", workers=0)
