from __future__ import annotations

import pytest

from midstance.formats import replacing


def write_half(path):
    with replacing(path) as temporary:
        temporary.write_text("half")
        raise KeyboardInterrupt


def test_a_file_appears_only_when_it_is_whole(tmp_path):
    path = tmp_path / "analysis.json"
    with replacing(path) as temporary:
        temporary.write_text("whole")
        assert not path.exists()
        assert temporary.suffix == ".json"
    assert path.read_text() == "whole"


def test_an_interrupted_write_leaves_what_was_there_and_nothing_half_written(tmp_path):
    path = tmp_path / "analysis.json"
    path.write_text("before")
    with pytest.raises(KeyboardInterrupt):
        write_half(path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
