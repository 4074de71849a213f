"""Every body can run, its shoes on the ground, and the detectors of contact agree with the truth."""

from __future__ import annotations

import numpy as np
import pytest

from midstance import gait, kinematics
from midstance.model import SIDES
from midstance.virtual.body import BODIES, MATERIALS, load_body
from midstance.virtual.running import Running

LASTS_S = 5.0


@pytest.fixture(scope="module", params=BODIES)
def shown(request):
    body = load_body(request.param)
    return body, Running()(body.build, LASTS_S, body.joints)


def test_shoes_neither_sink_nor_hover(shown):
    body, run = shown
    soles = np.isin(body.material, [MATERIALS.index("sole"), MATERIALS.index("shoe")])
    soles &= body.vertices[:, 2] > 0.0
    own = run.contacts.of("right")
    start, long = run.contacts.initial_contact_s[own][1], run.contacts.duration_s[own][1]
    for part in (0.0, 0.1, 0.3, 0.5, 0.7, 0.85, 1.0):
        surface, _ = body.posed(run.posture(np.array([start + part * long])))
        lowest = float(surface[soles, 1].min())
        assert -0.0065 < lowest < 0.005, part


def test_midstance_is_met_on_the_body_s_own_joints(shown):
    _, run = shown
    values = run.truth().values
    np.testing.assert_allclose(values["hip_over_ankle_at_midstance_m"], 0.06, atol=0.0003)
    np.testing.assert_allclose(values["trunk_lean_deg"], 8.0, atol=0.05)
    assert values["knee_flexion_peak_deg"].max() < 56.0


def late_s(found, true):
    """Return how late found contacts start and end on average [s]."""
    late = []
    for side in SIDES:
        starts, ends = (getattr(found, name)[found.of(side)] for name in ("initial_contact_s", "toe_off_s"))
        for start, end in zip(
            true.initial_contact_s[true.of(side)], true.toe_off_s[true.of(side)], strict=True
        ):
            nearest = int(np.argmin(np.abs(starts - start)))
            if abs(starts[nearest] - start) < 0.1:
                late.append((starts[nearest] - start, ends[nearest] - end))
    assert len(late) > 5
    return np.mean(late, axis=0)


@pytest.mark.parametrize("speed", [2.5, 3.0, 3.5, 4.5])
def test_rules_from_force_plates_agree_with_first_and_last_touch(speed):
    body = load_body("lean_man")
    run = Running.at_speed(speed)(body.build, LASTS_S, body.joints)
    motion = run.motion(np.arange(0.0, LASTS_S, 1.0 / 200.0))
    stride = gait.PhaseLock(harmonics=20)(kinematics.sagittal_curves(motion))
    legs = {side: kinematics.leg_length(motion, side) for side in SIDES}
    found = gait.ContactRules()(stride, legs).contacts(stride)
    assert np.abs(late_s(found, run.contacts)).max() < 0.0115
