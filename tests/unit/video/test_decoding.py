"""Frames are handed out whole, in order, under their own index, whatever span is asked for."""

from __future__ import annotations

import pickle
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from midstance.errors import InputError
from midstance.video import frames, grab, probe

CLIPS: dict[str, dict[str, Any]] = {
    "b-frames": {"b_frames": 3, "key_every": 12},
    "open groups": {"b_frames": 3, "key_every": 12, "options": {"x264-params": "open-gop=1"}},
    "one group": {"b_frames": 2, "key_every": 250},
    "only key frames": {"b_frames": 0, "key_every": 1},
    "tiny groups": {"b_frames": 3, "key_every": 3, "options": {"x264-params": "b-pyramid=none:scenecut=0"}},
    "variable rate": {"times_s": np.cumsum(np.tile([1 / 60, 1 / 30, 1 / 20], 14)), "b_frames": 2},
    "matroska": {"name": "clip.mkv", "b_frames": 2},
    "transport stream": {"name": "clip.ts", "b_frames": 2},
    "mpeg-4 in avi": {"name": "clip.avi", "codec": "mpeg4", "b_frames": 2},
    "motion jpeg": {"name": "clip.mov", "codec": "mjpeg", "b_frames": 0, "key_every": 1},
    "hevc": {"codec": "libx265", "b_frames": 3, "options": {"x265-params": "log-level=none:open-gop=1"}},
    "vp9": {"name": "clip.webm", "codec": "libvpx-vp9", "b_frames": 0, "options": {"deadline": "realtime"}},
}


@pytest.mark.parametrize("kind", CLIPS)
def test_any_span_gives_the_same_bytes_as_decoding_everything(clip, reference, kind):
    path = clip(42, **CLIPS[kind])
    expected = reference(path)
    video, _ = probe(path)
    assert video.frames == len(expected) == 42
    for start in range(42):
        for length in (1, 4):
            span = list(frames(video, start, start + length))
            assert [frame.index for frame in span] == list(range(start, min(start + length, 42)))
            assert all(np.array_equal(frame.rgb, expected[frame.index]) for frame in span)


def test_frames_carry_the_time_of_the_real_clock(clip):
    video = probe(clip(20))[0].slowed(4.0, "given")
    np.testing.assert_allclose([frame.time_s for frame in frames(video, 3)], video.time_s[3:])
    assert video.time_s[-1] == pytest.approx(19 / 120, abs=1e-4)


def test_a_span_outside_the_video_is_cut_to_it(clip):
    video, _ = probe(clip(10))
    assert [frame.index for frame in frames(video, 8, 99)] == [8, 9]
    assert [frame.index for frame in frames(video, -3, 2)] == [0, 1]
    assert list(frames(video, 5, 5)) == list(frames(video, 10)) == list(frames(video, 99)) == []


WORKER = """
import pickle, sys
source = pickle.load(sys.stdin.buffer)
print([(frame.index, int(frame.rgb.sum())) for frame in source(10, 20)])
"""


def test_a_frame_source_works_in_another_process(clip):
    video, _ = probe(clip(30))
    source = pickle.dumps(partial(frames, video))
    done = subprocess.run([sys.executable, "-c", WORKER], input=source, capture_output=True, check=True)
    expected = [(frame.index, int(frame.rgb.sum())) for frame in frames(video, 10, 20)]
    assert done.stdout.decode().strip() == str(expected)


def spoil(path, to, first):
    """Copy a video with the packet of one frame overwritten."""
    with av.open(str(path)) as container:
        packets = sorted((p for p in container.demux(video=0) if p.size), key=lambda packet: packet.pts or 0)
        payload = bytes(packets[first])
    spoilt = path.read_bytes()
    assert spoilt.count(payload) == 1
    spoilt = spoilt.replace(payload, bytes(len(payload)))
    to.write_bytes(spoilt)
    return to


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv"])
def test_a_damaged_frame_is_left_out_and_later_frames_keep_their_index(clip, tmp_path, reference, name):
    path = clip(48, name=name, b_frames=0, key_every=12)
    expected = reference(path)
    video, _ = probe(spoil(path, tmp_path / f"bad_{name}", first=18))
    assert video.frames == 48
    for start in (0, 16):
        seen = {frame.index: frame.rgb for frame in frames(video, start)}
        assert 18 not in seen
        assert all(np.array_equal(seen[index], expected[index]) for index in range(start, 18))
        assert all(np.array_equal(seen[index], expected[index]) for index in range(24, 48))


def test_a_damaged_key_frame_does_not_shift_what_follows(clip, tmp_path, reference):
    path = clip(48, b_frames=2, key_every=12)
    expected = reference(path)
    video, _ = probe(spoil(path, tmp_path / "bad.mp4", first=12))
    seen = {frame.index: frame.rgb for frame in frames(video)}
    assert 12 not in seen
    assert all(np.array_equal(seen[index], expected[index]) for index in (*range(10), *range(24, 48)))


def test_a_file_that_changed_since_it_was_probed_is_refused(clip):
    path = clip(20)
    video, _ = probe(path)
    clip(25)
    with pytest.raises(InputError, match="25 frames now and had 20"):
        next(frames(video))
    path.unlink()
    with pytest.raises(InputError, match="no such file"):
        next(frames(video))


def test_grabbed_frames_are_the_frames(clip, reference):
    path = clip(60, b_frames=2, key_every=12)
    expected = reference(path)
    video, _ = probe(path)
    grabbed = grab(video, [59, 3, 25, 26, 3])
    assert list(grabbed) == [3, 25, 26, 59]
    assert all(np.array_equal(rgb, expected[index]) for index, rgb in grabbed.items())
    assert grab(video, []) == {}


@pytest.mark.parametrize("index", [-1, 10])
def test_grabbing_a_frame_there_is_not_is_an_error(clip, index):
    video, _ = probe(clip(10))
    with pytest.raises(IndexError, match="video with 10"):
        grab(video, [index])


PEAK = """
import sys
from midstance.video import frames, probe
video, _ = probe(sys.argv[1])
for frame in frames(video):
    pass
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(frame.index, status["VmHWM"].removesuffix("kB\\n"))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
def test_memory_does_not_grow_with_length(clip):
    peaks = {}
    for length in (60, 600):
        path = clip(length, name=f"{length}.mp4", size=(240, 320), options={"preset": "ultrafast"})
        done = subprocess.run([sys.executable, "-c", PEAK, path], capture_output=True, text=True, check=True)
        last, peaks[length] = (int(number) for number in done.stdout.split())
        assert last == length - 1
    picture_kib = 240 * 320 * 3 / 1024
    assert peaks[600] - peaks[60] < 40 * picture_kib  # of 540 more pictures
