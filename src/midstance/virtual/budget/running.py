"""Running the experiment: render, analyse, compare; what is done stays done."""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, fields, replace
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from midstance.errors import InputError
from midstance.virtual.budget.design import Condition, designed
from midstance.virtual.budget.outcomes import Found, Outcome, outcome_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from midstance.virtual.filming import Scenery

__all__ = ["budget", "outcomes_in", "tried"]

Progress = Callable[[float, str], None]


def budget(
    folder: Path,
    *,
    conditions: Sequence[Condition] | None = None,
    workers: int = 2,
    keep_clips: bool = False,
    progress: Progress | None = None,
) -> tuple[Outcome, ...]:
    """Render and analyse every condition that has no outcome yet.

    Parameters
    ----------
    folder
        Where the outcomes are kept, one file for each condition: stopped and started again, the
        experiment goes on where it was. An outcome of another design is made anew.
    conditions
        The experiment; `designed()` where None.
    workers
        Processes.
    keep_clips
        Whether clips stay in the folder after their analysis.
    progress
        Told the fraction done, 0 to 1, and what is being done.

    Returns
    -------
    tuple of Outcome
        Of every condition, in their order.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    chosen = tuple(conditions) if conditions is not None else designed()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"the folder cannot be made: {error.strerror}", str(folder), "choose another"
        ) from error
    done = outcomes_in(folder, chosen)
    tell = progress or (lambda _fraction, _what: None)
    left = [condition for condition in chosen if condition.name not in done]
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        tasks = [pool.submit(tried, condition, folder, keep_clip=keep_clips) for condition in left]
        for task in as_completed(tasks):
            outcome = task.result()
            done[outcome.name] = outcome
            tell(len(done) / len(chosen), f"{outcome.name} done")
    return tuple(done[condition.name] for condition in chosen)


def outcomes_in(folder: Path, conditions: Sequence[Condition]) -> dict[str, Outcome]:
    """Return the outcomes that are there already, by name of their condition.

    Parameters
    ----------
    folder
        Where they are kept.
    conditions
        Of the experiment; an outcome with another digest is left out.

    Returns
    -------
    dict
        Name → outcome.
    """
    there = {}
    for condition in conditions:
        path = folder / f"{condition.name}.json"
        if path.is_file():
            outcome = _read(path)
            if outcome.digest == condition.digest:
                there[outcome.name] = outcome
    return there


def tried(condition: Condition, folder: Path, *, keep_clip: bool = False) -> Outcome:
    """Render one clip, analyse it as a user would, and keep what it gave.

    Parameters
    ----------
    condition
        Which clip.
    folder
        Where its outcome is kept.
    keep_clip
        Whether the clip stays.

    Returns
    -------
    Outcome
        Also when nothing could be given: then it says why.
    """
    from midstance.model import Runner  # noqa: PLC0415  (a worker's own import)
    from midstance.pipeline import analyse  # noqa: PLC0415
    from midstance.settings import Declared, Settings  # noqa: PLC0415
    from midstance.virtual.body import load_body  # noqa: PLC0415
    from midstance.virtual.filming import Filming, film  # noqa: PLC0415
    from midstance.virtual.sensor import Sensor  # noqa: PLC0415

    start = time.process_time()
    body = load_body(condition.body)
    run = condition.running(body.build, condition.duration_s)
    clip = folder / f"{condition.name}.mp4"
    sensor = Sensor(shutter_s=condition.shutter_s, seed=condition.running.seed)
    filming = Filming(condition.camera, _scenery(condition.scene), sensor)
    film(clip, body, run, filming)
    rendered = time.process_time()
    declared = Declared(surface="treadmill", incline_percent=0.0)
    settings = Settings(declared=declared)
    settings = replace(settings, pose=replace(settings.pose, workers=1))
    runner = Runner(height_m=round(body.build.stature_m - _SOLE_M, 2))
    analysis = analyse(clip, runner=runner, settings=settings)
    camera = condition.camera
    _, image = filming.truth(body, run, camera.time_s(run.duration_s))
    outcome = outcome_of(
        condition.name, condition.digest, analysis, run.truth(), image, camera.roll_deg, camera.side
    )
    outcome = replace(outcome, seconds=(rendered - start, time.process_time() - rendered))
    if not keep_clip:
        clip.unlink(missing_ok=True)
        clip.with_suffix(".npz").unlink(missing_ok=True)
    _write(outcome, folder / f"{condition.name}.json")
    return outcome


def _scenery(name: str) -> Scenery:
    """Return the place of a condition."""
    from midstance.virtual.gym import Gym  # noqa: PLC0415  (a worker's own import)
    from midstance.virtual.street import Street  # noqa: PLC0415

    return Gym() if name == "gym" else Street()


_SOLE_M = 0.025  # a runner says the height without shoes


def _write(outcome: Outcome, path: Path) -> None:
    """Write an outcome, whole or not at all."""
    temporary = path.with_suffix(".part")
    temporary.write_text(json.dumps(_plain(asdict(outcome)), indent=1) + "\n", encoding="utf-8")
    temporary.replace(path)


def _plain(value: Any) -> Any:  # noqa: ANN401  # whatever an outcome holds
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _read(path: Path) -> Outcome:
    values = json.loads(path.read_text(encoding="utf-8"))
    found = tuple(Found(**{f.name: _number(one[f.name]) for f in fields(Found)}) for one in values["found"])
    rest = {f.name: _number(values[f.name]) for f in fields(Outcome) if f.name not in {"found", "seconds"}}
    return Outcome(**rest, found=found, seconds=tuple(values["seconds"]))


def _number(value: Any) -> Any:  # noqa: ANN401  # whatever an outcome holds
    return float("nan") if value is None else value
