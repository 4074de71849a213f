"""Which frames are looked at, how they are shared out, and the whole step on made-up pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midstance.errors import DataError, MissingExtraError, SettingsError
from midstance.model import Frame, Video
from midstance.pose import PoseMethod, estimate, kept_frames
from midstance.pose.estimation import portions, sampled_frames


def video_of(frames, rate_hz=30.0):
    return Video(Path("clip.mp4"), "0" * 64, 96, 128, 0, np.arange(frames) / rate_hz, "made up")


@pytest.mark.parametrize(
    ("rate_hz", "measured_hz"), [(15, 15), (25, 25), (30, 30), (50, 50), (59.94, 29.97), (120, 30), (240, 30)]
)
def test_quick_thins_fast_videos_to_30_to_60_hz_and_slow_ones_not(rate_hz, measured_hz):
    time_s = np.arange(600) / rate_hz

    kept = kept_frames(time_s, PoseMethod(quality="quick"))

    assert 1 / np.median(np.diff(time_s[kept])) == pytest.approx(measured_hz)


def test_full_measures_every_frame():
    assert kept_frames(np.arange(100) / 240, PoseMethod()).tolist() == list(range(100))


@given(st.integers(1, 3000), st.floats(5, 300))
def test_people_are_looked_for_from_the_first_to_the_last_second(frames, rate_hz):
    time_s = np.arange(frames) / rate_hz
    sampled = sampled_frames(time_s)

    assert sampled[0] == 0
    assert min(frames, 16) <= len(sampled) <= max(16, 3 * time_s[-1] + 3)
    assert np.diff(time_s[list(sampled)], append=time_s[-1]).max() <= max(0.34 + 1 / rate_hz, 0.2)


@given(st.integers(0, 1000), st.integers(1, 6), st.sampled_from([1, 48]))
def test_portions_hold_everything_once_and_break_at_chunks(items, count, grain):
    parts = portions(np.arange(items), count, grain)

    assert len(parts) <= count
    assert [k for part in parts for k in part] == list(range(items))
    assert all(part[0] % grain == 0 for part in parts)


@dataclass
class Still:
    """Frames without anybody."""

    frames: int

    def __call__(self, start, stop):
        for index in range(start, min(stop, self.frames)):
            yield Frame(index, index / 30, np.full((128, 96, 3), 80, np.uint8))


class Blind:
    """A watch that sees no change."""

    def see(self, rgb):
        return (0.0, 0.0, 0.0, float(rgb.mean()), 0.0)


@pytest.mark.usefixtures("weights")
def test_a_video_without_anybody_is_refused_with_how_to_film():
    told = []
    with pytest.raises(DataError, match=r"no person found.*clip\.mp4.*film one runner"):
        estimate(video_of(20), Still(20), Blind, PoseMethod(workers=1), lambda *now: told.append(now))
    assert told[-1][1].startswith("looking for the runner: picture 16 of 16")


def test_without_networks_nothing_is_begun(tmp_path, monkeypatch):
    monkeypatch.setenv("MIDSTANCE_MODELS", str(tmp_path))

    with pytest.raises(MissingExtraError, match="midstance models fetch"):
        estimate(video_of(20), Still(20), Blind, PoseMethod())


@pytest.mark.parametrize(
    "options", [{"quality": "best"}, {"workers": 0}, {"person": -1}, {"quick_rate_hz": 1.0}]
)
def test_options_without_sense_are_refused_by_name(options):
    with pytest.raises(SettingsError, match=next(iter(options))):
        PoseMethod(**options)
