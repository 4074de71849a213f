"""What limited the clip and what was taken for granted, in words."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, is_dataclass
from typing import TYPE_CHECKING, Any

from midstance.model import Severity, Trial, Video
from midstance.report.words import number, seconds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.model import Analysis, Issue, Runner, Scene, Volume

__all__ = ["IssueGroup", "assumptions", "issue_groups", "settings_rows"]

_SEVERITIES = {
    Severity.REFUSAL: ("What could not be measured", "✕"),
    Severity.WARNING: ("What makes the numbers less certain", "!"),
    Severity.NOTE: ("For the record", "i"),
}
_SAID = {"given": "as you said", "assumed": "assumed: nobody said so"}


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """Issues of one severity as shown: heading, symbol, and each with its span in words."""

    title: str
    symbol: str
    severity: str
    issues: tuple[tuple[Issue, str], ...]


def issue_groups(analysis: Analysis) -> tuple[IssueGroup, ...]:
    """Return the issues by severity, the gravest first; empty groups are left out."""
    groups = []
    for severity, (title, symbol) in _SEVERITIES.items():
        own = tuple((issue, _span(issue)) for issue in analysis.issues if issue.severity is severity)
        if own:
            groups.append(IssueGroup(title, symbol, str(severity), own))
    return tuple(groups)


def _span(issue: Issue) -> str:
    if issue.start_s is None and issue.end_s is None:
        return ""
    start = "the start" if issue.start_s is None else seconds(issue.start_s)
    end = "the end" if issue.end_s is None else seconds(issue.end_s)
    return f"from {start} to {end}"


def assumptions(analysis: Analysis) -> tuple[tuple[str, str], ...]:
    """Return what the numbers rest on, as pairs of a name and a sentence."""
    rows = _clock_rows(analysis.recording) + _runner_rows(analysis.runner)
    rows += _scene_rows(analysis.scene) if analysis.scene else []
    return tuple(rows + (_volume_rows(analysis.volume) if analysis.volume else []))


def _clock_rows(recording: Video | Trial) -> list[tuple[str, str]]:
    return _trial_rows(recording) if isinstance(recording, Trial) else _video_rows(recording)


def _trial_rows(trial: Trial) -> list[tuple[str, str]]:
    held = [f"{len(trial.markers.skeleton.names)} markers"] if trial.markers else []
    if trial.forces:
        held.append(f"{_counted(len(trial.forces.plates), 'plate')} at {number(trial.forces.rate_hz, 0)} Hz")
    rate = f"{number(trial.rate_hz, 1)} Hz, {number(trial.duration_s, 1)} s"
    return [("File", f"{trial.kind.upper()}: {', '.join(held)}"), ("Recording", rate)]


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _volume_rows(volume: Volume) -> list[tuple[str, str]]:
    rows = [
        ("Axes", f"up is {volume.up}, forward {volume.forward} of the file, {volume.axes_source}"),
        ("Lengths", f"in {volume.length_unit or 'metres'} in the file"),
        ("Markers", volume.marker_set),
        ("Standing trial", volume.static or "none"),
        ("Joint centres", volume.joint_centres),
        ("Contacts", f"from {volume.contacts_from}"),
        ("Surface", f"{volume.surface}, {_SAID.get(volume.surface_source, volume.surface_source)}"),
        ("Incline", f"{number(volume.incline_percent, 1)} %"),
    ]
    if math.isfinite(volume.speed_m_s):
        rows.append(_speed_row(volume.speed_m_s, volume.speed_source))
    if math.isfinite(volume.mass_kg):
        source = "as you said" if volume.mass_source == "given" else f"from the {volume.mass_source}"
        rows.append(("Body mass", f"{number(volume.mass_kg, 1)} kg, {source}"))
    return rows


def _video_rows(video: Video) -> list[tuple[str, str]]:
    factor = video.slow_motion_factor
    slowed = "real speed" if factor == 1 else f"slow motion, {number(factor, 2)} times slower than real"
    rate = f"{number(video.rate_hz, 1)} frames a second, {number(video.duration_s, 1)} s"
    return [("Clock", f"{slowed}, from {video.clock}"), ("Recording", f"{rate} of real time")]


def _runner_rows(runner: Runner) -> list[tuple[str, str]]:
    tall = "not given" if runner.height_m is None else f"{number(runner.height_m, 2)} m, as you said"
    return [("Your height", tall)]


def _scene_rows(scene: Scene) -> list[tuple[str, str]]:
    towards = "to the right" if scene.direction > 0 else "to the left"
    rows = [
        ("Surface", f"{scene.surface}, {_SAID.get(scene.surface_source, scene.surface_source)}"),
        ("Direction", f"{towards} in the picture, {scene.near_side} leg near the camera"),
        ("Incline", f"{number(scene.incline_percent, 1)} %"),
        ("Vertical", f"{_with_margin(scene.roll_deg, scene.roll_sd_deg)}, from {scene.roll_source}"),
        ("Scale", _scale_words(scene)),
    ]
    if math.isfinite(scene.speed_m_s):
        rows.append(_speed_row(scene.speed_m_s, scene.speed_source))
    if math.isfinite(scene.off_axis_deg):
        rows.append(("View", f"{number(scene.off_axis_deg, 0)}° away from exactly sideways"))
    return rows


def _speed_row(speed_m_s: float, known_from: str) -> tuple[str, str]:
    source = "as you said" if known_from == "given" else f"from the {known_from or 'picture'}"
    return "Speed", f"{number(speed_m_s, 2)} m/s ({_pace(speed_m_s)}), {source}"


def _with_margin(roll_deg: float, sd_deg: float) -> str:
    """Return how far the camera was tilted, with its uncertainty."""
    margin = f" (± {number(sd_deg, 1)}°)" if math.isfinite(sd_deg) else ""
    return f"camera tilted by {number(abs(roll_deg), 1)}°{margin}"


def _scale_words(scene: Scene) -> str:
    size = f"1 pixel is {number(1000 * scene.metres_per_pixel, 2)} mm"
    margin = f" (± {number(scene.scale_sd_percent, 0)} %)" if math.isfinite(scene.scale_sd_percent) else ""
    known = (scene.scale_by_height, scene.scale_by_speed)
    if not all(math.isfinite(scale) and scale > 0 for scale in known):
        return f"{size}{margin}, from {scene.scale_source}"
    apart = 100 * (scene.scale_by_speed / scene.scale_by_height - 1)
    return f"{size}{margin}, from {scene.scale_source}; height and speed differ by {number(abs(apart), 0)} %"


def _pace(speed_m_s: float) -> str:
    minutes, rest = divmod(round(1000 / speed_m_s), 60)
    return f"{number(3.6 * speed_m_s, 1)} km/h, {minutes}:{rest:02d} min/km"


def settings_rows(settings: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    """Return nested settings as pairs of a dotted name and a value."""
    rows: list[tuple[str, str]] = []
    for key, given in settings.items():
        name = f"{before}{key}"
        value = asdict(given) if is_dataclass(given) and not isinstance(given, type) else given
        if hasattr(value, "items"):
            rows += settings_rows(value, f"{name}.")
        else:
            rows.append((name, value if isinstance(value, str) else json.dumps(value, default=str)))
    return rows
