"""`player.json`: what a player draws over the video, frame by frame."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.formats.replacing import replacing
from midstance.model import SIDES, Video

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from midstance.model import Analysis, MeanStride, Motion, Scene, Signals, StepTable

__all__ = ["player_record", "write_player_json"]

_SECONDS, _PIXELS, _BELIEF, _DIGITS = 5, 1, 2, 6  # decimals; digits of a value
_DECIMALS = {"m": 4, "deg": 1}


def player_record(analysis: Analysis) -> dict[str, Any]:
    """Return what a player needs of an analysis, rounded to what an eye can tell.

    Parameters
    ----------
    analysis
        The result of one video.

    Returns
    -------
    dict
        As `write_player_json` writes it.

    Raises
    ------
    TypeError
        If the analysis is of no video.
    """
    video = analysis.recording
    if not isinstance(video, Video):
        raise TypeError("only a video can be played")
    return {
        "width_px": video.width_px,
        "height_px": video.height_px,
        **_scene(analysis.scene),
        "presentation_s": _plain(video.time_s * video.slow_motion_factor, _SECONDS),
        "time_s": _plain(video.time_s, _SECONDS),
        "points": _points(analysis.image_motion, video),
        "steps": [] if analysis.steps is None else _steps(analysis.steps, video),
        "units": {} if analysis.steps is None else dict(analysis.steps.units),
        "mean_strides": {side: _stride(analysis.mean_stride(side)) for side in SIDES},
        "signals": None if analysis.signals is None else _signals(analysis.signals),
    }


def write_player_json(analysis: Analysis, path: Path) -> None:
    """Write `player.json`, whole or not at all.

    Parameters
    ----------
    analysis
        The result of one video.
    path
        The file to write.

    Notes
    -----
    One row for each frame of the video: `presentation_s` on the file's own clock, `time_s` on the real
    clock, and the points in the picture as shown (x right, y down). A row of `points` is null where the
    frame was not measured, a number where a point was not seen. Pixels have one decimal, metres four,
    degrees one.
    """
    text = json.dumps(player_record(analysis), separators=(",", ":"), allow_nan=False)
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def _scene(scene: Scene | None) -> dict[str, Any]:
    return {
        "near_side": scene.near_side if scene else None,
        "direction": scene.direction if scene else None,
        "roll_deg": _plain(scene.roll_deg, _DIGITS) if scene else None,
        "metres_per_pixel": scene.metres_per_pixel if scene and np.isfinite(scene.metres_per_pixel) else None,
    }


def _plain(values: NDArray[np.float64] | float, decimals: int) -> Any:  # noqa: ANN401  # lists of any depth
    """Return rounded numbers as lists, None where there is none."""
    rounded = np.round(np.asarray(values, dtype=np.float64), decimals) + 0.0  # no negative zero
    if np.isfinite(rounded).all():
        return rounded.tolist()
    plain = rounded.astype(object)
    plain[~np.isfinite(rounded)] = None
    return plain.tolist()


def _points(motion: Motion, video: Video) -> dict[str, Any]:
    index = motion.skeleton.index
    xy: list[Any] = [None] * video.frames
    confidence: list[Any] = [None] * video.frames
    flat = _plain(motion.points.reshape(len(motion.time_s), -1), _PIXELS)
    belief = _plain(motion.confidence, _BELIEF)
    for frame, row, sure in zip(_nearest(motion.time_s, video).tolist(), flat, belief, strict=True):
        xy[frame], confidence[frame] = row, sure
    return {
        "names": list(motion.skeleton.names),
        "bones": [[index(a), index(b)] for a, b in motion.skeleton.bones],
        "xy": xy,
        "confidence": confidence,
    }


def _frames(time_s: NDArray[np.float64], video: Video) -> list[int | None]:
    """Return the frame nearest to each instant (N,), None where there is no instant."""
    nearest = _nearest(time_s, video).tolist()
    return [frame if known else None for frame, known in zip(nearest, np.isfinite(time_s), strict=True)]


def _nearest(time_s: NDArray[np.float64], video: Video) -> NDArray[np.int64]:
    return np.searchsorted((video.time_s[1:] + video.time_s[:-1]) / 2, time_s)


def _steps(steps: StepTable, video: Video) -> list[dict[str, Any]]:
    instants = {
        "initial_contact": steps.contacts.initial_contact_s,
        "midstance": steps.midstances.time_s,
        "toe_off": steps.contacts.toe_off_s,
    }
    columns: dict[str, list[Any]] = {}
    for name, time_s in instants.items():
        columns[f"{name}_s"] = _plain(time_s, _SECONDS)
        columns[f"{name}_frame"] = _frames(time_s, video)
    values = {name: _plain(column, _DIGITS) for name, column in steps.values.items()}
    return [
        {
            "index": i,
            "side": str(steps.contacts.side[i]),
            "complete": bool(steps.complete[i]),
            **{name: column[i] for name, column in columns.items()},
            "values": {name: column[i] for name, column in values.items()},
        }
        for i in range(len(steps.contacts))
    ]


def _stride(stride: MeanStride | None) -> dict[str, Any] | None:
    if stride is None:
        return None
    curves = {
        name: {
            "unit": unit,
            "mean": _plain(stride.values[:, c], _DECIMALS.get(unit, _DIGITS)),
            "sd": _plain(stride.sd[:, c], _DECIMALS.get(unit, _DIGITS)),
        }
        for c, (name, unit) in enumerate(zip(stride.names, stride.units, strict=True))
    }
    return {
        "phase_percent": _plain(stride.phase, 2),
        "toe_off_percent": _plain(stride.toe_off_percent, 2),
        "midstance_percent": _plain(stride.midstance_percent, 2),
        "curves": curves,
    }


def _signals(signals: Signals) -> dict[str, Any]:
    decimals = [_DECIMALS.get(unit, _DIGITS) for unit in signals.units]
    return {
        "time_s": _plain(signals.time_s, _SECONDS),
        "names": list(signals.names),
        "units": list(signals.units),
        "values": [_plain(column, d) for column, d in zip(signals.values.T, decimals, strict=True)],
    }
