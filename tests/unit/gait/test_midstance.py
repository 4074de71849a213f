"""The instant of midstance under every definition, against a motion known exactly."""

from __future__ import annotations

import numpy as np
import pytest
from tests.property.runners import CLOSE, EXACT, filmed, in_lab, locked, partners

from midstance.errors import SettingsError
from midstance.gait import DEFINITIONS, MidstanceRule, StancePhases, midstance_phases
from midstance.virtual import Gait

TRUE = ("knee", "leg_line", "pelvis", "most_bent", "knee_bend", "pelvis_dip", "mid_bend")


def errors_s(gait, side="right"):
    """Return the mean error of each definition [s]."""
    seen = filmed(gait, CLOSE, EXACT, 5.0)
    stride, stance, _ = locked(in_lab(seen))
    contacts, truth = stance.contacts(stride), seen.show.truth()
    found = MidstanceRule()(stride, stance, contacts).by_definition
    mates, own = partners(contacts, truth.contacts, side), truth.contacts.of(side)
    true = truth.midstances.by_definition
    return {name: float(np.mean(found[name][mates] - true[name][own])) for name in TRUE}


def of_default():
    seen = filmed(Gait(), CLOSE, EXACT, 5.0)
    stride, stance, _ = locked(in_lab(seen))
    return stride, stance, stance.contacts(stride)


@pytest.mark.parametrize("speed", [2.5, 3.5, 4.5])
@pytest.mark.parametrize("strike_deg", [14.0, 10.0, 4.0, -6.0])
def test_leg_line_and_pelvis_turn_within_5_ms_of_the_truth(speed, strike_deg):
    found = errors_s(Gait.at_speed(speed).with_options(foot_strike_angle_deg=strike_deg))

    assert abs(found["leg_line"]) < 0.005
    assert abs(found["pelvis"]) < 0.005


@pytest.mark.parametrize("speed", [2.5, 3.5, 4.5])
@pytest.mark.parametrize("strike_deg", [14.0, 10.0, 4.0, -6.0])
def test_the_reported_midstance_is_within_1_ms_of_the_truth(speed, strike_deg):
    found = errors_s(Gait.at_speed(speed).with_options(foot_strike_angle_deg=strike_deg))

    assert abs(found["knee_bend"]) < 0.0015
    assert abs(found["pelvis_dip"]) < 0.001
    assert abs(found["mid_bend"]) < 0.001


@pytest.mark.parametrize("speed", [2.5, 3.5, 4.5])
@pytest.mark.parametrize("strike_deg", [14.0, 10.0, 4.0, -6.0])
def test_most_bent_is_within_8_ms_of_the_truth(speed, strike_deg):
    found = errors_s(Gait.at_speed(speed).with_options(foot_strike_angle_deg=strike_deg))

    assert abs(found["most_bent"]) < 0.008


@pytest.mark.parametrize("side", ["left", "right"])
def test_half_contact_is_half_of_contact_exactly(side):
    stride, stance, contacts = of_default()
    found = MidstanceRule(definition="half_contact")(stride, stance, contacts)
    own = contacts.of(side)
    middle = 0.5 * (contacts.initial_contact_s + contacts.toe_off_s)
    phase = midstance_phases(stride, stance, side)["half_contact"]

    assert phase == pytest.approx(0.5 * (stance.initial_contact[side] + stance.toe_off[side]))
    assert found.time_s[own] == pytest.approx(middle[own], abs=0.001)


def test_at_the_hip_crossing_the_hip_is_over_the_ankle():
    stride, stance, _ = of_default()
    for side in ("left", "right"):
        phase = midstance_phases(stride, stance, side, harmonics=10)["hip_crossing"]
        assert abs(stride.mean(f"{side}_hip_over_ankle_m", phase)[0]) < 1e-3


def test_a_hip_that_never_passes_the_ankle_crosses_nowhere():
    stride, _, _ = of_default()
    early = StancePhases({"left": 0.0, "right": 0.0}, {"left": 0.01, "right": 0.01}, {}, {})
    phases = midstance_phases(stride, early, "left")

    assert np.isnan(phases["hip_crossing"])


def test_most_bent_is_the_median_of_its_three():
    stride, stance, _ = of_default()
    phases = midstance_phases(stride, stance, "right")

    assert phases["most_bent"] == np.median([phases[name] for name in ("knee", "leg_line", "pelvis")])


def test_mid_bend_is_the_mean_of_its_two():
    stride, stance, _ = of_default()
    phases = midstance_phases(stride, stance, "right")

    assert phases["mid_bend"] == pytest.approx(0.5 * (phases["knee_bend"] + phases["pelvis_dip"]))


def test_a_camera_does_not_see_the_centre_of_mass():
    stride, stance, contacts = of_default()

    assert np.isnan(midstance_phases(stride, stance, "left")["mass"])
    assert np.isnan(MidstanceRule(definition="mass")(stride, stance, contacts).time_s).all()


def test_where_nothing_turns_the_usual_part_of_contact_stands_in():
    stride, stance, _ = of_default()
    landing = stance.initial_contact["left"]
    soon = landing + 0.02
    tiny = StancePhases({"left": landing, "right": landing}, {"left": soon, "right": soon}, {}, {})
    phases = midstance_phases(stride, tiny, "left")

    assert np.isnan([phases["knee"], phases["leg_line"], phases["pelvis"]]).all()
    assert phases["most_bent"] == pytest.approx(landing + 0.43 * 0.02)
    assert np.isnan(phases["knee_bend"])
    assert phases["pelvis_dip"] == pytest.approx(landing + 0.465 * 0.02)
    assert phases["mid_bend"] == pytest.approx(landing + 0.46 * 0.02)


def test_every_contact_has_every_definition_within_it():
    stride, stance, contacts = of_default()
    found = MidstanceRule()(stride, stance, contacts)

    assert set(found.by_definition) == set(DEFINITIONS)
    assert np.array_equal(found.time_s, found.by_definition["pelvis_dip"])
    for name, instants in found.by_definition.items():
        if name not in {"hip_crossing", "mass"}:
            assert (instants > contacts.initial_contact_s).all(), name
            assert (instants < contacts.toe_off_s).all(), name


def test_the_spread_tells_how_far_the_three_disagree():
    stride, stance, contacts = of_default()
    found = MidstanceRule()(stride, stance, contacts)
    three = [found.by_definition[name] for name in ("knee", "leg_line", "pelvis")]

    assert found.spread_s == pytest.approx(np.std(three, axis=0))


@pytest.mark.parametrize("options", [{"definition": "middle"}, {"harmonics": 2}])
def test_an_impossible_rule_is_refused(options):
    with pytest.raises(SettingsError, match="choose"):
        MidstanceRule(**options)
