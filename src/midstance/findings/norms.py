"""What healthy runners do at the same speed."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib import resources
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["measured_speed", "norm_curves", "norm_limit", "norm_range", "norms_label", "percentile"]

_Z_95 = NormalDist().inv_cdf(0.95)
_BEYOND_M_S = 0.5  # how far outside the measured speeds norms are still shown


@cache
def _norms() -> dict[str, Any]:
    text = resources.files("midstance.findings").joinpath("data/norms.json").read_text("utf-8")
    return dict(json.loads(text))


def norms_label(key: str = "", definition: str = "") -> str:
    """Return who a norm was measured on.

    Parameters
    ----------
    key, definition
        As in `norm_range`; empty for whom most norms were measured on.

    Returns
    -------
    str
        In words, for example `26 healthy runners on a treadmill`.
    """
    row = _row(key, definition) or {}
    return str(row.get("label", _norms()["label"]))


def measured_speed(speed_m_s: float) -> str:
    """Return the speed the norms shown for a running speed were measured at, in words.

    Parameters
    ----------
    speed_m_s
        Running speed [m/s]; NaN if unknown.

    Returns
    -------
    str
        Speeds between those of the norms are interpolated; beyond them the nearest one stands.
    """
    low, high = _norms()["speeds_m_s"][0], _norms()["speeds_m_s"][-1]
    if not math.isfinite(speed_m_s):
        return f"{low:.1f} to {high:.1f} m/s"
    if speed_m_s < low:
        return f"{low:.1f} m/s, the slowest measured"
    return f"{high:.1f} m/s, the fastest measured" if speed_m_s > high else f"{speed_m_s:.1f} m/s"


def _row(key: str, definition: str) -> dict[str, Any] | None:
    norms = _norms()["norms"]
    row = norms.get(f"{key}.{definition}", norms.get(key))
    return None if row is None else dict(row)


def _at_speed(values: list[float], speed_m_s: float) -> float:
    return float(np.interp(speed_m_s, _norms()["speeds_m_s"], values))


def _known(speed_m_s: float) -> bool:
    speeds = _norms()["speeds_m_s"]
    return bool(speeds[0] - _BEYOND_M_S <= speed_m_s <= speeds[-1] + _BEYOND_M_S)


def norm_range(key: str, definition: str, speed_m_s: float) -> tuple[float, float] | None:
    """Return the 5th and 95th percentile of healthy runners, None where there is no norm.

    Parameters
    ----------
    key
        Measure of the catalogue.
    definition
        Definition of midstance the measure rests on; empty where none.
    speed_m_s
        Running speed [m/s]; NaN gives the range over all speeds of the norms.

    Returns
    -------
    tuple of float or None
        Low and high, in the catalogue's unit.

    References
    ----------
    Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298, doi 10.7717/peerj.3298 (own analysis).
    """
    row = _row(key, definition)
    if row is None:
        return None
    if not math.isfinite(speed_m_s):
        return min(row["p5"]), max(row["p95"])
    if not _known(speed_m_s):
        return None
    return _at_speed(row["p5"], speed_m_s), _at_speed(row["p95"], speed_m_s)


def norm_limit(key: str, definition: str, speed_m_s: float, percent: float) -> float | None:
    """Return the value below which so many percent of healthy runners are, None where there is no norm.

    Parameters
    ----------
    key, definition, speed_m_s
        As in `norm_range`; an unknown speed gives the outermost value over all speeds of the norms.
    percent
        0 to 100.

    Returns
    -------
    float or None
        In the catalogue's unit; the 5th and 95th percentile and the mean as measured, others from two
        halves of normal distributions through them.
    """
    row = _row(key, definition)
    if row is None or (math.isfinite(speed_m_s) and not _known(speed_m_s)):
        return None
    z = NormalDist().inv_cdf(percent / 100.0)
    end = row["p5"] if z < 0 else row["p95"]
    limits = [mean + abs(z / _Z_95) * (outer - mean) for mean, outer in zip(row["mean"], end, strict=True)]
    if math.isfinite(speed_m_s):
        return _at_speed(limits, speed_m_s)
    return float(min(limits) if percent < 50.0 else max(limits))  # noqa: PLR2004  (the lower half)


def percentile(key: str, definition: str, value: float, speed_m_s: float) -> float | None:
    """Return where a value stands among healthy runners at a speed, 0 to 100; None if unknown.

    Parameters
    ----------
    key, definition, speed_m_s
        As in `norm_range`; an unknown speed gives None.
    value
        In the catalogue's unit.

    Returns
    -------
    float or None
        Percentile, 0 to 100.

    Notes
    -----
    A normal distribution with the mean and spread between runners, both taken linearly between
    the speeds measured.
    """
    row = _row(key, definition)
    if row is None or not math.isfinite(value) or not _known(speed_m_s):
        return None
    z = (value - _at_speed(row["mean"], speed_m_s)) / _at_speed(row["sd"], speed_m_s)
    return round(50.0 * (1.0 + math.erf(z / math.sqrt(2.0))), 1)


def norm_curves(
    speed_m_s: float,
) -> dict[str, tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], str]]:
    """Return mean ± 1 SD of healthy runners' curves: name → phase [%], low, high, label.

    Parameters
    ----------
    speed_m_s
        Running speed [m/s]; if unknown, the middle speed of the norms is used and the label says so.

    Returns
    -------
    dict
        Curve name → phase [%], low and high (P,) in the curve's unit, and the label.
    """
    speeds = _norms()["speeds_m_s"]
    shown = speed_m_s if _known(speed_m_s) else speeds[len(speeds) // 2]
    bands = {}
    for name, curve in _norms()["curves"].items():
        mean, sd = (
            np.array([_at_speed(list(row), shown) for row in zip(*curve[part], strict=True)])
            for part in ("mean", "sd")
        )
        phase = np.linspace(0.0, 100.0, len(mean))
        who = curve.get("label", norms_label())
        bands[name] = (phase, mean - sd, mean + sd, f"{who}, at {measured_speed(shown)}, ± 1 SD")
    return bands
