"""A check of a recording within seconds, before the long analysis."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from midstance import formats, gait, video
from midstance.errors import InputError
from midstance.model import CheckItem, ClipCheck, Fitness
from midstance.pipeline.judging import expected_steps, judged, runner_px, seen_activity, viewed
from midstance.pipeline.laboratory import is_trial
from midstance.pipeline.looking import quick_look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.model import Trial

__all__ = ["check"]

_LEAST_MARKER_HZ = 100.0


def check(path: str | Path) -> ClipCheck:
    """Look at a recording for a few seconds and say what it is good for.

    Parameters
    ----------
    path
        A video, or a laboratory's file.

    Returns
    -------
    ClipCheck
        Items with a sentence each, and how to film better.

    Raises
    ------
    InputError
        If the file cannot be read.
    MissingExtraError
        If the pose networks have not been fetched.

    Notes
    -----
    Four frames spread over a video are searched for people; the runner is followed through two seconds at 20
    frames a second by the quick network. Where that shows no steps, another two seconds are looked at, and
    up to 22 seconds as if they were slow motion.
    """
    if is_trial(path):
        return _of_trial(formats.read_trial(Path(path)))
    recording, issues = video.probe(path)
    look = quick_look(recording)
    place = look.place if look.steady else None
    walk = place.gait if place else None
    facing = viewed(look)
    return ClipCheck(
        kind="video",
        items=judged(recording, issues, look),
        frame_rate_hz=recording.rate_hz,
        duration_s=recording.duration_s,
        width_px=recording.width_px,
        height_px=recording.height_px,
        codec=recording.codec,
        view=facing,
        near_side=look.place.view.near_side if look.place and look.place.view and facing == "side" else None,
        activity=seen_activity(look),
        cadence_spm=gait.cadence_spm(walk.locked) if walk else None,
        slow_motion_factor=look.recording.slow_motion_factor,
        people=look.people,
        runner_px=runner_px(look),
        expected_steps=expected_steps(look),
    )


def _of_trial(trial: Trial) -> ClipCheck:
    return ClipCheck(
        kind="lab",
        items=tuple(_trial_items(trial)),
        frame_rate_hz=trial.rate_hz,
        duration_s=trial.duration_s,
    )


def _trial_items(trial: Trial) -> Iterator[CheckItem]:
    if trial.markers is None:
        sentence = "The file holds no markers."
        yield CheckItem("markers", Fitness.BAD, sentence, "Add the file with the markers of the run.")
        return
    names = trial.markers.skeleton.names
    try:
        known = formats.recognised_marker_set(names)
    except InputError as error:
        sentence = f"The {len(names)} markers fit no known marker set."
        yield CheckItem("markers", Fitness.BAD, sentence, error.remedy)
    else:
        yield CheckItem("markers", Fitness.GOOD, f"{len(names)} markers, named as in {known.title}.")
    rate = trial.rate_hz
    state = Fitness.GOOD if rate >= _LEAST_MARKER_HZ else Fitness.BETTER
    better = "" if state is Fitness.GOOD else "Record markers at 100 Hz or more."
    yield CheckItem("frame_rate", state, f"Markers were recorded at {rate:.0f} Hz.", better)
    plates = len(trial.forces.plates) if trial.forces else 0
    if plates:
        yield CheckItem("forces", Fitness.GOOD, f"{plates} force {'plate' if plates == 1 else 'plates'}.")
    else:
        sentence = "No ground forces: landing and take-off are found from the markers."
        yield CheckItem(
            "forces", Fitness.BETTER, sentence, "Add the file with the forces where there is one."
        )
