from __future__ import annotations

import csv

import pytest

from midstance.formats import write_steps_csv

from ..report.sample import DEFINITIONS, sample  # noqa: TID252  # the sample is shared by two rooms' tests


@pytest.fixture
def rows(tmp_path):
    write_steps_csv(sample().steps, tmp_path / "steps.csv")
    with (tmp_path / "steps.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_is_a_row_for_each_step(rows):
    contacts = sample().steps.contacts
    assert [row["side"] for row in rows] == list(contacts.side)
    assert [row["step"] for row in rows] == [str(k + 1) for k in range(len(contacts))]


def test_times_and_values_come_back_as_they_were(rows):
    steps = sample().steps
    for row, start, middle, end in zip(
        rows, steps.contacts.initial_contact_s, steps.midstances.time_s, steps.contacts.toe_off_s, strict=True
    ):
        assert float(row["initial_contact_s"]) == pytest.approx(start, abs=1e-7)
        assert float(row["midstance_s"]) == pytest.approx(middle, abs=1e-7)
        assert float(row["toe_off_s"]) == pytest.approx(end, abs=1e-7)
    knee = [float(row["knee_flexion_peak_deg"]) for row in rows]
    assert knee == pytest.approx(steps.values["knee_flexion_peak_deg"])


def test_every_definition_of_midstance_has_its_column(rows):
    assert {f"midstance_{name}_s" for name in DEFINITIONS} <= set(rows[0])


def test_every_column_of_numbers_ends_with_its_unit(rows):
    bare = {"step", "side", "complete"}
    assert all(name.rsplit("_", 1)[-1] in {"s", "m", "deg"} for name in set(rows[0]) - bare)


def test_an_unknown_value_is_an_empty_cell_and_the_step_does_not_count(rows):
    assert rows[1]["overstride_m"] == ""
    assert rows[1]["complete"] == "0"
    assert rows[0]["complete"] == "1"


def test_a_recording_without_steps_gives_a_heading_and_no_rows(tmp_path):
    write_steps_csv(None, tmp_path / "steps.csv")
    (heading,) = (tmp_path / "steps.csv").read_text(encoding="utf-8").splitlines()
    assert heading.startswith("step,side,initial_contact_s,midstance_s,toe_off_s")
