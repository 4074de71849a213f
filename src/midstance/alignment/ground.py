"""The ground line as the standing foot draws it: camera roll and running speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.model import SIDES, Contacts, Side
from midstance.numerics import finite_mean, robust_line

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Motion

__all__ = ["ground_slope_deg", "stance_speed"]

_FLAT = (0.2, 0.5)  # of contact: the foot lies flat on the ground
_OVER = (0.2, 0.8)  # of contact: the body passes over the foot
_AGAINST_PELVIS = 0.95
_BALL = (0.25, 0.6)  # of contact: the ball of the foot still does


def _flat_samples(
    motion: Motion, contacts: Contacts, side: Side, part: tuple[float, float]
) -> list[NDArray[np.int64]]:
    """Return the sample indices of every contact of a side during which the foot lies flat."""
    own = contacts.of(side)
    start = contacts.initial_contact_s[own] + part[0] * contacts.duration_s[own]
    stop = contacts.initial_contact_s[own] + part[1] * contacts.duration_s[own]
    low = np.searchsorted(motion.time_s, start)
    high = np.searchsorted(motion.time_s, stop)
    return [np.arange(a, b) for a, b in zip(low, high, strict=True) if b > a]


def _sole(motion: Motion, side: Side) -> NDArray[np.float64]:
    return np.asarray(0.5 * (motion.point(f"{side}_heel") + motion.point(f"{side}_toe"))[:, :2])


def ground_slope_deg(motion: Motion, contacts: Contacts, surface: str) -> tuple[float, float]:
    """Return the slope of the ground line in the picture and its standard error [deg].

    Parameters
    ----------
    motion
        Points with X forward and Y up, not yet turned by the camera roll [any unit].
    contacts
        When which foot is on the ground.
    surface
        `treadmill`: each flat foot is carried along the belt and draws it; `overground`: the
        places where the feet stand one after another lie on the ground.

    Returns
    -------
    tuple of float
        Slope, positive when the ground rises forward in the picture, and its standard error;
        NaN where too little was seen.
    """
    draw = _carried if surface == "treadmill" else _stood
    lines = [robust_line(*draw(motion, contacts, side)) for side in SIDES]
    slope = np.array([line[0] for line in lines])
    error = np.array([max(line[2], 1e-4) for line in lines])
    seen = np.isfinite(slope) & np.isfinite(error)
    if not seen.any():
        return float("nan"), float("nan")
    weight = error[seen] ** -2
    mean = float(np.sum(weight * slope[seen]) / weight.sum())
    spread = float(np.std(slope[seen])) if seen.all() else 0.0
    sd = float(np.hypot(weight.sum() ** -0.5, spread / np.sqrt(2.0)))
    return float(np.degrees(np.arctan(mean))), float(np.degrees(sd))


def _carried(
    motion: Motion, contacts: Contacts, side: Side
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the foot's places along the belt, each contact taken from its own middle."""
    ball = motion.point(f"{side}_toe")[:, :2]
    windows = _flat_samples(motion, contacts, side, _BALL)
    parts = [ball[index] - ball[index].mean(axis=0) for index in windows]
    parts = [part for part in parts if np.isfinite(part).all()]
    places = np.concatenate(parts) if parts else np.empty((0, 2))
    return places[:, 0], places[:, 1]


def _stood(motion: Motion, contacts: Contacts, side: Side) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where each contact stood."""
    ball = motion.point(f"{side}_toe")[:, :2]
    windows = _flat_samples(motion, contacts, side, _BALL)
    places = [np.median(ball[index], axis=0) for index in windows]
    table = np.array(places).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def stance_speed(motion: Motion, contacts: Contacts, side: Side, surface: str) -> float:
    """Return the running speed from the foot on the ground [unit/s].

    Parameters
    ----------
    motion
        Points with X forward [any unit].
    contacts
        When which foot is on the ground.
    side
        Which leg, best the near one.
    surface
        `treadmill`: the flat foot is carried by the belt past a camera that stands still.
        `overground`: the foot is taken against the pelvis, wherever the camera looks.

    Returns
    -------
    float
        Speed [unit/s], positive forward; NaN where too little was seen.

    Notes
    -----
    A robust line through the places of all flat feet over time, each contact taken from its own
    middle. On a treadmill that is 0.998 ± 0.005 of the belt speed (33 trials of Fukuchi, Fukuchi &
    Duarte 2017, doi 10.7717/peerj.3298, with force-plate contacts). Against the pelvis, which brakes
    and speeds up over the foot, the ball of the foot gives 0.95 ± 0.014, which is put right.
    """
    forward = motion.point(f"{side}_toe")[:, 0] - motion.middle("hip")[:, 0]
    part, ratio = _OVER, _AGAINST_PELVIS
    if surface == "treadmill":
        forward, part, ratio = _sole(motion, side)[:, 0], _FLAT, 1.0
    samples = _flat_samples(motion, contacts, side, part)
    clock = np.concatenate([motion.time_s[i] - motion.time_s[i].mean() for i in samples] or [np.empty(0)])
    place = np.concatenate([forward[i] - finite_mean(forward[i]) for i in samples] or [np.empty(0)])
    return -robust_line(clock, place)[0] / ratio
