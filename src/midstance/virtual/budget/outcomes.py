"""What the analysis said of one clip, beside the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.kinematics import READINGS
from midstance.model import SIDES, Contacts, StepTable, Tier

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Analysis, Motion, Side
    from midstance.virtual.budget.design import Condition

__all__ = ["Found", "Outcome", "outcome_of"]

_LEG = ("knee", "ankle", "toe")
_CONTACT = ("initial_contact_s", "toe_off_s")
_DEFINITIONS = ("mid_bend", "knee_bend", "pelvis_dip", "knee", "leg_line", "pelvis", "head", "most_bent")
_CURVED = {
    key: reading for key, reading in READINGS.items() if reading[1] in {"midstance", "initial_contact"}
}


@dataclass(frozen=True, slots=True)
class Found:
    """One number of one leg: found, its interval, and true.

    Parameters
    ----------
    key, side, near
        Which number, of which leg, and whether that leg was nearer to the camera. `…_s` of an
        instant is its mean error; `curve:` before a key is the number read at the true instant.
    value, low, high, truth
        In the catalogue's unit.
    tier
        How far the analysis believed it; empty for what has no interval.
    n
        Steps it rests on.
    """

    key: str
    side: str
    near: bool
    value: float
    low: float
    high: float
    truth: float
    tier: str
    n: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything one clip gave.

    Parameters
    ----------
    name
        Of the condition.
    found
        Numbers beside their truth.
    frames, swapped
        Frames compared, and those in which the legs were left exchanged.
    roll_deg, true_roll_deg
        Camera roll as found and as it was [deg].
    refused
        Why nothing was given; empty where something was.
    """

    name: str
    found: tuple[Found, ...]
    frames: int
    swapped: int
    roll_deg: float
    true_roll_deg: float
    refused: str = ""


def outcome_of(condition: Condition, analysis: Analysis, truth: StepTable, image: Motion) -> Outcome:
    """Put an analysis beside the truth.

    Parameters
    ----------
    condition
        Which clip.
    analysis
        Its result.
    truth
        What is true of every step.
    image
        True points in the picture (T, K, 2) [px].

    Returns
    -------
    Outcome
        Every number given, beside the mean of the true steps.
    """
    near_side = condition.camera.side
    frames, swapped = _swaps(analysis.image_motion, image)
    given = [m for m in analysis.measures if m.estimate.tier is not Tier.REFUSED and m.key in truth.values]
    numbers = [
        Found(
            m.key,
            m.side,
            m.side in {near_side, "both"},
            m.estimate.value,
            m.estimate.low,
            m.estimate.high,
            _true(truth, m.key, m.side),
            m.estimate.tier.value,
            m.estimate.n,
        )
        for m in given
    ]
    reasons = [m.estimate.method for m in analysis.measures if m.key == "hip_over_ankle_at_midstance_m"]
    return Outcome(
        condition.name,
        (*numbers, *_beside(analysis, truth, near_side)),
        frames,
        swapped,
        analysis.scene.roll_deg if analysis.scene else float("nan"),
        condition.camera.roll_deg,
        "" if given else reasons[0],
    )


def _true(truth: StepTable, key: str, side: str) -> float:
    own = np.ones(len(truth.contacts), bool) if side == "both" else truth.contacts.side == side
    return float(np.nanmean(truth.values[key][own]))


def _beside(analysis: Analysis, truth: StepTable, near_side: Side) -> list[Found]:
    """Return mean errors of each kind of instant, and numbers read at the true instants, by side."""
    if analysis.steps is None:
        return []
    found = []
    for side in SIDES:
        pairs = _pairs(analysis.steps.contacts, truth.contacts, side)
        mine, real = _instants(analysis.steps), _instants(truth)
        for key in sorted(mine.keys() & real.keys()):
            late = np.array([mine[key][i] - real[key][j] for i, j in pairs])
            found += _bare(key, side, near_side, late, np.zeros(len(late)))
        for key, read in _read_at_truth(analysis, truth, side).items():
            found += _bare(f"curve:{key}", side, near_side, read, truth.values[key][truth.contacts.of(side)])
    return found


def _bare(
    key: str, side: Side, near_side: Side, values: NDArray[np.float64], truth: NDArray[np.float64]
) -> list[Found]:
    """Return a number that has no interval, if any step shows it."""
    seen = np.isfinite(values) & np.isfinite(truth)
    if not seen.any():
        return []
    mean = float(values[seen].mean())
    return [
        Found(key, side, side == near_side, mean, mean, mean, float(truth[seen].mean()), "", int(seen.sum()))
    ]


def _read_at_truth(analysis: Analysis, truth: StepTable, side: Side) -> dict[str, NDArray[np.float64]]:
    """Return the analysis' curves at the true instants of the contacts of a side (N,), by key."""
    signals = analysis.signals
    if signals is None:
        return {}
    own = truth.contacts.of(side)
    instants = {
        "midstance": truth.midstances.time_s[own],
        "initial_contact": truth.contacts.initial_contact_s[own],
    }
    return {
        key: np.interp(instants[at], signals.time_s, signals.curve(f"{side}_{curve}"))
        for key, (curve, at) in _CURVED.items()
        if key in truth.values
    }


def _instants(steps: StepTable) -> dict[str, NDArray[np.float64]]:
    """Return the instants of every step by name: contacts, and midstance by every definition."""
    contacts = {name: np.asarray(getattr(steps.contacts, name)) for name in _CONTACT}
    middle = steps.midstances.by_definition
    return contacts | {f"midstance_{name}_s": middle[name] for name in _DEFINITIONS if name in middle}


def _pairs(found: Contacts, true: Contacts, side: Side) -> list[tuple[int, int]]:
    """Return the found and the true contacts of a side that overlap."""
    return [
        (int(i), int(j))
        for i in np.flatnonzero(found.of(side))
        for j in np.flatnonzero(true.of(side))
        if found.initial_contact_s[i] < true.toe_off_s[j] and true.initial_contact_s[j] < found.toe_off_s[i]
    ]


def _swaps(seen: Motion, true: Motion) -> tuple[int, int]:
    """Return how many frames can be compared, and in how many the legs are exchanged."""
    nearest = np.argmin(np.abs(true.time_s[:, None] - seen.time_s), axis=0)
    straight, crossed = np.zeros(len(nearest)), np.zeros(len(nearest))
    for part in _LEG:
        for side, other in (SIDES, SIDES[::-1]):
            point = seen.point(f"{side}_{part}")
            straight += np.linalg.norm(point - true.point(f"{side}_{part}")[nearest], axis=1)
            crossed += np.linalg.norm(point - true.point(f"{other}_{part}")[nearest], axis=1)
    whole = np.isfinite(straight) & np.isfinite(crossed)
    return int(whole.sum()), int((crossed < straight)[whole].sum())
