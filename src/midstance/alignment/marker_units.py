"""The unit of length of a laboratory's file, checked against the length of a leg."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from midstance.alignment.marker_paths import landmarks_middle, missing_landmarks
from midstance.errors import DataError
from midstance.model import SIDES, Code, Issue, MarkerSet, Motion, Severity, Trial

if TYPE_CHECKING:
    from midstance.model import Side

__all__ = ["in_metres"]

_SHORTEST_M, _LONGEST_M, _USUAL_M = 0.55, 1.2, 0.88
_PELVIS_ABOVE_HIP = 1.10  # ASIS, PSIS and crests lie above the hip by a tenth of the leg
_SCALES = (1e-3, 1e3, 1e-2, 1e2, 1e-1, 10.0, 25.4, 1 / 25.4, 0.0254, 1 / 0.0254, 0.3048, 1 / 0.3048)


def _one_leg(markers: Motion, marker_set: MarkerSet, side: Side) -> float:
    """Return the stretched length from hip to ankle as the file has it; NaN where it cannot be seen."""
    ankle = landmarks_middle(markers, marker_set, (f"{side}_ankle", f"{side}_ankle_lateral", f"{side}_heel"))
    hip = landmarks_middle(markers, marker_set, (f"{side}_hip", f"{side}_trochanter"))
    above = 1.0
    if hip is None:
        names = (f"{side}_asis", f"{side}_psis", f"{side}_iliac_crest", "sacrum")
        hip, above = landmarks_middle(markers, marker_set, names), _PELVIS_ABOVE_HIP
    if hip is None or ankle is None:
        return float("nan")
    length = np.linalg.norm(hip - ankle, axis=1)
    seen = length[np.isfinite(length) & (length > 0)]
    return float(np.percentile(seen, 90)) / above if len(seen) else float("nan")


def _plausible(length: float) -> bool:
    return _SHORTEST_M <= length <= _LONGEST_M


def _scale(length: float, where: str, unit: str) -> float:
    fitting = [scale for scale in _SCALES if _plausible(length * scale)]
    if not fitting:
        raise DataError(
            f"the leg is {length:.4g} m long as the file gives it (unit {unit or 'not stated'}), and no "
            f"usual unit makes it {_SHORTEST_M} to {_LONGEST_M} m",
            where,
            "check the unit of length in the file and that hip and ankle markers carry the right labels",
        )
    return min(fitting, key=lambda scale: abs(np.log(length * scale / _USUAL_M)))


def in_metres(trial: Trial, marker_set: MarkerSet) -> tuple[Trial, tuple[Issue, ...]]:
    """Check that the leg of a trial is as long as a leg, and correct a wrong unit of length.

    Parameters
    ----------
    trial
        With markers [m] as the file states its unit.
    marker_set
        Which marker is which landmark.

    Returns
    -------
    tuple of Trial and tuple of Issue
        The trial with lengths in metres; a `units_corrected` issue where the stated unit was wrong.
        Only the markers are corrected: plates state their own unit.

    Raises
    ------
    DataError
        Where no usual unit makes the leg between 0.55 and 1.2 m long, or it cannot be measured.
    """
    if trial.markers is None:
        return trial, ()
    length = float(
        np.nanmean([leg if np.isfinite(leg) else np.nan for leg in _legs(trial.markers, marker_set)])
    )
    if _plausible(length):
        return trial, ()
    scale = _scale(length, trial.path.name, trial.length_unit)
    markers = replace(trial.markers, points=trial.markers.points * scale)
    issue = Issue(
        Code.UNITS_CORRECTED,
        Severity.WARNING,
        f"The leg would be {length:.4g} m long with the file's unit ({trial.length_unit or 'not stated'}); "
        f"lengths are multiplied by {scale:g}, which makes it {length * scale:.2f} m.",
        "Correct the unit of length when exporting.",
    )
    return trial.having(markers, trial.forces), (issue,)


def _legs(markers: Motion, marker_set: MarkerSet) -> list[float]:
    legs = [_one_leg(markers, marker_set, side) for side in SIDES]
    if not np.isfinite(legs).any():
        needed = [("left_asis", "left_hip"), ("left_ankle_lateral", "left_ankle", "left_heel")]
        raise missing_landmarks(needed, marker_set, "measuring the leg")
    return legs
