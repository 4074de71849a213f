"""Small laboratory recordings, made by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from midstance.model import Forces, Motion, Skeleton, Trial

LABELS = ("LASI", "RASI", "LPSI", "RPSI", "LKNE", "LANK", "LHEE", "LTOE", "R.Knee")


def markers(frames: int = 50, rate_hz: float = 100.0, start_s: float = 0.0, names=LABELS) -> Motion:
    """Markers that sway, one of them hidden for a while."""
    time_s = start_s + np.arange(frames) / rate_hz
    place = np.arange(3 * len(names)).reshape(len(names), 3) / 10 + 0.123456
    points = place + 0.1 * np.sin(7 * time_s)[:, None, None]
    points[3:9, 1] = np.nan
    seen = np.isfinite(points[..., 0]).astype(float)
    return Motion(points, seen, time_s, Skeleton(tuple(names), (), ()), "m", "file")


def forces(samples: int = 500, rate_hz: float = 1000.0, start_s: float = 0.0, up: int = 2) -> Forces:
    """Two plates, one step on each, the force pointing along axis `up`."""
    time_s = start_s + np.arange(samples) / rate_hz
    phase = np.arange(samples) / samples
    load = np.stack([np.maximum(0, np.sin(2 * np.pi * (phase - k / 2))) for k in (0, 1)], axis=1)
    force = np.empty((samples, 2, 3))
    force[...] = load[..., None] * [120.0, -60.0, 80.0]
    force[..., up] = 1500.0 * load
    place = np.zeros((samples, 2, 3))
    place[..., up - 2] = 0.4 + 0.3 * phase[:, None]
    place[..., up - 1] = [0.2, 0.9]
    bearing = force[..., up] > 20.0
    place[~bearing] = np.nan
    twist = np.where(bearing, 4.0 - 9.0 * load, np.nan)
    return Forces(force, place, twist, time_s, ("plate_1", "plate_2"), "file")


def trial(start_s: float = 0.0, **said: str) -> Trial:
    """Both, as if read from a file in millimetres."""
    both = (markers(start_s=start_s), forces(start_s=start_s))
    return Trial(Path("made.c3d"), "0" * 64, "c3d", *both, length_unit="mm", said=said)


def assert_same_markers(a: Motion | None, b: Motion | None, atol_m: float = 1e-6) -> None:
    assert a is not None
    assert b is not None
    assert a.skeleton.names == b.skeleton.names
    np.testing.assert_allclose(a.time_s, b.time_s, atol=1e-7)
    np.testing.assert_allclose(a.points, b.points, atol=atol_m)


def assert_same_forces(a: Forces | None, b: Forces | None) -> None:
    assert a is not None
    assert b is not None
    np.testing.assert_allclose(a.time_s, b.time_s, atol=1e-7)
    np.testing.assert_allclose(a.force_n, b.force_n, atol=0.01)
    np.testing.assert_allclose(a.centre_of_pressure_m, b.centre_of_pressure_m, atol=2e-6)
    np.testing.assert_allclose(a.free_moment_n_m, b.free_moment_n_m, atol=1e-3)
