"""Between the store and the work: what a job asks for, and where its outcome goes."""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from midstance.batch.task import Task
from midstance.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.batch.task import Kind
    from midstance.journal import AnalysisRow, Job, Recording, Store

__all__ = ["KINDS", "keep", "task_of", "tidy"]

KINDS = ("check", "analyse", "correct", "proxy")
_LAB = {"c3d", "trc", "mot", "sto", "tsv"}
_BESIDE = ("declared.standing", "laboratory.static")  # settings that name another recording
_SIGHTING = "sighting.npz"
_LONGEST_NAME = 80
_LARGEST_RECORD = 64_000_000  # bytes


def task_of(store: Store, job: Job) -> Task:
    """Return what a job asks for, with its files laid out in a folder of its own.

    Parameters
    ----------
    store
        Where the recording is.
    job
        Of one of `KINDS`.

    Returns
    -------
    Task
        For a child process.

    Raises
    ------
    InputError
        If the kind is unknown, or the recording was deleted.
    """
    if job.kind not in KINDS:
        raise InputError(
            f"there is no work of the kind {job.kind!r}", "job", f"use one of {', '.join(KINDS)}"
        )
    if job.kind in {"check", "proxy"}:
        recording = store.recordings.one(str(job.payload["recording_id"]))
        return _laid_out(store, recording, store.vault.folder(recording.id), cast("Kind", job.kind))
    return _analysis_task(store, store.analyses.one(str(job.payload["analysis_id"])))


def _analysis_task(store: Store, row: AnalysisRow) -> Task:
    folder = store.vault.folder(row.id)
    task = _laid_out(store, row.recording, folder, "analyse")
    _lend_sighting(store, row, folder)
    settings = {table: dict(values) for table, values in row.settings.items()}
    beside = {}
    for name in _BESIDE:
        table, option = name.split(".")
        if (other := settings.get(table, {}).get(option)) is not None:
            named = store.recordings.one(str(other))
            beside[name] = str(_link(store, named, task.work, f"{option} "))
    return Task(
        kind="analyse",
        source=task.source,
        original=task.original,
        folder=task.folder,
        lab=task.lab,
        settings=settings,
        runner=asdict(row.person.runner()),
        corrections=[dict(one) for one in row.corrections],
        beside=beside,
    )


def _laid_out(store: Store, recording: Recording, folder: Path, kind: Kind) -> Task:
    """Return a task with an empty folder for passing files, and the recording under its own name in it."""
    task = Task(
        kind=kind,
        source="",
        original=str(store.vault.path(recording.sha256).resolve()),
        folder=str(folder.resolve()),
        lab=recording.kind == "lab",
    )
    tidy(task)
    task.work.mkdir()
    return Task(**{**asdict(task), "source": str(_link(store, recording, task.work, ""))})


def tidy(task: Task) -> None:
    """Remove passing files of a task.

    Parameters
    ----------
    task
        Done or broken off.
    """
    shutil.rmtree(task.work, ignore_errors=True)
    for half in Path(task.folder).glob(".*"):
        if half.is_dir():
            shutil.rmtree(half, ignore_errors=True)
        else:
            half.unlink(missing_ok=True)


def _link(store: Store, recording: Recording, folder: Path, before: str) -> Path:
    """Give a recording a name that can be opened and shown, without copying it where that can be done."""
    original = store.vault.path(recording.sha256).resolve()
    link = folder / f"{before}{_safe_name(recording)}"
    for attempt in (link.symlink_to, link.hardlink_to):
        with suppress(OSError):
            attempt(original)
            return link
    shutil.copyfile(original, link)
    return link


def _safe_name(recording: Recording) -> str:
    """Return the recording's own name with nothing in it that a file system could take amiss."""
    plain = re.sub(r"[^\w .()+-]", "_", Path(recording.name.replace("\\", "/")).name).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    told = str(recording.facts.get("format") or ending.lower())
    if recording.kind == "lab":
        wanted = told if told in _LAB else "c3d"
    else:
        wanted = told if re.fullmatch(r"[a-z0-9]{2,4}", told) and told not in _LAB else "mp4"
    kept = wanted if ending.lower() != wanted else ending
    return f"{((stem if dot else plain) or 'recording')[:_LONGEST_NAME]}.{kept}"


def _lend_sighting(store: Store, row: AnalysisRow, folder: Path) -> None:
    """Take over what was seen in the same recording with the same eyes, so that nobody looks twice."""
    if (folder / _SIGHTING).is_file() or row.recording.kind == "lab":
        return
    for other in store.analyses.of(row.recording.id):
        source = store.vault.folder(other.id) / _SIGHTING
        alike = _eyes(other.settings) == _eyes(row.settings)
        same_person = _people_chosen(other) in ([], _people_chosen(row))
        if other.id != row.id and alike and same_person and source.is_file():
            with suppress(OSError):
                os.link(source, folder / _SIGHTING)
                return
            with suppress(OSError):
                shutil.copyfile(source, folder / _SIGHTING)
                return


def _eyes(settings: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return what of the settings the pose room goes by."""
    pose = {name: value for name, value in settings.get("pose", {}).items() if name != "workers"}
    return pose, settings.get("declared", {}).get("slow_motion_factor")


def _people_chosen(row: AnalysisRow) -> list[Mapping[str, Any]]:
    return [one for one in row.corrections if one.get("kind") == "person_chosen"][-1:]


def keep(store: Store, job: Job, task: Task, outcome: Mapping[str, Any]) -> dict[str, Any]:
    """Put the outcome of a job where it belongs.

    Parameters
    ----------
    store, job, task
        What was done.
    outcome
        What the child said of it; the numbers lie in its folder.

    Returns
    -------
    dict
        The result of the job.

    Raises
    ------
    InputError
        If the analysis was deleted meanwhile, or its record cannot be read.
    """
    if job.kind == "check":
        return _keep_check(store, job, task, outcome)
    if job.kind == "proxy":
        store.recordings.set_facts(str(job.payload["recording_id"]), {"proxy": True})
        return {"frames": int(outcome.get("frames", 0))}
    name = str(job.payload["analysis_id"])
    store.analyses.complete(name, _record(Path(task.folder) / "analysis.json"))
    return {"analysis_id": name}


def _keep_check(store: Store, job: Job, task: Task, outcome: Mapping[str, Any]) -> dict[str, Any]:
    name = str(job.payload["recording_id"])
    check = dict(outcome["check"])
    plays = bool(outcome.get("plays")) or task.lab
    store.recordings.set_facts(name, {"check": check, "plays": plays})
    if store.recordings.one(name).view == "unknown" and check.get("view") in {"side", "rear"}:
        store.recordings.change(name, view=check["view"])
    if not plays:
        store.jobs.add("proxy", {"recording_id": name}, key=f"proxy:{name}")
    return {"state": str(check.get("state", ""))}


def _record(path: Path) -> dict[str, Any]:
    """Return an analysis as its child wrote it."""
    try:
        large = path.stat().st_size > _LARGEST_RECORD
        record = {} if large else json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _unreadable(str(error)) from error
    if not isinstance(record, dict) or "measures" not in record:
        raise _unreadable("it is too large" if large else "it holds no measures")
    return record


def _unreadable(why: str) -> InputError:
    what = f"the outcome of the analysis cannot be read: {why}"
    return InputError(what, "analysis.json", "analyse the recording again")
