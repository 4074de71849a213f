"""From points in the picture to a gait in the lab frame: clock, view, gravity, scale, contacts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance import alignment, gait, kinematics, uncertainty, video
from midstance.errors import DataError
from midstance.gait import ClockReading
from midstance.model import SIDES, Motion, Runner, Scene, Side, Signals, Video
from midstance.numerics import finite_median
from midstance.pipeline.scenes import first_scene, panned_px, refined_scene

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Contacts, Sighting
    from midstance.settings import Settings

__all__ = ["Gait", "Pictures", "Placed", "leg_px", "placed"]

Pictures = Callable[[int], list[tuple[int, Any]]]
"""Gives a number of pictures spread over the recording, with their frame indices."""

_BELIEVED = 0.4
_FOOT_PARTS = ("ankle", "heel", "toe")
_FEET_NEEDED = 0.5
_THIGH_OF_LEG, _TRUNK_OF_LEG = 0.5, 0.59  # of thigh plus shank (Winter 2009, fig. 4.1)
_PLUMB_PICTURES = 5


@dataclass(frozen=True, slots=True, eq=False)
class Gait:
    """The rhythm of the legs: mean stride, its contacts, and what it is."""

    locked: gait.LockedStride
    stance: gait.StancePhases
    contacts: Contacts
    activity: gait.Activity
    leg_m: dict[Side, float]


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Everything known of the movement before it is measured.

    `gait` is None where no steps were found; `feet_seen` is the part of samples in which the near
    foot is believed; `clock` what the gait says about slow motion; `network_side` the near leg, None
    where the points are no network's: then nothing is known to be wrong with them.
    """

    image_motion: Motion
    view: alignment.View | None = None
    scene: Scene | None = None
    motion: Motion | None = None
    signals: Signals | None = None
    gait: Gait | None = None
    activity: str = "unclear"
    standing: NDArray[np.bool_] | None = None
    clock: ClockReading | None = None
    feet_seen: float = 0.0
    network_side: Side | None = None


def placed(
    recording: Video,
    sighting: Sighting,
    runner: Runner,
    settings: Settings,
    pictures: Pictures,
    by_hand: NDArray[np.bool_] | None = None,
) -> tuple[Video, Placed]:
    """Return the video on its real clock and the movement in the lab frame.

    Parameters
    ----------
    recording, sighting
        The video and what the pose room saw in it.
    runner, settings
        What is known and chosen.
    pictures
        Gives some pictures spread over the recording, for true verticals.
    by_hand
        Which points were put where they are by hand (T, K).
    """
    image = _believed(sighting.motion)
    try:
        view = alignment.camera_view(image, leg_px(image))
    except DataError:
        return recording, Placed(image)
    seen = _feet_seen(image, view.near_side)
    known = view.near_side if sighting.networks else None
    found = Placed(image, view=view, feet_seen=seen, network_side=known)
    if seen < _FEET_NEEDED:
        return recording, found
    plumb = _plumb(recording, pictures, image)
    shift_px = panned_px(recording, sighting)
    scene = first_scene(image, view, leg_px(image), plumb, shift_px, runner, settings)
    walk = _gait(_lab(image, scene, view), view.near_side, known, settings, by_hand)
    if walk is None:
        return recording, _still(found, _lab(image, scene, view), scene, settings)
    clock = _clock(walk, recording, settings)
    faster = clock.factor / recording.slow_motion_factor
    if faster != 1.0:
        how = f"cadence and free fall of the runner (probability {clock.probability:.0%})"
        recording = recording.slowed(clock.factor, how)
        image = image.at_clock(image.time_s / faster)
    contacts = replace(
        walk.contacts,
        initial_contact_s=walk.contacts.initial_contact_s / faster,
        toe_off_s=walk.contacts.toe_off_s / faster,
    )
    scene = refined_scene(image, scene, contacts, plumb, settings)
    motion = _steadied(_lab(image, scene, view), walk, faster, scene, by_hand)
    final = _gait(motion, view.near_side, known, settings, by_hand) or walk
    signals = _curves(motion, scene.near_side, known)
    standing, _ = settings.bouts(signals, max(final.leg_m.values()))
    return recording, replace(
        found,
        image_motion=image,
        scene=scene,
        motion=motion,
        signals=signals,
        gait=final,
        activity=final.activity.name,
        standing=standing,
        clock=clock,
    )


def _steadied(
    motion: Motion, walk: Gait, faster: float, scene: Scene, by_hand: NDArray[np.bool_] | None
) -> Motion:
    """Return the motion with its hips on the trunk and on their course, but for those set by hand."""
    locked, stride_s = walk.locked, walk.locked.stride_time_s / faster
    clock_s = locked.signals.time_s / faster
    steady = alignment.hips_on_trunk(motion, stride_s)
    steady = alignment.hips_on_course(steady, clock_s, locked.phase, scene.speed_m_s)
    if by_hand is None:
        return steady
    return steady.with_points(np.where(by_hand[..., None], motion.points, steady.points))


def _still(found: Placed, motion: Motion, scene: Scene, settings: Settings) -> Placed:
    """Return a person without rhythm: perhaps quiet standing, which is worth keeping."""
    signals = _curves(motion, scene.near_side, found.network_side)
    standing, _ = settings.bouts(signals, kinematics.leg_length(motion, scene.near_side))
    return replace(found, scene=scene, motion=motion, signals=signals, standing=standing, activity="standing")


def _believed(motion: Motion) -> Motion:
    """Return the motion without the points the network does not believe in."""
    points = np.where(motion.confidence[..., None] >= _BELIEVED, motion.points, np.nan)
    return motion.with_points(points)


def leg_px(image: Motion) -> float:
    """Return the length of a leg, from what can be seen of the body: leg, else thigh, else trunk [px]."""
    legs = [kinematics.leg_length(image, side) for side in SIDES]
    thighs = [_length(image, f"{side}_hip", f"{side}_knee") / _THIGH_OF_LEG for side in SIDES]
    trunks = [_length(image, f"{side}_shoulder", f"{side}_hip") / _TRUNK_OF_LEG for side in SIDES]
    for lengths in (legs, thighs, trunks):
        if np.isfinite(lengths).any():
            return float(np.nanmax(lengths))
    return float("nan")


def _length(image: Motion, start: str, end: str) -> float:
    return finite_median(np.linalg.norm(image.point(start) - image.point(end), axis=1))


def _feet_seen(image: Motion, side: Side) -> float:
    """Return the part of samples in which the whole near leg down to the toe is believed."""
    leg = [np.isfinite(image.point(f"{side}_{part}")[:, 0]) for part in ("hip", "knee", *_FOOT_PARTS)]
    return float(np.mean(np.all(leg, axis=0)))


def _plumb(recording: Video, pictures: Pictures, image: Motion) -> video.Plumb:
    shown = pictures(_PLUMB_PICTURES)
    at = finite_median(image.middle("hip")[:, 0])
    shown_s = recording.time_s[[index for index, _ in shown]]
    nearest = np.argmin(np.abs(image.time_s[:, None] - shown_s), axis=0)
    return video.plumb_line([rgb for _, rgb in shown], at, _boxes(image, nearest))


def _boxes(image: Motion, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    points = image.points[rows]
    margin = 0.15 * leg_px(image)
    low = np.where(np.isfinite(points), points, np.inf).min(axis=1) - margin
    high = np.where(np.isfinite(points), points, -np.inf).max(axis=1) + margin
    boxes = np.concatenate([low, high], axis=1)
    return np.asarray(np.where(np.isfinite(boxes), boxes, np.nan))


def _lab(image: Motion, scene: Scene, view: alignment.View) -> Motion:
    lab = alignment.to_lab(
        image,
        direction=scene.direction,
        roll_deg=scene.roll_deg,
        metres_per_pixel=scene.metres_per_pixel,
        incline_percent=scene.incline_percent,
    )
    leg_m = kinematics.leg_length(lab, view.near_side)
    if not np.isfinite(leg_m):
        return lab
    return alignment.in_plane_of_feet(lab, view.near_side, view.nearer_ahead, leg_m)


def _curves(motion: Motion, near_side: Side, known: Side | None) -> Signals:
    """Return every curve, freed from what is known to be wrong with the points on average."""
    leg_m = kinematics.leg_length(motion, near_side)
    signals = kinematics.sagittal_curves(motion)
    return uncertainty.corrected(signals, known, leg_m) if np.isfinite(leg_m) else signals


def _gait(
    motion: Motion,
    near_side: Side,
    known: Side | None,
    settings: Settings,
    by_hand: NDArray[np.bool_] | None,
) -> Gait | None:
    """Return the gait of the longest bout of movement, None if there is no rhythm of the legs."""
    signals = _curves(motion, near_side, known)
    leg_m = {side: kinematics.leg_length(motion, side) for side in SIDES}
    longest = float(np.nanmax(list(leg_m.values())))
    leg_m = {side: length if np.isfinite(length) else longest for side, length in leg_m.items()}
    _, moving = settings.bouts(signals, longest)
    if moving.sum() < 16:  # noqa: PLR2004  (samples; a rhythm needs more than one stride)
        return None
    bout = Signals(signals.values[moving], signals.names, signals.units, signals.time_s[moving])
    try:
        locked = settings.phase(bout, None if by_hand is None else _settled(motion, by_hand)[moving])
        stance = settings.contacts(locked, leg_m)
    except DataError:
        return None
    activity = gait.activity(locked, longest)
    return Gait(locked, stance, stance.contacts(locked), activity, leg_m)


def _settled(motion: Motion, by_hand: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which samples of which curve rest on a point set by hand (T, C)."""
    without = motion.with_points(np.where(by_hand[..., None], np.nan, motion.points))
    seen, left = (np.isfinite(kinematics.sagittal_curves(each).values) for each in (motion, without))
    return np.asarray(seen & ~left)


def _clock(walk: Gait, recording: Video, settings: Settings) -> ClockReading:
    """Return the slow-motion factor of the file: as declared, or what the gait makes likely."""
    if settings.declared.slow_motion_factor is not None:
        return ClockReading(settings.declared.slow_motion_factor, float("nan"), 1.0)
    if walk.activity.name != "running":
        return ClockReading(1.0, float("nan"), 1.0)
    fall = gait.free_fall_factor(walk.locked, walk.stance)
    return settings.clock(gait.cadence_spm(walk.locked), fall, recording.rate_hz)
