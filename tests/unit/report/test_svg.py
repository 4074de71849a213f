from __future__ import annotations

from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midstance.report.svg import Scale, area, drawing, element, path, text, ticks


def test_a_scale_maps_its_ends_and_keeps_single_values_inside():
    scale = Scale(-2.0, 2.0, 10.0, 110.0)
    assert scale([-2.0, 0.0, 2.0]) == pytest.approx([10.0, 60.0, 110.0])
    assert scale.at(99.0) == 110.0


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e3), st.integers(2, 10))
def test_ticks_are_inside_evenly_spaced_and_about_as_many_as_asked(low, width, about):
    found = ticks(low, low + width, about)
    assert all(low - 1e-6 * width <= tick <= low + width * (1 + 1e-6) for tick in found)
    assert len(found) <= about + 1
    assert np.allclose(np.diff(found), np.diff(found)[:1])


def test_a_path_is_interrupted_where_the_curve_is_unknown():
    y = np.array([1.0, 2.0, np.nan, 3.0, 4.0, np.nan, 5.0])
    drawn = path(np.arange(7.0), y, "curve")
    assert drawn.count("M") == 2
    assert "nan" not in drawn.lower()


def test_an_area_is_interrupted_where_either_edge_is_unknown():
    edge = np.array([1.0, 2.0, np.nan, 3.0, 4.0])
    assert area(np.arange(5.0), edge, edge + 1, "spread").count("Z") == 2


def test_a_curve_of_which_nothing_is_known_draws_nothing():
    assert path(np.arange(3.0), np.full(3, np.nan), "curve") == ""


def test_a_number_that_is_not_finite_is_refused_in_a_drawing():
    with pytest.raises(ValueError, match="finite"):
        element("circle", cx=float("nan"))


def test_words_and_attributes_are_escaped():
    whole = drawing(10, 10, 'a "b" <c>', [text(1, 2, "<script>&")])
    root = ET.fromstring(whole)  # noqa: S314  # our own text
    assert root.attrib["aria-label"] == 'a "b" <c>'
    assert root[0].text == "<script>&"
