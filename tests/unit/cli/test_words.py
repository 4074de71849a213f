from __future__ import annotations

from midstance.cli.words import metric_lines, table_lines
from midstance.model import CATALOGUE


def test_columns_line_up_and_lines_end_without_blanks():
    lines = table_lines([("key", "unit"), ("cadence", ""), ("x", "m")])

    assert lines == ["key      unit", "cadence", "x        m"]


def test_every_metric_has_a_line_with_its_unit_and_sign():
    lines = metric_lines([CATALOGUE["overstride_m"], CATALOGUE["cadence_spm"]])

    assert lines[1].split()[:2] == ["overstride_m", "m"]
    assert lines[1].endswith("Positive: the ankle is ahead of the hip.")
    assert "both" in lines[2]
