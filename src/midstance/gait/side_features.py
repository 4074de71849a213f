"""The features of one leg's stances, and what their offsets from the events depend on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.gait.marker_curves import forefoot, leg_curves, passes
from midstance.gait.marker_features import AT_CONTACT, AT_TOE_OFF, StanceWindow, marker_features

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.gait.marker_curves import Ball
    from midstance.model import Motion, Side

__all__ = ["EVENTS", "SideFeatures", "side_features"]

EVENTS: dict[str, tuple[str, ...]] = {"initial_contact": AT_CONTACT, "toe_off": AT_TOE_OFF}
"""Features behind each event, in the order of the calibration."""

_PLAUSIBLE_SPEED_M_S = (1.5, 6.5)
_PLAUSIBLE_STRIDE_S = (0.5, 1.0)
_CENTRE_SPEED_M_S, _CENTRE_STRIDE_S = 3.5, 0.7


@dataclass(frozen=True, slots=True, eq=False)
class SideFeatures:
    """Features of one leg's stances and what their offsets depend on.

    Parameters
    ----------
    seconds
        Instants (N, F) [s] by event; NaN where not shown.
    covariates
        What offsets are multiplied with (N, V), by event; the first column is one.
    ground_m_s
        Forward velocity of the ground (N,) [m/s].
    ball
        Which part of the ball of the foot is marked.
    under_s
        When the ankle passes under the pelvis (N,) [s].
    """

    seconds: dict[str, NDArray[np.float64]]
    covariates: dict[str, NDArray[np.float64]]
    ground_m_s: NDArray[np.float64]
    ball: Ball
    under_s: NDArray[np.float64]


def side_features(motion: Motion, side: Side, low_pass_hz: float) -> SideFeatures | None:
    """Return the features of one leg's stances, None where the leg shows no step.

    Parameters
    ----------
    motion
        Motion in the lab frame [m].
    side
        Which leg.
    low_pass_hz
        Corner of the low-pass on the markers [Hz].

    Returns
    -------
    SideFeatures or None
        Features by event, in the order of `EVENTS`.
    """
    under = passes(motion, side)
    if not len(under.time_s):
        return None
    curves = leg_curves(motion, side, low_pass_hz)
    window = StanceWindow(curves, under)
    found = marker_features(window)
    ground = window.ground_m_s()
    speed = np.full(len(ground), _CENTRE_SPEED_M_S)
    if "pelvis" in curves:
        along = curves["pelvis"](under.time_s, 1)[..., 0] - ground
        speed = np.where(
            np.isfinite(along), along, np.nanmedian(along) if np.isfinite(along).any() else speed
        )
    one = np.ones(len(ground))
    at_toe_off = (
        one,
        np.clip(speed, *_PLAUSIBLE_SPEED_M_S) - _CENTRE_SPEED_M_S,
        10.0 * (np.clip(under.stride_s, *_PLAUSIBLE_STRIDE_S) - _CENTRE_STRIDE_S),
    )
    return SideFeatures(
        {event: np.stack([found[name] for name in names], axis=1) for event, names in EVENTS.items()},
        {"initial_contact": np.stack((one, _landing_pitch(window)), 1), "toe_off": np.stack(at_toe_off, 1)},
        ground,
        forefoot(motion, side)[1],
        under.time_s,
    )


def _landing_pitch(window: StanceWindow) -> NDArray[np.float64]:
    """Return the pitch of the landing foot (N,) [rad], the usual one where it is not seen."""
    pitch = window.pitch()
    seen = pitch[np.isfinite(pitch)]
    usual = float(np.median(seen)) if len(seen) else 0.1
    return np.clip(np.where(np.isfinite(pitch), pitch, usual), -0.3, 0.6)
