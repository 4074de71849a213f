from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from midstance.web.figures import Amount, AmountLane, Reading, ReadingLane, change_bar, time_line
from midstance.web.figures.day_scale import DayScale

FIRST = date(2026, 3, 2)  # a Monday
LAST = FIRST + timedelta(days=27)


def shapes(drawing, tag, class_):
    root = ET.fromstring(drawing)  # noqa: S314  # our own drawing
    found = root.iter(f"{{http://www.w3.org/2000/svg}}{tag}")
    return [one for one in found if one.get("class") == class_]


def test_each_monday_of_four_weeks_has_its_tick():
    scale = DayScale(FIRST, LAST, 0.0, 280.0)

    assert scale.ticks(10) == [(0.0, "2 Mar"), (70.0, "9 Mar"), (140.0, "16 Mar"), (210.0, "23 Mar")]


def test_where_there_is_little_room_the_newest_ticks_are_kept():
    assert [words for _, words in DayScale(FIRST, LAST, 0.0, 280.0).ticks(2)] == ["9 Mar", "23 Mar"]


def test_a_year_is_told_by_its_months_and_a_january_by_its_year():
    words = [words for _, words in DayScale(date(2025, 10, 1), date(2026, 4, 30), 0.0, 500.0).ticks(12)]

    assert words == ["Oct", "Nov", "Dec", "2026", "Feb", "Mar", "Apr"]


def test_an_interval_is_drawn_from_its_low_to_its_high_end_around_the_number():
    noon = datetime(2026, 3, 9, 12, tzinfo=UTC)
    lane = ReadingLane("Hip", "cm", [Reading(noon, "left", 2.0, 0.0, 4.0, "/analyses/a", "words")])

    drawing = time_line([lane], FIRST, LAST, 900.0, "a line")

    (whisker,), (mark,) = shapes(drawing, "line", "left whisker thin"), shapes(drawing, "circle", "left mark")
    low, high = float(whisker.get("y1")), float(whisker.get("y2"))
    assert high < float(mark.get("cy")) < low
    assert float(mark.get("cy")) == pytest.approx(0.5 * (low + high), abs=0.02)
    assert float(mark.get("cx")) == pytest.approx(float(whisker.get("x1")), abs=0.02)


def test_both_legs_of_one_recording_stand_beside_each_other():
    noon = datetime(2026, 3, 9, 12, tzinfo=UTC)
    lane = ReadingLane("Hip", "cm", [Reading(noon, side, 2.0, 0.0, 4.0) for side in ("left", "right")])

    drawing = time_line([lane], FIRST, LAST, 900.0, "a line")

    (dot,), (square,) = shapes(drawing, "circle", "left mark"), shapes(drawing, "rect", "right mark")
    middle = float(square.get("x")) + 0.5 * float(square.get("width"))
    assert middle - float(dot.get("cx")) == pytest.approx(6.0, abs=0.05)


def test_a_bar_of_a_week_is_as_wide_as_the_week_and_its_height_is_the_amount():
    lane = AmountLane(
        "Training", "km", [Amount(FIRST, FIRST + timedelta(days=6), 20.0), Amount(LAST, LAST, 40.0)], 40.0
    )

    week, day = shapes(time_line([lane], FIRST, LAST, 900.0, "a line"), "rect", "load")

    assert float(day.get("height")) == pytest.approx(2 * float(week.get("height")), abs=0.05)
    assert float(week.get("width")) / (900.0 - 8.0 - 168.0) == pytest.approx(0.25, abs=0.01)


def test_a_day_without_pain_is_drawn_and_has_no_stem():
    lane = AmountLane("Pain", "", [Amount(FIRST, FIRST, 0.0), Amount(LAST, LAST, 5.0)], 10.0, "stems")

    drawing = time_line([lane], FIRST, LAST, 340.0, "a line")

    assert len(shapes(drawing, "circle", "pain-none")) == 1
    assert len(shapes(drawing, "circle", "pain")) == 1
    assert len(shapes(drawing, "line", "pain-stem")) == 1


def test_words_of_a_reading_are_escaped():
    noon = datetime(2026, 3, 9, 12, tzinfo=UTC)
    lane = ReadingLane("Hip", "cm", [Reading(noon, "left", 2.0, 0.0, 4.0, "/a", "<i>&")])

    assert "&lt;i&gt;&amp;" in time_line([lane], FIRST, LAST, 900.0, "a line")


def test_a_change_larger_than_noise_lies_outside_the_band():
    drawing = change_bar(5.0, 3.0, "left", "words")
    (band,), (mark,) = shapes(drawing, "rect", "norm"), shapes(drawing, "circle", "left mark")

    assert float(mark.get("cx")) > float(band.get("x")) + float(band.get("width"))
    assert re.search(r'aria-label="words"', drawing)


def test_a_change_within_noise_lies_inside_the_band():
    drawing = change_bar(-2.0, 3.0, "both", "words")
    (band,), (mark,) = shapes(drawing, "rect", "norm"), shapes(drawing, "circle", "both mark")

    assert float(band.get("x")) < float(mark.get("cx")) < float(band.get("x")) + float(band.get("width"))
