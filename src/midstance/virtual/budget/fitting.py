"""From the outcomes of the experiment to the error model that intervals come from."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midstance.virtual.budget.outcomes import Found, Outcome

__all__ = ["error_model_of"]

_NORMAL = 1.96
_CURVES = {  # measures whose error is a shift of one curve
    "hip_over_ankle_at_midstance_m": "hip_over_ankle_m",
    "hip_over_ankle_at_midstance_deg": "hip_over_ankle_deg",
    "hip_over_midfoot_at_midstance_m": "hip_over_midfoot_m",
    "overstride_m": "ankle_ahead_of_hip_m",
    "shank_angle_at_contact_deg": "shank_angle_deg",
    "trunk_lean_deg": "trunk_lean_deg",
}
_NUMBERS = (  # measures that are shifted themselves: their curve errs differently at each instant
    "foot_strike_angle_deg",
    "knee_flexion_at_contact_deg",
    "knee_flexion_at_midstance_deg",
    "knee_flexion_peak_deg",
)
_FOLLOW = ("hip_over_ankle_at_midstance_percent",)  # made of a curve that is shifted
_PLACED_M, _PEOPLE_M = 0.010, 0.008  # doubt about the hip: its place in these bodies, and on real people
_FAR_PEOPLE = 1.5  # the far leg is guessed half of the time
_PER_HIP_M = {  # how much a hip wrongly placed by a metre changes a measure
    "hip_over_ankle_at_midstance_m": 1.0,
    "hip_over_ankle_at_midstance_deg": 77.0,
    "hip_over_ankle_at_midstance_percent": 120.0,
    "hip_over_midfoot_at_midstance_m": 1.0,
    "overstride_m": 1.0,
    "knee_flexion_at_contact_deg": 115.0,
    "knee_flexion_at_midstance_deg": 125.0,
    "knee_flexion_peak_deg": 125.0,
    "trunk_lean_deg": 115.0,
}
_PEOPLE = {  # doubt about people of flesh that rendered ones do not raise
    "foot_strike_angle_deg": 3.5,
    "shank_angle_at_contact_deg": 1.0,
    "knee_flexion_at_contact_deg": 1.0,
    "knee_flexion_at_midstance_deg": 1.0,
    "knee_flexion_peak_deg": 1.0,
}
_OTHERS = {  # part of the way to what two older bodies, in other shoes, and three real clips ask for
    "hip_over_ankle_m": -0.0035,
    "hip_over_ankle_deg": -0.35,
    "hip_over_midfoot_m": -0.0035,
    "foot_strike_angle_deg": 2.4,
}
_LAGS = ("knee_bend", "pelvis_dip", "knee", "leg_line", "pelvis", "head")
_LEAST_PART = 0.35  # of the spread seen stays systematic, whatever the clips' own noise explains
_FEWEST = 6
_HALVINGS = 40


def error_model_of(
    outcomes: Sequence[Outcome], model: Mapping[str, Any], leg_m: Mapping[str, float], source: str
) -> dict[str, Any]:
    """Return an error model that takes off the mean error of the outcomes and states their spread.

    Parameters
    ----------
    outcomes
        Of clips made for fitting, analysed with `model` in force.
    model
        The error model in force.
    leg_m
        Length of thigh plus shank of each clip's body, by the clip's name [m].
    source
        How the outcomes were made, stored with the model.

    Returns
    -------
    dict
        In the layout of `error_model.json`. A correction is the old one less the mean error found with
        it, for hips and feet a part of it: other bodies and real clips ask for less. Shifts of lengths
        are in proportion to the leg. The systematic standard deviation of
        each measure is what makes its intervals as wide as the errors are, beyond the clip's own noise,
        gravity, scale and timing; never less than a third of the errors, and never less than before
        where nothing is corrected. To it comes, where it bears on the measure, the doubt about the
        hip: where the joint lies in these bodies, and how a network sees it on people of flesh.
    """
    new = deepcopy(dict(model))
    new["source"] = source
    new.setdefault("measure_corrections", {"near": {}, "far": {}})
    for leg in ("near", "far"):
        for key in new["measures"]:
            errors, explained = _errors(outcomes, key, leg, model, leg_m)
            if len(errors) < _FEWEST:
                continue
            shifted = _shift(new, key, leg, float(errors.mean()), _of_curve(outcomes, key, leg, model, leg_m))
            off = errors - errors.mean() if shifted else errors
            own = _unexplained(off, explained, 1 if shifted else 0)
            least = 0.0 if shifted else _own(model, key, leg)
            least = max(least, _own(new, key, "near") if leg == "far" else 0.0)  # hidden half of the time
            new["measures"][key][leg] = _rounded(max(float(np.hypot(own, _doubt(key, leg))), least))
        for name in _LAGS:
            late = _late(outcomes, f"midstance_{name}_s", leg)
            if len(late) >= _FEWEST:
                known = new["midstance_lags_s"][leg]
                known[name] = _rounded(known.get(name, 0.0) + float(late.mean()))
    return new


def _doubt(key: str, leg: str) -> float:
    """Return what rendered clips cannot tell about a measure, as a standard deviation."""
    people = _FAR_PEOPLE if leg == "far" else 1.0
    hip = _PER_HIP_M.get(key, 0.0) * float(np.hypot(_PLACED_M, people * _PEOPLE_M))
    return float(np.hypot(hip, people * _PEOPLE.get(key, 0.0)))


def _own(model: Mapping[str, Any], key: str, leg: str) -> float:
    return float(model["measures"][key][leg])


def _unexplained(off: np.ndarray, explained: np.ndarray, fitted: int) -> float:
    """Return the standard deviation to be added to each clip's own so that the whole is that of `off`."""
    rest = (off**2).sum() / (len(off) - fitted) * (1.0 + fitted / len(off))
    low, high = _LEAST_PART * rest**0.5, 2.0 * rest**0.5
    if not rest:
        return 0.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        wide = np.mean(off**2 / (explained + middle**2)) <= (len(off) - fitted) / (len(off) + fitted)
        low, high = (low, middle) if wide else (middle, high)
    return float(high)


def _errors(
    outcomes: Sequence[Outcome], key: str, leg: str, model: Mapping[str, Any], leg_m: Mapping[str, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the errors of a measure (N,), and the variances their intervals explain otherwise (N,)."""
    pairs = [(o, f) for o in outcomes for f in o.found if f.key == key and f.near is (leg == "near")]
    size = [model["corrections_leg_m"] / leg_m[o.name] if _scales(f) else 1.0 for o, f in pairs]
    errors = np.array([(f.value - f.truth) * s for (_, f), s in zip(pairs, size, strict=True)])
    stated = _own(model, key, leg)
    whole = np.array([((f.high - f.low) / (2.0 * _NORMAL)) ** 2 for _, f in pairs])
    return errors, np.maximum(whole - stated**2, 0.0)


def _of_curve(
    outcomes: Sequence[Outcome], key: str, leg: str, model: Mapping[str, Any], leg_m: Mapping[str, float]
) -> float:
    """Return the mean error of a measure's curve at the true instants; NaN where it has none."""
    errors = [
        (f.value - f.truth) * (model["corrections_leg_m"] / leg_m[o.name] if key.endswith("_m") else 1.0)
        for o in outcomes
        for f in o.found
        if f.key == f"curve:{key}" and f.near is (leg == "near")
    ]
    return float(np.mean(errors)) if errors else float("nan")


def _scales(found: Found) -> bool:
    return found.key.endswith("_m") and found.key in _CURVES


def _late(outcomes: Sequence[Outcome], key: str, leg: str) -> np.ndarray:
    return np.array(
        [f.value for o in outcomes for f in o.found if f.key == key and f.near is (leg == "near")]
    )


def _shift(new: dict[str, Any], key: str, leg: str, error: float, of_curve: float) -> bool:
    """Take a mean error off, that of the curve where there is one; tell whether the measure has any."""
    if key in _CURVES:
        curve = _CURVES[key]
        side = "both" if curve == "trunk_lean_deg" else leg
        known, error = new["corrections"][side], of_curve if np.isfinite(of_curve) else error
        known[curve] = _rounded(known.get(curve, 0.0) - error + _OTHERS.get(curve, 0.0))
    elif key in _NUMBERS:
        known = new["measure_corrections"][leg]
        known[key] = _rounded(known.get(key, 0.0) - error + _OTHERS.get(key, 0.0))
    return key in {*_CURVES, *_NUMBERS, *_FOLLOW}


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")
