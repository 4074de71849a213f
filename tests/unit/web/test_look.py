"""The look of the pages agrees with that of the report, and can be read."""

from __future__ import annotations

import json
import re

import pytest

from midstance.report import DARK, LIGHT
from midstance.report.colours import contrast


def themes(checkout):
    """Return the colours of each block of the stylesheet."""
    text = (checkout / "frontend" / "css" / "tokens.css").read_text("utf-8")
    blocks = re.findall(r"color-scheme: (light|dark);\n((?:\s+--[^}]*))", text)
    return [(name, dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", body))) for name, body in blocks]


def own(theme):
    return {name.replace("_", "-"): getattr(theme, name) for name in theme.__dataclass_fields__}


def test_the_pages_have_the_colours_of_the_report(checkout):
    found = themes(checkout)

    assert [name for name, _ in found] == ["light", "dark", "dark"]
    for name, colours in found:
        wanted = own(LIGHT if name == "light" else DARK)
        assert {key: colours[key] for key in wanted} == wanted


def test_dark_is_the_same_by_choice_as_by_system(checkout):
    _, by_system, by_choice = (colours for _, colours in themes(checkout))

    assert by_system == by_choice


@pytest.mark.parametrize(
    ("words", "ground", "least"),
    [
        ("on-accent", "accent", 4.5),
        ("danger", "card", 4.5),
        ("danger", "danger-sunk", 4.5),
        ("edge", "card", 3.0),
        ("edge", "page", 2.9),
    ],
)
def test_what_the_report_does_not_have_can_be_read_too(checkout, words, ground, least):
    text = (checkout / "frontend" / "css" / "tokens.css").read_text("utf-8")
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", text.split(":where(:root)")[1]))
    for colours in (own(LIGHT) | light, dict(themes(checkout)[1][1])):
        assert contrast(colours[words], colours[ground]) >= least


def test_the_lock_of_the_bundle_names_no_host(checkout):
    lock = json.loads((checkout / "frontend" / "package-lock.json").read_text("utf-8"))

    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name)
