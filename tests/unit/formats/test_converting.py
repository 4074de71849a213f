from __future__ import annotations

import csv

import numpy as np
import pytest
from pyarrow import parquet

from midstance.errors import DataError, InputError
from midstance.formats import read_trial, write_markers_csv, write_markers_parquet, write_trial
from midstance.model import Signals, Trial

from .laboratory import assert_same_forces, assert_same_markers, markers, trial


def test_markers_survive_three_formats(tmp_path):
    path = tmp_path / "a.trc"
    write_trial(trial(0.05), path)
    for name in ("b.c3d", "c.trc", "d.c3d", "e.trc"):
        path = write_trial(read_trial(path), tmp_path / name)[0]
    back = read_trial(path)
    assert_same_markers(back.markers, trial(0.05).markers)
    assert back.length_unit == "mm"


def test_what_a_format_cannot_hold_goes_into_a_file_beside(tmp_path):
    written = write_trial(trial(), tmp_path / "a.trc")
    assert [path.name for path in written] == ["a.trc", "a_forces.mot"]
    assert_same_forces(read_trial(written[1]).forces, trial().forces)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.trc", "a_forces.mot"]


def test_forces_alone_fit_a_c3d_file(tmp_path):
    alone = trial().having(None, trial().forces)
    path = write_trial(alone, tmp_path / "a.c3d")[0]
    assert_same_forces(read_trial(path).forces, alone.forces)


def test_markers_are_a_table_with_units_in_its_columns(tmp_path):
    write_markers_csv(markers(), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:4] == ["time_s", "LASI_x_m", "LASI_y_m", "LASI_z_m"]
    assert rows[4]["RASI_x_m"] == ""
    assert float(rows[9]["RASI_x_m"]) == pytest.approx(markers().point("RASI")[9, 0], abs=1e-8)


def test_parquet_says_unit_and_axes_of_each_column(tmp_path):
    write_markers_parquet(markers(), tmp_path / "a.parquet")
    table = parquet.read_table(tmp_path / "a.parquet")
    field = table.schema.field("LHEE_z_m")
    assert field.metadata == {b"unit": b"m", b"frame": b"file"}
    assert table.column("RASI_x_m").null_count == 6
    np.testing.assert_allclose(table.column("time_s"), markers().time_s)


def test_parquet_of_a_trial_has_a_table_for_the_forces(tmp_path):
    written = write_trial(trial(), tmp_path / "a.parquet")
    assert [path.name for path in written] == ["a.parquet", "a_forces.parquet"]
    names = parquet.read_table(written[1]).column_names
    assert {"plate_1_force_z_n", "plate_2_centre_of_pressure_x_m", "plate_2_free_moment_n_m"} <= set(names)


def test_curves_keep_their_units(tmp_path):
    signals = Signals(np.ones((3, 2)), ("knee", "hip_deg"), ("deg", "deg"), np.arange(3) / 100)
    written = write_trial(Trial(tmp_path, "", "mot", signals=signals), tmp_path / "a.csv")
    assert written[0].read_text().splitlines()[0] == "time_s,knee_deg,hip_deg"


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("a.xls", InputError, r"no files ending in \.xls"),
        ("none/a.trc", InputError, "no such folder"),
        ("a.mot", DataError, "holds markers, which a MOT file does not"),
    ],
)
def test_what_cannot_be_written_leaves_nothing(name, kind, words, tmp_path):
    with pytest.raises(kind, match=words):
        write_trial(trial().having(trial().markers, None), tmp_path / name)
    assert list(tmp_path.iterdir()) == []
