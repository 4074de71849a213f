"""The scene: surface, gravity, scale and speed, before and after the contacts are known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from midstance import alignment, kinematics, video
from midstance.model import Scene

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Contacts, Motion, Runner, Sighting, Video
    from midstance.settings import Settings

__all__ = ["first_scene", "panned_px", "refined_scene"]

_ASSUMED_HEIGHT_M = 1.72


def first_scene(
    image: Motion,
    view: alignment.View,
    leg_px: float,
    plumb: video.Plumb,
    shift_px: NDArray[np.float64],
    runner: Runner,
    settings: Settings,
) -> Scene:
    """Return the scene before any contact is known: verticals and stature only."""
    declared = settings.declared
    down = _down(plumb, view.direction, view.off_axis_deg, settings)
    length = kinematics.leg_length(image, view.near_side)
    height = runner.height_m or _ASSUMED_HEIGHT_M
    scale = alignment.scale_by_height(length if np.isfinite(length) else leg_px, height)
    surface = declared.surface or _surface(image, leg_px, shift_px)
    return Scene(
        direction=view.direction,
        surface=surface,
        surface_source="given" if declared.surface else "assumed",
        near_side=view.near_side,
        roll_deg=down.roll_deg,
        roll_sd_deg=down.sd_deg,
        roll_source=down.source,
        incline_percent=declared.incline_percent or 0.0,
        metres_per_pixel=scale,
        scale_sd_percent=4.0 if runner.height_m else 8.0,
        scale_source="height" if runner.height_m else "assumed height",
        scale_by_height=scale if runner.height_m else float("nan"),
        scale_by_speed=float("nan"),
        off_axis_deg=view.off_axis_deg,
        speed_m_s=float("nan"),
        speed_source="",
    )


def _down(
    plumb: video.Plumb,
    direction: int,
    off_axis_deg: float,
    settings: Settings,
    ground_slope_deg: tuple[float, float] = (float("nan"), float("nan")),
) -> alignment.Gravity:
    """Return gravity in the picture, from whatever is known so far."""
    return alignment.gravity(
        declared_deg=settings.declared.roll_deg,
        plumb_deg=plumb.tilt_deg,
        plumb_sd_deg=plumb.sd_deg,
        ground_slope_deg=ground_slope_deg[0],
        ground_sd_deg=ground_slope_deg[1],
        incline_percent=settings.declared.incline_percent,
        direction=direction,
        off_axis_deg=off_axis_deg,
    )


def panned_px(recording: Video, sighting: Sighting) -> NDArray[np.float64]:
    """Return how far the background has moved along the picture at each sample (T,) [px]."""
    moved = np.cumsum(np.nan_to_num(sighting.changes.shift_px[:, 0]))
    return np.interp(sighting.motion.time_s, recording.time_s, moved)


def _surface(
    image: Motion, leg_px: float, shift_px: NDArray[np.float64]
) -> Literal["treadmill", "overground"]:
    """Return `overground` when the runner moves against the background, else `treadmill`."""
    hips = image.middle("hip")[:, 0] - shift_px
    seen = hips[np.isfinite(hips)]
    part = max(len(seen) // 5, 1)
    travelled = abs(float(np.median(seen[-part:]) - np.median(seen[:part])))
    seconds = float(image.time_s[-1] - image.time_s[0])
    return "overground" if travelled > 0.5 * leg_px * max(seconds, 1.0) ** 0.5 else "treadmill"


def refined_scene(
    image: Motion,
    first: Scene,
    contacts: Contacts,
    plumb: video.Plumb,
    settings: Settings,
) -> Scene:
    """Return the scene with what the contacts add: ground line, speed, the second scale."""
    level = alignment.to_lab(image, direction=first.direction, roll_deg=0.0, metres_per_pixel=1.0)
    slope = alignment.ground_slope_deg(level, contacts, first.surface)
    down = _down(plumb, first.direction, first.off_axis_deg, settings, slope)
    foot_px_s = alignment.stance_speed(level, contacts, first.near_side, first.surface)
    return _scaled(
        replace(first, roll_deg=down.roll_deg, roll_sd_deg=down.sd_deg, roll_source=down.source),
        foot_px_s,
        settings.declared.speed_m_s,
    )


def _scaled(scene: Scene, foot_px_s: float, speed_m_s: float | None) -> Scene:
    """Return the scene with speed, and with the scale that is surer: stature's, or speed's without it."""
    if speed_m_s is None:
        speed = foot_px_s * scene.metres_per_pixel
        return replace(scene, speed_m_s=speed, speed_source="stance foot" if np.isfinite(speed) else "")
    by_speed = alignment.scale_by_speed(speed_m_s, foot_px_s)
    scene = replace(scene, speed_m_s=speed_m_s, speed_source="given", scale_by_speed=by_speed)
    if scene.scale_source == "height" or not np.isfinite(by_speed):
        return scene
    return replace(scene, metres_per_pixel=by_speed, scale_source="speed", scale_sd_percent=5.0)
