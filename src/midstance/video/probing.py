"""What a video file is: its pictures' size and turn, its clock, and what is doubtful about it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import InputError
from midstance.model import Code, Issue, Severity, Video
from midstance.video.decoding import pictures
from midstance.video.limits import Limits
from midstance.video.opening import checked_file, opened
from midstance.video.orientation import orientation
from midstance.video.timetable import timetable

if TYPE_CHECKING:
    from pathlib import Path

    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

    from midstance.video.timetable import Timetable

__all__ = ["clock_issues", "probe"]

_LIMITS = Limits()
_UNEVEN = 0.25  # of the median gap
_OFTEN = 0.05  # of all gaps
_SLOW_HZ = 24.9  # 25 Hz with a millisecond of rounding is still 25 Hz
_OBLONG = 2.5  # pixels longer than any format's are an error, or meant to fill the memory
_TRIES = 300  # pictures that may fail before none is believed to be readable


def probe(path: Path | str, limits: Limits = _LIMITS) -> tuple[Video, tuple[Issue, ...]]:
    """Read what a video file is, without decoding more than its first picture.

    Parameters
    ----------
    path
        A video file.
    limits
        What the file may ask of the machine.

    Returns
    -------
    Video
        With the true time of every frame that can be read, the first at 0.
    tuple of Issue
        `TRUNCATED`, `VARIABLE_FRAME_RATE`, `LOW_FRAME_RATE` where they hold.

    Raises
    ------
    InputError
        If the file is missing, empty, no video, of a format or codec not read here, broken beyond use, or
        over a limit.
    DataError
        If its frames have no times of their own.

    Notes
    -----
    Width follows the shape of the pixels, so that pixels handed out are square.
    """
    file = checked_file(path, limits)
    table = timetable(file, limits)
    first = _first_picture(file, table, limits)
    turn = orientation(first)
    codec, pixel_aspect = _codec_and_pixel_aspect(file, limits)
    width, height = round(first.width * pixel_aspect), first.height
    video = Video(
        path=file,
        sha256=_sha256(file),
        width_px=height if turn.exchanged else width,
        height_px=width if turn.exchanged else height,
        rotation_deg=turn.rotation_deg,
        time_s=table.time_s,
        codec=codec,
    )
    return video, (*_reading_issues(video, table), *clock_issues(video))


def clock_issues(video: Video) -> tuple[Issue, ...]:
    """Return what is doubtful about a video's clock: uneven or few frames.

    Parameters
    ----------
    video
        Judged on its real clock: after `video.slowed` the answer may differ.

    Returns
    -------
    tuple of Issue
        None, one or two.
    """
    gaps_s = np.diff(video.time_s)
    if not len(gaps_s):
        return ()
    return tuple(issue for issue in (_uneven(gaps_s), _slow(video)) if issue is not None)


def _first_picture(file: Path, table: Timetable, limits: Limits) -> VideoFrame:
    tries = min(len(table.ticks), _TRIES)
    _, picture = next(pictures(file, table, 0, tries, limits), (0, None))
    if picture is None:
        what = f"none of the first {tries} frames can be decoded"
        raise InputError(what, str(file), "copy it from the camera again, or export it as an H.264 MP4")
    return picture


def _codec_and_pixel_aspect(file: Path, limits: Limits) -> tuple[str, float]:
    with opened(file, limits) as (_, stream):
        aspect = float(stream.sample_aspect_ratio or 1.0)
        believed = 1 / _OBLONG <= aspect <= _OBLONG
        return stream.codec_context.codec.canonical_name, aspect if believed else 1.0


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _reading_issues(video: Video, table: Timetable) -> tuple[Issue, ...]:
    issues = []
    if table.missing_s > 0:
        sentence = (
            f"The file breaks off: {video.frames} frames ({video.duration_s:.1f} s) can be read, "
            f"at least {table.missing_s:.1f} s are missing at the end."
        )
        remedy = "Copy the file from the camera again."
        issues.append(Issue(Code.TRUNCATED, Severity.WARNING, sentence, remedy, start_s=video.duration_s))
    if table.untimed:
        sentence = f"{table.untimed} frames without a time of their own were left out."
        issues.append(Issue(Code.VARIABLE_FRAME_RATE, Severity.NOTE, sentence))
    return tuple(issues)


def _uneven(gaps_s: NDArray[np.float64]) -> Issue | None:
    median_s = float(np.median(gaps_s))
    off = np.abs(gaps_s - median_s) > _UNEVEN * median_s
    if not off.any():
        return None
    sentence = (
        f"The time between frames varies from {1e3 * gaps_s.min():.1f} to {1e3 * gaps_s.max():.1f} ms "
        f"(median {1e3 * median_s:.1f} ms; {off.sum()} of {len(off)} are off by more than a quarter); "
        "the true times are used."
    )
    remedy = "Film at a fixed frame rate, in good light."
    severity = Severity.WARNING if off.mean() > _OFTEN else Severity.NOTE
    return Issue(Code.VARIABLE_FRAME_RATE, severity, sentence, remedy)


def _slow(video: Video) -> Issue | None:
    if video.rate_hz >= _SLOW_HZ:
        return None
    sentence = f"The video has {video.rate_hz:.3g} frames per second; a step is seen only a few times."
    remedy = "Film at 60 frames per second or more; 30 is the least."
    return Issue(Code.LOW_FRAME_RATE, Severity.WARNING, sentence, remedy)
