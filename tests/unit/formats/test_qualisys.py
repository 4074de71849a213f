from __future__ import annotations

import numpy as np
import pytest

from midstance.errors import InputError
from midstance.formats import read_trial

HEAD = "NO_OF_FRAMES\t3\nNO_OF_MARKERS\t2\nFREQUENCY\t240\nDATA_INCLUDED\t3D\nMARKER_NAMES\tL_asis\tR_asis\n"
COLUMNS = "Frame\tTime\tL_asis X\tL_asis Y\tL_asis Z\tR_asis X\tR_asis Y\tR_asis Z\n"
ROWS = ["100\t200\t1000\t300\t200\t1000"] * 2 + ["0\t0\t0\t300\t200\t1000"]
CORNERS = {"POSX_POSY": (0, 2000), "NEGX_POSY": (500, 2000), "NEGX_NEGY": (500, 0), "POSX_NEGY": (0, 0)}


def recording(folder, *, columns=True):
    rows = [f"{k + 1}\t{k / 240:.5f}\t{row}" if columns else row for k, row in enumerate(ROWS)]
    (folder / "run.tsv").write_text(HEAD + (COLUMNS if columns else "") + "\n".join(rows) + "\n")
    return folder / "run.tsv"


def plate(folder, number, *, samples=30, load=-700.0):
    """A plate whose moments are about a point 15 mm below its corner at (500, 0)."""
    words = ["NO_OF_SAMPLES\t30", "FREQUENCY\t2400", "DESCRIPTION\tForce data in world (lab) coordinates"]
    words += ["DATA_INCLUDED\tForce", f"FORCE_PLATE_NAME\tBelt {number}"]
    for name, (x, y) in CORNERS.items():
        words += [
            f"FORCE_PLATE_CORNER_{name}_{axis}\t{value}" for axis, value in zip("XYZ", (x, y, 0), strict=True)
        ]
    words += [
        f"FORCE_PLATE_OFFSET_{axis}\t{value}" for axis, value in zip("XYZ", (250, 1000, 15), strict=True)
    ]
    force = np.array([30.0, -20.0, load])
    moment = np.cross(np.array([0.2, 0.8, 0.0]) - [0.5, 0.0, -0.015], force)
    moment[2] += 3.0
    cells = "\t".join(f"{value:.6f}" for value in (*force, *moment, 0, 0, 0))
    rows = [f"{k + 1}\t{k / 2400:.5f}\t{cells}\t" for k in range(samples)]
    words.append("SAMPLE\tTIME\tForce_X\tForce_Y\tForce_Z\tMoment_X\tMoment_Y\tMoment_Z\tCOP_X\tCOP_Y\tCOP_Z")
    (folder / f"run_f_{number}.tsv").write_text("\n".join([*words, *rows]) + "\n")


@pytest.mark.parametrize("columns", [True, False])
def test_markers_are_read_with_and_without_the_line_of_columns(columns, tmp_path):
    found = read_trial(recording(tmp_path, columns=columns)).markers
    assert found is not None
    assert found.skeleton.names == ("L_asis", "R_asis")
    assert found.time_s == pytest.approx(np.arange(3) / 240, abs=1e-12)
    assert found.points[0, 0] == pytest.approx([0.1, 0.2, 1.0])
    assert np.isnan(found.points[2, 0]).all()


def test_the_plates_beside_it_come_with_it(tmp_path):
    plate(tmp_path, 1)
    plate(tmp_path, 2, load=-3.0)
    found = read_trial(recording(tmp_path))
    assert found.forces is not None
    assert found.forces.plates == ("Belt 1", "Belt 2")
    assert found.forces.force_n[0, 0] == pytest.approx([-30, 20, 700])
    assert found.forces.force_n[0, 1, 2] == pytest.approx(3)
    assert found.forces.centre_of_pressure_m[0, 0] == pytest.approx([0.2, 0.8, 0], abs=1e-6)
    assert found.forces.free_moment_n_m[0, 0] == pytest.approx(-3.0, abs=1e-4)
    assert np.isnan(found.forces.centre_of_pressure_m[0, 1]).all()
    assert found.forces.rate_hz == pytest.approx(2400)
    assert "turned round" in found.said["Belt 1_sign"]


def test_plates_of_two_recordings_do_not_fit(tmp_path):
    plate(tmp_path, 1)
    plate(tmp_path, 2, samples=20)
    with pytest.raises(InputError, match="different clocks"):
        read_trial(recording(tmp_path))


def test_a_plate_file_alone_gives_forces(tmp_path):
    plate(tmp_path, 1)
    found = read_trial(tmp_path / "run_f_1.tsv")
    assert found.markers is None
    assert found.forces is not None


def test_text_among_the_numbers_is_named(tmp_path):
    path = recording(tmp_path)
    path.write_text(path.read_text().replace("300", "three", 1))
    with pytest.raises(InputError, match=r"'three' stands where a number should be · run\.tsv, line 7"):
        read_trial(path)


def test_other_data_are_refused(tmp_path):
    (tmp_path / "a.tsv").write_text("NO_OF_SAMPLES\t3\nDATA_INCLUDED\tEMG\n1\t2\n")
    with pytest.raises(InputError, match="it holds EMG"):
        read_trial(tmp_path / "a.tsv")
