"""Events from markers alone on a runner whose contacts are known exactly."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.errors import DataError
from midstance.gait import MarkedContacts, MarkerContacts, lowest_mass_from_markers_s
from midstance.model import SIDES, Code, Contacts, Motion
from midstance.virtual import Gait, perform

DURATION_S = 8.0
LOOSE_S = 0.03  # the virtual foot is a rigid sketch; the bars are held on real runners in tests/golden


def performed(rate_hz: float = 150.0, **options: object) -> tuple[Motion, Contacts]:
    performance = perform(Gait(**options), DURATION_S)  # type: ignore[arg-type]
    return performance.motion(np.arange(0, DURATION_S, 1 / rate_hz)), performance.contacts


def without(motion: Motion, *names: str) -> Motion:
    points = motion.points.copy()
    for name in names:
        for side in SIDES:
            points[:, motion.skeleton.index(f"{side}_{name}")] = np.nan
    return motion.with_points(points)


def errors_s(found: MarkedContacts, true: Contacts) -> np.ndarray:
    """Errors of both events (N, 2) of the contacts away from the ends."""
    rows = []
    for i in range(2, len(true) - 2):
        own = found.contacts.side == true.side[i]
        late = found.contacts.initial_contact_s - true.initial_contact_s[i]
        late[~own] = np.inf
        best = int(np.argmin(np.abs(late)))
        rows.append((late[best], found.contacts.toe_off_s[best] - true.toe_off_s[i]))
    return np.array(rows)


@pytest.mark.parametrize(("speed_m_s", "contact_time_s"), [(2.5, 0.268), (3.5, 0.224), (4.5, 0.194)])
def test_every_step_of_a_treadmill_runner_is_found_once(speed_m_s: float, contact_time_s: float) -> None:
    motion, true = performed(speed_m_s=speed_m_s, contact_time_s=contact_time_s)
    found = MarkerContacts()(motion)
    assert found.contacts.alternate()
    assert abs(len(found.contacts) - len(true)) <= 2
    assert np.abs(errors_s(found, true)).max() < LOOSE_S
    assert found.belt_speed_m_s == pytest.approx(speed_m_s, rel=0.05)


def test_over_ground_gives_the_same_events_as_on_a_belt() -> None:
    belt, _ = performed()
    points = belt.points.copy()
    points[..., 0] += 3.0 * belt.time_s[:, None]
    ground = MarkerContacts()(belt.with_points(points))
    treadmill = MarkerContacts()(belt)
    assert np.allclose(
        ground.contacts.initial_contact_s, treadmill.contacts.initial_contact_s, atol=1e-4, rtol=0
    )
    assert np.allclose(ground.contacts.toe_off_s, treadmill.contacts.toe_off_s, atol=1e-4, rtol=0)


def test_markers_higher_on_the_shoe_move_nothing() -> None:
    motion, _ = performed()
    points = motion.points.copy()
    for name in ("left_heel", "right_heel", "left_toe", "right_toe"):
        points[:, motion.skeleton.index(name), 1] += 0.04
    low, high = (MarkerContacts()(m) for m in (motion, motion.with_points(points)))
    assert np.abs(low.contacts.toe_off_s - high.contacts.toe_off_s).max() < 0.003


def test_sampling_rate_hardly_matters() -> None:
    found = [MarkerContacts()(performed(rate)[0]).contacts for rate in (100.0, 300.0)]
    slow, fast = (contacts.initial_contact_s[2:-2] for contacts in found)
    gap = np.abs(slow[:, None] - fast).min(axis=1)
    assert gap.max() < 0.005


@pytest.mark.parametrize("lost", [("heel",), ("toe",), ("hip",), ("ankle",), ("knee",)])
def test_steps_are_still_counted_without_some_markers(lost: tuple[str, ...]) -> None:
    motion, _ = performed()
    whole, part = (MarkerContacts()(m).contacts for m in (motion, without(motion, *lost)))
    assert abs(len(whole) - len(part)) <= 2
    assert part.alternate()


def test_a_long_gap_in_one_marker_loses_no_step() -> None:
    motion, true = performed()
    points = motion.points.copy()
    points[400:460, motion.skeleton.index("left_heel")] = np.nan
    assert np.abs(errors_s(MarkerContacts()(motion.with_points(points)), true)).max() < 0.05


def test_a_hop_on_one_foot_does_not_break_it() -> None:
    motion, _ = performed()
    points = motion.points.copy()
    for name in ("ankle", "heel", "toe"):
        points[500:600, motion.skeleton.index(f"left_{name}")] = points[
            499, motion.skeleton.index(f"left_{name}")
        ]
    found = MarkerContacts()(motion.with_points(points)).contacts
    assert len(found) > 10


def test_uncertainty_of_each_event_is_stated() -> None:
    found = MarkerContacts()(performed()[0])
    assert set(found.sd_s) == {"initial_contact", "toe_off"}
    assert all(0.001 < sd < 0.008 for sd in found.sd_s.values())
    assert all(len(spread) == len(found.contacts) for spread in found.spread_s.values())


def test_walking_is_said_to_be_walking() -> None:
    motion, true = performed(activity="walking", speed_m_s=1.4, cadence_spm=110.0, contact_time_s=0.68)
    found = MarkerContacts()(motion)
    assert abs(len(found.contacts) - len(true)) <= 2
    assert [issue.code for issue in found.issues] == [Code.WALKING]


def test_who_stands_still_makes_no_step() -> None:
    motion, _ = performed(activity="standing")
    with pytest.raises(DataError, match="whole step"):
        MarkerContacts()(motion)


def test_pixels_are_refused() -> None:
    motion, _ = performed()
    image = Motion(motion.points, motion.confidence, motion.time_s, motion.skeleton, "px", "image")
    with pytest.raises(ValueError, match="lab frame"):
        MarkerContacts()(image)


def test_lowest_mass_lies_between_landing_and_the_middle_of_contact() -> None:
    motion, true = performed()
    lowest, sd_s = lowest_mass_from_markers_s(motion, true)
    part = (lowest - true.initial_contact_s) / true.duration_s
    assert np.all((part > 0.3) & (part < 0.6))
    assert sd_s < 0.005


def test_lowest_mass_without_knees_is_less_sure() -> None:
    motion, true = performed()
    both, sure_s = lowest_mass_from_markers_s(motion, true)
    pelvis, unsure_s = lowest_mass_from_markers_s(without(motion, "knee"), true)
    assert np.abs(both - pelvis).max() < 0.02
    assert unsure_s > sure_s
