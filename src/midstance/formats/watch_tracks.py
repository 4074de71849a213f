"""GPX and TCX files: a track of points, from a watch or a phone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import gpxpy
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from gpxpy.gpx import GPXException

from midstance.errors import DataError, InputError
from midstance.model import TrainingRun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from gpxpy.gpx import GPX

__all__ = ["read_gpx", "read_tcx"]

_FEET = 2.0
_STEP_M = 1.0  # heights that differ less are noise of the sensor


def read_tcx(path: Path, sha256: str = "") -> tuple[TrainingRun, tuple[str, ...]]:
    """Return the run of a TCX file, and what is doubtful about the file.

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
        If it is no TCX file, or holds no activity with a time.
    DataError
        If it holds another sport.
    """
    activity = next(_all(_tree(path), "Activity"), None)
    if activity is None:
        raise InputError("the TCX file holds no activity", path.name, "export the run itself")
    sport = activity.get("Sport", "Running")
    if sport.lower() not in {"running", "other"}:
        raise DataError(f"the TCX file holds {sport.lower()}, not running", path.name, "choose a run")
    laps = list(_all(activity, "Lap"))
    times = [lap.get("StartTime", "") for lap in laps] + _texts(activity, "Time") + _texts(activity, "Id")
    climb, descent = _heights(_numbers(activity, "AltitudeMeters"))
    cadences = [c for c in _numbers(activity, "RunCadence") or _numbers(activity, "Cadence") if c]
    beats = [b for lap in laps for rate in _all(lap, "HeartRateBpm") for b in _numbers(rate, "Value")]
    run = TrainingRun(
        started=_instant(next((time for time in times if time), ""), path),
        duration_s=_lap_sum(laps, "TotalTimeSeconds"),
        distance_m=_lap_sum(laps, "DistanceMeters"),
        climb_m=climb,
        descent_m=descent,
        cadence_spm=_FEET * _mean(cadences) if cadences else None,
        heart_rate_bpm=_mean(beats) if beats else None,
        source="tcx",
        device=next(iter(_texts(activity, "Name")), ""),
        sha256=sha256,
    )
    return run, ("The file does not say that it is a run.",) if sport.lower() == "other" else ()


def read_gpx(path: Path, sha256: str = "") -> tuple[TrainingRun, tuple[str, ...]]:
    """Return the run of a GPX file, and what is doubtful about the file.

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
        If it is no GPX file, or holds no track with times.
    """
    tree = _tree(path)  # refuses entities, which the library below would expand
    try:
        track: GPX = gpxpy.parse(path.read_text(encoding="utf-8-sig"))
    except (GPXException, UnicodeDecodeError) as error:
        raise InputError(
            f"this is not a GPX file that can be read: {error}", path.name, "export it again"
        ) from error
    bounds = track.get_time_bounds()
    if bounds.start_time is None or bounds.end_time is None:
        raise InputError(
            "the GPX file holds no track with times", path.name, "export the recorded run, not a route"
        )
    moved = track.get_moving_data()
    heights = track.get_uphill_downhill()
    cadences, beats = ([v for v in _numbers(tree, name) if v] for name in ("cad", "hr"))
    run = TrainingRun(
        started=bounds.start_time,
        duration_s=moved.moving_time or (bounds.end_time - bounds.start_time).total_seconds(),
        distance_m=track.length_2d(),
        climb_m=heights.uphill if track.has_elevations() else None,
        descent_m=heights.downhill if track.has_elevations() else None,
        cadence_spm=_FEET * _mean(cadences) if cadences else None,
        heart_rate_bpm=_mean(beats) if beats else None,
        source="gpx",
        device=track.creator or "",
        sha256=sha256,
    )
    return run, ("Distance is that of the satellite track, which is a few per cent off.",)


def _tree(path: Path) -> Element:
    try:
        root: Element = ElementTree.parse(path, forbid_dtd=True).getroot()
    except DefusedXmlException as error:
        what = "the file holds XML declarations that no watch writes"
        raise InputError(what, path.name, "export it from the watch again") from error
    except ElementTree.ParseError as error:
        raise InputError(f"the file is not whole XML: {error}", path.name, "export it again") from error
    return root


def _all(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element.iter() if child.tag.rpartition("}")[2] == name)


def _texts(element: Element, name: str) -> list[str]:
    return [child.text.strip() for child in _all(element, name) if child.text and child.text.strip()]


def _numbers(element: Element, name: str) -> list[float]:
    return [float(text) for text in _texts(element, name) if _is_number(text)]


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()


def _lap_sum(laps: list[Element], name: str) -> float | None:
    """Return the sum over laps of their own number, not of those of their points."""
    own = [float(c.text) for lap in laps for c in lap if c.tag.rpartition("}")[2] == name and c.text]
    return sum(own) if own else None


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _heights(heights_m: list[float]) -> tuple[float | None, float | None]:
    """Return metres up and metres down, steps of less than a metre gathered first."""
    if not heights_m:
        return None, None
    up = down = 0.0
    level = heights_m[0]
    for height in heights_m[1:]:
        if abs(height - level) >= _STEP_M:
            up, down = up + max(height - level, 0.0), down + max(level - height, 0.0)
            level = height
    return up, down


def _instant(text: str, path: Path) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            "the TCX file says no time of start", path.name, "export the recorded run"
        ) from error
    if instant.tzinfo is None:
        raise InputError(f"the time {text} has no zone", path.name, "export it from the watch again")
    return instant
