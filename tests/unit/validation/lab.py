"""A virtual runner as a laboratory would have measured it: an analysis with known truth."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from midstance.model import (
    BODY,
    CATALOGUE,
    SIDES,
    Analysis,
    Contacts,
    Estimate,
    Measure,
    Midstances,
    Motion,
    Runner,
    StepTable,
    Tier,
    Trial,
    Volume,
)
from midstance.validation import Entry
from midstance.virtual import Gait, perform

HIP = "hip_over_ankle_at_midstance_m"
KEYS = (HIP, "contact_time_s", "foot_strike_angle_deg")
RATE_HZ = 150.0
SHOW = perform(Gait(height_m=1.8, speed_m_s=3.0), 12.0)
ENTRY = Entry(
    Path("S01runT30.c3d"), None, "S01", 3.0, Runner(height_m=1.8), {"left": "rearfoot", "right": "forefoot"}
)


def lab_motion(show=SHOW):
    return show.motion(np.arange(0.0, show.duration_s, 1.0 / RATE_HZ))


def shifted(contacts, landing_s, leaving_s, kept):
    return Contacts(
        contacts.side[kept],
        contacts.initial_contact_s[kept] + landing_s,
        contacts.toe_off_s[kept] + leaving_s,
    )


def measures(values, side_of, margin):
    for key in KEYS:
        for side in SIDES:
            value = float(np.mean(values[key][side_of == side]))
            estimate = Estimate(
                value, value - margin, value + margin, CATALOGUE[key].unit, 9, "mean", Tier.HIGH
            )
            yield Measure(key, side, estimate)


def lab_analysis(*, landing_s=0.0, leaving_s=0.0, hip_m=0.0, margin=0.01, leave_out=(), source="forces"):
    """Return the analysis of a lab trial; contacts and hip over ankle are off by known amounts."""
    truth = SHOW.truth()
    kept = np.setdiff1d(np.arange(len(truth.contacts)), list(leave_out))
    contacts = shifted(truth.contacts, landing_s, leaving_s, kept)
    values = {key: truth.values[key][kept] for key in KEYS}
    values[HIP] = values[HIP] + hip_m
    lowest = truth.midstances.by_definition["pelvis"][kept]
    middle = truth.midstance_s[kept]
    steps = StepTable(
        contacts,
        Midstances(middle, np.zeros(len(kept)), {"most_bent": middle, "lowest_mass": lowest}, "most_bent"),
        values,
        {key: CATALOGUE[key].unit for key in KEYS},
        np.ones(len(kept), bool),
    )
    motion = lab_motion()
    return Analysis(
        recording=Trial(ENTRY.run, "0" * 64, "c3d", markers=motion),
        runner=ENTRY.runner,
        activity="running",
        scene=None,
        volume=Volume(
            "+Y",
            "+X",
            "given",
            "m",
            "none",
            "",
            "exact",
            "treadmill",
            "given",
            0.0,
            3.0,
            "given",
            source,
            70.0,
            "forces",
        ),
        image_motion=Motion(np.empty((0, 19, 2)), np.empty((0, 19)), np.empty(0), BODY, "px", "image"),
        motion=motion,
        steps=steps,
        signals=None,
        mean_strides=(),
        measures=tuple(measures(values, contacts.side, margin)),
        issues=(),
        settings={},
        versions={},
    )
