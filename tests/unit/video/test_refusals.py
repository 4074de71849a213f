"""Files that are refused, each with a sentence that says what, where and what to do."""

from __future__ import annotations

import os
import zipfile

import av
import cv2
import numpy as np
import pytest

from midstance.errors import InputError
from midstance.video import Limits, frames, probe


def refusal(path, limits=None):
    """Return what is said when a file is refused."""
    with pytest.raises(InputError) as refused:
        probe(path, limits or Limits())
    assert refused.value.where == str(path)
    assert refused.value.remedy
    return refused.value.what


def test_a_missing_file(tmp_path):
    assert refusal(tmp_path / "none.mp4") == "there is no such file"


def test_a_folder(tmp_path):
    assert refusal(tmp_path) == "this is a folder, not a video"


def test_a_pipe_that_would_never_end(tmp_path):
    pipe = tmp_path / "pipe.mp4"
    os.mkfifo(pipe)
    assert refusal(pipe) == "this is not a regular file"


def test_an_empty_file(tmp_path):
    path = tmp_path / "empty.mp4"
    path.touch()
    assert refusal(path) == "the file is empty (0 bytes)"


@pytest.mark.parametrize("kind", ["text", "zip", "jpeg", "random"])
def test_what_is_no_video(tmp_path, kind):
    path = tmp_path / "clip.mp4"
    if kind == "text":
        path.write_text("running\n" * 100)
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("run.txt", "running" * 100)
    elif kind == "jpeg":
        path.write_bytes(cv2.imencode(".jpg", np.zeros((48, 64, 3), np.uint8))[1].tobytes())
    else:
        path.write_bytes(np.random.default_rng(0).bytes(50_000))
    assert refusal(path) == "this is not a video that can be read here"


def test_sound_without_pictures(tmp_path):
    path = tmp_path / "sound.m4a"
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("aac", rate=48_000)
        for k in range(20):
            heard = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), "fltp", "stereo")
            heard.rate, heard.pts = 48_000, 1024 * k
            out.mux(stream.encode(heard))
        out.mux(stream.encode(None))
    assert refusal(path) == "the file holds sound but no video"


def test_a_video_cut_off_before_its_table_of_contents(clip, tmp_path):
    whole = clip(60)
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert "cut short" in refusal(cut)


def test_a_video_without_frames(tmp_path):
    path = tmp_path / "none.mp4"
    with av.open(str(path), "w", options={"movflags": "empty_moov"}) as out:
        stream = out.add_stream("mpeg4", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        out.start_encoding()
    assert refusal(path) == "the video holds no frames"


def test_a_video_none_of_whose_frames_can_be_decoded(clip, tmp_path):
    path = clip(20)
    with av.open(str(path)) as container:
        spans = [(packet.pos or 0, packet.size) for packet in container.demux(video=0) if packet.size]
    spoilt = bytearray(path.read_bytes())
    for place, size in spans:
        spoilt[place : place + size] = bytes(size)
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(spoilt)
    assert refusal(bad) == "none of the first 20 frames can be decoded"


def test_a_codec_nobody_knows(clip, tmp_path):
    path = tmp_path / "unknown.mp4"
    path.write_bytes(clip(5, name="known.mp4").read_bytes().replace(b"avc1", b"zz1z"))
    assert refusal(path) == "the video codec 'unknown' is not read here"


def test_a_codec_that_is_known_but_not_on_the_list(clip):
    assert refusal(clip(5, name="clip.mkv", codec="ffv1")) == "the video codec 'ffv1' is not read here"


@pytest.mark.parametrize("name", ["list.m3u8", "list.mp4"])
def test_a_playlist_that_names_a_local_file(clip, tmp_path, name):
    target = clip(5)
    playlist = tmp_path / name
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{target}\n#EXT-X-ENDLIST\n")
    assert refusal(playlist) == "this is not a video that can be read here"


def test_a_concat_script_that_names_a_local_file(clip, tmp_path):
    target = clip(5)
    script = tmp_path / "script.mp4"
    script.write_text(f"ffconcat version 1.0\nfile {target}\n")
    assert refusal(script) == "this is not a video that can be read here"


def test_more_bytes_than_allowed(clip):
    path = clip(10)
    assert probe(path, Limits(max_bytes=path.stat().st_size))[0].frames == 10
    assert "more than the limit" in refusal(path, Limits(max_bytes=path.stat().st_size - 1))


def test_more_frames_than_allowed(clip):
    path = clip(10)
    assert probe(path, Limits(max_frames=10))[0].frames == 10
    assert refusal(path, Limits(max_frames=9)) == "the video has more than 9 frames, the limit"


def test_more_pixels_than_allowed(clip):
    path = clip(10, size=(48, 64))
    assert probe(path, Limits(max_pixels=48 * 64))[0].frames == 10
    assert "48 pixels, the limit is 3071" in refusal(path, Limits(max_pixels=48 * 64 - 1))


def test_a_format_that_is_not_allowed(clip):
    path = clip(10, name="clip.mkv")
    assert probe(path)[0].frames == 10
    assert refusal(path, Limits(formats=("mov",))) == "this is not a video that can be read here"


def test_a_codec_that_is_not_allowed(clip):
    assert "'h264' is not read here" in refusal(clip(10), Limits(codecs=("hevc",)))


def test_the_limits_take_4k_and_refuse_8k():
    assert 4096 * 2304 < Limits().max_pixels < 7680 * 4320


def test_pictures_that_grow_beyond_the_limit_later_in_the_file_are_not_decoded(clip, tmp_path):
    small = clip(20, name="small.ts", size=(48, 64))
    large = clip(20, name="large.ts", size=(480, 640), times_s=[1 + i / 30 for i in range(20)])
    both = tmp_path / "both.ts"
    both.write_bytes(small.read_bytes() + large.read_bytes())
    video, _ = probe(both)
    assert {frame.rgb.shape for frame in frames(video)} == {(48, 64, 3)}
    assert max(frame.index for frame in frames(video)) >= 30
    assert max(frame.index for frame in frames(video, limits=Limits(max_pixels=64 * 64))) < 20


@pytest.mark.parametrize("values", [(0, 1, 1), (1, 0, 1), (1, 1, -1)])
def test_a_limit_must_be_positive(values):
    with pytest.raises(ValueError, match="positive"):
        Limits(*values)
