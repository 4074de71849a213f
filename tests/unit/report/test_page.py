from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from midstance.model import Severity
from midstance.report import evidence_frames, report_html, write_report
from midstance.report.cards import definition_rows
from midstance.report.words import definition_words

from .sample import ANSWER, NORM_BANDS, NORM_RANGES, REFUSED_ANSWER, pictures, refused, sample

VOID = {"meta", "img", "br", "link", "input", "hr"}


class Page(HTMLParser):
    """Reads a page and checks that what is opened is closed."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.words))

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def whole():
    analysis = sample()
    shown = pictures(one.frame for one in evidence_frames(analysis))
    return report_html(analysis, ANSWER, NORM_BANDS, shown, NORM_RANGES)


@pytest.fixture(scope="module")
def nothing():
    analysis = refused()
    shown = pictures(one.frame for one in evidence_frames(analysis))
    return report_html(analysis, REFUSED_ANSWER, {}, shown)


@pytest.fixture(params=["whole", "nothing"])
def page(request):
    return request.getfixturevalue(request.param)


def test_the_page_is_well_formed_and_in_english(page):
    read = Page(page)
    assert read.all("html") == [{"lang": "en"}]
    assert len(read.all("h1")) == 1


def test_the_page_asks_for_nothing_from_outside_and_runs_no_script(page):
    read = Page(page)
    asked = [a[key] for _, a in read.tags for key in ("src", "href", "data", "srcset", "poster") if key in a]
    assert all(address.startswith("data:image/jpeg") for address in asked)
    assert not read.all("script")
    assert not read.all("link")
    assert "url(" not in page
    assert "@import" not in page
    assert not [key for _, attributes in read.tags for key in attributes if key.startswith("on")]


def test_headings_never_skip_a_level(page):
    levels = [int(tag[1]) for tag, _ in Page(page).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_picture_and_drawing_says_what_it_shows(page):
    read = Page(page)
    assert all(picture["alt"] for picture in read.all("img"))
    assert all(svg["role"] == "img" and svg["aria-label"] for svg in read.all("svg"))


def test_every_drawing_is_well_formed_and_holds_numbers_only(page):
    drawings = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
    assert drawings
    for svg in drawings:
        ET.fromstring(svg)  # noqa: S314  # our own text
        assert "nan" not in svg.lower()


def test_every_table_has_headings_with_a_scope(whole):
    read = Page(whole)
    assert read.all("table")
    assert all("scope" in heading for heading in read.all("th"))


def test_labelled_sections_point_to_a_heading_that_exists(page):
    read = Page(page)
    there = {attributes["id"] for _, attributes in read.tags if "id" in attributes}
    named = [attributes["aria-labelledby"] for _, attributes in read.tags if "aria-labelledby" in attributes]
    assert set(named) <= there
    assert len(there) == len([1 for _, attributes in read.tags if "id" in attributes])


def test_the_answer_comes_before_everything_else(whole):
    order = [
        whole.index(part) for part in ("Your left hip is 2.1", "Your right hip is 0.6", "See for yourself")
    ]
    sections = [whole.index(part) for part in ("The numbers", "whole stride", "Step by step", "What limited")]
    assert order + sections == sorted(order + sections)


def test_every_issue_and_every_remedy_is_shown(whole):
    text = Page(whole).text
    for issue in sample().issues:
        assert issue.sentence in text
        assert issue.remedy in text
    assert "from 2.100" in text


def test_the_far_leg_is_marked_as_less_certain(whole):
    assert "far leg, less certain" in Page(whole).text


def test_the_page_says_what_it_cannot_say_and_when_to_see_a_clinician(page):
    text = Page(page).text
    for part in ("no diagnosis", "Nobody has tested it", "hurts at night", "swells", "locks", "clinician"):
        assert part in text


def test_names_from_outside_are_escaped(whole, nothing):
    assert "Kim <kim@" not in whole
    assert "Kim &lt;kim@" in whole
    assert "walk &amp; talk.mp4" in nothing


def test_hostile_text_in_any_field_stays_text():
    analysis = sample(name="<img src=x onerror=alert(1)>.mp4")
    bad = "</style><script>alert(1)</script>"
    analysis = replace(
        analysis,
        issues=tuple(replace(issue, sentence=bad, remedy=bad) for issue in analysis.issues),
        measures=tuple(
            replace(m, estimate=replace(m.estimate, method=bad), definition=bad) for m in analysis.measures
        ),
        settings={bad: bad},
        versions={bad: bad},
    )
    answers = tuple(replace(one, headline=bad, detail=bad) for one in ANSWER)
    bands = {name: (*band[:3], bad) for name, band in NORM_BANDS.items()}
    ranges = {key: (low, high, bad) for key, (low, high, _) in NORM_RANGES.items()}
    read = Page(report_html(analysis, answers, bands, {}, ranges))
    assert not read.all("script")
    assert not read.all("img")


def test_a_clip_with_nothing_to_measure_is_still_explained(nothing):
    text = Page(nothing).text
    assert REFUSED_ANSWER[0].headline in text
    assert "No number can be given" in text
    assert "How to film" in text
    for issue in refused().issues:
        assert issue.severity is Severity.REFUSAL
        assert issue.remedy in text


def test_the_same_analysis_gives_the_same_page(whole):
    analysis = sample()
    shown = pictures(one.frame for one in evidence_frames(analysis))
    assert report_html(analysis, ANSWER, NORM_BANDS, shown, NORM_RANGES) == whole


def test_an_analysis_whose_numbers_are_all_unknown_still_gives_a_page():
    analysis = sample()
    steps = analysis.steps
    hollow = replace(
        analysis,
        scene=replace(
            analysis.scene, roll_deg=np.nan, roll_sd_deg=np.nan, speed_m_s=np.nan, off_axis_deg=np.nan
        ),
        steps=replace(
            steps, values={key: np.full_like(column, np.nan) for key, column in steps.values.items()}
        ),
        mean_strides=tuple(replace(s, values=np.full_like(s.values, np.nan)) for s in analysis.mean_strides),
        measures=(),
    )
    Page(report_html(hollow, REFUSED_ANSWER, {}, pictures(one.frame for one in evidence_frames(hollow))))


def test_one_leg_alone_gives_a_page():
    analysis = sample()
    left = replace(
        analysis,
        mean_strides=analysis.mean_strides[:1],
        measures=tuple(m for m in analysis.measures if m.side != "right"),
    )
    Page(report_html(left, ANSWER, NORM_BANDS, {}, NORM_RANGES))


def test_the_file_is_written_whole_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "report.html"
    write_report(sample(), ANSWER, NORM_BANDS, {}, path)
    assert path.read_text(encoding="utf-8").endswith("</html>")
    assert list(tmp_path.iterdir()) == [path]


def test_the_table_of_definitions_begins_with_the_chosen_one_and_leaves_out_what_was_not_seen():
    analysis = sample()
    shown = definition_rows(analysis)
    unseen = replace(
        analysis,
        measures=tuple(
            replace(m, by_definition=m.by_definition | {"mass": np.nan}) for m in analysis.measures
        ),
    )

    assert shown[0]["chosen"]
    assert shown[0]["name"] == definition_words("pelvis_dip")
    assert [row["name"] for row in definition_rows(unseen)] == [row["name"] for row in shown]
