"""Strides as people read them: the mean stride of each leg from its initial contact on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.model import MeanStride, Side
from midstance.numerics import robust_sd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.gait.contacts import StancePhases
    from midstance.gait.phase import LockedStride

__all__ = ["mean_stride"]

_TURN = 2.0 * np.pi
_POINTS = 101
_SD_BINS = 20


def mean_stride(locked: LockedStride, stance: StancePhases, side: Side, midstance_rad: float) -> MeanStride:
    """Return the phase-locked mean stride of one leg, 0 to 100 % from its initial contact.

    Parameters
    ----------
    locked, stance
        All samples pooled by phase, and the instants of contact.
    side
        The leg; of the sided curves only its own are kept, without their prefix.
    midstance_rad
        Phase of its midstance [rad].

    Returns
    -------
    MeanStride
        101 points of every curve of this leg and of the trunk.
    """
    phase = np.linspace(0.0, 100.0, _POINTS)
    landing = stance.initial_contact[side]
    place = landing + _TURN * phase / 100.0
    chosen = [
        (i, name.removeprefix(f"{side}_"), locked.signals.units[i])
        for i, name in enumerate(locked.signals.names)
        if not name.startswith(("left_", "right_")) or name.startswith(f"{side}_")
    ]
    values = np.stack([locked.curves(place, i) for i, _, _ in chosen], axis=1)
    since = (locked.phase - landing) % _TURN
    return MeanStride(
        side=side,
        phase=phase,
        values=values,
        sd=np.stack([_spread(locked, i, since, phase) for i, _, _ in chosen], axis=1),
        names=tuple(name for _, name, _ in chosen),
        units=tuple(unit for _, _, unit in chosen),
        toe_off_percent=100.0 * (stance.toe_off[side] - landing) / _TURN,
        midstance_percent=100.0 * (midstance_rad - landing) / _TURN,
        stride_time_s=locked.stride_time_s,
        n=int(locked.strides),
    )


def _spread(
    locked: LockedStride, column: int, since: NDArray[np.float64], phase_percent: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the robust spread of the samples around the mean curve, by phase."""
    residual = locked.signals.values[:, column] - locked.curves(locked.phase, column)
    bins = (since / _TURN * _SD_BINS).astype(int) % _SD_BINS
    by_bin = np.array(
        [robust_sd(residual[bins == b]) if (bins == b).any() else np.nan for b in range(_SD_BINS)]
    )
    centres = (np.arange(_SD_BINS) + 0.5) * 100.0 / _SD_BINS
    seen = np.isfinite(by_bin)
    if not seen.any():
        return np.full(len(phase_percent), np.nan)
    return np.asarray(np.interp(phase_percent, centres[seen], by_bin[seen], period=100.0))
