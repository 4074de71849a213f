from __future__ import annotations

from dataclasses import replace

import pytest

from midstance.model import Estimate, Measure, Tier
from midstance.report.numbers_table import number_groups

from .sample import NORM_RANGES, refused, sample


def rows(analysis, norms=None):
    return {row.key: row for group in number_groups(analysis, norms or {}) for row in group.rows}


def test_every_measure_has_a_cell_in_the_table():
    analysis = sample()
    cells = [(key, cell.side) for key, row in rows(analysis).items() for cell in row.cells]
    assert sorted(cells) == sorted((measure.key, measure.side) for measure in analysis.measures)


def test_groups_come_with_the_answer_first():
    assert [group.title for group in number_groups(sample(), {})] == [
        "Hip over foot",
        "At midstance",
        "At first contact",
        "Rhythm and time",
        "Posture",
    ]


def test_a_measure_refused_for_both_legs_says_why_once():
    assert rows(sample())["hip_over_ankle_relative_to_standing_m"].reason.startswith(
        "the clip holds no quiet"
    )
    assert rows(sample())["contact_time_s"].reason == ""


def test_a_cell_holds_value_interval_tier_and_where_to_look():
    left, right = rows(sample())["hip_over_ankle_at_midstance_m"].cells
    assert left.value.endswith("cm")
    assert " to " in left.interval
    assert (left.tier, right.tier) == ("high", "low")
    assert left.symbol != right.symbol
    assert left.frame is not None


def test_norms_and_percentiles_are_in_words():
    found = rows(sample(), NORM_RANGES)
    assert found["contact_time_s"].norm == "228 to 307\N{NO-BREAK SPACE}ms"
    assert found["cadence_spm"].percentiles == ("more than 62 of 100",)
    assert found["duty_factor"].norm == ""


@pytest.mark.parametrize(
    ("percentile", "words"),
    [(99.9, "more than all of them"), (0.2, "less than all of them"), (50.4, "more than 50 of 100")],
)
def test_a_percentile_at_the_edge_never_says_more_than_a_hundred_of_a_hundred(percentile, words):
    cadence = next(m for m in sample().measures if m.key == "cadence_spm")
    found = rows(replace(sample(), measures=(replace(cadence, percentile=percentile),)))
    assert found["cadence_spm"].percentiles == (words,)


def test_everything_refused_leaves_no_value():
    assert all(cell.refused for row in rows(refused()).values() for cell in row.cells)


def test_a_number_outside_the_catalogue_is_shown_too():
    strange = Measure("arm_swing_deg", "left", Estimate(40, 38, 42, "deg", 9, "elbows", Tier.FAIR))
    assert rows(replace(sample(), measures=(strange,)))["arm_swing_deg"].cells[0].value == "40.0°"
