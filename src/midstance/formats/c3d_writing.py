"""Markers and forces into a C3D file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.errors import DataError
from midstance.formats.c3d_channels import PlateChannels, plate_channels
from midstance.formats.lengths import METRES
from midstance.formats.replacing import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from midstance.model import Trial

    Array = NDArray[np.float64]

__all__ = ["write_c3d"]

_UNEVEN = 0.01  # of a frame
_LAST_FRAME = 65535


def write_c3d(trial: Trial, path: Path) -> None:
    """Write the markers and forces of a trial as a C3D file, whole or not at all.

    Parameters
    ----------
    trial
        Markers [m] and forces; either may be missing.
    path
        The file to write.

    Raises
    ------
    DataError
        If there is neither, if the clock is uneven, or if there are more frames than the format counts.

    Notes
    -----
    Lengths are in the unit of the trial's own file, millimetres if it has none. Each plate is of type
    2: force and moment [N, N·mm] about the middle of its surface. Its corners are those the trial's
    file gave, or, where it gave none, a rectangle around the centres of pressure. Forces are sampled a
    whole number of times per frame, as the format asks: interpolated where their rate is no multiple,
    cut where they are longer than the markers, zero where they are shorter. An unseen marker has the
    residual −1.
    """
    time_s, rate = _clock(trial, path.name)
    plates = _channels(trial, time_s, rate)
    import ezc3d  # noqa: PLC0415  # loaded when a C3D file is written

    file = ezc3d.c3d()
    _add_markers(file, trial, time_s, rate)
    if plates is not None:
        _add_plates(file, plates, rate, METRES[trial.length_unit or "mm"])
    _add_words(file, trial)
    with replacing(path) as temporary:
        file.write(str(temporary))


def _clock(trial: Trial, where: str) -> tuple[Array, float]:
    """Return the clock of the frames and their rate, which a C3D file holds as one number."""
    if trial.markers is None and trial.forces is None:
        raise DataError("the trial holds neither markers nor forces", where, "write its curves as MOT")
    time_s = trial.time_s
    if len(time_s) < 2:  # noqa: PLR2004  # one frame has no rate
        raise DataError("the trial has a single frame", where, "a C3D file needs a rate")
    if len(time_s) + round(time_s[0] * trial.rate_hz) > _LAST_FRAME:
        raise DataError(f"there are {len(time_s)} frames, a C3D file counts to 65535", where, "write Parquet")
    rate = float((len(time_s) - 1) / (time_s[-1] - time_s[0]))
    worst = np.abs(time_s - time_s[0] - np.arange(len(time_s)) / rate).max() * rate
    if worst > _UNEVEN:
        what = f"the clock is uneven by {worst:.2f} frames, a C3D file holds one rate"
        raise DataError(what, where, "write TRC, CSV or Parquet")
    return time_s, rate


def _channels(trial: Trial, time_s: Array, rate: float) -> PlateChannels | None:
    if trial.forces is None:
        return None
    ratio = max(1, int(np.ceil(trial.forces.rate_hz / rate - _UNEVEN)))
    count = np.arange(len(time_s) * ratio)
    return plate_channels(trial, time_s[0] + count / (rate * ratio), ratio)


def _add_markers(file: Any, trial: Trial, time_s: Array, rate: float) -> None:  # noqa: ANN401
    names = () if trial.markers is None else trial.markers.skeleton.names
    points = np.empty((len(time_s), 0, 3)) if trial.markers is None else trial.markers.points
    unit = trial.length_unit or "mm"
    whole = np.ones((4, len(names), len(time_s)))
    whole[: points.shape[2]] = points.transpose(2, 1, 0) / METRES[unit]
    whole[points.shape[2] : 3] = 0.0
    unseen = ~np.isfinite(whole[0])
    whole[:3, unseen] = np.nan
    group = file["parameters"]["POINT"]
    group["RATE"]["value"] = [rate]
    group["UNITS"]["value"] = [unit]
    for key in ("LABELS", "DESCRIPTIONS"):
        group[key]["value"] = list(names)
    file["data"]["points"] = whole
    file["data"]["meta_points"]["residuals"] = np.where(unseen, -1.0, 0.0)[None]
    file["data"]["meta_points"]["camera_masks"] = np.zeros((7, len(names), len(time_s)), bool)
    first = time_s[0] * rate
    file["header"]["points"]["first_frame"] = max(0, round(first))
    if abs(first - round(first)) > 1e-6 or first < 0:  # noqa: PLR2004  # of a frame
        file.add_parameter("MIDSTANCE", "START_S", [float(time_s[0])])


def _add_plates(file: Any, plates: PlateChannels, rate: float, metres: float) -> None:  # noqa: ANN401
    count, ratio = len(plates.names), plates.ratio
    file["data"]["analogs"] = plates.values.T[None]
    analog, group = file["parameters"]["ANALOG"], file["parameters"]["FORCE_PLATFORM"]
    channels = [
        f"{letter}{p}" for p in range(1, count + 1) for letter in ("Fx", "Fy", "Fz", "Mx", "My", "Mz")
    ]
    analog["RATE"]["value"] = [rate * ratio]
    analog["LABELS"]["value"] = analog["DESCRIPTIONS"]["value"] = channels
    analog["UNITS"]["value"] = ["N", "N", "N", "Nmm", "Nmm", "Nmm"] * count
    analog["SCALE"]["value"] = [1.0] * len(channels)
    analog["OFFSET"]["value"] = [0] * len(channels)
    group["USED"]["value"] = [count]
    group["TYPE"]["value"] = [2] * count
    group["ZERO"]["value"] = [0, 0]
    group["CORNERS"]["value"] = plates.corners.transpose(2, 1, 0) / metres
    group["ORIGIN"]["value"] = np.zeros((3, count))
    group["CHANNEL"]["value"] = np.arange(1, 6 * count + 1).reshape(count, 6).T


def _add_words(file: Any, trial: Trial) -> None:  # noqa: ANN401  # the library ships no types
    """Write what is known of the recording where other programs look for it."""
    for key in ("x_screen", "y_screen"):
        if key in trial.said:
            file.add_parameter("POINT", key.upper(), [trial.said[key]])
    if "subject" in trial.said:
        file.add_parameter("SUBJECTS", "NAMES", [trial.said["subject"]])
    file.add_parameter("MANUFACTURER", "SOFTWARE", ["Midstance"])
