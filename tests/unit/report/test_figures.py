from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from midstance.model import Estimate, Tier
from midstance.report import PANELS, answer_figure, curve_panel, interval_bar, step_scatter
from midstance.report.intervals import shared_span
from midstance.report.steps_figure import definition_bar
from midstance.report.stick_figure import midstance_figure

from .sample import NORM_BANDS, mean_stride, sample

KEY = "hip_over_ankle_at_midstance_m"
NORM = (0.013, 0.073, "26 healthy runners")
NAMESPACE = "{http://www.w3.org/2000/svg}"


def estimate(value=0.021, low=0.008, high=0.034):
    return Estimate(value, low, high, "m", 16, "median", Tier.HIGH)


def parsed(svg):
    assert "nan" not in svg.lower()
    return ET.fromstring(svg)  # noqa: S314  # our own text


def words(root):
    return [text.text for text in root.iter(f"{NAMESPACE}text")]


def classes(root):
    return [part.attrib.get("class", "") for part in root.iter()]


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_answer_is_drawn_with_ticks_reading_norm_and_interval(side):
    root = parsed(answer_figure(estimate(), side, NORM, (-0.02, 0.09)))
    assert {"0", "2", "4", "6", "8", "2.1\N{NO-BREAK SPACE}cm ahead"} <= set(words(root))
    assert "norm" in classes(root)
    assert f"{side} mark" in classes(root)
    assert "0.8 to 3.4" in root.attrib["aria-label"]
    assert "26 healthy runners: 1.3 to 7.3 cm" in root.attrib["aria-label"]


def test_the_answer_without_norms_draws_no_band():
    root = parsed(answer_figure(estimate(), "left", None, (-0.02, 0.09)))
    assert "norm" not in classes(root)


def test_the_axis_holds_both_intervals_the_norm_and_zero():
    low, high = shared_span([estimate(), estimate(-0.05, -0.07, -0.03)], NORM, zero=True)
    assert low < -0.07
    assert high > 0.073


def test_an_axis_without_anything_to_show_still_has_a_length():
    low, high = shared_span([Estimate.refused("m", "why")], None, zero=True)
    assert low < 0 < high


def test_left_is_a_dot_and_right_is_a_square():
    drawn = {side: interval_bar(KEY, estimate(), side, NORM, (-0.02, 0.09)) for side in ("left", "right")}
    assert parsed(drawn["left"]).find(f"{NAMESPACE}circle") is not None
    assert parsed(drawn["right"]).find(f"{NAMESPACE}circle") is None


@pytest.mark.parametrize("panel", PANELS[:5], ids=lambda panel: panel.title)
def test_a_curve_panel_shows_both_legs_events_and_what_the_signs_mean(panel):
    strides = (mean_stride("left"), mean_stride("right"))
    root = parsed(curve_panel(panel, strides, NORM_BANDS.get(panel.curve)))
    assert {"left curve", "right curve", "left spread", "left event midstance"} <= set(classes(root))
    assert {"midstance", f"{panel.up} →", f"← {panel.down}", "0"} <= set(words(root))
    assert ("norm" in classes(root)) == (panel.curve in NORM_BANDS)


def test_the_panel_of_the_whole_stride_marks_toe_off_and_runs_to_100():
    shown = words(parsed(curve_panel(PANELS[1], (mean_stride("left"),))))
    assert {"toe-off", "20", "100"} <= set(shown)


def test_the_panel_of_contact_ends_at_toe_off():
    shown = words(parsed(curve_panel(PANELS[0], (mean_stride("left"),))))
    assert "30" in shown
    assert "100" not in shown
    assert "toe-off" not in shown


def test_a_curve_that_is_partly_unknown_is_drawn_where_it_is_known():
    stride = mean_stride("left")
    holed = stride.values.copy()
    holed[20:30] = np.nan
    root = parsed(curve_panel(PANELS[1], (replace(stride, values=holed, midstance_percent=float("nan")),)))
    curve = next(part for part in root.iter() if part.attrib.get("class") == "left curve")
    assert curve.attrib["d"].count("M") == 2


def test_a_curve_nobody_measured_draws_nothing():
    stride = mean_stride("left")
    assert curve_panel(PANELS[1], (replace(stride, values=np.full_like(stride.values, np.nan)),)) == ""
    assert curve_panel(PANELS[1], ()) == ""


def test_the_scatter_has_one_mark_per_step_and_a_level_per_leg():
    steps = sample().steps
    root = parsed(step_scatter(steps, KEY, {"left": estimate(), "right": estimate(0.006, -0.01, 0.02)}))
    marks = [name for name in classes(root) if "step" in name]
    assert len(marks) == len(steps.contacts)
    assert sum("hollow" in name for name in marks) == int((~steps.complete).sum())
    assert {"left level", "right level"} <= set(classes(root))


def test_steps_of_a_leg_whose_number_is_refused_are_hollow():
    steps = sample().steps
    root = parsed(step_scatter(steps, KEY, {"left": estimate()}))
    right = [name for name in classes(root) if name.startswith("right step")]
    assert right
    assert all("hollow" in name for name in right)


def test_a_scatter_of_nothing_draws_nothing():
    steps = sample().steps
    assert step_scatter(steps, "step_width_m", {}) == ""


def test_a_definition_bar_says_its_values():
    root = parsed(definition_bar({"left": 0.02, "right": float("nan")}, (-0.01, 0.05)))
    assert root.attrib["aria-label"].startswith("left 2.0 cm")
    assert sum("step" in name for name in classes(root)) == 1


def test_midstance_is_explained_by_three_moments():
    assert {"first contact", "midstance", "toe-off"} <= set(words(parsed(midstance_figure())))
