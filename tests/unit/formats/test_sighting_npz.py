from __future__ import annotations

from dataclasses import fields, is_dataclass

import numpy as np
import pytest
from tests.property.runners import CLOSE, NOISE, filmed

from midstance.errors import InputError
from midstance.formats import read_sighting, write_sighting
from midstance.model import Code, Issue, PersonChosen, Repair, Seen, Severity, Sighting
from midstance.virtual import Gait


def everything():
    """Return something in every field."""
    shot = filmed(Gait(), CLOSE, NOISE, 3.0)
    motion = shot.sighting.motion
    points = motion.points.copy()
    points[7, 3] = np.nan
    sighting = Sighting(
        motion.with_points(points),
        np.random.default_rng(1).random(motion.confidence.shape),
        np.linspace(0, 1, len(motion.time_s)),
        (Repair(3, 9, "exchanged"), Repair(20, 20, "exchanged")),
        2,
        1,
        shot.sighting.changes,
        {"net": "ab" * 32},
    )
    issues = (Issue(Code.TRUNCATED, Severity.WARNING, "It breaks off.", "Copy it.", start_s=2.5),)
    return Seen(shot.video.slowed(1.7, "given"), sighting, issues, PersonChosen(12, 33.5, 80.0))


def equal(one, other):
    """Tell whether two things are the same to the last bit."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if is_dataclass(one):
        return type(one) is type(other) and all(
            equal(getattr(one, field.name), getattr(other, field.name)) for field in fields(one)
        )
    if isinstance(one, tuple):
        return len(one) == len(other) and all(equal(a, b) for a, b in zip(one, other, strict=True))
    return type(one) is type(other) and one == other


def test_all_that_was_seen_comes_back_to_the_last_bit(tmp_path):
    seen = everything()
    write_sighting(seen, tmp_path / "sighting.npz")

    assert equal(read_sighting(tmp_path / "sighting.npz"), seen)


def test_the_same_sighting_gives_the_same_bytes(tmp_path):
    for name in ("a.npz", "b.npz"):
        write_sighting(everything(), tmp_path / name)

    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


@pytest.mark.parametrize("keep", [0, 100, 3000])
def test_a_file_that_breaks_off_is_refused_with_what_to_do(tmp_path, keep):
    path = tmp_path / "sighting.npz"
    write_sighting(everything(), path)
    path.write_bytes(path.read_bytes()[:keep])

    with pytest.raises(InputError, match="analyse the recording again"):
        read_sighting(path)


def test_a_file_that_would_run_code_is_refused(tmp_path):
    path = tmp_path / "sighting.npz"
    np.savez(path, about=np.array([print], dtype=object))

    with pytest.raises(InputError, match="cannot be read"):
        read_sighting(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"sighting\.npz"):
        read_sighting(tmp_path / "sighting.npz")
