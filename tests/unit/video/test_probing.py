"""What `probe` says of a file: its clock, its size and turn, and what is doubtful."""

from __future__ import annotations

import hashlib
from fractions import Fraction

import av
import cv2
import numpy as np
import pytest

from midstance.errors import DataError
from midstance.model import Code, Severity
from midstance.video import clock_issues, frames, probe


def codes(issues):
    return [issue.code for issue in issues]


def test_times_are_those_the_file_was_written_with(clip):
    written_s = np.cumsum([0.0, *np.tile([1 / 60, 1 / 30, 1 / 24], 10)])
    video, _ = probe(clip(len(written_s), times_s=written_s))
    np.testing.assert_allclose(video.time_s, written_s, atol=1e-4)


def test_b_frames_leave_times_in_order(clip):
    path = clip(40, b_frames=3)
    with av.open(str(path)) as container:
        stored = [packet.pts or 0 for packet in container.demux(video=0) if packet.size]
    assert stored != sorted(stored)
    video, _ = probe(path)
    np.testing.assert_allclose(np.diff(video.time_s), 1 / 30, atol=1e-4)


def test_a_clip_that_starts_late_starts_at_zero(clip):
    video, _ = probe(clip(10, times_s=[0.7 + i / 30 for i in range(10)]))
    assert video.time_s[0] == 0.0
    assert video.frames == 10


def test_frames_an_edit_list_hides_are_not_counted(clip):
    def earlier(packet):
        packet.pts -= 15_000
        packet.dts -= 15_000

    path = clip(40, edit=earlier)
    with av.open(str(path)) as container:
        hidden = sum(packet.is_discard for packet in container.demux(video=0))
    assert hidden == 5
    video, issues = probe(path)
    assert video.frames == 35
    assert [frame.index for frame in frames(video)] == list(range(35))
    assert issues == ()


def test_two_frames_with_the_same_time_are_one_and_it_is_said(clip):
    def collide(packet):
        packet.pts += 6000
        if packet.dts == 45_000:
            packet.pts -= 3000

    video, issues = probe(clip(60, b_frames=0, edit=collide))
    assert video.frames == 59
    assert any("1 frames without a time of their own" in issue.sentence for issue in issues)


def test_a_clip_whose_frames_mostly_share_their_times_is_refused(clip):
    def collide(packet):
        packet.pts = 200_000 + packet.pts // 6000 * 6000

    path = clip(60, b_frames=0, edit=collide)
    with pytest.raises(DataError, match=r"30 of 60 frames have no time of their own · .*clip\.mp4 · give"):
        probe(path)


def test_an_avi_that_cannot_tell_the_order_of_its_frames_is_refused(clip):
    with pytest.raises(DataError, match="cannot tell the order of h264 frames"):
        probe(clip(30, name="clip.avi", b_frames=2))


def test_size_codec_and_hash_are_the_files(clip):
    path = clip(5, size=(48, 80))
    video, _ = probe(str(path))
    assert (video.width_px, video.height_px, video.codec, video.path) == (80, 48, "h264", path)
    assert video.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_oblong_pixels_are_made_square(clip):
    def oblong(stream):
        stream.sample_aspect_ratio = 2

    video, _ = probe(clip(5, prepare=oblong))
    assert (video.width_px, video.height_px) == (128, 48)
    assert next(frames(video)).rgb.shape == (48, 128, 3)


@pytest.mark.parametrize("shape", [4000, Fraction(1, 4000)])
def test_pixels_of_an_absurd_shape_are_taken_as_square(clip, shape):
    def absurd(stream):
        stream.sample_aspect_ratio = shape

    video, _ = probe(clip(5, prepare=absurd))
    assert (video.width_px, video.height_px) == (64, 48)


ONE, FRAME = 1 << 16, 1 << 30
TURNS = {  # matrix a b c d: where the picture's own upper left corner is shown, and the turn
    "upright": ((ONE, 0, 0, ONE), "upper left", 0),
    "quarter clockwise": ((0, ONE, -ONE, 0), "upper right", 270),
    "half": ((-ONE, 0, 0, -ONE), "lower right", 180),
    "quarter counter-clockwise": ((0, -ONE, ONE, 0), "lower left", 90),
    "mirrored": ((-ONE, 0, 0, ONE), "upper right", 0),
}


def corner(rgb):
    """Name the brightest corner of a picture."""
    height, width = rgb.shape[:2]
    names = {
        "upper left": rgb[:12, :12],
        "upper right": rgb[:12, width - 12 :],
        "lower left": rgb[height - 12 :, :12],
        "lower right": rgb[height - 12 :, width - 12 :],
    }
    return max(names, key=lambda name: names[name].mean())


@pytest.mark.parametrize("turn", TURNS)
def test_pictures_come_the_right_way_up(tmp_path, write_clip, turn):
    (a, b, c, d), where, rotation_deg = TURNS[turn]
    picture = np.zeros((48, 80, 3), np.uint8)
    picture[:16, :16] = 255
    path = write_clip(
        tmp_path / "turned.mp4",
        [picture] * 5,
        prepare=lambda stream: stream.set_display_matrix((a, b, 0, c, d, 0, 0, 0, FRAME)),
    )
    video, _ = probe(path)
    rgb = next(frames(video)).rgb
    assert video.rotation_deg == rotation_deg
    assert rgb.shape == ((80, 48, 3) if a == 0 else (48, 80, 3)) == (video.height_px, video.width_px, 3)
    assert rgb.flags.c_contiguous
    assert corner(rgb) == where


@pytest.mark.parametrize("turn", ["quarter clockwise", "half", "quarter counter-clockwise"])
def test_another_reader_turns_pictures_the_same_way(tmp_path, write_clip, turn):
    (a, b, c, d), where, _ = TURNS[turn]
    picture = np.zeros((48, 80, 3), np.uint8)
    picture[:16, :16] = 255
    path = write_clip(
        tmp_path / "turned.mp4",
        [picture] * 5,
        prepare=lambda stream: stream.set_display_matrix((a, b, 0, c, d, 0, 0, 0, FRAME)),
    )
    seen, bgr = cv2.VideoCapture(str(path)).read()
    assert seen
    assert corner(bgr) == where


def test_a_millisecond_of_jitter_is_no_variable_frame_rate(clip):
    times_s = np.arange(60) / 30 + np.tile([0.0, 0.001], 30)
    _, issues = probe(clip(60, times_s=times_s))
    assert issues == ()


def test_one_dropped_frame_is_noted_and_many_are_a_warning(clip):
    times_s = np.delete(np.arange(60) / 30, 20)
    _, (one,) = probe(clip(59, times_s=times_s))
    assert (one.code, one.severity) == (Code.VARIABLE_FRAME_RATE, Severity.NOTE)
    times_s = np.delete(np.arange(60) / 30, [5, 11, 18, 20, 33, 40])
    _, (many,) = probe(clip(54, name="many.mp4", times_s=times_s))
    assert (many.code, many.severity) == (Code.VARIABLE_FRAME_RATE, Severity.WARNING)
    assert "from 33.3 to 66.7 ms" in many.sentence


@pytest.mark.parametrize(("rate_hz", "warned"), [(15, True), (24, True), (25, False), (30, False)])
def test_fewer_than_25_frames_per_second_are_warned_about(clip, rate_hz, warned):
    _, issues = probe(clip(30, times_s=np.arange(30) / rate_hz))
    assert codes(issues) == ([Code.LOW_FRAME_RATE] if warned else [])


def test_slow_motion_lifts_the_frame_rate_on_the_real_clock(clip):
    video, _ = probe(clip(30, times_s=np.arange(30) / 15))
    assert codes(clock_issues(video)) == [Code.LOW_FRAME_RATE]
    assert clock_issues(video.slowed(8.0, "given")) == ()


def test_one_frame_has_no_clock_to_doubt(clip):
    video, issues = probe(clip(1))
    assert (video.frames, issues) == (1, ())


@pytest.mark.parametrize(
    ("name", "container"),
    [
        ("whole.mp4", {"movflags": "+faststart"}),
        ("whole.mkv", {}),
        ("whole.mp4", {"movflags": "frag_keyframe+empty_moov"}),
    ],
    ids=["mp4", "mkv", "fragments"],
)
def test_a_broken_tail_leaves_what_can_be_read_and_is_reported(clip, tmp_path, name, container):
    path = clip(300, name=name, container=container)
    assert probe(path)[1] == ()
    cut = tmp_path / f"cut_{name}"
    cut.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    video, issues = probe(cut)
    assert codes(issues)[0] == Code.TRUNCATED
    assert 120 < video.frames < 240
    assert len(list(frames(video))) >= video.frames - 3


def test_sound_that_outlasts_the_pictures_is_no_truncation(tmp_path, clip):
    path = tmp_path / "sound.mp4"
    with av.open(str(clip(30))) as silent, av.open(str(path), "w") as out:
        pictures = out.add_stream_from_template(silent.streams.video[0])
        sound = out.add_stream("aac", rate=48_000)
        for packet in silent.demux(video=0):
            if packet.size:
                packet.stream = pictures
                out.mux(packet)
        for k in range(150):
            heard = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), "fltp", "stereo")
            heard.rate, heard.pts = 48_000, 1024 * k
            out.mux(sound.encode(heard))
        out.mux(sound.encode(None))
    video, issues = probe(path)
    assert (video.frames, issues) == (30, ())
