"""Clips of the virtual runner: a video file and the truth beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.virtual.camera import Camera
from midstance.virtual.gait import Gait
from midstance.virtual.performance import perform

if TYPE_CHECKING:
    from pathlib import Path

    from midstance.virtual.drawing import Drawing
    from midstance.virtual.performance import Performance

__all__ = ["demo_clip", "render_clip"]


def render_clip(
    path: Path, performance: Performance, camera: Camera, drawing: Drawing | None = None, *, quality: int = 23
) -> Path:
    """Render a performance into an H.264 video, and the truth into an npz of the same name.

    Parameters
    ----------
    path
        The video, `.mp4`.
    performance
        The runner.
    camera
        The camera; its slow-motion factor stretches the file's timestamps.
    drawing
        Stage and clothes.
    quality
        Constant rate factor of the encoder: smaller is finer.

    Returns
    -------
    Path
        Of the truth: instants, true points in the lab and in the picture, contacts, and the values of
        every step under the keys of the metric catalogue.
    """
    from midstance.video import VideoWriter  # noqa: PLC0415  (libav, only where a file is written)
    from midstance.virtual.drawing import Drawing as Painter  # noqa: PLC0415  (OpenCV, likewise)

    with VideoWriter(path, quality) as writer:
        for frame in (drawing or Painter())(performance, camera):
            writer.write(frame.rgb, float(camera.screen_time_s(np.array(frame.time_s))))
    return _write_truth(path.with_suffix(".npz"), performance, camera)


def _write_truth(path: Path, performance: Performance, camera: Camera) -> Path:
    """Write the truth of a clip."""
    seen, truth = camera.film(performance), performance.truth()
    arrays: dict[str, Any] = dict(
        truth.values,
        time_s=seen.time_s,
        names=np.array(seen.skeleton.names),
        lab_m=performance.motion(seen.time_s).points,
        image_px=seen.points,
        side=truth.contacts.side,
        initial_contact_s=truth.contacts.initial_contact_s,
        toe_off_s=truth.contacts.toe_off_s,
        midstance_s=truth.midstance_s,
    )
    np.savez_compressed(path, **arrays)
    return path


def demo_clip(path: Path, *, duration_s: float = 5.0) -> Path:
    """Render the demonstration: a side view on a treadmill, 720×1280, 60 frames per second.

    Parameters
    ----------
    path
        The video, `.mp4`; the truth appears beside it as `.npz`.
    duration_s
        Its length [s].

    Returns
    -------
    Path
        Of the truth.

    Notes
    -----
    The same bytes every time with the same versions of the libraries: a runner of 1.75 m at 3 m/s,
    whose left foot lands 2 cm further ahead than the right, filmed from the runner's right.
    """
    gait = Gait(
        hip_over_ankle_m=0.03,
        hip_over_ankle_difference_m=0.02,
        step_time_sd_s=0.003,
        contact_time_sd_s=0.002,
        placement_sd_m=0.006,
        seed=7,
    )
    camera = Camera(focal_px=1700.0, aim_height_m=0.86)
    return render_clip(path, perform(gait, duration_s), camera, quality=25)
