from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from defusedxml import ElementTree

from midstance.errors import InputError
from midstance.model import Grade, Route
from midstance.programme import (
    FIGURES,
    article,
    articles,
    cue,
    cues,
    exercises,
    figure,
    lessons,
    read_article,
    read_cue,
    route_plan,
    walk_run_table,
)
from midstance.programme.library import content_text
from midstance.programme.routes import general_advice
from midstance.wording import doubtful_words

ARTICLE = """+++
key = "hello"
title = "Hello"
summary = "A word of welcome."
minutes = 2
grade = "coach"
sources = [{text = "Nobody 2026", doi = "10.1000/1"}]
+++
# Hello

Some *words*, a [source](doi:10.1234/jospt.2014.5249) and a [lesson](/lessons/foot_and_pelvis).
"""


@pytest.mark.parametrize("each", cues(), ids=lambda each: each.key)
def test_a_cue_says_what_it_eases_what_it_asks_for_and_how_sure_that_is(each):
    assert all(text for text in (each.how, each.words, each.unloads, each.loads, each.watch, each.evidence))
    assert all(len(words.split()) <= 6 for words in each.words)
    assert each.grade is Grade.COACH or each.sources


@pytest.mark.parametrize("each", cues(), ids=lambda each: each.key)
def test_a_cue_takes_at_most_a_tenth_of_the_first_week_and_its_reminders_fade(each):
    dose = each.dose
    every = [dose.prompt_every_s(session) for session in range(dose.sessions_high)]

    assert dose.share(0) <= 0.10
    assert dose.share(1) - dose.share(0) <= 0.101
    assert dose.share(100) == 1.0
    assert 8 <= dose.sessions_low <= dose.sessions_high <= 18
    assert every[0] > 0
    assert every[-1] == 0  # at the start of a spell only
    heard = [1 / seconds if seconds else 0.0 for seconds in every]
    assert heard == sorted(heard, reverse=True)


def test_the_metronome_asks_for_seven_and_a_half_in_a_hundred_and_never_more_than_ten():
    shorter = cue("shorter_steps")

    assert shorter.beat_spm(160) == 172
    assert replace(shorter, step_rate_gain=0.5).beat_spm(160) == 176
    assert [each.key for each in cues() if each.metronome] == ["shorter_steps"]


def test_the_foot_is_not_steered_without_a_clinician():
    assert cue("forefoot").offered == "clinician"
    assert all("forefoot" not in route_plan(route).cues for route in get_args(Route))
    assert [each.key for each in cues() if each.offered == "clinician"] == ["forefoot"]


def test_what_loads_the_tendon_is_not_for_a_sore_one():
    kept_away = {each.key for each in cues() if "achilles" in each.not_for}

    assert {"whole_body_lean", "quiet_feet", "forefoot"} == kept_away
    assert all(cue(key).why_not for key in kept_away)


def test_the_outside_of_the_knee_gets_no_midstance_story():
    offered = route_plan("outside_knee")

    assert set(offered.cues) == {"shorter_steps", "wider_steps"}
    assert "probably not the midstance story" in offered.story


@pytest.mark.parametrize("route", get_args(Route))
def test_every_route_has_a_story_load_and_somebody_to_see(route):
    offered = route_plan(route)

    assert all(text for text in (offered.title, offered.story, offered.load, offered.clinician))
    assert all(route not in cue(key).not_for for key in offered.cues)
    assert ("cues" in offered.phases) == bool(offered.cues)


def test_the_texts_make_no_promise_and_no_fear():
    texts = [content_text(f"{name}.toml") for name in ("routes", "advice", "load", "exercises")]
    spoken = [f"{each.summary} {' '.join(each.how)} {each.evidence} {each.watch}" for each in cues()]

    assert [doubtful_words(text) for text in (*texts, *spoken)] == [()] * (len(texts) + len(spoken))


def test_every_article_that_advice_names_exists():
    keys = {each.key for each in articles()}
    named = {
        general_advice(key).article
        for key in ("load", "strength", "heel_raises", "former_strike", "see_first")
    }

    assert named - {""} <= keys


@pytest.mark.parametrize("each", articles(), ids=lambda each: each.key)
def test_an_article_can_be_found_by_its_key_and_runs_nothing(each):
    assert article(each.key) is each
    assert each.summary
    assert "<script" not in each.html
    assert "javascript:" not in each.html


def test_an_article_becomes_html_with_links_by_doi():
    html = read_article(ARTICLE).html

    assert "<h1>Hello</h1>" in html
    assert '<a href="https://doi.org/10.1234/jospt.2014.5249" rel="external noopener noreferrer">' in html
    assert '<a href="/lessons/foot_and_pelvis">lesson</a>' in html


def test_html_in_an_article_is_shown_and_not_run():
    html = read_article(ARTICLE + "\n<script>alert(1)</script>\n\n![x](/picture)\n").html

    assert "<script>" not in html
    assert "<img" not in html


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        (ARTICLE + "\n[x](javascript:alert)\n", "line 13", "javascript:alert"),
        (ARTICLE + "\n[x](https://example.org)\n", "line 13", "example.org"),
        (ARTICLE.replace('title = "Hello"\n', ""), "line 1", "`title` is missing"),
        (ARTICLE.replace('grade = "coach"', 'grade = "gospel"'), "line 6", "gospel"),
        ("# No head\n", "line 1", "no head"),
        (ARTICLE.split("# Hello", maxsplit=1)[0], "line 9", "no text"),
    ],
)
def test_a_slip_in_an_article_is_named_with_its_line(text, where, what):
    with pytest.raises(InputError) as error:
        read_article(text, "hello.md")

    assert error.value.where == f"hello.md, {where}"
    assert what in error.value.what


def test_a_cue_that_asks_for_more_than_a_tenth_at_once_is_refused():
    text = content_text("cues/1_shorter_steps.toml")

    with pytest.raises(InputError, match="first_week_share"):
        read_cue(text.replace("first_week_share = 0.10", "first_week_share = 0.50"))
    with pytest.raises(InputError, match="say why"):
        read_cue(text.replace("metronome = true", 'metronome = true\nnot_for = ["shin"]'))


def test_the_way_back_grows_step_by_step():
    rungs = walk_run_table()
    longest = [rung.run_min for rung in rungs]

    assert longest == sorted(longest)
    assert rungs[0].run_min == 1
    assert rungs[-1].minutes >= 25
    assert rungs[0].sentence == "8 times 1 minute of easy running and 2 minutes of walking"


def test_strength_is_there_for_hip_knee_and_calf():
    assert {"chair_rise", "side_lift", "bridge"} <= {e.key for e in exercises() if "kneecap" in e.routes}
    assert [e.key for e in exercises() if "achilles" in e.routes] == ["heel_raise"]


def test_texts_are_read_once():
    assert lessons() is lessons()
    assert cues() is cues()
    assert articles() is articles()


@pytest.mark.parametrize("key", FIGURES)
def test_every_position_has_a_picture_within_its_frame_that_says_what_it_shows(key):
    picture = ElementTree.fromstring(figure(key))
    points = [
        tuple(map(float, pair.split(",")))
        for line in picture.iter("{http://www.w3.org/2000/svg}polyline")
        for pair in line.attrib["points"].split()
    ]

    assert picture.attrib["aria-label"].startswith("A person")
    assert all(0 <= x <= 240 and 0 <= y <= 160 for x, y in points)
    assert "style" not in figure(key)


def test_a_position_without_a_picture_is_refused():
    with pytest.raises(InputError, match="choose one of"):
        figure("flying")
