"""A quick look at a video: some frames spread over it, and one short burst in which the runner moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance import gait, pose, video
from midstance.model import Frame, FrameChanges, Runner, Sighting
from midstance.pipeline.placing import placed
from midstance.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Video
    from midstance.pipeline.placing import Placed

    Body = NDArray[np.float64]

__all__ = ["QuickLook", "quick_look"]

_LONG_SIDE_PX = 1280  # frames are reduced to this
_SPREAD = 4  # frames looked at over the whole clip
_BURST_S, _BURST_HZ = 2.0, 20.0
_LONG_BURST_PX = 4e8  # pixels decoded at most where no rhythm is seen in the short bursts
_LONG_BURST_S = 22.0  # three strides in eightfold slow motion
_SHOULDERS, _HIPS = [3, 4], [9, 10]
_PLUMB_PICTURES = 5
_LEAST_CONTACTS, _LEAST_STRIDES = 3, 1.4  # a rhythm with fewer may be none
_SURE = 0.75  # of the legs' movement that one swing explains in running and walking
_VISIBLE = 0.5  # share of frames with feet, as in placing
_COARSE = 1.6  # one look of the quick network is this much less sure than all of the long analysis
_OFTEN = 0.2  # share of frames that show so many people


@dataclass(frozen=True, slots=True, eq=False)
class QuickLook:
    """What was seen in a few frames.

    Parameters
    ----------
    recording
        The video, on its real clock as far as the gait tells.
    people
        Number of people that at least a fifth of the frames show.
    shown
        Share of the spread frames in which there is anyone.
    lean_deg
        Median turn of the bodies against upright, clockwise [deg]; NaN where nobody was seen.
    facing
        + where the left shoulder is to the right of the right one in the picture: seen from the front.
    body_px
        Height of the tallest body, upright or not [px of the video].
    place
        What the burst says of view, scene and gait; None where nobody could be followed.
    steady
        Whether the burst shows the rhythm of steps.
    enlarged
        Pixels of the video in a pixel of `place`.
    """

    recording: Video
    people: int
    shown: float
    lean_deg: float
    facing: float
    body_px: float
    place: Placed | None
    steady: bool
    enlarged: float


def quick_look(recording: Video) -> QuickLook:
    """Look at a few frames of a video.

    Parameters
    ----------
    recording
        As found by `video.probe`.
    """
    enlarged = max(max(recording.width_px, recording.height_px) / _LONG_SIDE_PX, 1.0)
    pictures = video.grab(recording, video.spread_indices(recording, _SPREAD))
    crowds = {index: pose.scouted(_reduced(rgb, enlarged)) for index, rgb in pictures.items()}
    bodies = [crowd[0] for crowd in crowds.values() if crowd]
    if not bodies:
        nan = float("nan")
        return QuickLook(recording, 0, 0.0, nan, nan, nan, None, steady=False, enlarged=enlarged)
    burst = _moving(recording, _places(crowds, recording), enlarged)
    counts = [*(len(crowd) for crowd in crowds.values()), *burst.people]
    shoulders = [body[_SHOULDERS[0], 0] - body[_SHOULDERS[1], 0] for body in bodies]
    return QuickLook(
        burst.recording if burst.steady else recording,
        people=max(
            k for k in range(1, max(counts) + 1) if k == 1 or np.mean(np.array(counts) >= k) >= _OFTEN
        ),
        shown=len(bodies) / len(crowds),
        lean_deg=float(np.median([_lean_deg(body) for body in bodies])),
        facing=float(np.median(shoulders)),
        body_px=float(np.median([np.ptp(body, axis=0).max() for body in bodies])) * enlarged,
        place=burst.place,
        steady=burst.steady and burst.place is not None and burst.place.gait is not None,
        enlarged=enlarged,
    )


def _reduced(rgb: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    if factor <= 1.0:
        return rgb
    size = (round(rgb.shape[1] / factor), round(rgb.shape[0] / factor))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _lean_deg(body: Body) -> float:
    """Return the turn of the trunk against the picture's vertical, clockwise [deg]."""
    right, down = body[_SHOULDERS].mean(axis=0) - body[_HIPS].mean(axis=0)
    return float(np.degrees(np.arctan2(right, -down)))


def _places(crowds: dict[int, tuple[Body, ...]], recording: Video) -> list[int]:
    """Return frames around which to look longer: somebody large is there, best in the middle."""

    def worth(index: int) -> float:
        off = abs(index / max(recording.frames - 1, 1) - 0.5)
        return float(np.ptp(crowds[index][0], axis=0).max()) * (1.0 - off)

    return sorted((index for index, crowd in crowds.items() if crowd), key=worth, reverse=True)


@dataclass(frozen=True, slots=True, eq=False)
class _Burst:
    """What a burst of frames says: the real clock, the movement, people in its frames, whether steps."""

    recording: Video
    place: Placed | None = None
    people: tuple[int, ...] = ()
    steady: bool = True

    @property
    def likeness(self) -> float:
        """How much of the legs' movement a plain swing explains, 0 to 1; 0 where there is no rhythm."""
        walk = self.place.gait if self.place else None
        if walk is None or len(walk.contacts) < _LEAST_CONTACTS or walk.locked.strides < _LEAST_STRIDES:
            return 0.0
        return max(_swing(walk.locked, way) for way in ("ankle_ahead_of_pelvis_m", "ankle_height_m"))

    @property
    def feet_seen(self) -> float:
        """Share of the burst in which the near foot is seen."""
        return self.place.feet_seen if self.place else 0.0


def _swing(locked: gait.LockedStride, way: str) -> float:
    """Return how much of the ankles' distance one sine of the stride explains."""
    apart = locked.signals.curve(f"left_{way}") - locked.signals.curve(f"right_{way}")
    seen = np.isfinite(apart)
    turn = 2.0 * np.pi * locked.signals.time_s[seen] / locked.stride_time_s
    waves = np.stack([np.ones_like(turn), np.cos(turn), np.sin(turn)], axis=1)
    rest = apart[seen] - waves @ np.linalg.lstsq(waves, apart[seen], rcond=None)[0]
    return float(1.0 - np.var(rest) / max(np.var(apart[seen]), 1e-12))


def _moving(recording: Video, places: list[int], enlarged: float) -> _Burst:
    """Look at a burst; where it shows no steps, at another, and at a long one, as if in slow motion."""
    tried = [_burst(recording, places[0], _BURST_S, enlarged)]
    if tried[0].likeness < _SURE and len(places) > 1 and recording.duration_s > 2 * _BURST_S:
        other = max(places[1:], key=lambda at: abs(at - places[0]))
        tried.append(_burst(recording, other, _BURST_S, enlarged))
    frames = _LONG_BURST_PX / (recording.width_px * recording.height_px)
    long_s = min(frames / recording.rate_hz, recording.duration_s, _LONG_BURST_S)
    visible = max(burst.feet_seen for burst in tried) >= _VISIBLE
    if tried[-1].likeness < _SURE and visible and long_s > 1.5 * _BURST_S:
        tried.append(_burst(recording, places[0], long_s, enlarged))
    sure = [burst for burst in tried if burst.likeness >= _SURE]
    return sure[0] if sure else replace(max(tried, key=lambda burst: burst.feet_seen), steady=False)


def _burst(recording: Video, middle: int, long_s: float, enlarged: float) -> _Burst:
    """Follow the runner through a part of the video, as many frames however long it is."""
    frames = _frames(recording, middle, long_s, enlarged)
    slow = long_s / _BURST_S
    size_px = (round(recording.width_px / enlarged), round(recording.height_px / enlarged))
    seen = pose.glance([replace(frame, time_s=frame.time_s / slow) for frame in frames], size_px)
    if seen is None:
        return _Burst(recording)
    confidence = np.minimum(_COARSE * seen.motion.confidence, 1.0)
    motion = replace(seen.motion, time_s=seen.motion.time_s * slow, confidence=confidence)
    small = replace(recording, width_px=size_px[0], height_px=size_px[1])
    sighting = Sighting(motion, seen.spread_px, seen.score, (), 1, 0, _no_changes(recording), {"quick": ""})
    chosen = frames[:: max(len(frames) // _PLUMB_PICTURES, 1)]
    clock, place = placed(
        small,
        sighting,
        Runner(),
        Settings(),
        lambda count: [(frame.index, frame.rgb) for frame in chosen[:count]],
    )
    own = replace(clock, width_px=recording.width_px, height_px=recording.height_px)
    return _Burst(own, place, seen.people)


def _frames(recording: Video, middle: int, long_s: float, enlarged: float) -> list[Frame]:
    clock = recording.time_s
    start_s = min(max(clock[middle] - 0.5 * long_s, clock[0]), max(clock[-1] - long_s, clock[0]))
    start, stop = (int(np.searchsorted(clock, at)) for at in (start_s, start_s + long_s))
    every = max(1, int((stop - start) / (_BURST_HZ * _BURST_S)))
    return [
        Frame(frame.index, frame.time_s, _reduced(frame.rgb, enlarged))
        for frame in video.frames(recording, start, stop)
        if (frame.index - start) % every == 0
    ]


def _no_changes(recording: Video) -> FrameChanges:
    unknown = np.full(recording.frames, np.nan)
    return FrameChanges(unknown, np.full((recording.frames, 2), np.nan), unknown, unknown)
