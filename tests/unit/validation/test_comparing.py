"""One trial in two ways, and the rows made of it."""

from __future__ import annotations

import csv
import json
from dataclasses import fields, replace

import numpy as np
import pytest
from tests.unit.validation.lab import ENTRY, HIP, lab_analysis

from midstance.validation import Row, compared, rows_of, samples_of, write_csv, write_json

TRUE = lab_analysis()
LATE = compared(ENTRY, lab_analysis(landing_s=0.004, leaving_s=-0.002, hip_m=0.003), TRUE)


def row(rows, measure, group="all"):
    return next(one for one in rows if (one.measure, one.group) == (measure, group))


def test_instants_that_are_late_have_that_bias_and_no_spread():
    rows = rows_of([LATE])

    assert row(rows, "initial_contact_s").bias == pytest.approx(0.004)
    assert row(rows, "toe_off_s").bias == pytest.approx(-0.002)
    assert row(rows, "initial_contact_s").sd == pytest.approx(0.0, abs=1e-9)
    assert row(rows, "initial_contact_s").unit == "s"


def test_hip_over_ankle_is_compared_by_step_by_twenty_and_by_trial():
    rows = rows_of([LATE])
    steps, legs = row(rows, HIP), row(rows, HIP, "all/mean")

    assert steps.n == len(LATE.steps.side)
    assert legs.n == 2
    assert steps.bias == pytest.approx(0.003)
    assert legs.bias == pytest.approx(0.003)
    assert steps.unit == "m"


def test_means_of_twenty_leave_out_what_does_not_fill_a_block():
    steps = len(LATE.steps.side)

    assert len(samples_of([LATE], HIP, "block")) == 2 * ((steps // 2) // 20)


def test_coverage_is_that_of_the_stated_intervals():
    narrow = compared(ENTRY, lab_analysis(hip_m=0.003, margin=0.001), TRUE)

    assert row(rows_of([LATE]), HIP).coverage == 1.0
    assert row(rows_of([narrow]), HIP).coverage == 0.0


def test_what_was_put_in_is_taken_off():
    clean = compared(ENTRY, lab_analysis(hip_m=0.003), TRUE, put_in={HIP: 0.003})

    assert row(rows_of([clean]), HIP).bias == pytest.approx(0.0, abs=1e-12)
    assert row(rows_of([clean]), HIP, "all/mean").bias == pytest.approx(0.0, abs=1e-12)


def test_another_clock_is_put_right():
    found = compared(ENTRY, lab_analysis(landing_s=-1.234, leaving_s=-1.234), TRUE, later_s=1.234)

    assert row(rows_of([found]), "initial_contact_s").bias == pytest.approx(0.0, abs=1e-9)


def test_a_contact_left_out_is_missed_and_one_too_many_invented():
    fewer = lab_analysis(leave_out=(7,))

    assert row(rows_of([compared(ENTRY, fewer, TRUE)]), "contacts_missed").bias == 1.0
    assert row(rows_of([compared(ENTRY, TRUE, fewer)]), "contacts_invented").bias == 1.0
    assert row(rows_of([LATE]), "contacts_missed").bias == 0.0
    assert row(rows_of([LATE]), "contacts_missed").n > 20


def test_only_the_sides_asked_for_are_compared():
    near = compared(ENTRY, TRUE, TRUE, sides=("left",))

    assert set(near.steps.side) == {"left"}
    assert {leg.side for leg in near.legs} == {"left"}
    assert set(near.vouched) == {"left"}


def test_strike_is_that_of_the_table_else_of_the_angle():
    unknown = compared(replace(ENTRY, strike={}), TRUE, TRUE)

    assert LATE.strike == {"left": "rearfoot", "right": "forefoot"}
    assert unknown.strike == {"left": "rearfoot", "right": "rearfoot"}


def test_groups_are_all_speed_strike_and_subject():
    groups = [one.group for one in rows_of([LATE]) if one.measure == "toe_off_s"]

    assert groups[0] == "all"
    assert {"speed=3", "strike=rearfoot", "subject=S01"} <= set(groups)


def test_distance_of_midstance_from_the_lowest_mass_is_the_bias():
    midstances = TRUE.steps.midstances
    wanted = np.mean(midstances.time_s - midstances.by_definition["lowest_mass"])

    assert row(rows_of([LATE]), "midstance_after_lowest_mass_s").bias == pytest.approx(wanted, abs=2e-4)


def test_the_lowest_mass_of_markers_is_held_against_that_of_forces_only():
    def named(analysis, name):
        midstances = analysis.steps.midstances
        instants = {k: v for k, v in midstances.by_definition.items() if k != "lowest_mass"}
        lowest = midstances.by_definition["lowest_mass"] + 0.002
        midstances = replace(midstances, by_definition=instants | {name: lowest})
        return replace(analysis, steps=replace(analysis.steps, midstances=midstances))

    against_force = rows_of([compared(ENTRY, named(TRUE, "mass"), TRUE)])
    against_itself = rows_of([compared(ENTRY, named(TRUE, "mass"), named(TRUE, "mass"))])

    assert row(against_force, "lowest_mass_s").bias == pytest.approx(0.002)
    assert "lowest_mass_s" not in {one.measure for one in against_itself}


def test_rows_of_a_phone_have_the_plain_name_for_means():
    groups = {one.group for one in rows_of([LATE], "fps=60") if one.measure == HIP}

    assert {"fps=60", "fps=60/steps", "fps=60/speed=3", "fps=60/speed=3/steps"} <= groups


def test_json_is_a_list_of_rows_with_null_for_unknown(tmp_path):
    rows = rows_of([LATE])
    write_json(rows, tmp_path / "v.json")
    read = json.loads((tmp_path / "v.json").read_text(encoding="utf-8"))

    assert len(read) == len(rows)
    assert list(read[0]) == [field.name for field in fields(Row)]
    assert read[0]["n"] == rows[0].n
    missed = next(one for one in read if one["measure"] == "contacts_missed")
    assert missed["sd"] is None


def test_csv_holds_the_same_rows(tmp_path):
    rows = rows_of([LATE])
    write_csv(rows, tmp_path / "v.csv")
    with (tmp_path / "v.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))

    assert [one["measure"] for one in read] == [one.measure for one in rows]
    assert float(read[0]["bias"]) == pytest.approx(rows[0].bias, rel=1e-5)
    assert next(one for one in read if one["measure"] == "contacts_missed")["sd"] == ""


def test_under_another_definition_of_midstance_the_same_one_is_looked_up():
    found = lab_analysis()
    other = replace(
        TRUE,
        steps=replace(TRUE.steps, midstances=replace(TRUE.steps.midstances, definition="lowest_mass")),
        measures=tuple(replace(m, definition="lowest_mass", by_definition={"": 0.01}) for m in TRUE.measures),
    )
    rows = rows_of([compared(ENTRY, found, other)])

    assert {one.measure for one in rows if one.group == "all"} & {HIP, "midstance_s"} == set()
    assert [leg.true for leg in compared(ENTRY, found, other).legs if leg.key == HIP] == [0.01, 0.01]
