"""A written video has the pictures, times and colours it was given, and is whole or not there."""

from __future__ import annotations

import av
import numpy as np
import pytest

from midstance.errors import InputError
from midstance.video import VideoWriter, frames, probe

COLOURS = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0), (128, 128, 128), (230, 90, 40)]


def bars(height=60):
    """Return one upright bar of 20 pixels for each colour."""
    return np.repeat(np.array([COLOURS], np.uint8), 20, axis=1).repeat(height, axis=0)


def write(path, pictures, times_s):
    """Write pictures at their times."""
    with VideoWriter(path) as writer:
        for rgb, time_s in zip(pictures, times_s, strict=True):
            writer.write(rgb, time_s)
    return path


def interrupted(interruption):
    """Hand out 40 pictures, then stop as a fault or Ctrl-C would."""
    yield from [bars()] * 40
    raise interruption


def test_times_come_back_even_when_uneven(tmp_path):
    times_s = np.cumsum([0.0, *np.tile([1 / 60, 1 / 30, 0.5, 1 / 240], 5)])
    video, _ = probe(write(tmp_path / "out.mp4", [bars()] * len(times_s), times_s))
    np.testing.assert_allclose(video.time_s, times_s, atol=1e-5)


def test_the_last_picture_is_shown_as_long_as_the_one_before(tmp_path):
    path = write(tmp_path / "out.mp4", [bars()] * 3, [0.0, 0.1, 0.4])
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert float((stream.duration or 0) * (stream.time_base or 0)) == pytest.approx(0.7, abs=1e-4)


def test_colours_come_back(tmp_path):
    path = write(tmp_path / "out.mp4", [bars()] * 3, [0.0, 0.1, 0.2])
    rgb = next(frames(probe(path)[0])).rgb
    seen = [rgb[30, 10 + 20 * i] for i in range(len(COLOURS))]
    np.testing.assert_allclose(np.array(seen, int), COLOURS, atol=4)


def test_pictures_come_back_in_order(tmp_path):
    pictures = [np.full((48, 64, 3), 8 * i, np.uint8) for i in range(30)]
    video, _ = probe(write(tmp_path / "out.mp4", pictures, np.arange(30) / 30))
    np.testing.assert_allclose([frame.rgb.mean() for frame in frames(video)], 8 * np.arange(30), atol=2)


def test_odd_sizes_are_made_even(tmp_path):
    video, _ = probe(write(tmp_path / "out.mp4", [bars(61)[:, :-1]] * 2, [0.0, 0.1]))
    assert (video.height_px, video.width_px) == (62, 140)


def test_it_plays_before_it_is_loaded_and_everywhere(tmp_path):
    path = write(tmp_path / "out.mp4", [bars()] * 3, [0.0, 0.1, 0.2])
    stored = path.read_bytes()
    assert stored.index(b"moov") < stored.index(b"mdat")
    with av.open(str(path)) as container:
        context = container.streams.video[0].codec_context
        assert (context.name, context.pix_fmt) == ("h264", "yuv420p")


def test_the_same_pictures_give_the_same_bytes(tmp_path):
    rng = np.random.default_rng(0)
    pictures = [rng.integers(0, 255, (120, 160, 3)).astype(np.uint8) for _ in range(40)]
    first = write(tmp_path / "first.mp4", pictures, np.arange(40) / 30)
    second = write(tmp_path / "second.mp4", pictures, np.arange(40) / 30)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("interruption", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_an_interruption_leaves_nothing_behind_and_keeps_what_was_there(tmp_path, interruption):
    path = tmp_path / "out.mp4"
    path.write_bytes(b"before")
    with pytest.raises(interruption):
        write(path, interrupted(interruption), np.arange(41) / 30)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("out.mp4", b"before")]


def test_the_file_has_its_name_only_when_it_is_whole(tmp_path):
    with VideoWriter(tmp_path / "out.mp4") as writer:
        writer.write(bars(), 0.0)
        assert not (tmp_path / "out.mp4").exists()
    assert [file.name for file in tmp_path.iterdir()] == ["out.mp4"]


def test_no_picture_makes_no_file(tmp_path):
    with pytest.raises(ValueError, match="no picture"), VideoWriter(tmp_path / "out.mp4"):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("times_s", [(0.1, 0.1), (0.2, 0.1), (0.1, 0.1000001)])
def test_time_must_run_forward(tmp_path, times_s):
    with pytest.raises(ValueError, match="after the one before"):
        write(tmp_path / "out.mp4", [bars()] * 2, times_s)
    assert list(tmp_path.iterdir()) == []


def test_the_size_must_stay(tmp_path):
    with pytest.raises(ValueError, match="140 × 30 after 140 × 60"):
        write(tmp_path / "out.mp4", [bars(60), bars(30)], [0.0, 0.1])
    assert list(tmp_path.iterdir()) == []


def test_a_writer_outside_a_with_statement_is_refused(tmp_path):
    writer = VideoWriter(tmp_path / "out.mp4")
    writer.write(bars(), 0.0)
    with pytest.raises(ValueError, match="with statement"):
        writer.write(bars(), 0.1)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match="cannot be written there"), VideoWriter(tmp_path / "no" / "out.mp4"):
        pass
