"""Contacts, mass and the lowest centre of mass from made-up plate forces."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.gait import ForceContacts, PlateContacts, body_mass_kg, lowest_centre_of_mass_s
from midstance.model import LAB_BODY, Code, Forces, Motion

RATE_HZ = 300.0
CONTACT_S, STEP_S, FIRST_S = 0.25, 0.36, 0.1013
MASS_KG = 70.0
WEIGHT_N = MASS_KG * 9.80665
PEAK_N = WEIGHT_N * STEP_S / CONTACT_S * np.pi / 2
CLOCK_S = np.arange(0, 6.0, 1 / RATE_HZ)
LANDS_S = np.arange(FIRST_S, 5.6, STEP_S)


def bumps(lands_s: np.ndarray = LANDS_S, lasts_s: float = CONTACT_S) -> np.ndarray:
    part = (CLOCK_S[:, None] - lands_s) / lasts_s
    return (PEAK_N * np.sin(np.pi * part) * ((part > 0) & (part < 1))).sum(axis=1)


def forces(*plates_n: np.ndarray, x_m: float = 0.0) -> Forces:
    force = np.zeros((len(CLOCK_S), len(plates_n), 3))
    force[..., 1] = np.stack(plates_n, axis=1)
    centre = np.full(force.shape, np.nan)
    centre[force[..., 1] > 20] = (x_m, 0.0, 0.1)
    names = tuple(str(i) for i in range(len(plates_n)))
    return Forces(force, centre, np.full(force.shape[:2], np.nan), CLOCK_S, names, "lab")


def motion(swing_m: float = 0.2) -> Motion:
    """Feet that are down in turn, right first."""
    clock = np.arange(0, 6.0, 1 / 150)
    points = np.zeros((len(clock), len(LAB_BODY.names), 3))
    step = np.floor((clock - FIRST_S + 0.05) / STEP_S).astype(int) % 2
    for side, number in (("right", 0), ("left", 1)):
        for name in ("ankle", "heel", "toe"):
            at = LAB_BODY.index(f"{side}_{name}")
            points[:, at, 1] = np.where(step == number, 0.05, 0.05 + swing_m)
            points[:, at, 2] = 0.1 if side == "right" else -0.1
    return Motion(points, np.ones(points.shape[:2]), clock, LAB_BODY, "m", "lab")


def edge_s(threshold_n: float = 50.0) -> float:
    return float(np.arcsin(threshold_n / PEAK_N) / np.pi * CONTACT_S)


def known(found: PlateContacts) -> None:
    assert found.contacts is not None
    assert found.contacts.side[:3].tolist() == ["right", "left", "right"]
    assert len(found.contacts) == len(LANDS_S)


def test_a_contact_begins_between_two_samples_where_the_force_passes_the_threshold() -> None:
    found = ForceContacts(low_pass_hz=0.0)(forces(bumps()), motion())
    known(found)
    assert found.contacts is not None
    assert np.abs(found.contacts.initial_contact_s - LANDS_S - edge_s()).max() < 2e-4
    assert np.abs(found.contacts.toe_off_s - LANDS_S - CONTACT_S + edge_s()).max() < 2e-4


def test_drift_of_a_plate_does_not_move_the_contacts() -> None:
    drifting = bumps() + 25.0 + 8.0 * np.sin(CLOCK_S)
    clean, found = (ForceContacts()(forces(f), motion()) for f in (bumps(), drifting))
    assert clean.contacts is not None
    assert found.contacts is not None
    assert np.abs(clean.contacts.initial_contact_s - found.contacts.initial_contact_s).max() < 5e-4
    assert [issue.code for issue in found.issues] == [Code.PLATES_DRIFT]
    kept = ForceContacts(drift=False)(forces(drifting), motion())
    assert kept.contacts is not None
    assert (kept.contacts.duration_s - clean.contacts.duration_s).min() > 1e-3


def test_a_foot_on_two_belts_is_one_foot() -> None:
    found = ForceContacts()(forces(0.4 * bumps(), 0.6 * bumps()), motion())
    known(found)
    assert body_mass_kg(found) == pytest.approx(MASS_KG, rel=0.005)


def test_side_is_told_by_the_centre_of_pressure_where_the_feet_are_equally_high() -> None:
    found = ForceContacts()(forces(bumps()), motion(swing_m=0.0))
    assert found.contacts is not None
    assert set(found.contacts.side) == {"right"}


def test_contacts_cut_by_the_ends_of_the_recording_are_left_out() -> None:
    found = ForceContacts()(forces(bumps(np.arange(-0.1, 6.0, STEP_S))), motion())
    assert found.contacts is not None
    assert found.contacts.initial_contact_s[0] == pytest.approx(STEP_S - 0.1, abs=0.01)
    assert found.contacts.toe_off_s[-1] < CLOCK_S[-1]


def test_two_feet_on_the_plates_at_once_cannot_be_told_apart() -> None:
    found = ForceContacts()(forces(bumps(lasts_s=0.5)), motion())
    assert found.contacts is None
    assert [issue.code for issue in found.issues] == [Code.PLATES_SHARED]
    assert np.isnan(body_mass_kg(found))
    assert not len(lowest_centre_of_mass_s(found, MASS_KG))


@pytest.mark.parametrize("noise_n", [0.0, 8.0])
def test_plates_that_bear_nobody_are_said_to_be_off(noise_n: float) -> None:
    idle = 12.0 + np.random.default_rng(0).normal(0, noise_n, len(CLOCK_S))
    found = ForceContacts()(forces(idle), motion())
    assert found.contacts is None
    assert [issue.code for issue in found.issues] == [Code.PLATES_OFF]


def test_over_ground_the_plates_vouch_for_their_own_steps_only() -> None:
    found = ForceContacts()(forces(bumps(FIRST_S + STEP_S * np.array([0, 1, 6]))), motion())
    assert found.covered_s == pytest.approx(
        np.array([[FIRST_S, FIRST_S + STEP_S + CONTACT_S], FIRST_S + 6 * STEP_S + np.array([0, CONTACT_S])]),
        abs=0.015,
    )


def test_body_is_lowest_in_the_middle_of_a_symmetric_push() -> None:
    found = ForceContacts()(forces(bumps()), motion())
    mass = body_mass_kg(found)
    assert mass == pytest.approx(MASS_KG, rel=0.005)
    lowest = lowest_centre_of_mass_s(found, mass)
    assert np.abs(lowest - LANDS_S - CONTACT_S / 2).max() < 0.002


def test_a_wrong_mass_hardly_moves_the_lowest_point() -> None:
    found = ForceContacts()(forces(bumps()), motion())
    right, wrong = (lowest_centre_of_mass_s(found, mass)[2:-2] for mass in (MASS_KG, 1.02 * MASS_KG))
    assert np.abs(right - wrong).max() < 0.001


def test_one_step_on_a_plate_gives_no_mass_and_no_lowest_point() -> None:
    found = ForceContacts()(forces(bumps(np.array([2.0]))), motion())
    assert np.isnan(body_mass_kg(found))
    assert np.isnan(lowest_centre_of_mass_s(found, MASS_KG)).all()


def test_forces_in_the_axes_of_a_file_are_refused() -> None:
    lab = forces(bumps())
    turned = Forces(
        lab.force_n, lab.centre_of_pressure_m, lab.free_moment_n_m, lab.time_s, lab.plates, "file"
    )
    with pytest.raises(ValueError, match="lab frame"):
        ForceContacts()(turned, motion())
