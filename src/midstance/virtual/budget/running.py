"""Running the experiment: render, look, analyse, compare; what is rendered and seen stays."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from multiprocessing import get_context
from typing import TYPE_CHECKING

from midstance.errors import InputError
from midstance.virtual.budget.design import Condition, designed
from midstance.virtual.budget.keeping import keep_sighting, kept_sighting
from midstance.virtual.budget.outcomes import Outcome, outcome_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from midstance.model import Sighting, Video
    from midstance.settings import Settings
    from midstance.virtual.body import Body
    from midstance.virtual.filming import Filming
    from midstance.virtual.running import Run

__all__ = ["budget", "tried"]

Progress = Callable[[float, str], None]
_SOLE_M = 0.03  # a runner says the height without shoes and hair


def budget(
    folder: Path,
    *,
    conditions: Sequence[Condition] | None = None,
    workers: int = 2,
    progress: Progress | None = None,
) -> tuple[Outcome, ...]:
    """Render and analyse every condition.

    Parameters
    ----------
    folder
        Where clips and sightings are kept: stopped and started again, the experiment goes on where it
        was. A clip of another design is made anew; numbers are always those of the program as it is.
    conditions
        The experiment; `designed()` where None.
    workers
        Processes.
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
    tell = progress or (lambda _fraction, _what: None)
    done: dict[str, Outcome] = {}
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        tasks = [pool.submit(tried, condition, folder) for condition in chosen]
        for task in as_completed(tasks):
            outcome = task.result()
            done[outcome.name] = outcome
            tell(len(done) / len(chosen), f"{outcome.name} done")
    return tuple(done[condition.name] for condition in chosen)


def tried(condition: Condition, folder: Path) -> Outcome:
    """Render one clip, analyse it as a user would, and hold it against the truth.

    Parameters
    ----------
    condition
        Which clip.
    folder
        Where clip and sighting are kept; what is there of the same condition is taken.

    Returns
    -------
    Outcome
        Also when nothing could be given: then it says why.
    """
    from midstance.model import Runner  # noqa: PLC0415  (a worker's own import)
    from midstance.pipeline import analyse_sighting  # noqa: PLC0415
    from midstance.settings import Declared, Settings  # noqa: PLC0415
    from midstance.virtual.body import load_body  # noqa: PLC0415

    body = load_body(condition.body)
    run = condition.running(body.build, condition.duration_s, body.joints)
    filming = _filming(condition)
    settings = Settings(declared=Declared(surface="treadmill", incline_percent=0.0))
    settings = replace(settings, pose=replace(settings.pose, workers=1))
    recording, sighting = _seen(condition, folder, body, run, filming, settings)
    runner = Runner(height_m=round(body.build.stature_m - _SOLE_M, 2))
    analysis = analyse_sighting(recording, sighting, runner=runner, settings=settings, pictures=True)
    _, image = filming.truth(body, run, condition.camera.time_s(run.duration_s))
    by_landmarks = replace(run, placed=body.landmark_joints)
    return outcome_of(condition, analysis, by_landmarks.truth(), image)


def _filming(condition: Condition) -> Filming:
    from midstance.virtual.filming import Filming  # noqa: PLC0415  (a worker's own import)
    from midstance.virtual.gym import Gym  # noqa: PLC0415
    from midstance.virtual.sensor import Sensor  # noqa: PLC0415
    from midstance.virtual.street import Street  # noqa: PLC0415

    sensor = Sensor(shutter_s=condition.shutter_s, seed=condition.running.seed)
    return Filming(condition.camera, Gym() if condition.scene == "gym" else Street(), sensor)


def _seen(
    condition: Condition, folder: Path, body: Body, run: Run, filming: Filming, settings: Settings
) -> tuple[Video, Sighting]:
    """Return the clip and what the pose network sees in it, made where they are not there yet."""
    from midstance import video  # noqa: PLC0415  (a worker's own import)
    from midstance.pipeline import sight  # noqa: PLC0415
    from midstance.virtual.filming import film  # noqa: PLC0415

    clip, beside = folder / f"{condition.name}.mp4", folder / f"{condition.name}.sighting.npz"
    sighting = kept_sighting(beside, condition.digest) if clip.is_file() else None
    if sighting is not None:
        return video.probe(clip)[0], sighting
    beside.unlink(missing_ok=True)
    film(clip, body, run, filming)
    recording, sighting = sight(clip, settings=settings)
    keep_sighting(beside, sighting, condition.digest)
    return recording, sighting
