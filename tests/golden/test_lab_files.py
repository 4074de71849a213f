"""Every real laboratory file: rates, counts, units, direction of force, place of pressure."""

from __future__ import annotations

import csv
import time

import numpy as np
import pytest

from midstance.formats import plate_corners, read_trial, recognised_marker_set, write_trial

G = 9.80665


def inside(forces, p, corners, margin_m=0.02):
    """Share of loaded samples whose centre of pressure lies on the plate."""
    loaded = np.linalg.norm(forces.force_n[:, p], axis=1) > 100
    places = forces.centre_of_pressure_m[loaded, p]
    low, high = corners.min(axis=0) - margin_m, corners.max(axis=0) + margin_m
    return float(np.mean(np.all((places >= low) & (places <= high), axis=1)))


def stances(load, threshold_n=200.0):
    """Half-open spans of samples above a load."""
    edge = np.diff(np.concatenate([[False], load > threshold_n, [False]]).astype(int))
    return list(zip(np.flatnonzero(edge == 1), np.flatnonzero(edge == -1), strict=True))


def test_the_36_treadmill_trials(recordings):
    folder = recordings / "lab" / "rbds"
    with (folder / "participants.csv").open() as file:
        mass = {row["subject"]: float(row["mass_kg"]) for row in csv.DictReader(file)}
    paths = sorted(folder.glob("*runT*.c3d"))
    assert len(paths) == 36
    for path in paths:
        trial = read_trial(path)
        assert (trial.length_unit, trial.kind, trial.frames) == ("mm", "c3d", 4500), path.name
        assert trial.rate_hz == pytest.approx(150)
        assert trial.markers is not None
        assert trial.forces is not None
        assert trial.forces.rate_hz == pytest.approx(300)
        assert recognised_marker_set(trial.markers.skeleton.names).name == "rbds"
        load = trial.forces.total_n[:, 1]
        assert load.mean() / G == pytest.approx(mass[path.name[:7]], rel=0.05), path.name
        assert load.max() > 2 * G * mass[path.name[:7]], path.name
        assert inside(trial.forces, 0, plate_corners(trial.said)["plate_1"]) > 0.99, path.name


def test_pressure_on_the_belt_drifts_backwards_with_the_foot(recordings):
    trial = read_trial(recordings / "lab" / "rbds" / "RBDS012runT35.c3d")
    forces = trial.forces
    assert forces is not None
    speeds = []
    for start, stop in stances(forces.total_n[:, 1]):
        middle = (start + stop) // 2
        place = forces.centre_of_pressure_m[[middle - 6, middle + 6], 0, 0]
        speeds.append((place[1] - place[0]) / (12 / forces.rate_hz))
    assert -3.5 < np.median(speeds) < -2.0  # the belt's 3.5 m/s less the way from heel to toe


def test_standing_trials_hold_the_anatomical_markers(recordings):
    paths = sorted((recordings / "lab" / "rbds").glob("*static.c3d"))
    assert len(paths) == 12
    for path in paths:
        trial = read_trial(path)
        assert trial.markers is not None
        labels = trial.markers.skeleton.names
        markers = recognised_marker_set(labels)
        assert {"L.Knee", "L.Knee.Medial", "R.Ankle", "R.Ankle.Medial"} <= set(labels), path.name
        names = [markers.marker(f"left_{joint}_lateral", labels) for joint in ("knee", "ankle")]
        knee, ankle = (trial.markers.point(str(name)) for name in names)
        assert 0.3 < np.nanmean(knee[:, 1] - ankle[:, 1]) < 0.5  # metres, Y up


def test_one_stance_over_ground_on_plates_of_type_3(recordings):
    trial = read_trial(recordings / "lab" / "head_markers" / "Running_0002.c3d")
    assert trial.time_s[0] == pytest.approx(2.21)
    assert trial.frames == 80
    assert trial.rate_hz == pytest.approx(200)
    assert trial.markers is not None
    assert trial.forces is not None
    assert recognised_marker_set(trial.markers.skeleton.names).name == "pyorerun"
    assert trial.forces.rate_hz == pytest.approx(2000)
    assert trial.forces.force_n[:, 0, 2].max() == pytest.approx(1393, abs=1)
    assert inside(trial.forces, 0, plate_corners(trial.said)["plate_1"]) == 1
    place = trial.forces.centre_of_pressure_m[:, 0]
    heel, toe = trial.markers.point("RHeel"), trial.markers.point("RPHAL2")
    at = np.searchsorted(trial.forces.time_s, trial.time_s[40])
    assert toe[40, 0] < place[at, 0] < heel[40, 0]  # the run is towards −X
    loaded = np.flatnonzero(trial.forces.force_n[:, 0, 2] > 200)
    assert place[loaded[-1], 0] < place[loaded[0], 0] - 0.12
    assert np.isnan(place[:100]).any()
    assert np.isnan(trial.forces.centre_of_pressure_m[:, 1]).all()


def test_opensim_running_files(recordings):
    folder = recordings / "lab" / "hamner01"
    run, standing = (read_trial(folder / name) for name in ("Run_30002.trc", "Static_FJC.trc"))
    assert run.markers is not None
    assert standing.markers is not None
    assert run.markers.points.shape == (475, 42, 3)
    assert run.time_s[0] == pytest.approx(0.05)
    assert run.rate_hz == pytest.approx(100)
    assert standing.markers.points.shape[:2] == (397, 64)
    assert recognised_marker_set(run.markers.skeleton.names).name == "hamner"
    markers = recognised_marker_set(standing.markers.skeleton.names)
    assert markers.marker("left_hip", standing.markers.skeleton.names) == "LHJC"
    ground = read_trial(folder / "Run_30002_GRF.mot").forces
    assert ground is not None
    assert ground.plates == ("R", "L")
    assert ground.rate_hz == pytest.approx(1000)
    assert 55 < ground.total_n[:, 1].mean() / G < 85
    for p in range(2):
        assert np.nanmin(ground.centre_of_pressure_m[:, p, 0]) > 0.5
    angles = read_trial(folder / "ik.mot").signals
    assert angles is not None
    units = dict(zip(angles.names, angles.units, strict=True))
    assert (units["knee_angle_r"], units["knee_angle_r_beta"], units["pelvis_ty"]) == ("deg", "rad", "m")
    assert 80 < angles.curve("knee_angle_r").max() < 120


def test_overground_files_of_another_laboratory(recordings):
    folder = recordings / "lab" / "bmc_run"
    run = read_trial(folder / "motion_capture_run.trc")
    assert run.markers is not None
    assert run.markers.points.shape == (123, 78, 3)
    assert run.rate_hz == pytest.approx(150, abs=1e-6)
    assert recognised_marker_set(run.markers.skeleton.names).name == "bmclab"
    assert not run.markers.seen("RLFC").any()
    assert run.markers.seen("RLFCv").all()
    ground = read_trial(folder / "grf_run.mot").forces
    assert ground is not None
    assert ground.rate_hz == pytest.approx(300, abs=1e-6)
    moments = read_trial(folder / "inverse_dynamics.sto").signals
    assert moments is not None
    assert dict(zip(moments.names, moments.units, strict=True))["knee_angle_r_moment"] == "N·m"


def test_two_belts_of_a_qualisys_recording(recordings):
    path = recordings / "lab" / "dual_belt" / "JDX_S999_run_0021.tsv"
    trial = read_trial(path)
    assert trial.markers is not None
    assert trial.forces is not None
    assert trial.markers.points.shape == (2384, 47, 3)
    assert trial.rate_hz == pytest.approx(240)
    assert trial.forces.rate_hz == pytest.approx(2400)
    assert trial.forces.plates == ("Left", "Right")
    assert recognised_marker_set(trial.markers.skeleton.names).name == "qualisys"
    assert inside(trial.forces, 1, plate_corners(trial.said)["Right"]) > 0.97
    file = np.loadtxt(path.with_name("JDX_S999_run_0021_f_2.tsv"), skiprows=27, usecols=range(11))
    firm = np.abs(file[:, 4]) > 500
    np.testing.assert_allclose(
        trial.forces.centre_of_pressure_m[firm, 1], file[firm, 8:11] / 1000, atol=0.002
    )
    assert np.percentile(np.abs(trial.forces.free_moment_n_m[firm, 1]), 95) < 30


@pytest.mark.parametrize(
    "name", ["rbds/RBDS016runT25.c3d", "head_markers/Running_0002.c3d", "dual_belt/JDX_S999_run_0021.tsv"]
)
def test_real_files_go_round(name, recordings, tmp_path):
    trial = read_trial(recordings / "lab" / name)
    back = read_trial(write_trial(trial, tmp_path / "a.c3d")[0])
    assert trial.markers is not None
    assert back.markers is not None
    np.testing.assert_allclose(back.markers.points, trial.markers.points, atol=1e-6)
    assert trial.forces is not None
    assert back.forces is not None
    np.testing.assert_allclose(back.forces.force_n, trial.forces.force_n, atol=0.01)
    places = (back.forces.centre_of_pressure_m, trial.forces.centre_of_pressure_m)
    np.testing.assert_allclose(*places, atol=1e-5)


def test_a_trial_is_read_quickly(recordings):
    started = time.perf_counter()
    read_trial(recordings / "lab" / "rbds" / "RBDS001runT25.c3d")
    assert time.perf_counter() - started < 1.5
