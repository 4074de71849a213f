"""The strip on the annotated video: clock, event, reading and a short time line of both feet."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance.model import SIDES, Side, Video
from midstance.report.colours import PICTURE, rgb
from midstance.report.instants import Event, events, given, standing_foot, value_at
from midstance.report.words import HIP_OVER_ANKLE, hip_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Analysis

__all__ = ["Overlay", "event_at"]

_FONT = cv2.FONT_HERSHEY_SIMPLEX
_TEXT_PX = 22.0  # cap height of OpenCV's font at size 1
_HALF_WINDOW_S = 0.8
_QUIET = (150, 160, 156)


def event_at(found: tuple[Event, ...], time_s: float, hold_s: float) -> Event | None:
    """Return the event nearest to a time, if it is within `hold_s`."""
    near = [event for event in found if abs(event.time_s - time_s) <= hold_s]
    return min(near, key=lambda event: abs(event.time_s - time_s)) if near else None


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """What is prepared once for all frames of a recording.

    Parameters
    ----------
    analysis
        The result of the recording.
    events
        Every event of its steps.
    unit_px
        One 360th of the shorter side of the picture [px]: all sizes follow it.
    top
        Whether the strip lies at the upper edge: where the runner leaves more room.
    """

    analysis: Analysis
    events: tuple[Event, ...]
    unit_px: float
    top: bool

    @classmethod
    def of(cls, analysis: Analysis) -> Overlay:
        """Prepare the overlay of a video."""
        if not isinstance(analysis.recording, Video):
            raise TypeError("only a video has pictures to draw on")
        width_px, height_px = analysis.recording.width_px, analysis.recording.height_px
        rows = analysis.image_motion.points[..., 1]
        rows = rows[np.isfinite(rows)]
        low, high = np.percentile(rows, (2, 98)) if len(rows) else (1.0, 1.0)
        unit = min(width_px, height_px) / 360.0
        return cls(analysis, events(analysis.steps), unit, bool(low >= height_px - high))

    def draw(self, picture: NDArray[np.uint8], time_s: float, event: Event | None, pace: str) -> None:
        """Draw the strip on a picture, in place."""
        strip = self._strip(picture)
        strip[:] = strip // 4 + np.array(rgb(PICTURE.halo), np.uint8) // 4 * 3
        self._write_clock(strip, time_s, pace)
        self._write_event(strip, event)
        self._write_reading(strip, time_s)
        if self.analysis.steps is not None:
            self._draw_time_line(strip, time_s)

    def _strip(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        tall = round(self.unit_px * (47 if self.analysis.steps is not None else 24))
        return picture[:tall] if self.top else picture[-tall:]

    def _write(
        self,
        strip: NDArray[np.uint8],
        words: str,
        across: float,
        colour: tuple[int, int, int],
        align: float = 0.0,
    ) -> None:
        """Write in the first row; `across` and `align` from 0 (left) to 1 (right)."""
        size = 11.0 * self.unit_px / _TEXT_PX
        (width, tall), _ = cv2.getTextSize(words, _FONT, size, 1)
        margin = 8.0 * self.unit_px
        x = margin + across * (strip.shape[1] - 2 * margin) - align * width
        y = 11.5 * self.unit_px + tall / 2
        cv2.putText(strip, words, (round(x), round(y)), _FONT, size, colour, 1, cv2.LINE_AA)

    def _write_clock(self, strip: NDArray[np.uint8], time_s: float, pace: str) -> None:
        self._write(strip, f"{time_s:.2f} s{'  ' + pace if pace else ''}", 0.0, _QUIET)

    def _write_event(self, strip: NDArray[np.uint8], event: Event | None) -> None:
        if event is not None:
            self._write(strip, f"{event.side} {event.moment}", 0.48, PICTURE.of(event.side), 0.5)

    def _write_reading(self, strip: NDArray[np.uint8], time_s: float) -> None:
        foot = standing_foot(self.analysis.steps, time_s)
        if foot is None or not given(self.analysis, HIP_OVER_ANKLE, foot[0]):
            return
        value = value_at(self.analysis, f"{foot[0]}_hip_over_ankle_m", time_s)
        if np.isfinite(value):
            words = hip_words(value, 0).replace("\N{NO-BREAK SPACE}", " ")
            self._write(strip, f"hip {words}", 1.0, rgb(PICTURE.line), 1.0)

    def _draw_time_line(self, strip: NDArray[np.uint8], time_s: float) -> None:
        unit = self.unit_px
        margin, start = 8.0 * unit, 22.0 * unit
        reach = strip.shape[1] - margin - start
        for row, side in enumerate(SIDES):
            y = (27.0 + 10.0 * row) * unit
            size = 8.5 * unit / _TEXT_PX
            place = (round(margin), round(y + 3.0 * unit))
            cv2.putText(strip, side[0].upper(), place, _FONT, size, PICTURE.of(side), 1, cv2.LINE_AA)
            self._draw_contacts(strip, side, time_s, (start, reach, y))
        x = round(start + reach / 2)
        top, bottom = round(22.0 * unit), round(43.0 * unit)
        cv2.line(strip, (x, top), (x, bottom), rgb(PICTURE.plumb), max(1, round(unit)))

    def _around(self, side: Side, time_s: float) -> list[Event]:
        """Return the events of one foot up to a contact beyond the time line, in order."""
        first, last = (
            bisect_left(self.events, time_s + reach, key=lambda event: event.time_s)
            for reach in (-2 * _HALF_WINDOW_S, 2 * _HALF_WINDOW_S)
        )
        return [event for event in self.events[first:last] if event.side == side]

    def _draw_contacts(
        self, strip: NDArray[np.uint8], side: Side, time_s: float, place: tuple[float, float, float]
    ) -> None:
        """Draw the contacts of one foot around now as bars, with a notch at midstance."""
        start, reach, y = place
        half = 3.0 * self.unit_px
        columns: dict[str, float] = {}
        for event in self._around(side, time_s):
            share = (event.time_s - time_s + _HALF_WINDOW_S) / (2 * _HALF_WINDOW_S)
            columns[event.moment] = start + min(max(share, 0.0), 1.0) * reach
            if event.moment == "toe-off" and "contact" in columns:
                _bar(strip, columns, (y - half, y + half), PICTURE.of(side), start, start + reach)
                columns = {}
        if "contact" in columns:
            columns["toe-off"] = start + reach
            _bar(strip, columns, (y - half, y + half), PICTURE.of(side), start, start + reach)


def _bar(
    strip: NDArray[np.uint8],
    columns: dict[str, float],
    rows: tuple[float, float],
    colour: tuple[int, int, int],
    first: float,
    last: float,
) -> None:
    """Draw one contact, unless it lies outside the window."""
    top, bottom = round(rows[0]), round(rows[1])
    left, right = round(columns["contact"]), round(columns["toe-off"])
    if right > left:
        strip[top:bottom, left:right] = np.array(colour, np.uint8) // 3 * 2
        middle = columns.get("midstance", first)
        if first < middle < last:
            x = round(middle)
            strip[top:bottom, x - 1 : x + 2] = rgb(PICTURE.line)
