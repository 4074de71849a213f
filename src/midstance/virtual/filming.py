"""A run filmed: body, place and camera put together, frame by frame, with the truth beside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from midstance.errors import SettingsError
from midstance.model import BODY, Frame, Motion
from midstance.virtual.camera import Camera
from midstance.virtual.gym import Gym
from midstance.virtual.places import Course
from midstance.virtual.sensor import Sensor
from midstance.virtual.shot import Shot, beside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from midstance.virtual.places import Backdrop, Place
    from midstance.virtual.running import Run
    from midstance.virtual.shot import Figure

__all__ = ["Filming", "Scenery", "course", "film"]

_NUDGE_S = 1e-3


class Scenery(Protocol):
    """What stands around: a gym or a street."""

    def __call__(self, camera: Camera, course: Course) -> Place:
        """Build the place around a camera."""


@dataclass(frozen=True, slots=True)
class Filming:
    """How a run is filmed; calling it hands out the frames.

    Parameters
    ----------
    camera
        Where it stands and when it exposes.
    scenery
        What stands around.
    sensor
        What it makes of light.
    """

    camera: Camera = field(default_factory=Camera)
    scenery: Scenery = field(default_factory=Gym)
    sensor: Sensor = field(default_factory=Sensor)

    def __post_init__(self) -> None:
        """Refuse what is not drawn."""
        if self.sensor.readout_s and self.camera.follow != "fixed":
            raise SettingsError(
                "rows exposed one after another are drawn for a camera that stands still only",
                "sensor.readout_s, camera.follow",
                "set readout_s = 0 or follow = 'fixed'",
            )

    def __call__(self, body: Figure, run: Run, time_s: NDArray[np.float64] | None = None) -> Iterator[Frame]:
        """Film a run.

        Parameters
        ----------
        body
            The body.
        run
            Its motion.
        time_s
            Real instants (T,) [s]; by default those of the camera's frames.

        Yields
        ------
        Frame
            On the real clock.
        """
        shot = Shot(self.camera, self.sensor, self.scenery(self.camera, course(run)), run, body)
        times = self.camera.time_s(run.duration_s) if time_s is None else time_s
        still: Backdrop | None = None
        for number, instant in enumerate(times):
            if still is None or self.camera.follow != "fixed":
                still = shot.backdrop(float(instant))
            picture = shot.picture(float(instant), still)
            yield Frame(number, float(instant), self.sensor.developed(picture, number))

    def truth(self, body: Figure, run: Run, time_s: NDArray[np.float64]) -> tuple[Motion, Motion]:
        """Return the true points in the lab and in the picture.

        Parameters
        ----------
        body
            The body.
        run
            Its motion.
        time_s
            Instants of the frames (T,) [s].

        Returns
        -------
        tuple of Motion
            In the lab at those instants (T, K, 3) [m]; in the picture (T, K, 2) [px], each point at
            the instant at which its own row was exposed.
        """
        lab = _stacked(body, run, time_s)
        seen = self._seen(run, time_s, lab)
        if self.sensor.readout_s:
            before, after = (
                self._seen(run, time_s + nudge, _stacked(body, run, time_s + nudge))
                for nudge in (-_NUDGE_S, _NUDGE_S)
            )
            speed = (after - before) / (2.0 * _NUDGE_S)
            per_row = self.sensor.readout_s / self.camera.height_px
            late = (seen[..., 1:] - 0.5 * self.camera.height_px) * per_row
            seen = seen + speed * late / (1.0 - speed[..., 1:] * per_row)
        sure = np.ones(lab.shape[:2])
        return Motion(lab, sure, time_s, BODY, "m", "lab"), Motion(seen, sure, time_s, BODY, "px", "image")

    def _seen(
        self, run: Run, time_s: NDArray[np.float64], points: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return where points (T, K, 3) are in the picture (T, K, 2) [px]."""
        return beside(self.camera, run, time_s).project(points)[..., :2]


def course(run: Run) -> Course:
    """Return where a run leads.

    Parameters
    ----------
    run
        On a treadmill, or over ground.

    Returns
    -------
    Course
        For a place to be built along it.
    """
    running = run.running
    travel = running.speed_m_s * run.duration_s if running.surface == "overground" else 0.0
    return Course(0.5 * travel, travel, 0.01 * running.slope_percent)


def _stacked(body: Figure, run: Run, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the points of a body (T, K, 3) in the lab [m]."""
    points = body.joints(run.posture(time_s))
    return np.stack([points[name] for name in BODY.names], axis=1)


def film(path: Path, body: Figure, run: Run, filming: Filming | None = None, *, quality: int = 23) -> Path:
    """Film a run into an H.264 video, and write the truth into an npz of the same name.

    Parameters
    ----------
    path
        The video, `.mp4`.
    body
        The body.
    run
        Its motion.
    filming
        Camera, place and sensor.
    quality
        Constant rate factor of the encoder: smaller is finer.

    Returns
    -------
    Path
        Of the truth: instants, true points in the lab and in the picture, contacts, and the values of
        every step under the keys of the metric catalogue.
    """
    from midstance.video import VideoWriter  # noqa: PLC0415  (libav, only where a file is written)

    filming = filming or Filming()
    camera = filming.camera
    times = camera.time_s(run.duration_s)
    with VideoWriter(path, quality) as writer:
        for frame in filming(body, run, times):
            writer.write(frame.rgb, float(camera.screen_time_s(np.array(frame.time_s))))
    return _write_truth(path.with_suffix(".npz"), body, run, filming, times)


def _write_truth(path: Path, body: Figure, run: Run, filming: Filming, time_s: NDArray[np.float64]) -> Path:
    """Write the truth of a clip."""
    lab, seen = filming.truth(body, run, time_s)
    steps = run.truth()
    contacts = steps.contacts
    arrays: dict[str, Any] = dict(
        steps.values,
        time_s=time_s,
        names=np.array(BODY.names),
        lab_m=lab.points.astype(np.float32),
        image_px=seen.points.astype(np.float32),
        side=contacts.side,
        initial_contact_s=contacts.initial_contact_s,
        toe_off_s=contacts.toe_off_s,
        midstance_s=steps.midstances.time_s,
    )
    np.savez_compressed(path, **arrays)
    return path
