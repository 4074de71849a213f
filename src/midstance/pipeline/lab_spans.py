"""Numbers of a laboratory recording that belong to no leg: over whole strides and steps."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.pipeline.lab_placing import LabBody
    from midstance.pipeline.lab_steps import LabSteps

    Columns = dict[str, NDArray[np.float64]]

__all__ = ["stride_numbers"]

_RANGES = {
    "pelvic_obliquity_range_deg": "right_pelvic_obliquity_deg",
    "pelvic_rotation_range_deg": "right_pelvic_rotation_deg",
    "pelvic_tilt_range_deg": "pelvic_tilt_deg",
    "side_bend_range_deg": "right_side_bend_deg",
    "twist_range_deg": "right_twist_deg",
}


def stride_numbers(body: LabBody, found: LabSteps, speed_m_s: float) -> Columns:
    """Return the numbers that belong to no leg, one for each stride or step (N,).

    Parameters
    ----------
    body, found
        The runner and the steps.
    speed_m_s
        Running speed [m/s]; NaN if unknown.

    Returns
    -------
    dict
        Values (N,) by key of the catalogue.
    """
    starts = found.contacts.initial_contact_s
    alternate = found.contacts.side[1:] != found.contacts.side[:-1]
    first = starts[found.contacts.of("left")]
    if len(first) < 2:  # noqa: PLR2004
        first = starts[found.contacts.of("right")]
    spans = list(pairwise(first))
    numbers: Columns = {
        "cadence_spm": 60.0 / np.diff(starts)[alternate],
        "speed_m_s": np.array([speed_m_s]),
        "vertical_oscillation_m": _range_of(body, "pelvis_height_m", _steps_spans(found)),
        "trunk_lean_deg": _mean_of(body, "trunk_lean_deg", spans),
        "pelvic_tilt_deg": _mean_of(body, "pelvic_tilt_deg", spans)
        - _zero(body.centres.standing.pelvic_tilt_deg),
    }
    return numbers | {key: _range_of(body, name, spans) for key, name in _RANGES.items()}


def _zero(standing_deg: float) -> float:
    """Return the tilt in standing, 0 where it is not known."""
    return standing_deg if np.isfinite(standing_deg) else 0.0


def _steps_spans(found: LabSteps) -> list[tuple[float, float]]:
    middle = found.midstances.time_s
    near = np.diff(middle) < 0.7  # noqa: PLR2004  (seconds; a step, not a gap)
    return [(float(a), float(b)) for a, b, kept in zip(middle[:-1], middle[1:], near, strict=True) if kept]


def _parts(body: LabBody, name: str, spans: list[tuple[float, float]]) -> list[NDArray[np.float64]]:
    """Return the samples of a curve within each span in which it is wholly seen."""
    curve, clock = body.signals.curve(name), body.signals.time_s
    parts = [curve[np.searchsorted(clock, a) : np.searchsorted(clock, b)] for a, b in spans]
    return [part for part in parts if len(part) and np.isfinite(part).all()]


def _range_of(body: LabBody, name: str, spans: list[tuple[float, float]]) -> NDArray[np.float64]:
    return np.array([float(np.ptp(part)) for part in _parts(body, name, spans)])


def _mean_of(body: LabBody, name: str, spans: list[tuple[float, float]]) -> NDArray[np.float64]:
    return np.array([float(part.mean()) for part in _parts(body, name, spans)])
