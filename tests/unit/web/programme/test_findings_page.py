from __future__ import annotations

import io
import re

import pypdf
import pytest
from tests.unit.web.programme.runners import ACHILLES, KNEECAP, OUTSIDE, answered, kept_analysis

from midstance.programme import articles, cues, lessons


def test_a_finding_says_what_was_seen_why_what_else_and_what_to_try(browser, store, runner, analysis):
    answered(store, runner)
    text = browser.get(f"/findings/{analysis}").text

    for title in ("Seen", "Why it may matter", "What else it could be", "What to try", "Watch:"):
        assert title in text
    assert 1 <= text.count('<article class="card finding finding"') <= 3


def test_a_finding_leads_to_its_frame_in_the_film(browser, store, runner, analysis):
    answered(store, runner)

    assert re.search(rf'href="/analyses/{analysis}#frame=\d+"', browser.get(f"/findings/{analysis}").text)


def test_every_piece_of_advice_carries_one_of_the_five_words(browser, store, runner, analysis):
    answered(store, runner)
    text = browser.get(f"/findings/{analysis}").text
    advice = re.findall(r'<li class="advice">(.*?)</li>', text, re.DOTALL)

    assert advice
    words = r"grade-(trial|pre-post|cohort|cross-section|coach)\""
    assert all(re.search(words, one) for one in advice)


def test_without_answers_findings_ask_for_them(browser, analysis):
    assert "What do you feel?" in browser.get(f"/findings/{analysis}").text


@pytest.mark.usefixtures("analysis")
def test_the_newest_film_is_shown_where_none_is_named(browser, store, runner):
    newer = kept_analysis(store, runner, days=0)

    assert browser.get("/findings", follow_redirects=False).headers["location"] == f"/findings/{newer}"


def test_without_a_film_one_is_sent_to_film(browser):
    assert browser.get("/findings", follow_redirects=False).headers["location"] == "/film"


@pytest.mark.parametrize(("audience", "most"), [("runner", 1), ("clinician", 2)])
def test_the_report_comes_as_a_pdf_to_keep(browser, store, runner, analysis, audience, most):
    answered(store, runner)
    answer = browser.get(f"/findings/{analysis}/report.pdf?for={audience}")

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert len(pypdf.PdfReader(io.BytesIO(answer.content)).pages) == most


def test_a_sore_achilles_is_offered_no_cue_that_loads_it(browser, store, runner, analysis):
    answered(store, runner, ACHILLES)
    text = browser.get(f"/findings/{analysis}").text

    assert 'href="/cues/quiet_feet"' not in text
    assert 'href="/cues/whole_body_lean"' not in text
    assert 'href="/cues/forefoot"' not in text


def test_outside_knee_pain_is_told_beside_the_findings_that_it_is_another_story(
    browser, store, runner, analysis
):
    answered(store, runner, OUTSIDE)

    assert "probably not the midstance story" in browser.get(f"/findings/{analysis}").text


def test_an_analysis_that_is_not_done_says_so(browser, store, analysis):
    recording = store.analyses.one(analysis).recording.id
    open_one = store.analyses.add(recording, {})

    assert browser.get(f"/findings/{open_one}").status_code == 409
    assert browser.get(f"/findings/{open_one}/report.pdf").status_code == 409


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("lessons", [one.key for one in lessons()]),
        ("cues", [one.key for one in cues()]),
        ("reading", [one.key for one in articles()]),
    ],
)
def test_every_lesson_cue_and_article_is_reachable_from_its_list(browser, store, runner, kind, keys):
    answered(store, runner, KNEECAP)
    listed = browser.get(f"/{kind}").text

    for key in keys:
        assert f'href="/{kind}/{key}"' in listed
        assert browser.get(f"/{kind}/{key}").status_code == 200
