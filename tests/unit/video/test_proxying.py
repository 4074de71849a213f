from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest

from midstance.errors import InputError
from midstance.video import VideoWriter, frames, plays_in_browsers, probe, write_proxy


def recorded(path, codec, container, size=(96, 64), pixels="yuv420p"):
    """Write ten pictures with uneven times; the left half is bright."""
    width, height = size
    with av.open(str(path), "w", format=container) as file:
        stream = file.add_stream(codec, rate=30)
        stream.width, stream.height, stream.pix_fmt = width, height, pixels
        stream.codec_context.time_base = Fraction(1, 1000)
        for k in range(10):
            rgb = np.full((height, width, 3), 30, np.uint8)
            rgb[:, : width // 2] = 200
            picture = av.VideoFrame.from_ndarray(rgb, format="rgb24")
            picture.pts, picture.time_base = 33 * k + 5 * (k % 3), Fraction(1, 1000)
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("codec", "container", "pixels", "plays"),
    [
        ("libx264", "mp4", "yuv420p", True),
        ("libx264", "mov", "yuv420p", True),
        ("libx264", "mp4", "yuv444p", False),
        ("libx264", "matroska", "yuv420p", False),
        ("libvpx-vp9", "webm", "yuv420p", True),
        ("mpeg4", "mp4", "yuv420p", False),
        ("mpeg4", "avi", "yuv420p", False),
        ("mjpeg", "mov", "yuvj420p", False),
        ("libx265", "mp4", "yuv420p", False),
    ],
)
def test_what_browsers_play_is_told_by_codec_container_and_colours(tmp_path, codec, container, pixels, plays):
    path = recorded(tmp_path / "clip", codec, container, pixels=pixels)

    assert plays_in_browsers(path) is plays


def test_a_copy_has_the_same_times_and_pictures_and_plays(tmp_path):
    path = recorded(tmp_path / "clip.mkv", "mpeg4", "matroska")
    original, _ = probe(path)
    told = []

    assert write_proxy(original, tmp_path / "proxy.mp4", lambda part, _what: told.append(part)) == 10
    played, _ = probe(tmp_path / "proxy.mp4")
    assert plays_in_browsers(tmp_path / "proxy.mp4")
    assert played.time_s == pytest.approx(original.time_s, abs=1e-4)
    for one, other in zip(frames(original), frames(played), strict=True):
        assert np.abs(one.rgb.astype(int) - other.rgb).mean() < 6
    assert all(0 < part <= 1 for part in told)


@pytest.mark.parametrize(("size", "small"), [((3840, 2160), (1920, 1080)), ((1440, 2560), (1080, 1920))])
def test_a_copy_is_at_most_1080p(tmp_path, size, small):
    path = tmp_path / "large.mp4"
    with VideoWriter(path) as writer:
        for k in range(2):
            writer.write(np.full((size[1], size[0], 3), 90, np.uint8), k / 30)
    write_proxy(probe(path)[0], tmp_path / "proxy.mp4")
    played, _ = probe(tmp_path / "proxy.mp4")

    assert (played.width_px, played.height_px) == small


def test_what_is_no_video_plays_nowhere(tmp_path):
    path = tmp_path / "notes.mp4"
    path.write_text("notes")
    with pytest.raises(InputError, match="not a video"):
        plays_in_browsers(path)
