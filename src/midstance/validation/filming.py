"""A laboratory trial as a phone and a pose network would have seen it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import CubicSpline

from midstance.errors import DataError
from midstance.model import BODY, SIDES, Contacts, FrameChanges, Motion, Repair, Sighting, Video
from midstance.pose.legs import exchanged, identify
from midstance.virtual import Camera, Gait, KeypointErrors

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from midstance.model import Side

__all__ = ["Filmed", "Phone", "Replay", "replay", "visible"]

_SOLE_PERCENT = 8.0
_EDGE_S = 0.05  # of the trial that is left out at either end, where its curves are less sure
_LEGS = ("hip", "knee", "ankle", "heel", "toe")


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """A recorded runner who can be asked where the points are at any instant.

    Parameters
    ----------
    gait
        Surface and speed.
    duration_s
        How long it lasts from time zero [s].
    recorded
        The points of `model.BODY` in the lab frame [m], ground at Y = 0, camera's plane at Z = 0.
    """

    gait: Gait
    duration_s: float
    recorded: Motion

    def motion(self, time_s: NDArray[np.float64]) -> Motion:
        """Return the points (T, K, 3) [m] at any instants (T,) [s], NaN where the trial does not show them.

        Cubic splines through the samples: exact to far below a millimetre at laboratory rates.
        """
        time_s = np.asarray(time_s, dtype=np.float64)
        points = np.full((len(time_s), len(BODY.names), 3), np.nan)
        for k in range(len(BODY.names)):
            points[:, k] = _splined(self.recorded.points[:, k], self.recorded.time_s, time_s)
        seen = np.isfinite(points).all(axis=2).astype(np.float64)
        return Motion(points, seen, time_s, BODY, "m", "lab")


def _splined(
    points: NDArray[np.float64], clock_s: NDArray[np.float64], time_s: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return a trajectory (T, 3) on another clock; NaN beside samples that were not seen."""
    seen = np.asarray(np.isfinite(points).all(axis=1))
    if seen.sum() < 4:  # noqa: PLR2004  (a cubic needs as many)
        return np.full((len(time_s), 3), np.nan)
    after = np.clip(np.searchsorted(clock_s, time_s), 1, len(clock_s) - 1)
    known = seen[after - 1] & seen[after] & (time_s >= clock_s[0]) & (time_s <= clock_s[-1])
    values = CubicSpline(clock_s[seen], points[seen])(time_s)
    return np.asarray(np.where(known[:, None], values, np.nan))


def replay(motion: Motion, speed_m_s: float) -> Replay:
    """Make a laboratory trial on a treadmill ready to be filmed.

    Parameters
    ----------
    motion
        Points in the lab frame [m] (T, K, 3); points of `model.BODY` it does not have are not seen.
    speed_m_s
        Belt speed [m/s].

    Returns
    -------
    Replay
        The same movement, its clock from zero, the runner's mean place above the origin, the soles
        on the ground.

    Notes
    -----
    A trunk the markers do not show is left unseen. A trunk made up on the pelvis would hand the
    video path the hips' own rise and fall without the error a real trunk has.
    """
    points = np.full((len(motion.time_s), len(BODY.names), 3), np.nan)
    for k, name in enumerate(BODY.names):
        if name in motion.skeleton.names:
            points[:, k] = motion.point(name)
    hips = 0.5 * (points[:, BODY.index("left_hip")] + points[:, BODY.index("right_hip")])
    soles = points[:, [BODY.index(f"{side}_{part}") for side in SIDES for part in ("heel", "toe")], 1]
    if not (np.isfinite(hips).any() and np.isfinite(soles).any()):
        raise DataError("hips or feet are never seen", "filming the trial", "check the markers")
    forward, _, right = np.nanmean(hips, axis=0)
    origin = np.array([forward, np.nanpercentile(soles, _SOLE_PERCENT), right])
    time_s = motion.time_s - motion.time_s[0]
    moved = Motion(points - origin, np.isfinite(points[..., 0]).astype(float), time_s, BODY, "m", "lab")
    return Replay(Gait(speed_m_s=speed_m_s, surface="treadmill"), float(time_s[-1]), moved)


@dataclass(frozen=True, slots=True, eq=False)
class Filmed:
    """What a phone gave: a recording and what the pose room would have seen in it.

    Parameters
    ----------
    video, sighting
        As the pipeline takes them.
    start_s
        Time of the first frame on the clock of the laboratory's file [s].
    near_side
        The leg nearer to the camera.
    """

    video: Video
    sighting: Sighting
    start_s: float
    near_side: Side


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone beside a treadmill on which a laboratory trial is run again.

    Parameters
    ----------
    rate_hz
        Frames per second.
    distance_m, height_m
        From the runner's plane, and above the ground [m].
    time_jitter_sd_s
        Standard deviation of the instants of the frames about an even clock [s].
    errors
        What the pose network does to the points.
    seed
        Of the phase of the first frame, the jitter and the network's errors.
    """

    rate_hz: float = 60.0
    distance_m: float = 4.0
    height_m: float = 1.0
    time_jitter_sd_s: float = 0.001
    errors: KeypointErrors = field(default_factory=KeypointErrors)
    seed: int = 0

    def camera(self, side: Side) -> Camera:
        """Return the camera on one side of the runner."""
        return Camera(
            side=side,
            distance_m=self.distance_m,
            height_m=self.height_m,
            rate_hz=self.rate_hz,
            time_jitter_sd_s=self.time_jitter_sd_s,
            seed=self.seed,
        )

    def __call__(
        self, path: Path, motion: Motion, contacts: Contacts, speed_m_s: float, side: Side
    ) -> Filmed:
        """Film a trial.

        Parameters
        ----------
        path
            The laboratory's file.
        motion
            Points in the lab frame [m].
        contacts
            True contacts on the same clock: legs are exchanged in the middle of some.
        speed_m_s
            Belt speed [m/s].
        side
            From which side.

        Returns
        -------
        Filmed
            Key points as a network gives them, legs told apart again as the pose room does.
        """
        show, camera = replay(motion, speed_m_s), self.camera(side)
        phase_s = float(np.random.default_rng([self.seed, 7]).random()) / self.rate_hz
        time_s = camera.time_s(show.duration_s - 2.0 * _EDGE_S - phase_s)
        first_s = _EDGE_S + phase_s
        start_s = float(motion.time_s[0]) + first_s
        pixels = camera.film(show, time_s + first_s).at_clock(time_s)
        errors = replace(self.errors, seed=self.seed)
        spoiled = errors(pixels, camera.scene(show), _later(contacts, start_s))
        pixels, repairs = _untangled(visible(spoiled))
        return Filmed(_video(path, camera, time_s), _sighting(pixels, repairs), start_s, side)


def _later(contacts: Contacts, start_s: float) -> Contacts:
    return Contacts(contacts.side, contacts.initial_contact_s - start_s, contacts.toe_off_s - start_s)


def visible(motion: Motion) -> Motion:
    """Return the motion with no confidence in what is not seen."""
    seen = np.isfinite(motion.points).all(axis=2)
    return replace(motion, confidence=np.where(seen, motion.confidence, 0.0))


def _untangled(motion: Motion) -> tuple[Motion, tuple[Repair, ...]]:
    """Tell the legs apart by how they move, as the pose room does."""
    legs = [BODY.index(f"{side}_{part}") for side in SIDES for part in _LEGS]
    whole = np.asarray(np.isfinite(motion.points[:, legs]).all(axis=(1, 2)))
    looks = np.where(whole[:, None, None], motion.points, np.nan)[:, None]
    identity = identify(looks, motion.time_s, np.zeros(1))
    swapped = identity.swapped[:, None, None]
    points = np.where(swapped, exchanged(motion.points), motion.points)
    confidence = np.where(swapped[..., 0], _exchanged_row(motion.confidence), motion.confidence)
    rows = np.flatnonzero(identity.swapped)
    spans = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(rows) else []
    repairs = tuple(Repair(int(s[0]), int(s[-1]), "left and right leg exchanged back") for s in spans)
    return replace(motion, points=points, confidence=confidence), repairs


def _exchanged_row(confidence: NDArray[np.float64]) -> NDArray[np.float64]:
    return exchanged(confidence[..., None])[..., 0]


def _video(path: Path, camera: Camera, time_s: NDArray[np.float64]) -> Video:
    return Video(path, "0" * 64, camera.width_px, camera.height_px, 0, time_s, "replayed laboratory trial")


def _sighting(motion: Motion, repairs: tuple[Repair, ...]) -> Sighting:
    frames = len(motion.time_s)
    unknown = np.full(frames, np.nan)
    changes = FrameChanges(unknown, np.full((frames, 2), np.nan), unknown, unknown)
    spread = np.zeros(motion.confidence.shape)
    return Sighting(motion, spread, np.ones(frames), repairs, 1, 0, changes, {})
