"""From key points to numbers, against a runner whose truth is known exactly.

A virtual runner is filmed, a pose network's known errors are added, and everything behind the pose
room runs for real.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.runners import CLOSE, EXACT, NOISE, analysed, changed, filmed, on_clock, whole_way

from midstance import uncertainty
from midstance.model import BODY, CATALOGUE, SIDES, Runner, Tier, Video
from midstance.virtual import Gait, KeypointErrors

HIP = "hip_over_ankle_at_midstance_m"
LENGTHS = ("overstride_m", "step_length_m", "vertical_oscillation_m", "speed_m_s")
ANGLES = (
    "knee_flexion_peak_deg",
    "knee_flexion_at_contact_deg",
    "trunk_lean_deg",
    "shank_angle_at_contact_deg",
)
TIMES = ("contact_time_s", "flight_time_s", "cadence_spm", "duty_factor", "midstance_percent_contact")
FEW = settings(max_examples=4, deadline=None, derandomize=True)

RATES, AHEAD, VIEWS = (30.0, 60.0, 120.0), (-0.02, 0.02, 0.06), ("left", "right")
GRID = list(product(RATES, VIEWS, AHEAD))


def grid_case(rate_hz, side, ahead_m):
    """Return recording and analysis of one case; its noise is its own."""
    seed = GRID.index((rate_hz, side, ahead_m))
    runner = Gait(
        hip_over_ankle_m=ahead_m,
        step_time_sd_s=0.004,
        contact_time_sd_s=0.003,
        placement_sd_m=0.008,
        seed=seed,
    )
    camera = replace(CLOSE, rate_hz=rate_hz, side=side, time_jitter_sd_s=0.001, seed=seed)
    return whole_way(runner, camera, KeypointErrors(swap_rate=0.0, seed=seed), 6.0)


def estimates(which):
    """Return the estimate and the truth of hip over ankle in every case, near or far leg."""
    rows = []
    for rate_hz, side, ahead_m in GRID:
        seen, found = grid_case(rate_hz, side, ahead_m)
        leg = side if which == "near" else next(s for s in SIDES if s != side)
        rows.append((found.measure(HIP, leg), seen.show.truth().mean(HIP, leg)))
    return rows


def late_m(speed_m_s=3.0):
    """Return what is taken off for hips that networks show late: these points do not have it."""
    lag_s = uncertainty.midstance_lags_s("right")["right"].get("pelvis_dip", 0.0)
    return lag_s * speed_m_s


def covered(rows):
    given_ = [(e, true) for e, true in rows if e.tier is not Tier.REFUSED]
    return float(np.mean([e.low <= true <= e.high for e, true in given_])), len(given_)


@pytest.mark.parametrize("which", ["near", "far"])
def test_hip_over_ankle_is_in_its_interval_in_nine_of_ten_cases(which):
    share, answered = covered(estimates(which))

    assert share >= 0.9
    assert answered >= 0.75 * len(GRID)


def test_the_near_leg_is_nearly_always_answered_and_within_15_mm_on_average():
    rows = estimates("near")
    errors = [e.value + late_m() - true for e, true in rows if e.tier is not Tier.REFUSED]

    assert len(errors) >= len(GRID) - 1
    assert np.sqrt(np.mean(np.square(errors))) < 0.015
    assert np.std(errors) < 0.008
    assert abs(np.mean(errors)) < 0.0125  # of this 5.5 mm are corrections that these points need less


def test_the_reported_definition_scatters_less_than_the_largest_bend():
    errors: dict[str, list[float]] = {"pelvis_dip": [], "most_bent": [], "knee": []}
    for rate_hz, side, ahead_m in GRID:
        seen, found = grid_case(rate_hz, side, ahead_m)
        measure = next(m for m in found.measures if (m.key, m.side) == (HIP, side))
        for name, column in errors.items():
            column.append(measure.by_definition[name] - seen.show.truth(name).mean(HIP, side))

    assert np.std(errors["pelvis_dip"]) < 0.6 * np.std(errors["most_bent"])
    assert np.std(errors["pelvis_dip"]) < 0.6 * np.std(errors["knee"])


def test_a_change_of_some_centimetres_is_recovered():
    rows = dict(zip(GRID, estimates("near"), strict=True))
    found = {case: estimate.value for case, (estimate, _) in rows.items()}
    true = {case: value for case, (_, value) in rows.items()}
    errors = []
    for rate, side in product(RATES, VIEWS):
        for low, high in ((-0.02, 0.02), (0.02, 0.06)):
            step, asked = (hip[rate, side, high] - hip[rate, side, low] for hip in (found, true))
            errors.append(step - asked)

    assert np.sqrt(np.mean(np.square(errors))) < 0.012  # of changes of 6 to 10 cm
    assert np.abs(errors).max() < 0.025


@pytest.mark.parametrize("side", VIEWS)
def test_legs_left_exchanged_in_bursts_at_midstance_leave_the_truth_in_its_interval(side):
    camera = replace(CLOSE, side=side)
    errors = KeypointErrors(swap_rate=0.3, swap_length_s=0.05, seed=7)
    seen, found = whole_way(Gait(seed=3), camera, errors, 8.0)
    _, calm = whole_way(Gait(seed=3), camera, replace(errors, swap_rate=0.0), 8.0)

    exchanged = errors.swapped_frames(seen.sighting.motion.time_s, seen.show.contacts)
    assert 0.01 < exchanged.mean() < 0.1
    near = found.measure(HIP, side)
    assert near.low <= seen.show.truth().mean(HIP, side) <= near.high
    assert near.margin >= calm.measure(HIP, side).margin
    assert found.measure("cadence_spm").value == pytest.approx(calm.measure("cadence_spm").value, rel=0.003)


@pytest.mark.parametrize("rate_hz", RATES)
def test_the_frame_rate_does_not_shift_the_answer(rate_hz):
    seen, found = whole_way(Gait(), replace(CLOSE, rate_hz=rate_hz), KeypointErrors().without_scatter(), 6.0)
    _, finest = whole_way(Gait(), replace(CLOSE, rate_hz=240.0), KeypointErrors().without_scatter(), 6.0)

    answer = finest.measure(HIP, "right").value
    assert found.measure(HIP, "right").value == pytest.approx(answer, abs=0.004)
    assert found.measure("cadence_spm").value == pytest.approx(seen.show.gait.cadence_spm, rel=0.003)


def numbers(found):
    """Return every value that was not refused."""
    return {(m.key, m.side): m.estimate.value for m in found.measures if m.estimate.tier is not Tier.REFUSED}


def mirrored(seen):
    """Return the recording in a mirror: left is right."""

    def flip(points):
        points[...] = points[:, list(BODY.mirror())]
        points[..., 0] = seen.camera.width_px - points[..., 0]

    return changed(seen, flip)


@FEW
@given(st.integers(0, 1000), st.sampled_from([30.0, 60.0]))
def test_in_a_mirror_left_and_right_change_places_and_nothing_else(seed, rate_hz):
    seen = filmed(
        Gait(hip_over_ankle_difference_m=0.03, contact_time_difference_s=0.01, seed=seed),
        replace(CLOSE, rate_hz=rate_hz),
        KeypointErrors(swap_rate=0.0, seed=seed),
        4.0,
    )
    plain, other = analysed(seen), analysed(mirrored(seen))
    swap = {"left": "right", "right": "left", "both": "both"}

    scenes = plain.scene, other.scene
    assert [scene.direction for scene in scenes if scene] == [1, -1]
    assert [scene.near_side for scene in scenes if scene] == ["right", "left"]
    there = numbers(other)
    assert {(k, swap[s]) for k, s in there} == set(numbers(plain))
    for (key, side), value in numbers(plain).items():
        assert there[key, swap[side]] == pytest.approx(value, rel=0.02, abs=2e-3), key


@pytest.mark.parametrize("key", [HIP, *ANGLES, *TIMES, "overstride_m"])
def test_runners_seen_from_either_side_have_equal_numbers_within_their_intervals(key):
    sides = [whole_way(Gait(), replace(CLOSE, side=side), NOISE, 6.0)[1] for side in SIDES]
    legs = SIDES if CATALOGUE[key].sided else ("both", "both")
    one, other = (found.measure(key, leg) for found, leg in zip(sides, legs, strict=True))

    assert abs(one.value - other.value) <= np.hypot(one.margin, other.margin)


@FEW
@given(st.floats(-100.0, 10_000.0))
def test_it_does_not_matter_when_the_clock_starts(start_s):
    seen, found = whole_way(Gait(), CLOSE, NOISE, 4.0)
    late = analysed(on_clock(seen, seen.video.time_s + start_s))

    assert numbers(late).keys() == numbers(found).keys()
    for where, value in numbers(found).items():
        assert numbers(late)[where] == pytest.approx(value, rel=1e-3, abs=1e-4), where


@pytest.mark.parametrize("factor", [4.0, 8.0])
@pytest.mark.parametrize("keys", [TIMES, ANGLES, (HIP, *LENGTHS)], ids=["times", "angles", "lengths"])
def test_slow_motion_that_was_declared_changes_no_number(factor, keys):
    seen, real = whole_way(Gait(), replace(CLOSE, rate_hz=30.0 * factor), EXACT, 4.0)
    slow = analysed(on_clock(seen, factor * seen.video.time_s), slow_motion_factor=factor)

    for (key, side), value in numbers(real).items():
        if key in keys:
            assert slow.measure(key, side).value == pytest.approx(value, rel=1e-3, abs=1e-3), (key, side)


@pytest.mark.parametrize(("rate_hz", "factor"), [(120.0, 4.0), (240.0, 8.0)])
def test_slow_motion_that_was_not_declared_is_found_and_changes_no_number(rate_hz, factor):
    camera = replace(CLOSE, rate_hz=rate_hz)
    seen, real = whole_way(Gait(), camera, EXACT, 4.0)
    slow = analysed(on_clock(seen, factor * seen.video.time_s))

    assert isinstance(slow.recording, Video)
    assert slow.recording.slow_motion_factor == pytest.approx(factor)
    assert "slow_motion" in {issue.code.value for issue in slow.issues}
    assert slow.recording.duration_s == pytest.approx(real.recording.duration_s)
    for (key, side), value in numbers(real).items():
        near = {"deg": 0.2, "%": 0.3}.get(CATALOGUE[key].unit, 2e-3)
        assert numbers(slow)[key, side] == pytest.approx(value, rel=0.01, abs=near), (key, side)


def test_twice_the_stature_scales_lengths_and_nothing_else():
    seen, found = whole_way(Gait(height_m=1.6), CLOSE, NOISE, 4.0)
    taller = analysed(seen, Runner(height_m=1.1 * 1.6))

    for (key, side), value in numbers(found).items():
        if key in LENGTHS:
            assert taller.measure(key, side).value == pytest.approx(1.1 * value, rel=0.01), key
        elif key in (*ANGLES, *TIMES):
            near = 0.3 if CATALOGUE[key].unit == "deg" else 0.05  # hips swing as the speed wants it
            assert taller.measure(key, side).value == pytest.approx(value, rel=2e-3, abs=near), key


def test_without_a_stature_lengths_are_less_certain():
    seen, found = whole_way(Gait(), CLOSE, NOISE, 4.0)
    unknown = analysed(seen, Runner())

    for key in ("overstride_m", "step_length_m"):
        assert unknown.measure(key, "right").margin > found.measure(key, "right").margin
    assert unknown.measure("knee_flexion_peak_deg", "right").margin == pytest.approx(
        found.measure("knee_flexion_peak_deg", "right").margin, rel=0.05
    )


@pytest.mark.parametrize("roll_deg", [-6.0, 4.0])
def test_a_roll_that_was_declared_is_taken_out(roll_deg):
    _, level = whole_way(Gait(), CLOSE, EXACT, 4.0)
    tilted = analysed(filmed(Gait(), replace(CLOSE, roll_deg=roll_deg), EXACT, 4.0), roll_deg=roll_deg)
    straight = analysed(filmed(Gait(), CLOSE, EXACT, 4.0), roll_deg=0.0)

    upright = straight.measure(HIP, "right").value
    assert tilted.measure(HIP, "right").value == pytest.approx(upright, abs=0.003)
    assert tilted.measure(HIP, "right").margin < level.measure(HIP, "right").margin


@pytest.mark.parametrize("ahead_m", [0.0, 0.04])
def test_against_standing_the_answer_does_not_need_the_corrections(ahead_m):
    biased = KeypointErrors().without_scatter()
    stand = filmed(Gait.standing(0.045), CLOSE, biased, 3.0)
    run = filmed(Gait(hip_over_ankle_m=ahead_m), CLOSE, biased, 6.0)
    relative = analysed(run, standing=stand).measure("hip_over_ankle_relative_to_standing_m", "right")
    true = run.show.truth().mean(HIP, "right") - 0.045

    assert relative.value + late_m() == pytest.approx(true, abs=0.015)
    assert relative.low <= true <= relative.high
