"""Midstance of single steps, from curves whose turns are known."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.errors import SettingsError
from midstance.gait import DEFINITIONS, StepMidstance, bend_middles
from midstance.model import Contacts, Signals

CLOCK = np.arange(0.0, 9.0, 1.0 / 150.0)
STEP_S, CONTACT_S = 0.35, 0.24
LANDINGS = 0.4 + STEP_S * np.arange(23.0)
BENT = 0.105  # after initial contact [s]


def bump(centres, width, height):
    """Bumps of known top at given instants (T,)."""
    return height * sum(np.exp(-0.5 * ((CLOCK - c) / width) ** 2) for c in centres)


def contacts():
    side = np.array(["left", "right"] * 12)[: len(LANDINGS)]
    return Contacts(side, LANDINGS, LANDINGS + CONTACT_S)


def curves(noise=0.0, late=(0.0, 0.004, 0.008), **more):
    """Knee, leg line and pelvis that turn at known instants of each contact."""
    tables = {}
    for side in ("left", "right"):
        own = LANDINGS[contacts().of(side)] + BENT
        tables[f"{side}_knee_flexion_deg"] = 12.0 + bump(own + late[0], 0.045, 28.0)
        tables[f"{side}_hip_ankle_length_m"] = 0.85 - bump(own + late[1], 0.06, 0.06)
        place = np.interp(CLOCK, own, np.arange(len(own))) % 1.0
        tables[f"{side}_hip_over_ankle_m"] = 3.0 * (place - np.round(place)) * 2 * STEP_S + 0.03
    tables["pelvis_height_m"] = 0.95 - bump(LANDINGS + BENT + late[2], 0.055, 0.07)
    tables |= more
    rng = np.random.default_rng(5)
    scale = {"deg": noise * 1000.0, "m": noise}
    units = tuple("deg" if name.endswith("deg") else "m" for name in tables)
    values = np.stack(
        [v + rng.normal(0, scale[u] + 1e-12, len(v)) for v, u in zip(tables.values(), units, strict=True)],
        axis=1,
    )
    return Signals(values, tuple(tables), units, CLOCK)


def offset(found, name):
    return found.by_definition[name] - LANDINGS - BENT


@pytest.mark.parametrize(("noise", "bar"), [(0.0, 1e-4), (0.0005, 0.004)])
def test_every_turn_is_found_between_the_samples(noise, bar):
    found = StepMidstance()(curves(noise), contacts())

    for name, true in {"knee": 0.0, "leg_line": 0.004, "pelvis": 0.008, "most_bent": 0.004}.items():
        assert np.mean(offset(found, name)) == pytest.approx(true, abs=max(bar / 3, 2e-4)), name
        assert np.abs(offset(found, name) - true).max() < bar, name


def test_flanks_of_an_even_bump_meet_at_its_top():
    found = StepMidstance()(curves(), contacts())

    assert offset(found, "knee_bend") == pytest.approx(np.zeros(23), abs=5e-4)
    assert offset(found, "pelvis_dip") == pytest.approx(np.full(23, 0.008), abs=5e-4)
    assert offset(found, "mid_bend") == pytest.approx(np.full(23, 0.004), abs=5e-4)


def test_noise_moves_the_flanks_less_than_the_flat_top():
    found = StepMidstance()(curves(0.002), contacts())

    for flanks, top in (("knee_bend", "knee"), ("pelvis_dip", "pelvis")):
        assert np.std(offset(found, flanks)) < 0.9 * np.std(offset(found, top))


def test_a_low_pass_moves_a_lopsided_top_more_than_its_flanks():
    lopsided = bump(LANDINGS[::2] + BENT - 0.035, 0.035, 12.0) + bump(LANDINGS[::2] + BENT, 0.045, 22.0)
    signals = curves(left_knee_flexion_deg=lopsided)
    eight, thirty = (StepMidstance(low_pass_hz=cut)(signals, contacts()) for cut in (8.0, 30.0))
    own = contacts().of("left")
    moved = {n: float(np.mean((offset(eight, n) - offset(thirty, n))[own])) for n in ("knee", "knee_bend")}

    assert abs(moved["knee"]) > 0.0005
    assert abs(moved["knee_bend"]) < 0.5 * abs(moved["knee"])


def test_half_contact_and_hip_crossing_are_what_they_say():
    signals = curves()
    found = StepMidstance()(signals, contacts())

    assert offset(found, "half_contact") == pytest.approx(np.full(23, 0.5 * CONTACT_S - BENT))
    for side in ("left", "right"):
        own = contacts().of(side)
        at = found.by_definition["hip_crossing"][own]
        over = np.interp(at, CLOCK, signals.curve(f"{side}_hip_over_ankle_m"))
        assert over[1:-1] == pytest.approx(0.0, abs=1e-3)


def test_the_lowest_mass_is_used_where_it_is_known():
    without = StepMidstance()(curves(), contacts())
    mass = 1.0 - bump(LANDINGS + BENT + 0.002, 0.06, 0.07)
    known = StepMidstance()(curves(centre_of_mass_height_m=mass), contacts(), "mass")

    assert np.isnan(without.by_definition["mass"]).all()
    assert known.time_s - LANDINGS - BENT == pytest.approx(np.full(23, 0.002), abs=3e-4)


def test_of_two_humps_as_high_the_one_in_the_middle_counts():
    twice = bump(LANDINGS[::2] + BENT, 0.04, 30.0) + bump(LANDINGS[::2] + 0.045, 0.006, 16.0)
    found = StepMidstance()(curves(left_knee_flexion_deg=twice), contacts())

    assert np.abs(offset(found, "knee")[contacts().of("left")]).max() < 0.01


def test_what_is_not_seen_is_nan_and_the_rest_is_found():
    signals = curves()
    lost = signals.values.copy()
    gap = np.abs(CLOCK - LANDINGS[4] - BENT) < 0.12
    lost[gap, signals.names.index("left_knee_flexion_deg")] = np.nan
    found = StepMidstance()(Signals(lost, signals.names, signals.units, CLOCK), contacts())

    assert np.isnan(found.by_definition["knee"][4])
    assert np.isnan(found.by_definition["head"]).all()
    assert np.isfinite(found.by_definition["most_bent"]).all()
    assert np.isfinite(np.delete(found.by_definition["knee"], 4)).all()


def test_nothing_seen_gives_nothing():
    empty = Signals(np.full((len(CLOCK), 1), np.nan), ("pelvis_height_m",), ("m",), CLOCK)
    found = StepMidstance()(empty, contacts())

    assert np.isnan(found.time_s).all()
    assert np.isnan(found.spread_s).all()


def test_every_definition_has_its_words_and_the_default_is_reported():
    found = StepMidstance()(curves(), contacts())

    assert set(found.by_definition) == set(DEFINITIONS)
    assert found.definition == "pelvis_dip"
    assert np.array_equal(found.time_s, found.by_definition["pelvis_dip"])
    three = [found.by_definition[name] for name in ("knee", "leg_line", "pelvis")]
    assert found.spread_s == pytest.approx(np.std(three, axis=0))


def test_one_of_the_two_bends_stands_for_both_where_the_other_is_unseen():
    def nothing(t):
        return t * np.nan

    found = bend_middles(nothing, lambda t: (t - 0.5) ** 2, 0.0, 1.0)

    assert np.isnan(found["knee_bend"])
    assert found["mid_bend"] == found["pelvis_dip"] == pytest.approx(0.5)


@pytest.mark.parametrize("options", [{"low_pass_hz": 0.0}, {"max_gap_s": -1.0}])
def test_an_impossible_rule_is_refused(options):
    with pytest.raises(SettingsError, match="choose"):
        StepMidstance(**options)
