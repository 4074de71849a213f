"""What healthy runners are told: drawn from the norms, filmed with a phone's errors."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from tests.unit.findings.measured import HIP, SPEED, measure

from midstance.findings import found, norm_limit
from midstance.model import CATALOGUE, SIDES

ERROR_SD = {  # of a phone's film at 60 pictures a second, near leg
    HIP: 0.015,
    "overstride_m": 0.018,
    "knee_flexion_at_contact_deg": 3.5,
    "cadence_spm": 0.5,
    "vertical_oscillation_m": 0.006,
    "foot_strike_angle_deg": 4.0,
    "contact_time_s": 0.011,
    "trunk_lean_deg": 1.2,
}
RUNNERS = 400
SIDE_SHARE = 0.25  # of the spread between runners, between the legs of one


def spread(key):
    """Return mean and standard deviation between healthy runners."""
    if key == "trunk_lean_deg":
        return 7.3, 3.6
    middle, high = (norm_limit(key, "pelvis_dip" if key == HIP else "", SPEED, p) for p in (50.0, 84.13))
    assert middle is not None
    assert high is not None
    return middle, high - middle


def filmed(rng):
    """Return the measures of one healthy runner."""
    measures = []
    for key, error in ERROR_SD.items():
        middle, sd = spread(key)
        own = rng.normal(middle, sd)
        for side in SIDES if CATALOGUE[key].sided else ("both",):
            leg = own + (rng.normal(0.0, SIDE_SHARE * sd) if side != "both" else 0.0)
            measures.append(measure(key, leg + rng.normal(0.0, error), error, side))
    return measures


@pytest.fixture(scope="module")
def told():
    """Return how often each finding is told, as a share of healthy runners."""
    rng = np.random.default_rng(6)
    keys = Counter(f.key for _ in range(RUNNERS) for f in found(filmed(rng), speed_m_s=SPEED))
    return {key: count / RUNNERS for key, count in keys.items()}


def test_few_healthy_runners_are_told_that_a_hip_is_behind(told):
    behind = ("hip_behind", "hip_behind_all_through", "bent_and_behind")

    assert sum(told.get(key, 0.0) for key in behind) < 1 / 6


def test_no_single_finding_is_told_to_more_than_a_sixth_of_healthy_runners(told):
    open_ends = {"too_close", "nothing_stands_out"}

    assert max(share for key, share in told.items() if key not in open_ends) < 1 / 6


def test_nearly_half_of_healthy_runners_are_told_of_no_finding_at_all(told):
    assert 0.35 < told["too_close"] + told["nothing_stands_out"] < 0.6
