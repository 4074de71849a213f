"""What findings and the interview point to is there in the programme."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import get_args

import pytest

from midstance import programme
from midstance.findings.rule import offers
from midstance.interview.question import table
from midstance.model import Route, Triage

ARTICLES = {one.key for one in programme.articles()}
CUES = {one.key for one in programme.cues()}
LESSONS = {one.key for one in programme.lessons()}
READING = {
    "achilles_trade_off",
    "core_action",
    "downhill",
    "foot_strike",
    "how_sure",
    "ice_medicine_stretching",
    "it_band",
    "midstance_and_hip",
    "reading_numbers",
    "rest_and_load",
    "runners_knee",
    "sore_quadriceps",
}


@pytest.mark.parametrize("key", list(offers()))
def test_advice_points_to_a_cue_a_lesson_and_an_article_that_are_there(key):
    advice = offers()[key].advice

    assert advice.article in ARTICLES
    assert not advice.cue or advice.cue in CUES
    assert not advice.lesson or advice.lesson in LESSONS


@pytest.mark.parametrize("key", [key for key, offer in offers().items() if offer.advice.cue])
def test_a_cue_is_never_advised_on_a_route_it_is_not_for(key):
    offer = offers()[key]
    cue = programme.cue(offer.advice.cue)

    assert set(cue.not_for) <= offer.not_on or (offer.only_on.isdisjoint(cue.not_for) and offer.only_on)


ROUTES = tomllib.loads(
    resources.files("midstance.programme").joinpath("content/routes.toml").read_text("utf-8")
)


@pytest.mark.parametrize("route", [name for name in get_args(Route) if not ROUTES[name]["cues"]])
def test_where_the_programme_has_no_cues_the_findings_offer_none(route):
    offered = {offer.advice.cue for offer in offers().values() if offer.suits(Triage((), route))}

    assert offered == {""}


def test_what_the_interview_tells_points_to_articles_and_cues_that_are_there():
    rows = [*table("routes")["told"].values(), *table("routes")["besides"]]

    assert {key for row in rows for key in row.get("articles", ())} <= ARTICLES
    assert {key for row in rows for key in row.get("without_cues", ())} <= CUES


def test_every_article_of_the_plan_is_there_with_sources_and_of_readable_length():
    assert READING <= ARTICLES
    for article in programme.articles():
        assert article.sources
        assert 3 <= article.minutes <= 5
