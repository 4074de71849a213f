"""One recording in, one analysis out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from midstance import pose, video
from midstance.model import Analysis, Issue, Runner, Seen
from midstance.pipeline import doubts
from midstance.pipeline.by_hand import ByHand
from midstance.pipeline.laboratory import analyse_trial, is_trial
from midstance.pipeline.measuring import measured, refused_measures
from midstance.pipeline.placing import Pictures, Placed, placed
from midstance.pipeline.provenance import versions
from midstance.settings import Settings, to_mapping

if TYPE_CHECKING:
    from pathlib import Path

    from midstance.model import PersonChosen, Sighting, Video

__all__ = [
    "analyse",
    "analyse_sighting",
    "analysis_of",
    "no_pictures",
    "pictures_of",
    "seen",
    "sight",
    "silent",
    "standing_clip",
]

Progress = Callable[[float, str], None]
_POSE_SHARE = (0.02, 0.97)
_NOTHING = ByHand()


def analyse(
    path: str | Path,
    *,
    runner: Runner | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Analysis:
    """Analyse a side-view video of a runner, or a laboratory's recording.

    Parameters
    ----------
    path
        The video, or a C3D, TRC or Qualisys file with markers.
    runner
        Who runs; stature gives the scale.
    settings
        Every choice; defaults where None.
    progress
        Told the fraction done, 0 to 1, and what is being done.

    Returns
    -------
    Analysis
        Measures with their intervals, the step table, curves, issues. Numbers that the recording
        cannot give are refused with the reason.

    Raises
    ------
    InputError
        If the file cannot be read.
    DataError
        If nothing at all can be given: no person, nobody moving, markers of the legs missing.
    MissingExtraError
        If the pose networks have not been fetched.
    """
    runner, settings = runner or Runner(), settings or Settings()
    tell = progress or silent
    if is_trial(path):
        return analyse_trial(path, runner, settings, tell)
    found = seen(path, settings=settings, progress=tell)
    standing = standing_clip(settings, runner, tell)
    tell(_POSE_SHARE[1], "measuring")
    analysis = analysis_of(found, runner, settings, pictures_of(found.recording), standing)
    tell(1.0, "done")
    return analysis


def seen(
    path: str | Path,
    *,
    settings: Settings | None = None,
    chosen: PersonChosen | None = None,
    progress: Progress | None = None,
) -> Seen:
    """Find the runner's points in a video, on the clock that was declared.

    Parameters
    ----------
    path
        The video file.
    settings
        As in `analyse`.
    chosen
        Whom to follow, shown by hand; the program's own choice where None.
    progress
        As in `analyse`.

    Returns
    -------
    Seen
        The video, the points and what is doubtful about the file: `corrected` goes on from there.
    """
    settings, tell = settings or Settings(), progress or silent
    tell(0.0, "reading the video")
    recording, issues = video.probe(path)
    if settings.declared.slow_motion_factor is not None:
        recording = recording.slowed(settings.declared.slow_motion_factor, "given")
    return Seen(recording, _sighted(recording, settings, tell, chosen), issues, chosen)


def sight(path: str | Path, *, settings: Settings | None = None) -> tuple[Video, Sighting]:
    """Find the runner's points in a video: the way up to the pose room.

    Parameters
    ----------
    path
        The video file.
    settings
        As in `analyse`.

    Returns
    -------
    tuple
        The video on its clock, and the points; `analyse_sighting` goes on from there.
    """
    recording, _ = video.probe(path)
    return recording, _sighted(recording, settings or Settings(), silent)


def analyse_sighting(
    recording: Video,
    sighting: Sighting,
    *,
    runner: Runner | None = None,
    settings: Settings | None = None,
    pictures: bool = False,
) -> Analysis:
    """Analyse points that were already found in a video: the way from the pose room on.

    Parameters
    ----------
    recording
        The video they were seen in, on its clock.
    sighting
        The followed runner's points in the picture.
    runner, settings
        As in `analyse`.
    pictures
        Whether the video's file is there to be opened; without it gravity rests on the ground alone.

    Returns
    -------
    Analysis
        As from `analyse`.
    """
    runner, settings = runner or Runner(), settings or Settings()
    shown = pictures_of(recording) if pictures else no_pictures
    return analysis_of(Seen(recording, sighting), runner, settings, shown, None)


def silent(_fraction: float, _what: str) -> None:
    """Tell nobody."""


def no_pictures(_count: int) -> list[Any]:
    """Give no pictures: the video's file is not there."""
    return []


def analysis_of(
    found: Seen,
    runner: Runner,
    settings: Settings,
    pictures: Pictures,
    standing: Placed | None,
    by_hand: ByHand = _NOTHING,
) -> Analysis:
    """Place the runner, doubt, measure."""
    sighting = found.sighting
    recording, place = placed(found.recording, sighting, runner, settings, pictures, by_hand.points)
    more = doubts.of_picture(recording, sighting, place, settings)
    said_again = {issue.code for issue in more}  # with more known: a low frame rate may now be a refusal
    issues = (*(issue for issue in found.issues if issue.code not in said_again), *more)
    return _assembled(recording, runner, settings, sighting, place, issues, standing, by_hand)


def _sighted(
    recording: Video, settings: Settings, tell: Progress, chosen: PersonChosen | None = None
) -> Sighting:
    """Run the pose room over the frames of the video room."""
    low, high = _POSE_SHARE

    def part(fraction: float, what: str) -> None:
        tell(low + (high - low) * fraction, what)

    frames = partial(video.frames, recording)
    return pose.estimate(recording, frames, video.FrameWatch, settings.pose, part, chosen)


def pictures_of(recording: Video) -> Callable[[int], list[Any]]:
    """Return a function that gives some pictures spread over the recording."""

    def spread(count: int) -> list[Any]:
        pictures = video.grab(recording, video.spread_indices(recording, count))
        return list(pictures.items())

    return spread


def standing_clip(settings: Settings, runner: Runner, tell: Progress) -> Placed | None:
    """Place a clip of quiet standing filmed from the same place, if one was given."""
    path = settings.declared.standing
    if path is None:
        return None
    recording, _ = video.probe(path)
    sighting = _sighted(recording, settings, tell)
    return placed(recording, sighting, runner, settings, pictures_of(recording))[1]


def _assembled(
    recording: Video,
    runner: Runner,
    settings: Settings,
    sighting: Sighting,
    found: Placed,
    issues: tuple[Issue, ...],
    standing: Placed | None,
    by_hand: ByHand = _NOTHING,
) -> Analysis:
    why, events = doubts.refusal(issues), by_hand.events
    result = measured(recording, found, settings, standing, issues, why, events) if found.gait else None
    return Analysis(
        recording=recording,
        runner=runner,
        activity=found.activity,
        scene=found.scene,
        volume=None,
        image_motion=found.image_motion,
        motion=found.motion,
        steps=result.steps if result else None,
        signals=found.signals,
        mean_strides=result.mean_strides if result else (),
        measures=result.measures if result else refused_measures(why or "no steps were found"),
        issues=(*issues, *(result.issues if result else ())),
        settings=to_mapping(settings),
        versions=versions(sighting),
    )
