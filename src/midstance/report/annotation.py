"""The annotated video: what to draw on each frame, and when to show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import SettingsError
from midstance.report.drawing import Canvas, draw_hip_over_ankle, draw_plumb_line, draw_ring, draw_skeleton
from midstance.report.instants import Event, near_side, points_at, roll_deg, standing_foot
from midstance.report.overlay import Overlay, event_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from midstance.model import Analysis, Frame

__all__ = ["Annotation", "Pace", "annotate", "annotated_frames"]

_HOLD_S = 0.03


@dataclass(frozen=True, slots=True)
class Annotation:
    """How the annotated video plays.

    Parameters
    ----------
    slow
        Pace around midstance, as a part of real time: 0.25 is four times slower.
    window_s
        How long before and after each midstance it is slow [s].
    rate_hz
        Frames shown per second at most [Hz]; frames between are left out.
    """

    slow: float = 0.25
    window_s: float = 0.08
    rate_hz: float = 60.0

    def __post_init__(self) -> None:
        """Refuse a pace that stands still and windows without a length."""
        if not 0 < self.slow <= 1 or self.window_s < 0 or self.rate_hz <= 0:
            raise SettingsError(
                f"slow {self.slow:g}, window_s {self.window_s:g}, rate_hz {self.rate_hz:g}",
                "annotation",
                "give a pace between 0 and 1, a window of 0 s or more and a rate above 0 Hz",
            )

    def __call__(self, midstances_s: NDArray[np.float64]) -> Pace:
        """Return how real time becomes screen time, slow around the given instants."""
        known = np.sort(midstances_s[np.isfinite(midstances_s)])
        starts, ends = _joined(known - self.window_s, known + self.window_s)
        return Pace(starts, ends, self.slow)


@dataclass(frozen=True, slots=True, eq=False)
class Pace:
    """Real time to screen time.

    Parameters
    ----------
    starts_s, ends_s
        Slow spans [s], sorted, apart from each other.
    slow
        Pace within them.
    """

    starts_s: NDArray[np.float64]
    ends_s: NDArray[np.float64]
    slow: float

    def screen_s(self, time_s: float) -> float:
        """Return when an instant is shown [s]; real time 0 is shown at 0."""
        return time_s + (1 / self.slow - 1) * (self._slow_before(time_s) - self._slow_before(0.0))

    def is_slow(self, time_s: float) -> bool:
        """Tell whether an instant lies in a slow span."""
        return bool(np.any((self.starts_s <= time_s) & (time_s < self.ends_s)))

    def _slow_before(self, time_s: float) -> float:
        """Return how much slow time lies before an instant [s]."""
        return float(np.clip(time_s - self.starts_s, 0.0, self.ends_s - self.starts_s).sum())


def _joined(
    starts: NDArray[np.float64], ends: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return spans of equal length with those that touch made one."""
    if not len(starts):
        return starts, ends
    apart = starts[1:] > ends[:-1]
    return starts[np.r_[True, apart]], ends[np.r_[apart, True]]


@dataclass(frozen=True, slots=True, eq=False)
class _Painter:
    """Draws on the frames of one recording."""

    analysis: Analysis
    overlay: Overlay = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "overlay", Overlay.of(self.analysis))

    def __call__(self, rgb: NDArray[np.uint8], time_s: float, pace: str = "") -> NDArray[np.uint8]:
        """Return an annotated copy of a frame."""
        picture = np.array(rgb, np.uint8, order="C")
        canvas = Canvas(picture, 1.25 * self.overlay.unit_px)
        points = points_at(self.analysis, time_s)
        event = event_at(self.overlay.events, time_s, _HOLD_S)
        draw_skeleton(canvas, points, self.analysis.image_motion.skeleton, near_side(self.analysis))
        self._draw_leg(canvas, points, time_s, event)
        self.overlay.draw(picture, time_s, event, pace)
        return picture

    def _draw_leg(
        self, canvas: Canvas, points: NDArray[np.float64], time_s: float, event: Event | None
    ) -> None:
        """Draw plumb line and hip–ankle line of the foot on the ground, and the event's ring."""
        skeleton = self.analysis.image_motion.skeleton
        foot = standing_foot(self.analysis.steps, time_s)
        if foot is not None:
            hip, ankle = (points[skeleton.index(f"{foot[0]}_{part}")] for part in ("hip", "ankle"))
            leg = float(np.linalg.norm(hip - ankle))
            if np.isfinite(leg):
                roll = roll_deg(self.analysis)
                draw_plumb_line(canvas, ankle, roll, 1.2 * leg)
                draw_hip_over_ankle(canvas, hip, ankle, roll)
        if event is not None:
            draw_ring(canvas, points, skeleton, event.side)


def annotate(rgb: NDArray[np.uint8], analysis: Analysis, frame_index: int) -> NDArray[np.uint8]:
    """Draw skeleton, plumb line, hip–ankle line, events and the reading on one frame.

    Parameters
    ----------
    rgb
        The frame (H, W, 3), rotation applied.
    analysis
        The result of the recording it is from.
    frame_index
        Its index in the video.

    Returns
    -------
    ndarray
        A copy of the same size.
    """
    return _Painter(analysis)(rgb, float(analysis.recording.time_s[frame_index]))


def annotated_frames(
    analysis: Analysis, frames: Iterable[Frame], annotation: Annotation | None = None
) -> Iterator[tuple[float, NDArray[np.uint8]]]:
    """Hand out annotated frames with the time to show them: slow around midstance.

    Parameters
    ----------
    analysis
        The result of the recording.
    frames
        Its frames, in order.
    annotation
        How it plays; the defaults of `Annotation` where None.

    Yields
    ------
    tuple of float and ndarray
        Screen time [s], strictly increasing, the first at 0 for a frame at time 0, and the picture.
    """
    plays = annotation or Annotation()
    steps = analysis.steps
    pace = plays(steps.midstances.time_s[steps.complete] if steps is not None else np.zeros(0))
    painter, words, shown_s = _Painter(analysis), _pace_words(plays.slow), -np.inf
    for frame in frames:
        screen_s = pace.screen_s(frame.time_s)
        if screen_s - shown_s < (1 - 1e-3) / plays.rate_hz:
            continue
        shown_s = screen_s
        yield screen_s, painter(frame.rgb, frame.time_s, words if pace.is_slow(frame.time_s) else "")


def _pace_words(slow: float) -> str:
    times = 1 / slow
    return "" if slow == 1 else f"{times:.0f}x slow" if abs(times - round(times)) < 0.01 else f"{slow:g}x"  # noqa: PLR2004
