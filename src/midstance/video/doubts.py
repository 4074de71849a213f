"""What the changes from frame to frame say about a recording: repeated frames, a camera that moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.model import Code, Issue, Severity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import FrameChanges, Video

__all__ = ["camera_motion", "repeated_frames", "repetition"]

_REPEAT = 0.25  # of the difference usual around a frame: below, it repeats the one before
_ALIVE = 0.25  # mean difference, of 255, below which a scene stands still and nothing can be said
_AROUND = 8  # frames on either side that say what is usual
_SPIKES = 90.0  # percentile at which differences are capped: cuts and flashes
_FEW = 0.03  # share of repeated frames that is let pass
_WINDOW_S = 0.5
_QUICK = 0.04  # of the longer side of the picture, in the window: above handheld jitter
_FAR = 0.20  # of the longer side, over the whole recording: a slow pan that changes the view
_BLIND = 0.5  # share of frames without a known shift from which nothing is said


def repeated_frames(changes: FrameChanges) -> NDArray[np.bool_]:
    """Tell which frames show again what the frame before showed.

    Parameters
    ----------
    changes
        Of consecutive frames.

    Returns
    -------
    ndarray of bool
        (T,) true where a frame is an exact or nearly exact copy of the one before, as when 24 frames per
        second were padded to 30 or every frame was doubled.

    Notes
    -----
    A frame is a copy when its difference to the frame before is less than a quarter of the largest
    difference among the 8 frames before it and among the 8 after it, cuts and flashes capped. Where hardly
    anything moves, before or after, nothing is called a copy. A scene that stands still can pass for copies
    only where its grain, after the reduction of `FrameWatch`, has a standard deviation above about 5 of 255.
    """
    difference = np.nan_to_num(changes.difference, nan=0.0)
    if len(difference) <= _AROUND:
        return np.zeros(len(difference), dtype=bool)
    capped = np.minimum(difference, np.percentile(difference, _SPIKES))
    padded = np.pad(capped, _AROUND, mode="reflect")
    largest = np.lib.stride_tricks.sliding_window_view(padded, _AROUND).max(axis=1)
    usual = np.minimum(largest[: len(capped)], largest[_AROUND + 1 :])
    known = np.isfinite(changes.difference)
    return np.asarray(known & (usual > _ALIVE) & (difference < _REPEAT * usual))


def repetition(changes: FrameChanges, video: Video) -> Issue | None:
    """Return an issue where many frames repeat the one before, with the frame rate that is left.

    Parameters
    ----------
    changes
        Of all frames of `video`.
    video
        For its clock.

    Returns
    -------
    Issue or None
        The issue, None where frames are not repeated.
    """
    repeated = repeated_frames(changes)
    if repeated.mean() <= _FEW:
        return None
    left_hz = video.rate_hz * (1.0 - repeated[1:].mean())
    sentence = (
        f"{repeated.sum()} of {len(repeated)} frames repeat the one before: of {video.rate_hz:.3g} frames "
        f"per second about {left_hz:.2g} show something new."
    )
    remedy = "Give the camera's own file, not one that was converted or sent by a messenger."
    return Issue(Code.REPEATED_FRAMES, Severity.WARNING, sentence, remedy)


def camera_motion(changes: FrameChanges, video: Video) -> Issue | None:
    """Return an issue where the camera pans or turns; handheld jitter is let pass.

    Parameters
    ----------
    changes
        Of all frames of `video`.
    video
        For its clock and its size.

    Returns
    -------
    Issue or None
        `CAMERA_MOVES`, with size and span, where the background shifts by more than 4 % of the longer side
        of the picture within half a second, or wanders over more than 20 % of it in all.
    """
    shift_px = changes.shift_px
    if np.isnan(shift_px).any(axis=1).mean() > _BLIND:
        return None
    path_px = np.cumsum(np.nan_to_num(shift_px), axis=0)
    side_px = max(video.width_px, video.height_px)
    before = np.searchsorted(video.time_s, video.time_s - _WINDOW_S)
    net_px = np.hypot(*(path_px - path_px[before]).T)
    total_px = float(np.hypot(*np.ptp(path_px, axis=0)))
    quick = bool(net_px.max() > _QUICK * side_px)
    if not quick and total_px <= _FAR * side_px:
        return None
    moving = np.flatnonzero(net_px > 0.5 * net_px.max())
    span_s = video.time_s[[before[moving[0]], moving[-1]]]
    return _moves(total_px, side_px, float(span_s[0]), float(span_s[1]))


def _moves(total_px: float, side_px: int, start_s: float, end_s: float) -> Issue:
    sentence = (
        f"The camera moves: between {start_s:.1f} and {end_s:.1f} s the background shifts, "
        f"by {total_px:.0f} pixels in all ({100 * total_px / side_px:.0f} % of the picture)."
    )
    remedy = "Put the phone on a stand and let the runner pass by, or film on a treadmill."
    return Issue(Code.CAMERA_MOVES, Severity.WARNING, sentence, remedy, start_s, end_s)
