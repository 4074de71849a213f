"""What we write to people: no diagnosis, no fear, no promise, nobody's trade mark, and easy to read."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

from midstance.wording import doubtful_words

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOMS = ("findings/data", "interview/data", "programme/content")
HARDEST_GRADE, HARDEST_PART = 8.0, 10.0  # years of school; people of about 14 read this
SHORTEST_WORDS, LONG_PART = 60, 30  # below that a grade says little
NAMES = {"doi", "key", "sources", "article", "cue", "lesson"}  # for machines, or titles by others
WORDS = re.compile(r"[A-Za-z][A-Za-z'’-]*")
FRONT = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n", re.DOTALL)


def files() -> dict[str, str]:
    """Return every text file we ship to be read by people."""
    root = resources.files("midstance")
    return {
        f"{room}/{name}": text for room in ROOMS for name, text in below(root.joinpath(room)) if text.strip()
    }


def below(folder: Any, before: str = "") -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from below(entry, f"{before}{entry.name}/")
        elif entry.name.endswith((".toml", ".md")):
            yield f"{before}{entry.name}", entry.read_text("utf-8")


def sentences(values: Any) -> Iterator[str]:
    """Return every text of a table that is meant for people."""
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict):
        for key, value in values.items():
            if key not in NAMES:
                yield from sentences(value)
    elif isinstance(values, list):
        for value in values:
            yield from sentences(value)


def told(name: str, text: str) -> list[str]:
    """Return what of a file is read by people."""
    if name.endswith(".toml"):
        return list(sentences(tomllib.loads(text)))
    front = FRONT.match(text)
    assert front, f"{name} has no head between two lines of +++"
    return [*sentences(tomllib.loads(front[1])), text[front.end() :]]


FILES = files()


def syllables(word: str) -> int:
    groups = re.findall(r"[aeiouy]+", word.lower())
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and len(groups) > 1
    return max(len(groups) - silent, 1)


def school_grade(texts: list[str]) -> float:
    """Return the years of school a text asks for (Flesch and Kincaid 1975)."""
    prose = [re.sub(r"\s*\|[\s|-]*", ". ", text) for text in texts]
    prose = [re.sub(r"\[[\d. ]+ s\]|[#*_`]|\[([^\]]*)\]\([^)]*\)", r" \1 ", text) for text in prose]
    ends = sum(max(len(re.findall(r"[.!?;](?:\s|$)", text)), 1) for text in prose)
    words = [word for text in prose for word in WORDS.findall(text)]
    return 0.39 * len(words) / ends + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize("name", list(FILES))
def test_a_text_for_people_makes_no_diagnosis_no_fear_no_promise_and_borrows_no_name(name):
    doubts = [doubt for text in told(name, FILES[name]) for doubt in doubtful_words(text)]

    assert [(doubt.word, doubt.reason, doubt.sentence) for doubt in doubts] == []


@pytest.mark.parametrize("name", list(FILES))
def test_a_text_for_people_can_be_read_by_people_of_fourteen(name):
    texts = [text for text in told(name, FILES[name]) if " " in text]
    if len(WORDS.findall(" ".join(texts))) < SHORTEST_WORDS:
        pytest.skip("too short to be graded")

    parts = [part for text in texts for part in text.split("\n\n") if len(WORDS.findall(part)) >= LONG_PART]

    assert school_grade(texts) <= HARDEST_GRADE
    assert [part for part in parts if school_grade([part]) > HARDEST_PART] == []


def test_the_walk_finds_questions_rules_lessons_and_articles():
    assert {
        "interview/data/questions.toml",
        "findings/data/rules.toml",
        "programme/content/reading/how_sure.md",
    } <= set(FILES)
    assert any(name.startswith("programme/content/lessons/") for name in FILES)


def test_the_school_grade_tells_easy_from_hard():
    easy = ["The foot lands. The knee bends. Then the hip comes over the foot."]
    hard = [
        "Biomechanical considerations regarding patellofemoral articulation necessitate individualisation."
    ]

    assert school_grade(easy) < 3.0
    assert school_grade(hard) > 15.0


def test_the_lint_is_not_blind():
    assert doubtful_words("This exercise cures your damaged knee.")
