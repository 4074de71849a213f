from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from midstance.model import BODY, FrameChanges, Motion, Repair, Sighting
from midstance.uncertainty import error_model
from midstance.virtual.body import BODIES, load_body
from midstance.virtual.budget import designed, error_model_of, summary, written
from midstance.virtual.budget.bars import bars
from midstance.virtual.budget.keeping import keep_sighting, kept_sighting
from midstance.virtual.budget.outcomes import Found, Outcome
from midstance.virtual.budget.summary import changes_m

HIP = "hip_over_ankle_at_midstance_m"
KNEE = "knee_flexion_at_midstance_deg"
DESIGN = designed()
BY_NAME = {condition.name: condition for condition in DESIGN}


def outcome(condition, error_m, *, knee_deg=0.0, late_s=0.0, margin=0.02, true_m=0.05, swapped=0):
    """Return what a clip would give whose near leg is read wrong by known amounts."""
    side = condition.camera.side
    found = (
        Found(
            HIP,
            side,
            True,
            true_m + error_m,
            true_m + error_m - margin,
            true_m + error_m + margin,
            true_m,
            "fair",
            8,
        ),
        Found(f"curve:{HIP}", side, True, true_m + error_m, 0.0, 0.0, true_m, "", 8),
        Found(KNEE, side, True, 40.0 + knee_deg, 30.0, 50.0, 40.0, "fair", 8),
        Found("midstance_pelvis_dip_s", side, True, late_s, late_s, late_s, 0.0, "", 8),
    )
    return Outcome(condition.name, found, 200, swapped, condition.camera.roll_deg, condition.camera.roll_deg)


def outcomes(use, errors_m, **more):
    chosen = [condition for condition in DESIGN if condition.use == use]
    return [outcome(c, e, **more) for c, e in zip(chosen, np.resize(errors_m, len(chosen)), strict=True)]


def fitted(errors_m, **more):
    leg_m = {condition.name: error_model()["corrections_leg_m"] for condition in DESIGN}
    return error_model_of(outcomes("fit", errors_m, **more), error_model(), leg_m, "a test")


def test_the_experiment_is_the_same_every_time():
    assert [c.digest for c in designed()] == [c.digest for c in DESIGN]
    assert len({c.name for c in DESIGN}) == len(DESIGN)


def test_no_held_out_clip_is_one_that_made_the_model():
    fit = {c.digest for c in DESIGN if c.use == "fit"}

    assert not fit & {replace(c, name="", use="fit").digest for c in DESIGN if c.use != "fit"}
    assert sum(c.use == "hold" for c in DESIGN) >= 40


def test_bodies_sides_and_strikes_come_equally_often():
    held = [c for c in DESIGN if c.use == "hold"]

    assert set(Counter(c.body for c in held).values()) == {len(held) // len(BODIES)}
    assert set(Counter(c.camera.side for c in held).values()) == {len(held) // 2}
    assert max(Counter(c.running.foot_strike_angle_deg for c in held).values()) <= len(held) // 4 + 1


def test_the_camera_stays_within_what_the_numbers_are_promised_for():
    for c in DESIGN:
        assert abs(c.camera.roll_deg) <= 5.0
        assert abs(c.camera.off_axis_deg) <= 10.0
        assert c.camera.rate_hz >= 60.0 or c.use == "slow"


def test_pairs_differ_by_a_centimetre_of_hip_and_nothing_else():
    for c in (c for c in DESIGN if c.use == "pair"):
        first = BY_NAME[c.partner]
        moved = c.running.hip_over_ankle_m - first.running.hip_over_ankle_m
        same = c.running.with_options(hip_over_ankle_m=first.running.hip_over_ankle_m)

        assert moved == pytest.approx(0.010)
        assert (same, c.camera, c.body) == (first.running, first.camera, first.body)


def test_every_condition_can_be_run():
    for c in DESIGN[::12]:
        run = c.running(load_body(c.body).build, c.duration_s)
        assert len(run.contacts) >= 4


def test_the_model_takes_off_the_mean_error():
    known = error_model()["corrections"]["near"]["hip_over_ankle_m"]

    model = fitted([0.010, 0.020], knee_deg=3.0)

    less = 0.0035  # other bodies and real clips ask for the contrary
    found = model["corrections"]["near"]["hip_over_ankle_m"]
    assert found == pytest.approx(known - 0.015 - less, abs=2e-4)
    before = error_model()["measure_corrections"]["near"].get(KNEE, 0.0)
    assert model["measure_corrections"]["near"][KNEE] == pytest.approx(before - 3.0, abs=0.01)


def test_the_model_states_the_spread_between_clips():
    narrow, wide = (fitted([-e, e])["measures"][HIP]["near"] for e in (0.005, 0.015))

    doubt = np.hypot(0.010, 0.008)  # where the joint lies in the bodies, and on real people
    assert doubt < narrow < wide
    assert wide <= np.hypot(doubt, 0.016 * 1.1)


def test_the_far_leg_is_never_surer_than_the_near_one():
    side = {c.name: c.camera.side for c in DESIGN}
    both = [
        replace(o, found=(*o.found, *(replace(f, near=False, side="other") for f in o.found)))
        for o in outcomes("fit", [-0.01, 0.01])
    ]
    leg_m = dict.fromkeys(side, 0.83)
    measures = error_model_of(both, error_model(), leg_m, "a test")["measures"]

    assert measures[HIP]["far"] > measures[HIP]["near"]


def test_a_measure_that_is_not_corrected_states_its_mean_error_too():
    late = [
        replace(
            o,
            found=(*o.found, Found("contact_time_s", "left", True, 0.28, 0.27, 0.29, 0.25, "fair", 8)),
        )
        for o in outcomes("fit", [0.0])
    ]
    leg_m = {condition.name: 0.83 for condition in DESIGN}
    model = error_model_of(late, error_model(), leg_m, "a test")

    assert model["measures"]["contact_time_s"]["near"] > 0.025


def test_the_model_takes_off_the_mean_lag():
    known = error_model()["midstance_lags_s"]["near"].get("pelvis_dip", 0.0)

    assert fitted([0.0], late_s=0.004)["midstance_lags_s"]["near"]["pelvis_dip"] == pytest.approx(
        known + 0.004, abs=1e-5
    )


def test_a_leg_that_was_hardly_seen_keeps_its_old_model():
    assert fitted([0.01])["corrections"]["far"] == error_model()["corrections"]["far"]


def test_the_summary_counts_bias_spread_and_coverage():
    rows = summary(BY_NAME, outcomes("hold", [0.0, 0.030], margin=0.02))
    row = next(r for r in rows if (r.measure, r.leg, r.group) == (HIP, "near", "all"))

    assert row.n == 40
    assert row.bias == pytest.approx(0.015)
    assert row.sd == pytest.approx(0.015, rel=0.02)
    assert row.coverage == pytest.approx(0.5)


def test_bars_tell_what_is_reached_and_what_is_missed():
    good = outcomes("hold", [-0.004, 0.004], margin=0.01)
    bad = outcomes("hold", [0.0, 0.040], margin=0.01, swapped=20)

    held = {b.what: b.reached for b in bars(BY_NAME, good, summary(BY_NAME, good))}
    missed = {b.what: b.reached for b in bars(BY_NAME, bad, summary(BY_NAME, bad))}

    for what in ("Hip over ankle, bias [mm]", "Hip over ankle, SD of a clip's mean [mm]"):
        assert held[what]
        assert not missed[what]
    assert not missed["Legs left exchanged at 60 Hz and more [% of frames]"]


def test_a_change_is_read_from_pairs():
    pairs = [c for c in DESIGN if c.use == "pair"]
    both = [outcome(BY_NAME[c.partner], 0.002) for c in pairs]
    both += [outcome(c, 0.003, true_m=0.060) for c in pairs]

    changes = changes_m(BY_NAME, both)

    assert changes[:, 0] == pytest.approx(np.full(len(pairs), 0.011))
    assert changes[:, 1] == pytest.approx(np.full(len(pairs), 0.010))


def test_a_kept_sighting_comes_back_for_the_same_clip_only(tmp_path):
    random = np.random.default_rng(1)
    points = random.random((5, len(BODY.names), 2))
    motion = Motion(points, np.ones(points.shape[:2]), np.arange(5) / 60, BODY, "px", "image")
    nothing = np.full(5, np.nan)
    changes = FrameChanges(nothing, np.full((5, 2), np.nan), nothing, nothing)
    seen = Sighting(
        motion, points[..., 0], np.ones(5), (Repair(1, 2, "legs"),), 2, 1, changes, {"net": "0" * 64}
    )

    keep_sighting(tmp_path / "a.npz", seen, "one")
    back = kept_sighting(tmp_path / "a.npz", "one")

    assert kept_sighting(tmp_path / "a.npz", "another") is None
    assert kept_sighting(tmp_path / "b.npz", "one") is None
    assert back is not None
    assert np.array_equal(back.motion.points, points)
    assert (back.repairs, back.people, back.person, back.networks) == (seen.repairs, 2, 1, seen.networks)


def test_everything_is_written_and_can_be_read(tmp_path):
    every = [*outcomes("fit", [0.01]), *outcomes("hold", [0.0, 0.01]), *outcomes("slow", [0.0])]
    every += outcomes("pair", [0.0])

    files = written(tmp_path, DESIGN, every)

    assert {file.name for file in files} == {
        "budget.md",
        "budget.csv",
        "budget.json",
        "budget.svg",
        "error_model.json",
    }
    assert "| number to reach |" in (tmp_path / "budget.md").read_text(encoding="utf-8")
    assert (tmp_path / "budget.svg").read_text(encoding="utf-8").startswith("<svg")
    model = json.loads((tmp_path / "error_model.json").read_text(encoding="utf-8"))
    assert set(model["measures"]) == set(error_model()["measures"])
