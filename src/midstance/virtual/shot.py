"""One run before one camera: the light of each frame."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from midstance.virtual.body import MATERIALS
from midstance.virtual.eye import Eye
from midstance.virtual.footing import lay_ground, taken_light
from midstance.virtual.materials import material
from midstance.virtual.mesh import Mesh
from midstance.virtual.moving import Moving
from midstance.virtual.places import backdrop
from midstance.virtual.rasterising import Canvas, on_screen, reach, shadowed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from midstance.virtual.camera import Camera, View
    from midstance.virtual.places import Backdrop, Place
    from midstance.virtual.posture import Posture
    from midstance.virtual.running import Run
    from midstance.virtual.sensor import Sensor

    Picture = NDArray[np.float32]

__all__ = ["Figure", "Shot", "beside", "standing"]

_STILL_RAYS, _MOVING_RAYS = 9, 2  # per pixel of the place, drawn once or for every frame
_MOST_SAMPLES, _SMEAR_PX = 12, 3.0  # one ray per so many pixels of smear
_ACROSS_CLOTH = np.array([[0.80, -0.36, 0.48], [0.30, 0.46, 0.10], [-0.60, -0.48, 0.64]])  # folds hang, askew


class Figure(Protocol):
    """What can be filmed: a `Body`, or a test's ball on one of its joints. See `Body` for the fields."""

    @property
    def vertices(self) -> NDArray[np.float32]:
        """Standing (V, 3) [m]."""

    @property
    def faces(self) -> NDArray[np.int32]:
        """Corners (F, 3)."""

    @property
    def colours(self) -> NDArray[np.uint8]:
        """As displayed (V, 3)."""

    @property
    def material(self) -> NDArray[np.uint8]:
        """Index into `body.MATERIALS` (V,)."""

    def posed(self, posture: Posture) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return corners (V, 3) [m] and normals (V, 3) at one instant."""

    def joints(self, posture: Posture) -> Mapping[str, NDArray[np.float64]]:
        """Return the points of `model.BODY`, each (T, 3) in the lab [m]."""


def beside(camera: Camera, run: Run, time_s: NDArray[np.float64]) -> View:
    """Return where a camera is.

    Parameters
    ----------
    camera
        Beside the runner.
    run
        On a treadmill, or over ground.
    time_s
        Instants (T,) [s].

    Returns
    -------
    View
        At each.
    """
    speed = run.running.speed_m_s if run.running.surface == "overground" else 0.0
    return camera.beside(speed * np.asarray(time_s), 0.5 * speed * run.duration_s)


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One run before one camera.

    Parameters
    ----------
    camera, sensor
        What films.
    place
        What stands around.
    run
        What is filmed.
    body
        Whose.
    """

    camera: Camera
    sensor: Sensor
    place: Place
    run: Run
    body: Figure
    _standing: Mesh = field(init=False)

    def __post_init__(self) -> None:
        """Dress the body."""
        object.__setattr__(self, "_standing", standing(self.body))

    @property
    def size(self) -> tuple[int, int]:
        """Height and width [px]."""
        return self.camera.height_px, self.camera.width_px

    def eye(self, time_s: float) -> Eye:
        """Return the view at an instant."""
        camera, view = self.camera, beside(self.camera, self.run, np.array([time_s]))
        middle = 0.5 * camera.width_px, 0.5 * camera.height_px
        return Eye(view.eye_m[0], view.axes[0], camera.focal_px, middle)

    def backdrop(self, time_s: float) -> Backdrop:
        """Return the place as seen while the shutter is open; coarser where it changes all the time."""
        eye = self.eye(time_s)
        if self.camera.follow == "fixed":
            return backdrop(self.place, eye, self.size, [eye] * _STILL_RAYS)
        parts = (np.arange(_MOVING_RAYS) + 0.5) / _MOVING_RAYS - 0.5
        eyes = [self.eye(time_s + float(part) * self.sensor.shutter_s) for part in parts]
        return backdrop(self.place, eye, self.size, eyes)

    def picture(self, time_s: float, still: Backdrop) -> Picture:
        """Return the light of one frame (H, W, 3)."""
        sensor, running = self.sensor, self.run.running
        offsets = sensor.instants_s()
        posture = self.run.posture(time_s + offsets)
        each = [self.body.posed(posture.at(i)) for i in range(len(posture))]
        corners, normals = (np.stack(v) for v in zip(*each, strict=True))
        middle = len(offsets) // 2
        body = shadowed(self._standing.moved(corners[middle], normals[middle]), self.place.light)
        eye = self.eye(time_s)
        picture = still.light.copy()
        around, slope = float(posture.root_m[middle, 0]), 0.01 * running.slope_percent
        taken = taken_light(body, self.place.light, around, slope)
        belt = running.speed_m_s if self.place.belt is not None else 0.0
        lay_ground(picture, still, self.place, eye, taken, around, belt * time_s, belt * sensor.shutter_s)
        self._add(picture, body, Moving(offsets, corners, normals), still, time_s)
        return picture

    def _add(self, picture: Picture, body: Mesh, moving: Moving, still: Backdrop, time_s: float) -> None:
        """Add the runner to a picture."""
        eyes = [self.eye(time_s + offset) for offset in moving.offsets_s]
        screens = [on_screen(c, e) for c, e in zip(moving.corners, eyes, strict=True)]
        part = reach(screens, self.size)
        if part is None:
            return
        top, bottom, left, right = part
        near = still.near[top:bottom, left:right]
        light, cover = np.zeros((*near.shape, 3), np.float32), np.zeros(near.shape, np.float32)
        sensor = self.sensor
        rays = _enough(sensor, screens).rays()
        late = (screens[len(eyes) // 2][:, 1] / self.size[0] - 0.5) * sensor.readout_s
        for when, down, across in rays:
            posed = body.moved(*moving.at(when, late))
            canvas = Canvas.empty(self.eye(time_s + when).cropped(top, left), near.shape, near)
            canvas.draw(posed, (across, down))
            canvas.shade(posed, self.place.light, light, cover)
        share = np.float32(1.0 / len(rays))
        free = np.float32(1.0) - share * cover[..., None]
        picture[top:bottom, left:right] = picture[top:bottom, left:right] * free + share * light


def standing(body: Figure) -> Mesh:
    """Return a body as it is drawn.

    Parameters
    ----------
    body
        With colours and materials.

    Returns
    -------
    Mesh
        Standing at the origin.
    """
    indices = np.array([material(name) for name in MATERIALS], np.int32)
    return Mesh(
        vertices_m=body.vertices,
        faces=body.faces,
        normals=np.zeros_like(body.vertices),
        colour=np.asarray((body.colours / np.float32(255.0)) ** np.float32(2.2), dtype=np.float32),
        surface_m=(body.vertices @ _ACROSS_CLOTH).astype(np.float32),
        reached=np.ones((len(body.vertices), 2), np.float32),
        material=indices[body.material[body.faces[:, 0]]],
    )


def _enough(sensor: Sensor, screens: list[Picture]) -> Sensor:
    """Return a sensor with rays enough for the smear of what moves fastest."""
    if len(screens) < 2 or sensor.samples == 1:  # noqa: PLR2004
        return sensor
    way = np.hypot(*(screens[-1] - screens[0])[:, :2].T)
    open_part = sensor.shutter_s / max(sensor.shutter_s + sensor.readout_s, 1e-9)
    wanted = int(np.ceil(np.quantile(way, 0.98) * open_part / _SMEAR_PX))
    return replace(sensor, samples=int(np.clip(wanted, sensor.samples, max(_MOST_SAMPLES, sensor.samples))))
