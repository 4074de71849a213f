"""A pinhole camera beside the virtual runner: where it stands, when it exposes, what it sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from midstance.model import BODY, Motion, Scene, Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.virtual.gait import Gait

__all__ = ["Camera", "Show", "View"]


class Show(Protocol):
    """Whatever can be filmed: a runner whose points are known at any instant."""

    @property
    def gait(self) -> Gait:
        """Surface and speed."""

    @property
    def duration_s(self) -> float:
        """How long it lasts [s]."""

    def motion(self, time_s: NDArray[np.float64]) -> Motion:
        """Return the points of `model.BODY` in the lab frame [m] at any instants (T,) [s]."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Where a camera is at T instants.

    Parameters
    ----------
    camera
        Its focal length and size of picture.
    eye_m
        In the lab (T, 3) [m].
    axes
        Right, down and ahead of the view (T, 3, 3).
    """

    camera: Camera
    eye_m: NDArray[np.float64]
    axes: NDArray[np.float64]

    def project(self, points_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return column and row [px] and distance along the view [m] (T, K, 3) of points (T, K, 3) [m]."""
        seen = np.einsum("tij,tkj->tki", self.axes, points_m - self.eye_m[:, None])
        depth = seen[..., 2:]
        middle = np.array([0.5 * self.camera.width_px, 0.5 * self.camera.height_px])
        return np.concatenate([self.camera.focal_px * seen[..., :2] / depth + middle, depth], axis=-1)


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera and its clock.

    Parameters
    ----------
    side
        From which side of the runner it looks.
    distance_m, height_m, aim_height_m
        Distance to the runner's plane, height above the ground, and height of the point looked at [m].
    focal_px
        Focal length [px].
    width_px, height_px
        Size of the picture [px].
    off_axis_deg
        How far the camera has moved along a circle towards the runner's front [deg]; −90 looks
        from behind.
    roll_deg
        Angle of true vertical in the picture, + clockwise [deg], as in `model.Scene`.
    follow
        `fixed`; `pan` turns on the spot to keep the runner in the middle; `dolly` moves alongside.
    rate_hz
        Frames per second of real time.
    time_jitter_sd_s
        Standard deviation of the intervals between frames [s].
    dropped_fraction
        Part of the frames that is missing.
    slow_motion_factor
        Screen time over real time.
    seed
        Of jitter and dropped frames.
    """

    side: Side = "right"
    distance_m: float = 4.0
    height_m: float = 1.0
    aim_height_m: float = 0.92
    focal_px: float = 1150.0
    width_px: int = 720
    height_px: int = 1280
    off_axis_deg: float = 0.0
    roll_deg: float = 0.0
    follow: Literal["fixed", "pan", "dolly"] = "fixed"
    rate_hz: float = 60.0
    time_jitter_sd_s: float = 0.0
    dropped_fraction: float = 0.0
    slow_motion_factor: float = 1.0
    seed: int = 0

    def time_s(self, duration_s: float) -> NDArray[np.float64]:
        """Return the real instants (T,) [s] of the frames within a time, the first at 0."""
        count = int(np.floor(duration_s * self.rate_hz + 1e-9)) + 1
        random = np.random.default_rng([self.seed, 3])
        jitter = random.normal(0.0, self.time_jitter_sd_s, count)
        limit = 0.4 / self.rate_hz
        time = np.arange(count) / self.rate_hz + np.clip(jitter, -limit, limit)
        kept = random.random(count) >= self.dropped_fraction
        kept[0] = True
        time = time[kept]
        return np.asarray(time - time[0])

    def screen_time_s(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what a file's timestamps say (T,) [s] at real instants."""
        return np.asarray(time_s) * self.slow_motion_factor

    def film(self, performance: Show, time_s: NDArray[np.float64] | None = None) -> Motion:
        """Return where the true points are in the picture.

        Parameters
        ----------
        performance
            The runner.
        time_s
            Instants (T,) [s]; by default those of this camera's frames.

        Returns
        -------
        Motion
            Points (T, K, 2) [px] in the image frame; also where they lie outside the picture.
        """
        time = self.time_s(performance.duration_s) if time_s is None else time_s
        lab = performance.motion(time)
        points = self.view(performance, time).project(lab.points)[..., :2]
        return Motion(points, lab.confidence, lab.time_s, BODY, "px", "image")

    def view(self, performance: Show, time_s: NDArray[np.float64]) -> View:
        """Return where the camera is and how it is turned at each instant (T,).

        A fixed or panning camera stands where the runner over ground passes half-way.
        """
        moves = performance.gait.surface == "overground"
        runner = np.asarray(time_s) * (performance.gait.speed_m_s if moves else 0.0)
        half = 0.5 * performance.duration_s * (performance.gait.speed_m_s if moves else 0.0)
        return self.beside(runner, half)

    def beside(self, runner_m: NDArray[np.float64], half_m: float) -> View:
        """Return where the camera is and how it is turned when the runner is at X (T,) [m].

        A fixed or panning camera stands where the runner is half-way.
        """
        runner, half = np.asarray(runner_m, dtype=np.float64), half_m
        stand = runner if self.follow == "dolly" else np.full_like(runner, half)
        target = np.full_like(runner, half) if self.follow == "fixed" else runner
        sign = 1.0 if self.side == "right" else -1.0
        turn = np.radians(self.off_axis_deg)
        away = np.array([np.sin(turn), 0.0, sign * np.cos(turn)]) * self.distance_m
        along = np.array([1.0, 0.0, 0.0])
        eye = stand[:, None] * along + away + np.array([0.0, self.height_m, 0.0])
        ahead = target[:, None] * along + np.array([0.0, self.aim_height_m, 0.0]) - eye
        return View(self, eye, self._axes(ahead / np.linalg.norm(ahead, axis=-1, keepdims=True)))

    def _axes(self, ahead: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return right, down and ahead (T, 3, 3) of a rolled camera."""
        right = np.cross(ahead, np.array([0.0, 1.0, 0.0]))
        right = right / np.linalg.norm(right, axis=-1, keepdims=True)
        down = np.cross(ahead, right)
        cos, sin = np.cos(np.radians(self.roll_deg)), np.sin(np.radians(self.roll_deg))
        return np.stack([cos * right - sin * down, sin * right + cos * down, ahead], axis=-2)

    @property
    def direction(self) -> int:
        """+1 when the runner runs to the right of the picture, −1 to the left."""
        return 1 if self.side == "right" else -1

    def scene(self, performance: Show) -> Scene:
        """Return the scene as it truly is: what alignment should find."""
        gait = performance.gait
        scale = self.distance_m / self.focal_px
        return Scene(
            direction=self.direction,
            surface=gait.surface,
            surface_source="given",
            near_side=self.side,
            roll_deg=self.roll_deg,
            roll_sd_deg=0.0,
            roll_source="truth",
            incline_percent=0.0,
            metres_per_pixel=scale,
            scale_sd_percent=0.0,
            scale_source="height",
            scale_by_height=scale,
            scale_by_speed=scale,
            off_axis_deg=abs(self.off_axis_deg),
            speed_m_s=gait.speed_m_s,
            speed_source="given",
        )
