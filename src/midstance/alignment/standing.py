"""Quiet standing as the zero of hip over ankle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Side, Signals

__all__ = ["standing_offset"]


def standing_offset(signals: Signals, standing: NDArray[np.bool_], side: Side) -> tuple[float, float]:
    """Return hip over ankle in quiet standing and its standard error [m].

    Parameters
    ----------
    signals
        Curves with `left_hip_over_ankle_m` and `right_hip_over_ankle_m`.
    standing
        Which samples are quiet standing (T,).
    side
        Which leg.

    Returns
    -------
    tuple of float
        Median and its standard error [m], NaN where nobody stands. Sway makes neighbouring
        samples alike: one independent sample for each half second is counted.
    """
    values = signals.curve(f"{side}_hip_over_ankle_m")[standing]
    values = values[np.isfinite(values)]
    if not len(values):
        return float("nan"), float("nan")
    clock = signals.time_s[standing]
    independent = max(1.0, (clock[-1] - clock[0]) / 0.5)
    return float(np.median(values)), float(np.std(values) / np.sqrt(independent))
