from __future__ import annotations

import ezc3d
import numpy as np
import pytest

from midstance.errors import DataError, InputError
from midstance.formats import plate_corners, read_trial, write_c3d, write_trial
from midstance.model import Trial

from .laboratory import assert_same_forces, assert_same_markers, markers, trial

CORNERS = np.array([[0.0, 0.0, 0.0], [0.0, 400.0, 0.0], [600.0, 400.0, 0.0], [600.0, 0.0, 0.0]])


def plain(path, *, kind=2, channels=None, analog=None, labels=("A", "B"), units="mm", **more):
    """A C3D file written by the library others use: two markers, one plate."""
    file = ezc3d.c3d()
    point = file["parameters"]["POINT"]
    point["RATE"]["value"], point["LABELS"]["value"], point["UNITS"]["value"] = [100.0], list(labels), [units]
    file["data"]["points"] = np.full((4, len(labels), 10), 900.0)
    analog = np.zeros((6, 20)) if analog is None else analog
    file["data"]["analogs"] = analog[None]
    group = file["parameters"]["ANALOG"]
    group["RATE"]["value"] = [100.0 * analog.shape[1] / 10]
    group["LABELS"]["value"] = [f"C{k}" for k in range(len(analog))]
    group["UNITS"]["value"] = more.get(
        "channel_units", ["N", "N", "N", "Nmm", "Nmm", "Nmm", "V", "V"][: len(analog)]
    )
    plate = file["parameters"]["FORCE_PLATFORM"]
    plate["USED"]["value"], plate["TYPE"]["value"] = [1], [kind]
    plate["CORNERS"]["value"] = CORNERS.T[:, :, None]
    plate["ORIGIN"]["value"] = np.array(more.get("origin", [0.0, 0.0, 0.0]))[:, None]
    numbers = np.arange(1, len(analog) + 1) if channels is None else np.array(channels)
    plate["CHANNEL"]["value"] = numbers[:, None]
    if "matrix" in more:
        file.add_parameter("FORCE_PLATFORM", "CAL_MATRIX", more["matrix"][..., None])
    file.write(str(path))
    return path


def load(values):
    return np.repeat(np.array(values, float)[:, None], 20, axis=1)


def test_markers_and_forces_come_back_as_they_were(tmp_path):
    write_c3d(trial(), tmp_path / "a.c3d")
    back = read_trial(tmp_path / "a.c3d")
    assert_same_markers(back.markers, trial().markers)
    assert_same_forces(back.forces, trial().forces)
    assert (back.kind, back.length_unit) == ("c3d", "mm")


@pytest.mark.parametrize("start_s", [2.21, 0.1234])
def test_the_clock_starts_where_the_recording_started(start_s, tmp_path):
    write_c3d(trial(start_s), tmp_path / "a.c3d")
    back = read_trial(tmp_path / "a.c3d")
    assert back.time_s[0] == pytest.approx(start_s, abs=1e-7)
    assert_same_forces(back.forces, trial(start_s).forces)


def test_corners_of_the_plates_survive(tmp_path):
    first = read_trial(plain(tmp_path / "a.c3d", analog=load([0, 0, -700, 0, 0, 0])))
    write_c3d(first, tmp_path / "b.c3d")
    corners = plate_corners(read_trial(tmp_path / "b.c3d").said)["plate_1"]
    np.testing.assert_allclose(corners, CORNERS / 1000, atol=1e-6)


def test_a_hidden_marker_is_not_a_number(tmp_path):
    write_c3d(trial(), tmp_path / "a.c3d")
    back = read_trial(tmp_path / "a.c3d").markers
    assert back is not None
    assert np.flatnonzero(np.isnan(back.points[:, 1, 0])).tolist() == [3, 4, 5, 6, 7, 8]
    assert back.seen("RASI").sum() == 44


@pytest.mark.parametrize("kind", [2, 4])
def test_a_plate_gives_what_another_program_reads(kind, tmp_path):
    rng = np.random.default_rng(3)
    matrix = np.diag([1.0, 1.1, 0.9, 1.2, 0.8, 1.0]) + 0.01 * rng.normal(size=(6, 6))
    analog = load([40, -30, -900, 20000, 45000, 3000]) + rng.normal(size=(6, 20))
    path = plain(tmp_path / "a.c3d", kind=kind, analog=analog, origin=[10.0, -20.0, -45.0], matrix=matrix)
    forces, other = (
        read_trial(path).forces,
        ezc3d.c3d(str(path), extract_forceplat_data=True)["data"]["platform"][0],
    )
    assert forces is not None
    np.testing.assert_allclose(forces.force_n[:, 0], other["force"].T, atol=1e-3)
    np.testing.assert_allclose(
        forces.centre_of_pressure_m[:, 0], other["center_of_pressure"].T / 1e3, atol=1e-6
    )
    np.testing.assert_allclose(forces.free_moment_n_m[:, 0], other["Tz"][2] / 1e3, atol=1e-4)


def test_a_plate_of_type_1_names_the_place_itself(tmp_path):
    analog = load([0, 0, -700, 50, -80, -2000])
    path = plain(tmp_path / "a.c3d", kind=1, analog=analog, channel_units=["N", "N", "N", "mm", "mm", "Nmm"])
    forces = read_trial(path).forces
    assert forces is not None
    # the plate's x runs against the file's y, its y against the file's x, its z down
    np.testing.assert_allclose(forces.force_n[0, 0], [0, 0, 700], atol=1e-4)
    np.testing.assert_allclose(forces.centre_of_pressure_m[0, 0], [0.38, 0.15, 0], atol=1e-6)
    assert forces.free_moment_n_m[0, 0] == pytest.approx(2.0, abs=1e-5)


def test_a_plate_of_type_3_has_sensors_at_its_corners(tmp_path):
    analog = load([0, 0, 0, 0, -700, 0, 0, 0])  # all load on the sensor in the quadrant +x+y
    path = plain(tmp_path / "a.c3d", kind=3, analog=analog, origin=[150.0, 250.0, -50.0])
    forces = read_trial(path).forces
    assert forces is not None
    np.testing.assert_allclose(forces.centre_of_pressure_m[0, 0], [0.05, 0.05, 0], atol=1e-6)


def test_a_force_on_the_plate_is_turned_into_one_on_the_runner(tmp_path):
    found = read_trial(plain(tmp_path / "a.c3d", analog=load([0, 0, 700, 0, 0, 0])))
    assert found.forces is not None
    assert found.forces.force_n[0, 0, 2] == pytest.approx(700)
    assert "turned round" in found.said["plate_1_sign"]


def test_a_small_load_has_no_centre_of_pressure(tmp_path):
    forces = read_trial(plain(tmp_path / "a.c3d", analog=load([0, 0, -15, 0, 0, 0]))).forces
    assert forces is not None
    assert np.isnan(forces.centre_of_pressure_m).all()


def test_labels_are_made_usable(tmp_path):
    labels = ("Anna:LASI", "Anna:RASI", "*1", "U12", "LASI")
    found = read_trial(plain(tmp_path / "a.c3d", labels=labels))
    assert found.markers is not None
    assert found.markers.skeleton.names == ("LASI", "RASI", "LASI_2")
    assert found.said["subject_prefixes"] == "Anna"
    assert found.said["unlabelled_markers"] == "2"


def test_the_unit_of_length_is_believed_or_told(tmp_path):
    path = plain(tmp_path / "a.c3d", units="mm")
    for unit, metres in ((None, 0.9), ("m", 900.0), ("cm", 9.0)):
        found = read_trial(path, length_unit=unit).markers
        assert found is not None
        assert found.points[0, 0, 0] == pytest.approx(metres)
    with pytest.raises(InputError, match="--length-unit"):
        read_trial(plain(tmp_path / "b.c3d", units="furlong"))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": 9}, "plate 1 is of type 9"),
        ({"channels": [1, 2, 3, 4, 5, 60]}, "channel 60, there are 6"),
        ({"channels": [1, 2, 3]}, "plate 1 lacks its CHANNEL"),
        ({"kind": 4}, "plate 1 lacks its CAL_MATRIX"),
    ],
)
def test_a_plate_that_cannot_be_read_is_named(more, words, tmp_path):
    with pytest.raises(InputError, match=words):
        read_trial(plain(tmp_path / "a.c3d", **more))


def test_a_file_that_is_cut_off_says_how_much_is_there(tmp_path):
    data = plain(tmp_path / "a.c3d").read_bytes()
    for size, words in (
        (300, "not a C3D file"),
        (1024, "cut off|damaged|holds"),
        (len(data) - 512, "of 10 frames"),
    ):
        (tmp_path / "b.c3d").write_bytes(data[:size])
        with pytest.raises(InputError, match=words):
            read_trial(tmp_path / "b.c3d")


def test_a_text_that_calls_itself_c3d_is_refused(tmp_path):
    (tmp_path / "a.c3d").write_text("no markers here, " * 200)
    with pytest.raises(InputError, match="not a C3D file"):
        read_trial(tmp_path / "a.c3d")


def test_damaged_bytes_give_a_sentence_or_numbers_but_no_traceback(tmp_path):
    data = plain(tmp_path / "a.c3d", analog=load([0, 0, -700, 0, 0, 0])).read_bytes()
    rng = np.random.default_rng(1)
    refused = 0
    for _ in range(300):
        broken = bytearray(data)
        for at in rng.integers(0, len(data), 8):
            broken[at] = rng.choice([0, 127, 128, 255])
        (tmp_path / "b.c3d").write_bytes(bytes(broken))
        try:
            read_trial(tmp_path / "b.c3d")
        except InputError:
            refused += 1
    assert 0 < refused < 300


def test_an_uneven_clock_does_not_fit_the_format(tmp_path):
    even = markers()
    uneven = Trial(tmp_path, "", "trc", markers=even.at_clock(even.time_s + 0.003 * np.sin(even.time_s * 9)))
    with pytest.raises(DataError, match="uneven"):
        write_trial(uneven, tmp_path / "a.c3d")
    assert list(tmp_path.iterdir()) == []
