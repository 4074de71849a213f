"""Frames of the virtual runner: figure, stage and camera put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance.model import Frame
from midstance.virtual.casting import Eye, bounds, cast
from midstance.virtual.figure import figure
from midstance.virtual.shading import Clothes, painted
from midstance.virtual.stage import Stage, shadow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from midstance.virtual.camera import Camera, View
    from midstance.virtual.performance import Performance

__all__ = ["Drawing"]

_FINER = 1.5  # the figure is drawn so much larger and scaled down: smooth edges


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a performance is drawn; calling it hands out the frames.

    Parameters
    ----------
    stage
        The scenery.
    clothes
        What the runner wears.
    """

    stage: Stage = field(default_factory=Stage)
    clothes: Clothes = field(default_factory=Clothes)

    def __call__(
        self, performance: Performance, camera: Camera, time_s: NDArray[np.float64] | None = None
    ) -> Iterator[Frame]:
        """Draw the frames of a camera.

        Parameters
        ----------
        performance
            The runner.
        camera
            The camera; its frames are drawn unless instants are given.
        time_s
            Real instants (T,) [s].

        Yields
        ------
        Frame
            On the real clock.
        """
        time = camera.time_s(performance.duration_s) if time_s is None else time_s
        view, points = camera.view(performance, time), performance.points(time)
        moved = performance.belt_m(time)
        still: NDArray[np.float32] | None = None
        for i, instant in enumerate(time):
            eye = _eye(view, i)
            if still is None or camera.follow != "fixed":
                still = self._scenery(eye, performance, camera)
            picture = still.copy()
            if performance.gait.surface == "treadmill":
                self.stage.belt(picture, eye, float(moved[i]))
            here = {name: point[i] for name, point in points.items()}
            yield Frame(i, float(instant), self._frame(picture, eye, here, performance, i))

    def empty(self, performance: Performance, camera: Camera) -> NDArray[np.uint8]:
        """Return the stage at time zero without a runner (H, W, 3)."""
        eye = _eye(camera.view(performance, np.zeros(1)), 0)
        picture = self._scenery(eye, performance, camera)
        if performance.gait.surface == "treadmill":
            self.stage.belt(picture, eye, 0.0)
        return self.stage.developed(picture, 0)

    def _scenery(self, eye: Eye, performance: Performance, camera: Camera) -> NDArray[np.float32]:
        """Return what does not move."""
        side = 1.0 if camera.side == "right" else -1.0
        size = camera.height_px, camera.width_px
        treadmill = performance.gait.surface == "treadmill"
        return self.stage.background(eye, size, side=side, treadmill=treadmill)

    def _frame(
        self,
        picture: NDArray[np.float32],
        eye: Eye,
        points: dict[str, NDArray[np.float64]],
        performance: Performance,
        number: int,
    ) -> NDArray[np.uint8]:
        """Return one photograph (H, W, 3)."""
        capsules = figure(points, performance.gait.height_m)
        shadow(picture, eye, capsules, float(points["left_hip"][0]))
        top, bottom, left, right = bounds(capsules, eye, picture.shape[:2])
        if top < bottom:
            close = eye.cropped(top, left).enlarged(_FINER)
            fine = int(_FINER * (bottom - top)), int(_FINER * (right - left))
            shown, cover = painted(cast(capsules, close, fine), capsules, close, self.clothes)
            size = right - left, bottom - top
            small = cv2.resize(shown, size, interpolation=cv2.INTER_AREA)
            part = cv2.resize(cover, size, interpolation=cv2.INTER_AREA)[..., None]
            picture[top:bottom, left:right] = picture[top:bottom, left:right] * (1.0 - part) + small
        return self.stage.developed(picture, number)


def _eye(view: View, frame: int) -> Eye:
    """Return the view of one frame."""
    camera = view.camera
    middle = 0.5 * camera.width_px, 0.5 * camera.height_px
    return Eye(view.eye_m[frame], view.axes[frame], camera.focal_px, middle)
