"""The documentation names whatever a user can name."""

from __future__ import annotations

import json
import re
from functools import reduce
from operator import getitem
from typing import TYPE_CHECKING, get_args

import pytest

import midstance
from midstance.cli import app
from midstance.gait import DEFINITIONS, Definition
from midstance.model import CATALOGUE, Code, Severity, Tier
from midstance.settings import Settings, to_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cyclopts import App


def commands(of: App = app, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Walk through every command a user can give."""
    for name in of:
        if name.startswith("-"):
            continue
        below = list(commands(of[name], (*words, name)))
        yield from below or [(*words, name)]


def options(words: tuple[str, ...]) -> set[str]:
    """Return every option of a command."""
    collection = reduce(getitem, words, app).assemble_argument_collection()
    return {name for argument in collection for name in argument.names if name.startswith("-")}


COMMANDS = sorted(commands())
DEFAULTS = to_mapping(Settings())


@pytest.fixture(scope="module")
def docs(checkout) -> Path:
    return checkout / "docs"


@pytest.fixture(scope="module")
def page(docs):
    return lambda name: (docs / "reference" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_is_documented(page, words):
    assert f"`midstance {' '.join(words)}" in page("cli.md") or f"`{words[-1]}`" in page("cli.md")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_option_is_documented(page, words):
    assert {option for option in options(words) if f"`{option}`" not in page("cli.md")} == set()


def test_the_walk_over_commands_finds_the_known_ones():
    assert {("analyze",), ("models", "fetch"), ("schema",)} <= set(COMMANDS)
    assert {"--height", "-o", "--slow-motion", "--no-annotated-video"} <= options(("analyze",))


def test_no_option_is_documented_that_does_not_exist(page):
    documented = set(re.findall(r"`(--[a-z-]+)`", page("cli.md"))) - {"--help", "--version"}
    there = set().union(*(options(words) for words in COMMANDS))

    assert documented <= there


@pytest.mark.parametrize("key", list(CATALOGUE))
def test_every_metric_is_documented_as_the_catalogue_has_it(page, key):
    metric = CATALOGUE[key]
    sides = "left, right" if metric.sided else "both"
    row = f"| `{key}` | {metric.unit} | {sides} | {metric.meaning} | {metric.positive or '—'} |"

    assert row in page("metrics.md")


def test_no_metric_is_documented_that_does_not_exist(page):
    assert set(re.findall(r"(?m)^\| `(\w+)`", page("metrics.md"))) == set(CATALOGUE)


@pytest.mark.parametrize("code", list(Code))
def test_every_issue_is_documented_with_what_to_do(page, code):
    assert re.search(rf"(?m)^\| `{code.value}` \| .{{15,}} \| .{{5,}} \|$", page("issues.md"))


@pytest.mark.parametrize("severity", list(Severity))
def test_every_severity_is_documented(page, severity):
    assert f"| `{severity.value}` |" in page("issues.md")


@pytest.mark.parametrize("tier", list(Tier))
def test_every_tier_is_documented(page, tier, docs):
    assert f"`{tier.value}`" in page("nomenclature.md")
    assert f"`{tier.value}`" in (docs / "explanation" / "uncertainty.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", midstance.__all__)
def test_every_public_name_is_documented(page, name):
    assert re.search(rf"`{name}\b", page("python.md"))


@pytest.mark.parametrize("table", DEFAULTS)
def test_every_setting_is_documented_with_its_default(page, table):
    text = page("settings.md")
    section = re.search(rf"(?ms)^## `{table}`$(.*?)(?=^## |\Z)", text)
    assert section, f"no section `{table}`"
    rows = re.findall(r"(?m)^\| `(\w+)` \| [^|]+ \| ([^|]+) \| [^|]+ \|$", section[1])

    flat = {key: value for key, value in DEFAULTS[table].items() if not isinstance(value, dict)}
    assert dict(rows) == {key: in_words(value) for key, value in flat.items()}


@pytest.mark.parametrize("table", DEFAULTS)
def test_a_table_within_a_table_is_documented_with_what_differs_in_it(page, table):
    for name, inner in DEFAULTS[table].items():
        if isinstance(inner, dict):
            text = page("settings.md")
            assert f"`{table}.{name}`" in text
            for key, value in inner.items():
                assert value == DEFAULTS[name][key] or f"`{key}` {value}" in text


def in_words(value: object) -> str:
    """Say a default as the page does: as TOML, or that nothing is given."""
    return "not given" if value is None else f"`{json.dumps(value)}`"


@pytest.mark.parametrize("name", get_args(Definition))
def test_every_definition_of_midstance_is_documented(page, name):
    assert f"| `{name}` | {DEFINITIONS[name]} |" in page("settings.md")


def test_every_page_is_reached_from_the_index(docs):
    linked = {(docs / link).resolve() for link in links(docs / "README.md")}
    pages = {path.resolve() for path in docs.rglob("*.md")} - {(docs / "README.md").resolve()}

    assert {page for page in pages if page not in linked and page.parent.name != "adr"} == set()


def test_every_link_leads_somewhere(checkout):
    texts = [*checkout.glob("*.md"), *(checkout / "docs").rglob("*.md")]
    broken = [
        f"{text.name}: {link}"
        for text in texts
        for link in links(text)
        if not (text.parent / link).resolve().exists()
    ]

    assert broken == []


def links(path: Path) -> list[str]:
    """Return the files a page links to."""
    found = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    return [link for link in found if "://" not in link]


def test_the_python_in_the_readme_names_only_what_there_is(checkout):
    texts = (checkout / "README.md", checkout / "docs" / "how-to" / "use-from-python.md")
    used = set().union(*(re.findall(r"\bms\.(\w+)", text.read_text(encoding="utf-8")) for text in texts))

    assert used <= set(midstance.__all__)


def test_decisions_are_numbered_without_gaps(docs):
    numbers = sorted(int(path.name[:4]) for path in (docs / "adr").glob("*.md"))

    assert numbers == list(range(1, len(numbers) + 1))
