"""Phases of a virtual runner at every frame rate, even and uneven, seen from both sides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.property.runners import CLOSE, EXACT, NOISE, filmed, in_lab, locked, on_clock

from midstance.errors import DataError
from midstance.gait import PhaseLock, cadence_spm, stride_frequency, vertical_oscillation_m
from midstance.kinematics import sagittal_curves
from midstance.virtual import Gait

JITTERY = Gait(step_time_sd_s=0.004, seed=3)
RATES = (30.0, 60.0, 120.0, 240.0)


def true_cadence(contacts):
    start = contacts.initial_contact_s
    return 60.0 * (len(start) - 1) / (start[-1] - start[0])


@pytest.mark.parametrize("rate_hz", RATES)
@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("jitter_s", "dropped"), [(0.0, 0.0), (0.002, 0.05)])
def test_cadence_is_found_and_time_runs_forward_at_every_frame_rate(rate_hz, side, jitter_s, dropped):
    camera = replace(CLOSE, rate_hz=rate_hz, side=side, time_jitter_sd_s=jitter_s, dropped_fraction=dropped)
    seen = filmed(JITTERY, camera, EXACT, 6.0)
    stride, _, _ = locked(in_lab(seen))

    assert cadence_spm(stride) == pytest.approx(true_cadence(seen.show.contacts), rel=0.003)
    assert (np.diff(stride.phase) > 0).all()


@pytest.mark.parametrize("cadence", [140.0, 166.0, 195.0])
def test_noise_of_a_network_does_not_change_the_cadence(cadence):
    seen = filmed(Gait(cadence_spm=cadence, contact_time_s=0.2), CLOSE, NOISE, 6.0)

    assert cadence_spm(locked(in_lab(seen))[0]) == pytest.approx(cadence, rel=0.003)


def test_phases_do_not_depend_on_when_the_clock_starts():
    seen = filmed(JITTERY, CLOSE, EXACT, 6.0)
    late = on_clock(seen, seen.video.time_s + 1000.0)
    one, other = (locked(in_lab(s))[0] for s in (seen, late))

    assert other.stride_time_s == pytest.approx(one.stride_time_s, rel=1e-6)
    assert np.diff(other.phase) == pytest.approx(np.diff(one.phase), abs=1e-6)


def test_a_drop_of_half_a_second_keeps_the_phase():
    seen = filmed(Gait(), CLOSE, EXACT, 6.0)
    motion = in_lab(seen)
    kept = (motion.time_s < 2.0) | (motion.time_s > 2.5)
    curves = sagittal_curves(motion)
    part = replace(curves, values=curves.values[kept], time_s=curves.time_s[kept])
    stride = PhaseLock()(part)
    whole = 2 * np.pi * np.diff(part.time_s) / stride.stride_time_s

    assert stride.stride_time_s == pytest.approx(120 / 166, rel=0.003)
    assert np.diff(stride.phase)[np.argmax(whole)] == pytest.approx(whole.max(), rel=0.1)


@pytest.mark.parametrize("name", ["left_knee_flexion_deg", "right_ankle_height_m", "pelvis_height_m"])
def test_the_mean_stride_is_the_motion_of_a_steady_runner(name):
    stride, _, _ = locked(in_lab(filmed(Gait(), CLOSE, EXACT, 6.0)))
    curve = stride.signals.curve(name)

    assert np.std(stride.residual(name)) < 0.02 * np.ptp(curve)


def test_derivatives_are_by_time():
    stride, _, _ = locked(in_lab(filmed(Gait(), CLOSE, EXACT, 6.0)))
    rate = 2 * np.pi / stride.stride_time_s
    phase, step = np.linspace(0, 6, 40), 1e-4
    after, before = (stride.mean("left_knee_flexion_deg", phase + s * rate * step) for s in (1, -1))

    slope = (after - before) / (2 * step)
    assert stride.mean("left_knee_flexion_deg", phase, 1) == pytest.approx(slope, abs=0.5)


def test_instants_of_one_phase_are_a_stride_apart():
    stride, _, _ = locked(in_lab(filmed(Gait(), CLOSE, EXACT, 6.0)))

    assert np.diff(stride.times(1.0)) == pytest.approx(120 / 166, abs=0.003)


def test_a_single_step_is_read_with_what_it_adds_to_the_mean():
    seen = filmed(Gait(placement_sd_m=0.02, seed=5), CLOSE, EXACT, 6.0)
    stride, _, _ = locked(in_lab(seen))
    truth = seen.show.truth()
    own = truth.contacts.of("right")
    single = stride.at("right_hip_over_ankle_m", truth.midstance_s[own], 0.02)

    assert np.corrcoef(single, truth.values["hip_over_ankle_at_midstance_m"][own])[0, 1] > 0.95


def test_a_reading_far_from_any_sample_is_not_known():
    stride, _, _ = locked(in_lab(filmed(Gait(), CLOSE, EXACT, 6.0)))

    assert np.isnan(stride.at("pelvis_height_m", np.array([60.0]), 0.02)).all()


@pytest.mark.parametrize("rate_hz", RATES)
@pytest.mark.parametrize("strides_per_s", [1.1, 1.38, 1.7])
def test_the_strongest_rhythm_of_the_legs_is_the_stride(strides_per_s, rate_hz):
    clock = np.arange(0, 6, 1 / rate_hz)
    angle = 2 * np.pi * strides_per_s * clock
    apart = np.cos(angle) + 0.3 * np.cos(3 * angle + 1)
    apart[::7] = np.nan

    assert stride_frequency(clock, apart) == pytest.approx(strides_per_s, rel=0.03)


def test_legs_seen_too_briefly_are_refused_with_a_remedy():
    apart = np.full(100, np.nan)
    apart[:15] = 1.0
    with pytest.raises(DataError, match=r"15 frames.*film at least ten steps"):
        stride_frequency(np.arange(100) / 30, apart)


def test_vertical_oscillation_is_that_of_the_hips():
    seen = filmed(Gait(), CLOSE, EXACT, 6.0)
    height = seen.show.motion(np.arange(0, 6, 0.002)).middle("hip")[:, 1]

    assert vertical_oscillation_m(locked(in_lab(seen))[0]) == pytest.approx(np.ptp(height), abs=0.004)
