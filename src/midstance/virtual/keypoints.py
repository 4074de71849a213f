"""What a pose network makes of true points: its known errors, added on purpose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from midstance.model import BODY, SIDES, Motion

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Contacts, Scene

__all__ = ["KeypointErrors"]

_LEG = ("hip", "knee", "ankle", "heel", "toe")
_CORRELATION_S = 0.08


@dataclass(frozen=True, slots=True)
class KeypointErrors:
    """The error model of a pose network; calling it spoils a motion in the picture.

    Parameters
    ----------
    hip_forward_m, hip_low_m
        How far the hip point lies ahead of and below the joint [m].
    ankle_forward_m
        How far the ankle point lies ahead of the joint [m].
    far_hip_forward_m, far_knee_forward_m
        What is added for the leg away from the camera [m].
    white_sd_m, drift_sd_m
        Standard deviation of the error from frame to frame, and of the error that changes over
        about 0.08 s [m].
    far_factor
        How much larger both are for the far side.
    blur_s
        Exposure: moving points get additional scatter of a quarter of the way moved in it [s].
    swap_rate
        Part of the contacts in whose middle left and right leg are exchanged.
    swap_length_s
        Mean length of such a burst [s].
    dropout_rate
        Part of the points not seen at all (NaN, confidence 0).
    seed
        Of all randomness.

    References
    ----------
    Own measurement of a pose network on 34 rendered clips with known truth.
    """

    hip_forward_m: float = 0.0145
    hip_low_m: float = 0.022
    ankle_forward_m: float = 0.009
    far_hip_forward_m: float = -0.012
    far_knee_forward_m: float = -0.020
    white_sd_m: float = 0.004
    drift_sd_m: float = 0.006
    far_factor: float = 1.8
    blur_s: float = 0.0
    swap_rate: float = 0.1
    swap_length_s: float = 0.05
    dropout_rate: float = 0.0
    seed: int = 0

    @classmethod
    def none(cls) -> KeypointErrors:
        """Return a perfect network."""
        return cls(hip_forward_m=0.0, hip_low_m=0.0, ankle_forward_m=0.0).without_scatter()

    def without_scatter(self) -> KeypointErrors:
        """Return the same biases without noise, far-leg errors, swaps and dropouts."""
        return replace(
            self,
            far_hip_forward_m=0.0,
            far_knee_forward_m=0.0,
            white_sd_m=0.0,
            drift_sd_m=0.0,
            swap_rate=0.0,
            dropout_rate=0.0,
        )

    def __call__(self, motion: Motion, scene: Scene, contacts: Contacts) -> Motion:
        """Return the motion as a network would give it.

        Parameters
        ----------
        motion
            True points (T, K, 2) in the picture [px], as `Camera.film` gives them.
        scene
            For scale, running direction and near side.
        contacts
            When which foot is on the ground: legs are swapped around the middle of contact.

        Returns
        -------
        Motion
            Spoiled points [px], NaN where unseen, with plausible confidence.
        """
        random = np.random.default_rng([self.seed, 4])
        points = motion.points + self._bias(scene) / scene.metres_per_pixel
        scatter = self._scatter(motion, scene)
        points = points + scatter * random.standard_normal(points.shape)
        points = points + self._drift(motion, scene, random)
        swapped = self.swapped_frames(motion.time_s, contacts)
        points = np.where(swapped[:, None, None], points[:, _leg_mirror()], points)
        confidence = self._confidence(scatter * scene.metres_per_pixel, scene, swapped, random)
        unseen = random.random(confidence.shape) < self.dropout_rate
        points[unseen] = np.nan
        return replace(motion, points=points, confidence=np.where(unseen, 0.0, confidence))

    def swapped_frames(self, time_s: NDArray[np.float64], contacts: Contacts) -> NDArray[np.bool_]:
        """Return in which frames (T,) the legs are exchanged."""
        random = np.random.default_rng([self.seed, 5])
        chosen = random.random(len(contacts)) < self.swap_rate
        middle = contacts.initial_contact_s + 0.43 * contacts.duration_s
        half = 0.5 * self.swap_length_s * random.gamma(4.0, 0.25, len(contacts))
        near = np.abs(np.asarray(time_s)[:, None] - middle) <= half
        return np.asarray(np.any(near & chosen, axis=1))

    def _bias(self, scene: Scene) -> NDArray[np.float64]:
        """Return the constant error (K, 2) [m]: along the picture, down."""
        bias = np.zeros((len(BODY.names), 2))
        for side in SIDES:
            far = float(side != scene.near_side)
            forward = {
                "hip": self.hip_forward_m + far * self.far_hip_forward_m,
                "knee": far * self.far_knee_forward_m,
                "ankle": self.ankle_forward_m,
            }
            for part, value in forward.items():
                bias[BODY.index(f"{side}_{part}"), 0] = scene.direction * value
            bias[BODY.index(f"{side}_hip"), 1] = self.hip_low_m
        return bias

    def _factor(self, scene: Scene) -> NDArray[np.float64]:
        """Return how much each point (K,) scatters, over one on the near side."""
        far = "left_" if scene.near_side == "right" else "right_"
        return np.array([self.far_factor if name.startswith(far) else 1.0 for name in BODY.names])

    def _scatter(self, motion: Motion, scene: Scene) -> NDArray[np.float64]:
        """Return the standard deviation of the frame-to-frame error (T, K, 1) [px]."""
        speed = np.linalg.norm(np.gradient(motion.points, motion.time_s, axis=0), axis=-1)
        own = self.white_sd_m / scene.metres_per_pixel * self._factor(scene)
        return np.asarray(np.hypot(own, 0.25 * self.blur_s * speed)[..., None])

    def _drift(self, motion: Motion, scene: Scene, random: np.random.Generator) -> NDArray[np.float64]:
        """Return the slowly changing error (T, K, 2) [px]: a first-order process."""
        white = random.standard_normal(motion.points.shape)
        kept = np.exp(-np.diff(motion.time_s) / _CORRELATION_S)
        drift = np.empty_like(white)
        drift[0] = white[0]
        for i, keep in enumerate(kept, start=1):
            drift[i] = keep * drift[i - 1] + np.sqrt(1.0 - keep**2) * white[i]
        return drift * (self.drift_sd_m / scene.metres_per_pixel * self._factor(scene))[:, None]

    def _confidence(
        self,
        scatter_m: NDArray[np.float64],
        scene: Scene,
        swapped: NDArray[np.bool_],
        random: np.random.Generator,
    ) -> NDArray[np.float64]:
        """Return confidence (T, K): high, less on the far side, when blurred and when swapped."""
        far = (self._factor(scene) > 1.0)[None, :]
        base = np.where(far, 0.82, 0.97) - 4.0 * np.minimum(scatter_m[..., 0], 0.05)
        base = base - 0.12 * swapped[:, None]
        return np.asarray(np.clip(base + 0.02 * random.standard_normal(base.shape), 0.05, 1.0))


def _leg_mirror() -> NDArray[np.int64]:
    """Return the point indices (K,) with left and right leg exchanged."""
    mirror = BODY.mirror()
    legs = {f"{side}_{part}" for side in SIDES for part in _LEG}
    return np.array([mirror[i] if name in legs else i for i, name in enumerate(BODY.names)])
