"""Evidence: the frames a number can be seen in, cropped and drawn on."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

from midstance.model import SIDES, Side, opposite
from midstance.report.drawing import Canvas, draw_hip_over_ankle, draw_plumb_line, draw_skeleton
from midstance.report.instants import given, near_side, nearest_frame, points_at, roll_deg
from midstance.report.words import HIP_OVER_ANKLE, hip_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Analysis, StepTable

__all__ = ["Evidence", "evidence_frames", "evidence_picture", "jpeg", "jpeg_uri"]

_QUALITY = 80
_WIDTH_PX, _HEIGHT_PX = 480, 720
_FINER = 2  # drawn at twice the size, then reduced
_STROKE_PX = 2.2


@dataclass(frozen=True, slots=True)
class Evidence:
    """One picture worth showing.

    Parameters
    ----------
    frame
        Index of the video frame.
    time_s
        Its time [s].
    side
        The leg it is about; None where no step was found.
    moment
        `midstance` or `contact`; `seen` where no step was found.
    event_s
        The instant itself [s], which mostly falls between two frames; NaN where there is none.
    value_m
        Hip over ankle at midstance, or ankle ahead of hip at contact, of this step [m];
        NaN where that number is refused.
    """

    frame: int
    time_s: float
    side: Side | None
    moment: Literal["midstance", "contact", "seen"]
    event_s: float = float("nan")
    value_m: float = float("nan")

    @property
    def file_name(self) -> str:
        """Name under which its picture is written, for example `left_midstance.jpg`."""
        return f"{self.side or 'whole'}_{self.moment}.jpg"


def evidence_frames(analysis: Analysis) -> tuple[Evidence, ...]:
    """Choose the frames to show: midstance and first contact of a typical step of each leg.

    Parameters
    ----------
    analysis
        The result of one recording.

    Returns
    -------
    tuple of Evidence
        The near leg first; where no step was found, one frame from the middle of the recording.

    Notes
    -----
    The typical step is the one the measure names, else the complete step whose hip over ankle is
    nearest to the median of its leg.
    """
    if analysis.steps is None or not len(analysis.steps.contacts):
        return _what_was_seen(analysis)
    first = near_side(analysis)
    found = []
    for side in (first, opposite(first)):
        step = _typical_step(analysis, analysis.steps, side)
        found += [] if step is None else _moments(analysis, analysis.steps, side, step)
    return tuple(found) or _what_was_seen(analysis)


def _what_was_seen(analysis: Analysis) -> tuple[Evidence, ...]:
    """Return the frame with the most points in the middle half of the recording."""
    seen = np.isfinite(analysis.image_motion.points[..., 0]).sum(1)
    if not len(seen) or not seen.any():
        return ()
    quarter = len(seen) // 4
    row = quarter + int(np.argmax(seen[quarter : len(seen) - quarter]))
    time_s = float(analysis.image_motion.time_s[row])
    return (Evidence(nearest_frame(analysis, time_s), time_s, None, "seen"),)


def _typical_step(analysis: Analysis, steps: StepTable, side: Side) -> int | None:
    own = np.flatnonzero(steps.contacts.of(side) & np.isfinite(steps.midstances.time_s))
    if not len(own):
        return None
    middle = steps.midstances.time_s[own]
    named = [
        m.frame
        for m in analysis.measures
        if (m.key, m.side) == (HIP_OVER_ANKLE, side) and m.frame is not None
    ]
    if named:
        return int(own[np.argmin(abs(middle - analysis.recording.time_s[named[0]]))])
    values = _column(steps, HIP_OVER_ANKLE)[own]
    if not np.isfinite(values).any():
        return int(own[len(own) // 2])
    whole = steps.complete[own] if steps.complete[own].any() else np.ones(len(own), bool)
    return int(own[np.nanargmin(np.where(whole, abs(values - np.nanmedian(values)), np.inf))])


def _column(steps: StepTable, key: str) -> NDArray[np.float64]:
    return steps.values.get(key, np.full(len(steps.contacts), np.nan))


def _moments(analysis: Analysis, steps: StepTable, side: Side, step: int) -> list[Evidence]:
    contact = float(steps.contacts.initial_contact_s[step])
    middle = float(steps.midstances.time_s[step])
    over, reach = (
        float(_column(steps, key)[step]) if given(analysis, key, side) else float("nan")
        for key in (HIP_OVER_ANKLE, "overstride_m")
    )
    return [
        _shown(analysis, side, "midstance", middle, over),
        _shown(analysis, side, "contact", contact, reach),
    ]


def _shown(
    analysis: Analysis, side: Side, moment: Literal["midstance", "contact"], event_s: float, value_m: float
) -> Evidence:
    frame = nearest_frame(analysis, event_s)
    return Evidence(frame, float(analysis.recording.time_s[frame]), side, moment, event_s, value_m)


def evidence_picture(rgb: NDArray[np.uint8], analysis: Analysis, evidence: Evidence) -> NDArray[np.uint8]:
    """Crop a frame to the runner and draw skeleton, plumb line and hip–ankle line on it.

    Parameters
    ----------
    rgb
        The frame (H, W, 3).
    analysis
        The result of the recording it is from.
    evidence
        What it shows.

    Returns
    -------
    ndarray
        (720, 480, 3), the same crop for every frame of a recording.
    """
    points = points_at(analysis, evidence.time_s)
    canvas = _cropped(rgb, analysis, points)
    skeleton = analysis.image_motion.skeleton
    draw_skeleton(canvas, points, skeleton, near_side(analysis))
    if evidence.side is not None:
        hip, ankle = (points[skeleton.index(f"{evidence.side}_{part}")] for part in ("hip", "ankle"))
        _draw_lines(canvas, hip, ankle, roll_deg(analysis), evidence)
    return np.asarray(cv2.resize(canvas.rgb, (_WIDTH_PX, _HEIGHT_PX), interpolation=cv2.INTER_AREA), np.uint8)


def _draw_lines(
    canvas: Canvas, hip: NDArray[np.float64], ankle: NDArray[np.float64], roll: float, evidence: Evidence
) -> None:
    leg = float(np.linalg.norm(hip - ankle))
    if not np.isfinite(leg):
        return
    draw_plumb_line(canvas, ankle, roll, 1.25 * leg, 0.12 * leg)
    draw_hip_over_ankle(canvas, hip, ankle, roll)
    if np.isfinite(evidence.value_m) and evidence.moment == "midstance":
        beside = np.array([0.25 * leg if hip[0] >= ankle[0] else -0.25 * leg, 0.0])
        canvas.label(
            hip + beside, hip_words(evidence.value_m).replace("\N{NO-BREAK SPACE}", " "), right=beside[0] < 0
        )


def _cropped(rgb: NDArray[np.uint8], analysis: Analysis, points: NDArray[np.float64]) -> Canvas:
    """Return a canvas at twice the size of the picture, with the runner in its middle."""
    middle, height_px = _framing(analysis, points, *rgb.shape[:2])
    scale = _FINER * _HEIGHT_PX / height_px
    left, top = middle[0] - 0.5 * height_px * _WIDTH_PX / _HEIGHT_PX, middle[1] - 0.5 * height_px
    size = (_FINER * _WIDTH_PX, _FINER * _HEIGHT_PX)
    moved = np.array([[scale, 0.0, -scale * left], [0.0, scale, -scale * top]])
    picture = cv2.warpAffine(rgb, moved, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return Canvas(np.asarray(picture, np.uint8), _FINER * _STROKE_PX, scale, float(left), float(top))


def _framing(
    analysis: Analysis, points: NDArray[np.float64], rows: int, columns: int
) -> tuple[NDArray[np.float64], float]:
    """Return the middle of the crop [px] and its height [px]: both hang on the hips and the body's size."""
    every = analysis.image_motion.points[..., :2]
    every = every[np.isfinite(every).all(2).sum(1) > 1]
    seen = points[np.isfinite(points).all(1)]
    if not len(seen) or not len(every):
        return np.array([columns / 2, rows / 2]), float(rows)
    highest, lowest = np.nanmin(every, 1), np.nanmax(every, 1)
    body = float(np.percentile(lowest[:, 1] - highest[:, 1], 90))
    hips = [analysis.image_motion.skeleton.index(f"{side}_hip") for side in SIDES]
    away = 0.5 * (highest + lowest) - every[:, hips].mean(1)
    away = away[np.isfinite(away).all(1)]
    middle = points[hips].mean(0) + np.median(away, 0) if len(away) else np.full(2, np.nan)
    if not np.isfinite(middle).all():
        middle = 0.5 * (seen.min(0) + seen.max(0))
    return middle - [0.0, 0.03 * body], 1.24 * max(body, 20.0)


def jpeg(rgb: NDArray[np.uint8]) -> bytes:
    """Return a picture as the bytes of a JPEG file.

    Parameters
    ----------
    rgb
        The picture (H, W, 3).

    Returns
    -------
    bytes
        The same picture gives the same bytes.
    """
    colours = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)
    _, packed = cv2.imencode(".jpg", colours, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return packed.tobytes()


def jpeg_uri(rgb: NDArray[np.uint8]) -> str:
    """Return a picture as a `data:` address."""
    return "data:image/jpeg;base64," + base64.b64encode(jpeg(rgb)).decode("ascii")
