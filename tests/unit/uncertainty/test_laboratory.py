from __future__ import annotations

import numpy as np
import pytest

from midstance.model import CATALOGUE, Tier
from midstance.uncertainty import LabDoubts, lab_error_model, lab_interval

HIP = "hip_over_ankle_at_midstance_m"
STEPS = 0.03 + 0.008 * np.random.default_rng(1).standard_normal(40)


def test_the_lab_error_model_covers_the_catalogue():
    measures = lab_error_model()["measures"]

    assert set(measures) == set(CATALOGUE)
    for key, known in measures.items():
        assert 0 < 1.96 * known["sd"] < known["high"] < known["fair"] < known["refuse"], key


def test_the_interval_holds_the_mean_of_the_steps_and_names_them():
    found = lab_interval(HIP, STEPS, LabDoubts(), "test")

    assert found.value == pytest.approx(STEPS.mean())
    assert found.n == 40
    assert found.tier is Tier.HIGH


def test_one_step_gets_the_usual_spread_of_runners():
    found = lab_interval(HIP, STEPS[:1], LabDoubts(), "test")
    known = lab_error_model()["measures"][HIP]

    assert found.margin == pytest.approx(1.96 * np.hypot(known["sd"], known["step_sd"]))


def test_without_a_standing_trial_it_is_wider():
    with_static, without = (
        lab_interval(HIP, STEPS, LabDoubts(static=s), "test").margin for s in (True, False)
    )

    assert without > 1.3 * with_static


def test_an_instant_that_is_not_sure_widens_what_changes_with_it():
    still, moving = (
        lab_interval(HIP, STEPS, LabDoubts(slope_per_s=s, timing_sd_s=0.005), "test").margin
        for s in (0.0, 3.0)
    )

    assert moving > still


def test_what_no_marker_shows_is_refused():
    assert lab_interval(HIP, np.array([np.nan]), LabDoubts(), "test").tier is Tier.REFUSED
