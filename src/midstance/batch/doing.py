"""What a child process does with a recording: check it, analyse it, copy it for browsers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2

from midstance import formats, pipeline, video
from midstance.errors import InputError, SettingsError
from midstance.model import Analysis, PersonChosen, Runner, Seen, Video
from midstance.settings import Settings, replaced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midstance.batch.task import Task
    from midstance.model import Correction

__all__ = ["SIGHTING", "Tell", "done"]

Tell = Callable[[float, str, dict[str, Any] | None], None]
"""Told the fraction done, what is being done, and what to go on from after a kill."""

SIGHTING = "sighting.npz"
_POSE, _WRITING = 0.9, 0.93
_OURS = {"output": {"annotated_video": False}}
_THUMBNAIL_PX = 480


def done(task: Task, tell: Tell) -> dict[str, Any]:
    """Do a task and return what came of it, as JSON can hold it.

    Parameters
    ----------
    task
        What to do.
    tell
        Told how far it is.
    """
    return {"check": _checked, "analyse": _analysed, "proxy": _copied}[task.kind](task, tell)


def _checked(task: Task, tell: Tell) -> dict[str, Any]:
    tell(0.1, "looking at the recording", None)
    found = pipeline.check(task.source)
    plays = found.kind == "video" and video.plays_in_browsers(task.source)
    return {"check": formats.check_record(found), "plays": plays}


def _copied(task: Task, tell: Tell) -> dict[str, Any]:
    recording, _ = video.probe(task.source)
    folder = Path(task.folder)
    count = video.write_proxy(recording, folder / "proxy.mp4", lambda part, what: tell(part, what, None))
    return {"frames": count}


def _analysed(task: Task, tell: Tell) -> dict[str, Any]:
    settings = _settings(task)
    if task.lab:
        analysis = pipeline.analyse(
            task.source,
            runner=_runner(task.runner),
            settings=settings,
            progress=lambda part, what: tell(_POSE * part, what, None),
        )
    else:
        analysis = _of_video(task, settings, tell)
    tell(_WRITING, "writing the results", None)
    _write(_told(analysis, task), Path(task.folder))
    return {
        "activity": analysis.activity,
        "steps": 0 if analysis.steps is None else len(analysis.steps.complete),
    }


def _of_video(task: Task, settings: Settings, tell: Tell) -> Analysis:
    """Analyse a video from the points that were found earlier, where they were."""
    corrections = [formats.read_correction(record) for record in task.corrections]
    seen = _stored(task, corrections)
    if seen is None:
        seen = pipeline.seen(
            task.source,
            settings=settings,
            chosen=_chosen(corrections),
            progress=lambda part, what: tell(_POSE * part, what, None),
        )
        formats.write_sighting(seen, Path(task.folder) / SIGHTING)
    tell(_POSE, "measuring", {"sighting": SIGHTING})
    return pipeline.corrected(
        seen.recording,
        seen.sighting,
        corrections,
        runner=_runner(task.runner),
        settings=settings,
        issues=seen.issues,
        chosen=seen.chosen,
    )


def _stored(task: Task, corrections: Sequence[Correction]) -> Seen | None:
    """Return what was seen earlier in the same file of the same person; None where nothing was."""
    path = Path(task.folder) / SIGHTING
    if not path.is_file():
        return None
    try:
        seen = formats.read_sighting(path)
    except InputError:  # of another version, or damaged: looked at anew
        return None
    same = seen.recording.sha256 == Path(task.original).name and seen.chosen == _chosen(corrections)
    return replace(seen, recording=replace(seen.recording, path=Path(task.source))) if same else None


def _chosen(corrections: Sequence[Correction]) -> PersonChosen | None:
    return next((one for one in reversed(corrections) if isinstance(one, PersonChosen)), None)


def _settings(task: Task) -> Settings:
    """Return the settings asked for, other recordings named by where they lie."""
    settings = replaced(replaced(Settings(), _OURS), task.settings)
    return replaced(settings, dict(task.beside)) if task.beside else settings


def _runner(known: Mapping[str, Any]) -> Runner:
    """Return the runner; what no runner has is left out, so that old entries hinder nothing."""
    try:
        return Runner(**known)
    except SettingsError:
        return Runner(name=str(known.get("name", "")))


def _told(analysis: Analysis, task: Task) -> Analysis:
    """Return the analysis with other recordings named as they were asked for, not by where they lie."""
    settings = dict(analysis.settings)
    for name in task.beside:
        table, option = name.split(".")
        settings[table] = {**settings[table], option: task.settings[table][option]}
    return replace(analysis, settings=settings)


def _write(analysis: Analysis, folder: Path) -> None:
    pipeline.export(analysis, folder)
    if isinstance(analysis.recording, Video):
        formats.write_player_json(analysis, folder / "player.json")
        _write_thumbnail(analysis, analysis.recording, folder / "thumbnail.jpg")


def _write_thumbnail(analysis: Analysis, recording: Video, path: Path) -> None:
    """Write a small picture of the runner at a midstance of the near leg, else of the middle of the clip."""
    frames = [m.frame for m in analysis.measures if m.frame is not None]
    wanted = frames[0] if frames else recording.frames // 2
    for rgb in video.grab(recording, [wanted]).values():
        factor = min(_THUMBNAIL_PX / max(rgb.shape[:2]), 1.0)
        small = cv2.resize(rgb, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        with formats.replacing(path) as temporary:
            cv2.imwrite(str(temporary), cv2.cvtColor(small, cv2.COLOR_RGB2BGR))
