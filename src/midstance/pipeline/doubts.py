"""What is doubtful about a recording, and which numbers that withholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance import gait, video
from midstance.model import Code, EventMoved, Issue, LegsExchanged, PersonChosen, PointMoved, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from midstance.model import Correction, Scene, Sighting, Video
    from midstance.pipeline.placing import Gait, Placed
    from midstance.settings import Settings

__all__ = ["of_corrections", "of_measures", "of_picture", "refusal", "withheld"]

_SMALL_LEG_PX = 90.0
_FEW_STEPS = 4
_STEADY = 1.35
_STEADY_PACE = 2.2
_SCALES_AGREE = 0.08
_OFF_AXIS_DEG = 10.0
_TILTED_DEG = 3.0
_LEAST_RATE_HZ = 20.0

_TIMES = frozenset({"cadence_spm"})
_WALKING = frozenset({"cadence_spm", "contact_time_s", "duty_factor", "trunk_lean_deg", "speed_m_s"})
_KEPT: dict[Code, frozenset[str]] = {
    Code.NOT_SIDE_VIEW: _TIMES,
    Code.ON_THE_SPOT: _TIMES,
    Code.WALKING: _WALKING,
    Code.LOW_FRAME_RATE: _TIMES | {"trunk_lean_deg"},
}
"""What a refusal with this code leaves standing; other refusals leave nothing."""


def refusal(issues: tuple[Issue, ...]) -> str:
    """Return the sentence of the first issue that withholds numbers, empty if there is none."""
    return next((_reason(i) for i in issues if i.severity is Severity.REFUSAL), "")


def withheld(key: str, issues: tuple[Issue, ...]) -> str:
    """Return why a measure is withheld, empty if it is not."""
    for issue in issues:
        if issue.severity is Severity.REFUSAL and key not in _KEPT.get(issue.code, frozenset()):
            return _reason(issue)
    return ""


def _reason(issue: Issue) -> str:
    return issue.sentence[:1].lower() + issue.sentence[1:].rstrip(".")


def of_picture(recording: Video, sighting: Sighting, found: Placed, settings: Settings) -> tuple[Issue, ...]:
    """Return every doubt about picture, clock, view and movement."""
    parts = (
        *_of_people(sighting),
        *_of_clock(recording, sighting, found),
        *_of_view(found),
        *_of_movement(found),
        *(_of_scene(found.scene, settings) if found.scene and found.gait else ()),
    )
    return tuple(issue for issue in parts if issue is not None)


def _of_people(sighting: Sighting) -> Iterator[Issue | None]:
    if sighting.people > 1:
        yield Issue(
            Code.SEVERAL_PEOPLE,
            Severity.NOTE,
            f"{sighting.people} people are in the picture; number {sighting.person} from the left "
            "(counted from 0) was followed.",
            "If that is the wrong one, choose another with --person.",
        )
    lost = float(np.mean(sighting.score < 0.5))  # noqa: PLR2004  (the network's own even chance)
    if lost > 0.1:  # noqa: PLR2004
        yield Issue(
            Code.RUNNER_LOST,
            Severity.WARNING,
            f"The runner was lost in {100 * lost:.0f} % of the frames.",
            "Keep the whole runner in the picture, with nobody in front.",
        )
    if sighting.repairs:
        frames = sum(r.last_frame - r.first_frame + 1 for r in sighting.repairs)
        yield Issue(
            Code.LEGS_REPAIRED,
            Severity.NOTE,
            f"Left and right leg had been exchanged in {frames} {'frame' if frames == 1 else 'frames'} and "
            f"were put right: {_spans(sighting)}.",
            "More light and a faster shutter make the legs easier to tell apart.",
        )


def _spans(sighting: Sighting) -> str:
    """Return the repaired frames as a list of spans."""
    spans = [(r.first_frame, r.last_frame) for r in sighting.repairs]
    return ", ".join(f"{a}" if a == b else f"{a}\u2013{b}" for a, b in spans)


def _of_clock(recording: Video, sighting: Sighting, found: Placed) -> Iterator[Issue | None]:
    yield video.repetition(sighting.changes, recording)
    yield video.camera_motion(sighting.changes, recording)
    if recording.slow_motion_factor != 1.0 and recording.clock != "given":
        yield Issue(
            Code.SLOW_MOTION,
            Severity.WARNING,
            f"The video is in slow motion, most likely {recording.slow_motion_factor:.2g} times: "
            f"known from {recording.clock}.",
            "Give the true factor with --slow-motion.",
        )
    rate = 1.0 / float(np.median(np.diff(found.image_motion.time_s)))
    if rate < _LEAST_RATE_HZ:
        yield Issue(
            Code.LOW_FRAME_RATE,
            Severity.REFUSAL,
            f"There are only {rate:.0f} pictures per second: too few to find a contact.",
            "Film with 60 pictures per second or more.",
        )


def _of_view(found: Placed) -> Iterator[Issue | None]:
    view = found.view
    if view is None or not view.from_side:
        angle = "" if view is None else f" (about {view.off_axis_deg:.0f}° off)"
        yield Issue(
            Code.NOT_SIDE_VIEW,
            Severity.REFUSAL,
            f"The runner is not seen from the side{angle}.",
            "Film square from the side, the camera at hip height.",
        )
    elif found.feet_seen < 0.5:  # noqa: PLR2004
        yield Issue(
            Code.FEET_UNSEEN,
            Severity.REFUSAL,
            f"The near foot can be seen in only {100 * found.feet_seen:.0f} % of the frames.",
            "Film so that both feet are always in the picture and nothing hides them.",
        )
    elif view.off_axis_deg > _OFF_AXIS_DEG:
        yield Issue(
            Code.OFF_AXIS,
            Severity.WARNING,
            f"The camera looks about {view.off_axis_deg:.0f}° off the side of the runner.",
            "Stand level with the middle of the treadmill and look straight across it.",
        )


def _of_movement(found: Placed) -> Iterator[Issue | None]:
    gait_found = found.gait
    if gait_found is None:
        if found.feet_seen >= 0.5:  # noqa: PLR2004
            yield Issue(
                Code.NOT_RUNNING,
                Severity.REFUSAL,
                "Nobody runs in this video: no rhythm of the legs was found.",
                "Film at least ten steps of running.",
            )
        return
    name = found.activity
    if name == "walking":
        yield Issue(
            Code.WALKING,
            Severity.REFUSAL,
            "The person walks: the hips are low, not high, when the feet are far apart.",
            "Numbers and norms here are for running; film a run.",
        )
    elif name != "running":
        yield Issue(
            Code.ON_THE_SPOT,
            Severity.REFUSAL,
            "The feet do not travel fore and aft: running on the spot, or seen from front or rear.",
            "Film from the side while running forward, on a treadmill or past the camera.",
        )
    yield _unsteady(gait_found)
    if len(gait_found.contacts) < _FEW_STEPS:
        yield Issue(
            Code.FEW_STEPS,
            Severity.REFUSAL,
            f"Only {len(gait_found.contacts)} whole steps were found; at least {_FEW_STEPS} are needed.",
            "Film at least 20 steps.",
        )


def _unsteady(found: Gait) -> Issue | None:
    """Return an issue where the clip speeds up or slows down, by a ramp or by the runner."""
    strides = gait.stride_time_range(found.locked)
    pace = gait.pace_range(found.locked.signals)
    if strides <= _STEADY and pace <= _STEADY_PACE:
        return None
    how = (
        f"the longest stride lasts {strides:.1f} times the shortest"
        if strides > _STEADY
        else f"the feet move {pace:.1f} times faster in one part of the clip than in another"
    )
    return Issue(
        Code.SPEED_RAMP,
        Severity.REFUSAL,
        f"The clock cannot be trusted: {how}.",
        "Use the clip as the camera recorded it, without speed effects, at one steady pace.",
    )


def _of_scene(scene: Scene, settings: Settings) -> Iterator[Issue | None]:
    if scene.surface_source == "assumed":
        yield Issue(
            Code.SURFACE_ASSUMED,
            Severity.NOTE,
            f"The surface was taken to be {_SURFACES[scene.surface]}.",
            "Say it with --surface.",
        )
    if settings.declared.incline_percent is None:
        yield Issue(
            Code.INCLINE_ASSUMED, Severity.NOTE, "The ground was taken to be level.", "Say it with --incline."
        )
    if scene.scale_source == "assumed height":
        yield Issue(
            Code.HEIGHT_ASSUMED,
            Severity.WARNING,
            "Height and speed are not known: lengths rest on a person of 1.72 m.",
            "Give your height with --height, or the belt speed with --speed.",
        )
    ratio = scene.scale_by_speed / scene.scale_by_height
    if np.isfinite(ratio) and abs(ratio - 1.0) > _SCALES_AGREE:
        yield Issue(
            Code.SCALE_DISAGREES,
            Severity.WARNING,
            f"Height and speed give scales that differ by {100 * abs(ratio - 1):.0f} %.",
            "Check both numbers; treadmills are often a few per cent off.",
        )
    if abs(scene.roll_deg) > _TILTED_DEG:
        yield Issue(
            Code.CAMERA_TILTED,
            Severity.WARNING,
            f"The camera was tilted by about {abs(scene.roll_deg):.0f}°; this was taken out.",
            "Hold the camera level, best on a stand.",
        )


_SURFACES = {"treadmill": "a treadmill", "overground": "the ground, the runner passing by"}


def of_corrections(corrections: Sequence[Correction]) -> tuple[Issue, ...]:
    """Return the note that says what was corrected by hand."""
    if not corrections:
        return ()
    counts = [(sum(isinstance(one, kind) for one in corrections), *words) for kind, *words in _CORRECTED]
    said = [f"{count} {one if count == 1 else more}" for count, one, more in counts if count]
    sentence = f"Corrected by hand: {', '.join(said)}."
    return (Issue(Code.CORRECTED_BY_HAND, Severity.NOTE, sentence, "The analysis before is kept."),)


_CORRECTED = (
    (PersonChosen, "choice of the person", "choices of the person"),
    (LegsExchanged, "exchange of the legs", "exchanges of the legs"),
    (PointMoved, "point moved", "points moved"),
    (EventMoved, "event moved", "events moved"),
)


def of_measures(found: Placed, spread_m: float) -> tuple[Issue, ...]:
    """Return doubts that only the numbers show."""
    issues = [
        Issue(
            Code.FAR_LEG,
            Severity.NOTE,
            f"The {'left' if found.view and found.view.near_side == 'right' else 'right'} leg is the far "
            "one: its points are hidden half of the time and its numbers are less certain.",
            "Film the other side as well.",
        )
    ]
    if spread_m > 0.03:  # noqa: PLR2004  (metres between the definitions that should agree)
        issues.append(
            Issue(
                Code.DEFINITION_MATTERS,
                Severity.WARNING,
                f"Knee, leg line and pelvis put midstance at different instants: the answer changes by "
                f"{100 * spread_m:.1f} cm with the definition.",
                "Compare clips only under one definition.",
            )
        )
    if found.gait is not None and found.scene is not None:
        leg_px = max(found.gait.leg_m.values()) / found.scene.metres_per_pixel
        if leg_px < _SMALL_LEG_PX:
            issues.append(
                Issue(
                    Code.RUNNER_SMALL,
                    Severity.WARNING,
                    f"The runner is small in the picture: the leg is {leg_px:.0f} pixels long.",
                    "Go closer, so that the runner fills two thirds of the picture's height.",
                )
            )
    return tuple(issues)
