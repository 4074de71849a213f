"""The page of a validation: what it shows, and that it needs nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from tests.unit.validation.lab import ENTRY, lab_analysis

from midstance.errors import DataError
from midstance.validation import Outcome, Problem, compared, gathered, judged, validation_html, write_page

TRUE = lab_analysis()
GOOD = compared(ENTRY, lab_analysis(landing_s=0.001, leaving_s=0.001, hip_m=0.001), TRUE)
BAD = compared(ENTRY, lab_analysis(landing_s=0.012, leaving_s=-0.02, hip_m=0.02, leave_out=(9,)), TRUE)
PROBLEM = Problem("S02run.c3d", "forces", "there are no forces · S02run.c3d · leave it out")


def found(comparison):
    ways = {
        "markers": (comparison,),
        "low_pass": (comparison,),
        "fps=60": (comparison,),
        "fps=60/raw": (comparison,),
    }
    return gathered([Outcome("S01run.c3d", ways, ()), Outcome("S02run.c3d", {}, (PROBLEM,))])


@pytest.fixture(scope="module")
def page():
    return validation_html(found(GOOD), "trials & more", "midstance validate trials -o out")


class Tags(HTMLParser):
    VOID = ("meta", "br", "i", "p", "li")

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, _attrs):
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag


def test_bars_that_are_met_and_missed_are_told_apart():
    good, bad = judged(found(GOOD).rows), judged(found(BAD).rows)

    assert all(verdict.holds for verdict in good)
    assert {verdict.bar.measure for verdict in bad if not verdict.holds} >= {
        "initial_contact_s",
        "toe_off_s",
        "hip_over_ankle_at_midstance_m",
        "contacts_missed",
    }


def test_a_bar_without_rows_is_left_out():
    words = [verdict.bar.words for verdict in judged(found(GOOD).rows)]

    assert not any("30 fps" in one for one in words)
    assert any("60 fps" in one for one in words)


def test_other_strikes_are_pooled():
    (verdict,) = [one for one in judged(found(GOOD).rows) if one.bar.words.endswith("other strikes")]

    assert verdict.value == pytest.approx(1.0)


def test_the_page_is_well_formed_and_brings_all_it_needs(page):
    tags = Tags()
    tags.feed(page)

    assert tags.open == []
    assert not re.search(r"<script|<link|src=|@import|url\(", page)


def test_the_page_says_what_was_compared_and_how_it_was_made(page):
    for words in (
        "trials &amp; more",
        "midstance validate trials -o out",
        "Initial contact",
        "60 frames per second",
    ):
        assert words in page
    assert "S02run.c3d" in page
    assert "there are no forces" in page


def test_the_page_draws_every_pair_and_both_themes(page):
    assert page.count("<svg") >= 11
    assert page.count('class="dots') >= 6
    assert "prefers-color-scheme: dark" in page
    assert "nan" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL).lower()


def test_a_missed_bar_is_shown_as_missed():
    page = validation_html(found(BAD), "trials")

    assert page.count("✗ missed") == sum(not one.holds for one in judged(found(BAD).rows))


def test_the_page_is_written_whole(tmp_path):
    write_page(found(GOOD), tmp_path / "validation.html", "trials")

    assert [path.name for path in tmp_path.iterdir()] == ["validation.html"]


def test_the_same_result_gives_the_same_page():
    assert validation_html(found(GOOD), "trials") == validation_html(found(GOOD), "trials")


def test_nothing_compared_is_an_error_that_names_the_first_reason():
    with pytest.raises(DataError, match="there are no forces"):
        gathered([Outcome("S02run.c3d", {}, (PROBLEM,))])
