"""FIT files, as watches record them: the run's sums, and its records where the sums are missing."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import fitdecode
from fitdecode.exceptions import FitError

from midstance.errors import DataError, InputError
from midstance.model import TrainingRun

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["read_fit"]

Message = dict[str, Any]
_MM, _MS = 1e-3, 1e-3
_FEET = 2.0
_ENDS_EARLY = "The file ends before its time; what it holds was taken."
_DAMAGED = "The file's check sum does not fit: some of it may be damaged."


def read_fit(path: Path, sha256: str = "") -> tuple[TrainingRun, tuple[str, ...]]:
    """Return the run of a FIT file, and what is doubtful about the file.

    Parameters
    ----------
    path
        The file.
    sha256
        Hash of its bytes, kept with the run.

    Returns
    -------
    tuple
        The run, and a sentence for each doubt.

    Raises
    ------
    InputError
        If it is no FIT file, or holds neither a session nor records.
    DataError
        If it holds another sport.
    """
    messages, doubts = _messages(path)
    session = next((m for name, m in messages if name == "session"), None)
    records = [m for name, m in messages if name == "record" and m.get("timestamp") is not None]
    if session is None and not records:
        raise InputError("the FIT file holds no activity", path.name, "export the run itself from the watch")
    sport = (session or {}).get("sport", "running")
    if sport != "running":
        raise DataError(f"the FIT file holds {sport}, not running", path.name, "choose a run")
    sums = session if session is not None else _sums(records)
    said = [*doubts, *([] if session is not None else [_ENDS_EARLY])]
    return _run(sums, records, _device(messages), sha256), tuple(dict.fromkeys(said))


def _messages(path: Path) -> tuple[list[tuple[str, Message]], list[str]]:
    """Return every data message that can be read, and the doubts about the rest."""
    found: list[tuple[str, Message]] = []
    doubts: list[str] = []
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            for message in _data(path):
                found.append(message)  # noqa: PERF402  # what came before a break is kept
        except FitError as error:
            if not found:
                what = f"this is not a FIT file that can be read: {error}"
                raise InputError(what, path.name, "copy it from the watch again") from error
            doubts.append(_ENDS_EARLY)
    doubts += [_DAMAGED] if any("CRC" in str(warning.message) for warning in heard) else []
    return found, doubts


def _data(path: Path) -> Iterator[tuple[str, Message]]:
    with fitdecode.FitReader(str(path), check_crc=fitdecode.CrcCheck.WARN) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage) and frame.name in _WANTED:
                yield frame.name, {field.name: field.value for field in frame.fields}


_WANTED = {"file_id", "session", "record"}


def _run(sums: Mapping[str, Any], records: list[Message], device: str, sha256: str) -> TrainingRun:
    cadence = _number(sums, "avg_running_cadence") or _mean(records, "cadence")
    fraction = _number(sums, "avg_fractional_cadence") or 0.0
    stance = _number(sums, "avg_stance_time") or _mean(records, "stance_time")
    bounce = _number(sums, "avg_vertical_oscillation") or _mean(records, "vertical_oscillation")
    return TrainingRun(
        started=sums["start_time"],
        duration_s=_number(sums, "total_timer_time"),
        distance_m=_number(sums, "total_distance"),
        climb_m=_number(sums, "total_ascent"),
        descent_m=_number(sums, "total_descent"),
        cadence_spm=_FEET * (cadence + fraction) if cadence else None,
        contact_time_s=stance * _MS if stance else None,
        vertical_oscillation_m=bounce * _MM if bounce else None,
        heart_rate_bpm=_number(sums, "avg_heart_rate") or _mean(records, "heart_rate"),
        source="fit",
        device=device,
        sha256=sha256,
    )


def _sums(records: list[Message]) -> Message:
    """Return what the records add up to, where the file was broken off before its sums."""
    first, last = records[0]["timestamp"], records[-1]["timestamp"]
    distances = [d for r in records if (d := _number(r, "distance")) is not None]
    return {
        "start_time": first,
        "total_timer_time": (last - first).total_seconds(),
        "total_distance": max(distances, default=None),
    }


def _number(message: Mapping[str, Any], name: str) -> float | None:
    value = message.get(name)
    return float(value) if isinstance(value, int | float) else None


def _mean(records: list[Message], name: str) -> float | None:
    """Return the mean of a quantity over the records in which it is more than nothing."""
    values = [value for r in records if (value := _number(r, name))]
    return sum(values) / len(values) if values else None


def _device(messages: list[tuple[str, Message]]) -> str:
    about = next((m for name, m in messages if name == "file_id"), {})
    words = (about.get("manufacturer"), about.get("garmin_product") or about.get("product_name"))
    return " ".join(str(word) for word in words if word)
