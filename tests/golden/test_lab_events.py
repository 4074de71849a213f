"""Events from markers alone against force plates, on real runners.

The bars of the whole set are held leave-one-runner-out by `benchmarks/calibrate_marker_events.py`;
here the program as shipped must keep them on single trials.
"""

from __future__ import annotations

import functools
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midstance.alignment import in_lab, joint_centres, laboratory_axes
from midstance.formats import read_trial, recognised_marker_set, spelled_as
from midstance.gait import (
    ForceContacts,
    MarkedContacts,
    MarkerContacts,
    PlateContacts,
    body_mass_kg,
    lowest_centre_of_mass_s,
    lowest_mass_from_markers_s,
)
from midstance.model import Forces, Motion

if TYPE_CHECKING:
    from pathlib import Path

TRIALS = ("001runT25", "010runT25", "012runT35", "016runT35", "020runT45", "028runT45")
NEAR_S = 0.05
END_S = 0.02  # an event nearer to an end of the recording is a matter of a sample


@dataclass(frozen=True, eq=False)
class Pair:
    motion: Motion
    plates: PlateContacts
    marked: MarkedContacts
    seconds: float


@functools.cache
def pair(folder: Path, name: str) -> Pair:
    run, static = (read_trial(folder / f"RBDS{part}.c3d") for part in (name, f"{name[:3]}static"))
    assert run.markers is not None
    assert static.markers is not None
    labels = {*run.markers.skeleton.names, *static.markers.skeleton.names}
    markers = spelled_as(recognised_marker_set(labels), labels)
    run = in_lab(run, laboratory_axes(run.markers, markers, run.forces))
    static = in_lab(static, laboratory_axes(static.markers, markers))
    assert run.markers is not None
    assert isinstance(run.forces, Forces)
    motion = joint_centres(run.markers, static.markers, markers).motion
    began = time.perf_counter()
    marked = MarkerContacts()(motion)
    return Pair(motion, ForceContacts()(run.forces, motion), marked, time.perf_counter() - began)


@pytest.fixture(params=TRIALS)
def one(request: pytest.FixtureRequest, recordings: Path) -> Pair:
    return pair(recordings / "lab" / "rbds", request.param)


def matched(one: Pair) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the plates' contacts and of the markers' that are the same step."""
    true, seen = one.plates.contacts, one.marked.contacts
    assert true is not None
    apart = np.abs(true.initial_contact_s[:, None] - seen.initial_contact_s)
    apart[true.side[:, None] != seen.side] = np.inf
    rows = np.flatnonzero(apart.min(axis=1) < NEAR_S)
    return rows, apart.argmin(axis=1)[rows]


def test_no_step_is_missed_or_invented(one: Pair) -> None:
    true, seen = one.plates.contacts, one.marked.contacts
    assert true is not None
    rows, columns = matched(one)
    assert len(set(columns.tolist())) == len(columns)
    start, stop = one.motion.time_s[[0, -1]] + (END_S, -END_S)
    for contacts, known in ((true, rows), (seen, columns)):
        within = (contacts.initial_contact_s > start) & (contacts.toe_off_s < stop)
        assert set(np.flatnonzero(within)) <= set(known.tolist())


def test_markers_tell_both_events_of_single_steps(one: Pair) -> None:
    true, seen = one.plates.contacts, one.marked.contacts
    assert true is not None
    rows, columns = matched(one)
    landing = seen.initial_contact_s[columns] - true.initial_contact_s[rows]
    leaving = seen.toe_off_s[columns] - true.toe_off_s[rows]
    assert np.sqrt(np.mean(landing**2)) < 0.005
    assert np.sqrt(np.mean(leaving**2)) < 0.0065
    assert max(landing.std(), leaving.std()) < 0.003


def test_markers_tell_when_the_body_is_lowest(one: Pair) -> None:
    assert one.plates.contacts is not None
    true = lowest_centre_of_mass_s(one.plates, body_mass_kg(one.plates))
    seen, _ = lowest_mass_from_markers_s(one.motion, one.plates.contacts)
    assert np.sqrt(np.mean((seen - true) ** 2)) < 0.0055


def test_detection_is_fast(one: Pair) -> None:
    assert one.seconds < 0.5
