"""The numbers the program promises, on real and rendered recordings, the whole way through."""

from __future__ import annotations

import numpy as np
import pytest
from accuracy import CLIPS, rendered
from calibrate_contacts import SKIP, rows, seen_by
from rbds import trials
from truth import read_truth

import midstance
from midstance.alignment import stance_speed
from midstance.model import SIDES, Runner

pytestmark = pytest.mark.usefixtures("weights")


def test_a_rendered_runner_is_measured_within_the_bars_and_the_intervals_hold(recordings):
    truth = read_truth(recordings / "virtual/side_m1_60fps.npz")
    found = midstance.analyse(
        recordings / "virtual/side_m1_60fps.mp4", runner=Runner(height_m=truth.height_m)
    )

    table = rendered("side_m1_60fps", found, truth)
    assert len(table) > 12
    assert [row for row in table if not row.holds] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", CLIPS)
def test_every_real_clip_ends_as_expected(recordings, name):
    file, check = CLIPS[name]
    table = check(midstance.analyse(recordings / file, runner=Runner(height_m=1.75)))

    assert table
    assert [row for row in table if not row.holds] == []


def some_trials(recordings, count):
    for number, trial in enumerate(trials(recordings / "lab/rbds", skip=SKIP)):
        if number % 8 == 0:
            yield trial
        if number > 8 * count:
            return


def test_contacts_from_a_phones_view_of_lab_trials_agree_with_the_force_plate(recordings):
    known = midstance_rules()
    errors = [
        consensus_error(known, row, event)
        for trial in some_trials(recordings, 4)
        for row in rows(trial, seen_by(trial.motion, 30.0, 3.0, 12.0, 0.010, 1))
        for event in ("initial_contact", "toe_off")
    ]

    assert len(errors) >= 16
    assert np.abs(np.mean(errors)) < 0.006
    assert np.std(errors) < 0.012


def midstance_rules():
    from midstance.gait.contacts import _calibration  # noqa: PLC0415  # the shipped data

    return _calibration()


def consensus_error(known, row, event):
    from calibrate_contacts import fused  # noqa: PLC0415

    return fused(known[event], row.seconds[event], row.covariates, 0.008)


def test_the_belt_speed_is_read_from_the_foot_on_it(recordings):
    ratios = [
        stance_speed(trial.motion, trial.contacts, side, "treadmill") / trial.speed_m_s
        for trial in some_trials(recordings, 4)
        for side in SIDES
    ]

    assert np.mean(ratios) == pytest.approx(1.0, abs=0.006)
    assert np.std(ratios) < 0.012
