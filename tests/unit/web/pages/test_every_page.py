from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

PAGES = ["/", "/film", "/diary", "/trends", "/trends?span=all", "/people", "/settings", "/settings/delete"]


class Outline(HTMLParser):
    """What a page is made of, as far as these tests ask."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.inline, self.controls, self.labels = [], [], [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "script" and "src" not in given:
            self.inline.append("script")
        if tag == "label" and "for" in given:
            self.labels.add(given["for"])
        if tag in {"input", "select", "textarea"} and given.get("type") != "hidden":
            self.controls.append(given)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_a_title_and_no_inline_script_or_style(browser, path):
    answer = browser.get(path)
    outline = Outline(answer.text)

    assert answer.status_code == 200
    assert outline.tags.count("h1") == 1
    assert re.search(r"<title>\S.* · Midstance</title>", answer.text)
    assert outline.inline == []


@pytest.mark.parametrize("path", PAGES)
def test_no_two_things_of_a_page_have_one_name(browser, path):
    ids = Outline(browser.get(path).text).ids

    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("path", ["/", "/film", "/people", "/settings"])
def test_a_store_with_nobody_in_it_is_greeted_not_refused(stranger, path):
    answer = stranger.get(path)

    assert answer.status_code == 200
    assert "Add" in answer.text or path == "/settings"


@pytest.mark.parametrize("path", ["/diary", "/trends"])
def test_a_page_about_somebody_says_so_when_nobody_is_there(stranger, path):
    answer = stranger.get(path)

    assert answer.status_code == 404
    assert "Nobody is here yet" in answer.text
    assert "People" in answer.text


def test_the_page_shown_is_marked_in_the_navigation(browser):
    text = browser.get("/diary").text

    assert re.findall(r'<a href="(/\w*)" aria-current="page">', text) == ["/diary", "/diary"]


def test_the_appearance_that_was_chosen_is_kept_by_the_browser(browser):
    browser.send_form("/settings/appearance", {"appearance": "dark"})
    assert '<html lang="en" data-theme="dark">' in browser.get("/").text

    browser.send_form("/settings/appearance", {"appearance": ""})
    assert '<html lang="en">' in browser.get("/").text


def test_an_appearance_that_there_is_not_is_refused(browser):
    assert browser.send_form("/settings/appearance", {"appearance": "neon"}).status_code == 422
