"""The virtual runner before the pipeline: seen points become a sighting, a sighting an analysis.

Everything behind the pose room runs for real; only decoding and the pose network are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from midstance import alignment, gait, kinematics
from midstance.model import BODY, SIDES, FrameChanges, Runner, Sighting, Video
from midstance.pipeline import doubts
from midstance.pipeline.analysing import _assembled
from midstance.pipeline.placing import placed
from midstance.settings import Declared, Settings
from midstance.virtual import Camera, KeypointErrors, perform

if TYPE_CHECKING:
    from midstance.model import Analysis, Contacts
    from midstance.virtual import Performance

EXACT = KeypointErrors.none()
NOISE = KeypointErrors(swap_rate=0.0)  # what is left of a network's errors once the legs are put right
CLOSE = Camera(focal_px=1700.0, aim_height_m=0.86)


@dataclass(frozen=True, eq=False)
class Seen:
    """A performance as a camera and a pose network saw it."""

    show: Performance
    camera: Camera
    video: Video
    sighting: Sighting

    @property
    def scene(self):
        return self.camera.scene(self.show)


@cache
def filmed(gait_, camera=CLOSE, errors=EXACT, duration_s=8.0):
    """Perform, film, spoil: what the pose room would hand on."""
    show = perform(gait_, duration_s)
    pixels = errors(camera.film(show), camera.scene(show), show.contacts)
    return seen_as(show, camera, pixels.at_clock(camera.screen_time_s(pixels.time_s)))


def seen_as(show, camera, motion):
    """Wrap a motion in the picture as the recording and the sighting that belong to it."""
    frames = len(motion.time_s)
    unknown = np.full(frames, np.nan)
    changes = FrameChanges(unknown, np.full((frames, 2), np.nan), unknown, unknown)
    video = Video(Path("run.mp4"), "0" * 64, camera.width_px, camera.height_px, 0, motion.time_s, "h264")
    sure = np.zeros(motion.confidence.shape)
    sighting = Sighting(motion, sure, np.ones(frames), (), 1, 0, changes, {"network": "0" * 64})
    return Seen(show, camera, video, sighting)


def changed(seen, change):
    """Return the same recording with other points: `change` edits a copy of them (T, K, 2) in place."""
    motion = seen.sighting.motion
    points = motion.points.copy()
    change(points)
    return seen_as(seen.show, seen.camera, motion.with_points(points))


def hidden(seen, *parts, share=1.0):
    """Return the same recording with parts of both legs never seen in its first frames."""

    def hide(points):
        until = round(share * len(points))
        for side in SIDES:
            for part in parts:
                points[:until, BODY.index(f"{side}_{part}")] = np.nan

    return changed(seen, hide)


def on_clock(seen, time_s):
    """Return the same pictures with other timestamps."""
    return seen_as(seen.show, seen.camera, seen.sighting.motion.at_clock(time_s))


def no_pictures(_count):
    return []


@cache
def whole_way(gait_, camera=CLOSE, errors=NOISE, duration_s=6.0):
    """Return a recording and its analysis, each made once."""
    seen = filmed(gait_, camera, errors, duration_s)
    return seen, analysed(seen)


def analysed(seen, runner=None, standing=None, pictures=no_pictures, **declared) -> Analysis:
    """Run the pipeline from the pose room on, in the order of `pipeline.analyse`."""
    settings = Settings(declared=Declared(**declared))
    runner = runner or Runner(height_m=seen.show.gait.height_m)
    recording = seen.video
    if settings.declared.slow_motion_factor is not None:
        recording = recording.slowed(settings.declared.slow_motion_factor, "given")
        motion = seen.sighting.motion.at_clock(recording.time_s)
        seen = seen_as(seen.show, seen.camera, motion)
    recording, found = placed(recording, seen.sighting, runner, settings, pictures)
    issues = doubts.of_picture(recording, seen.sighting, found, settings)
    rest = placed(standing.video, standing.sighting, runner, settings, pictures)[1] if standing else None
    return _assembled(recording, runner, settings, seen.sighting, found, issues, rest)


def in_lab(seen):
    """Return the motion in the lab frame by the true scene."""
    return alignment.to_lab(
        seen.sighting.motion,
        direction=seen.scene.direction,
        roll_deg=seen.scene.roll_deg,
        metres_per_pixel=seen.scene.metres_per_pixel,
    )


def locked(motion):
    """Return the mean stride of a motion in the lab frame, and its stances."""
    stride = gait.PhaseLock()(kinematics.sagittal_curves(motion))
    leg_m = {side: kinematics.leg_length(motion, side) for side in SIDES}
    return stride, gait.ContactRules()(stride, leg_m), leg_m


def found_for(found: Contacts, true: Contacts, side):
    """Return how many found contacts of a side overlap each true one (N,)."""
    own, real = found.of(side), true.of(side)
    starts, stops = found.initial_contact_s[own], found.toe_off_s[own]
    inside = (starts < true.toe_off_s[real][:, None]) & (stops > true.initial_contact_s[real][:, None])
    return inside.sum(axis=1)


def partners(found: Contacts, true: Contacts, side):
    """Return for each true contact of a side, away from the ends, the index of the nearest found one."""
    own = np.flatnonzero(found.of(side))
    middle = 0.5 * (found.initial_contact_s + found.toe_off_s)[own]
    wanted = 0.5 * (true.initial_contact_s + true.toe_off_s)[true.of(side)]
    return own[np.argmin(np.abs(middle[None] - wanted[:, None]), axis=1)]
