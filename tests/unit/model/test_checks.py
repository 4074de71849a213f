"""What a noun refuses to be made of."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from midstance.errors import SettingsError
from midstance.model import (
    BODY,
    Contacts,
    MeanStride,
    Midstances,
    Motion,
    Runner,
    Signals,
    Skeleton,
    StepTable,
    Video,
    opposite,
)

CLOCK = np.array([0.0, 0.1, 0.25])


def motion(**changes):
    whole: dict[str, Any] = {
        "points": np.zeros((3, 19, 2)),
        "confidence": np.ones((3, 19)),
        "time_s": CLOCK,
        "skeleton": BODY,
        "unit": "px",
        "frame": "image",
    }
    return Motion(**(whole | changes))


def contacts(side=("left", "right", "left"), start=(0.0, 0.35, 0.7), stop=(0.25, 0.6, 0.95)):
    return Contacts(np.array(side), np.array(start), np.array(stop))


def video(**changes):
    whole: dict[str, Any] = {"width_px": 720, "height_px": 1280, "time_s": CLOCK, "slow_motion_factor": 1.0}
    return Video(path=Path("a.mp4"), sha256="", rotation_deg=0, codec="h264", **(whole | changes))


def stride(**changes):
    whole: dict[str, Any] = {
        "phase": np.linspace(0, 100, 5),
        "values": np.zeros((5, 2)),
        "sd": np.zeros((5, 2)),
        "names": ("a_m", "b_deg"),
        "units": ("m", "deg"),
    }
    more: dict[str, Any] = {"toe_off_percent": 35.0, "midstance_percent": 15.0, "stride_time_s": 0.7, "n": 4}
    return MeanStride(side="left", **(whole | changes), **more)


@pytest.mark.parametrize(
    "changes",
    [
        {"points": np.zeros((3, 18, 2))},
        {"points": np.zeros((2, 19, 2))},
        {"points": np.zeros((3, 19))},
        {"confidence": np.ones((3, 18))},
        {"time_s": np.array([0.0, 0.1, 0.1])},
        {"time_s": np.array([0.0, 0.2, 0.1])},
    ],
)
def test_a_motion_refuses_shapes_that_disagree_and_time_that_stands_or_runs_back(changes):
    with pytest.raises(ValueError, match=r"points|confidence|time"):
        motion(**changes)


def test_a_motion_gives_points_by_name_and_middles_of_pairs():
    points = np.arange(3 * 19 * 2, dtype=float).reshape(3, 19, 2)
    whole = motion(points=points)

    assert np.array_equal(whole.point("nose"), points[:, 0])
    assert np.array_equal(whole.middle("hip"), 0.5 * (whole.point("left_hip") + whole.point("right_hip")))
    assert whole.rate_hz == pytest.approx(1 / 0.125)


def test_an_unknown_point_is_answered_with_the_names_there_are():
    with pytest.raises(KeyError, match=r"left_nose.*left_hip"):
        motion().point("left_nose")


@pytest.mark.parametrize(
    ("names", "bones", "pairs"),
    [
        (("a", "a"), (), ()),
        (("a", "b"), (("a", "c"),), ()),
        (("a", "b"), (), (("a", "c"),)),
        (("a", "b"), (), (("a", "a"),)),
    ],
)
def test_a_skeleton_refuses_double_unknown_and_self_mirrored_names(names, bones, pairs):
    with pytest.raises(ValueError, match=r"unique|unknown|different"):
        Skeleton(names, bones, pairs)


def test_the_mirror_of_the_mirror_is_the_body_itself():
    mirror = np.array(BODY.mirror())

    assert np.array_equal(mirror[mirror], np.arange(len(BODY.names)))
    assert BODY.names[mirror[BODY.index("left_toe")]] == "right_toe"
    assert mirror[BODY.index("nose")] == BODY.index("nose")
    assert (opposite("left"), opposite("right")) == ("right", "left")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"side": ("left", "right")}, "differ in length"),
        ({"start": (0.0, 0.7, 0.35)}, "sorted"),
        ({"start": (0.0, 0.35, 0.35)}, "sorted"),
        ({"stop": (0.25, 0.35, 0.95)}, "after initial contact"),
        ({"stop": (0.75, 0.76, 0.95)}, "left contacts overlap"),
    ],
)
def test_contacts_must_be_sorted_last_and_not_overlap_on_one_side(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        contacts(**changes)


def test_contacts_of_the_two_feet_may_overlap_as_in_walking():
    walk = contacts(stop=(0.45, 0.8, 1.1))

    assert walk.duration_s == pytest.approx([0.45, 0.45, 0.4])
    assert walk.of("left").tolist() == [True, False, True]


def test_alternation_is_told():
    assert contacts().alternate()
    assert not contacts(side=("left", "left", "right")).alternate()


def test_midstances_need_their_definition_and_one_instant_per_contact_under_each():
    two = np.zeros(2)
    with pytest.raises(ValueError, match="no definition 'knee'"):
        Midstances(two, two, {"pelvis": two}, "knee")
    with pytest.raises(ValueError, match="differ in length"):
        Midstances(two, two, {"knee": two, "pelvis": np.zeros(3)}, "knee")


def test_a_step_table_needs_one_unit_per_column_and_one_value_per_contact():
    three = np.zeros(3)
    midstances = Midstances(three, three, {"knee": three}, "knee")
    whole = np.ones(3, bool)
    with pytest.raises(ValueError, match="one unit"):
        StepTable(contacts(), midstances, {"a_m": three}, {}, whole)
    with pytest.raises(ValueError, match="one value for each contact"):
        StepTable(contacts(), midstances, {"a_m": np.zeros(2)}, {"a_m": "m"}, whole)


@pytest.mark.parametrize(
    "changes",
    [
        {"time_s": np.array([0.0, 0.1, 0.1])},
        {"width_px": 0},
        {"height_px": -1},
        {"slow_motion_factor": 0.0},
    ],
)
def test_a_video_needs_a_size_and_a_clock_that_runs_forward(changes):
    with pytest.raises(ValueError, match=r"time|positive"):
        video(**changes)


def test_slowing_a_video_twice_ends_at_the_last_factor():
    once = video().slowed(4.0, "given")
    again = once.slowed(8.0, "given")

    assert once.time_s == pytest.approx(CLOCK / 4)
    assert again.time_s == pytest.approx(CLOCK / 8)
    assert again.slow_motion_factor == 8.0
    assert once.rate_hz == pytest.approx(4 * video().rate_hz)


@pytest.mark.parametrize(
    ("values", "names", "units"),
    [
        (np.zeros((3, 2)), ("a", "b"), ("m",)),
        (np.zeros((3, 2)), ("a", "a"), ("m", "m")),
        (np.zeros((2, 2)), ("a", "b"), ("m", "m")),
        (np.zeros((3, 1)), ("a", "b"), ("m", "m")),
    ],
)
def test_signals_need_one_unit_per_name_and_one_row_per_time(values, names, units):
    with pytest.raises(ValueError, match=r"unit|values"):
        Signals(values, names, units, CLOCK)


@pytest.mark.parametrize(
    "changes", [{"values": np.zeros((4, 2))}, {"sd": np.zeros((5, 1))}, {"units": ("m",)}, {"names": ("a",)}]
)
def test_a_mean_stride_refuses_shapes_that_disagree(changes):
    with pytest.raises(ValueError, match=r"values|standard deviation"):
        stride(**changes)


@pytest.mark.parametrize("height_m", [175.0, 0.5, -1.0])
def test_a_runner_of_impossible_height_is_refused_with_a_remedy(height_m):
    with pytest.raises(SettingsError, match="give metres and kilograms"):
        Runner(height_m=height_m)


@pytest.mark.parametrize("mass_kg", [5.0, 300.0])
def test_a_runner_of_impossible_mass_is_refused_with_a_remedy(mass_kg):
    with pytest.raises(SettingsError, match="give metres and kilograms"):
        Runner(mass_kg=mass_kg)


def test_nouns_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Runner(height_m=1.8).height_m = 1.9  # type: ignore[misc]
