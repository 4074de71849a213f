"""Which words are found, and which pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midstance.wording import doubtful_words


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("You probably have runner's knee.", "diagnosis"),
        ("You have a meniscus tear.", "diagnosis"),
        ("It is clearly tendinopathy.", "diagnosis"),
        ("Your cartilage is torn.", "diagnosis"),
        ("Each step damages the joint.", "fear"),
        ("Your form has a fault.", "fear"),
        ("That is bad technique, and dangerous.", "fear"),
        ("This lesson cures the pain.", "promise"),
        ("Your knee will soon be pain-free.", "promise"),
        ("It fixes your knee for good.", "promise"),
        ("A proven way.", "promise"),
        ("Push through the pain.", "pressure"),
        ("A Feldenkrais lesson.", "trade mark"),
    ],
)
def test_a_doubtful_word_is_found_with_its_reason(text, reason):
    assert reason in {doubt.reason for doubt in doubtful_words(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Pain does not mean damage.",
        "Nobody can promise that it will go away.",
        "There\u2019s no such thing as bad form here, and it isn\u2019t dangerous.",
        "Runners with a sore kneecap bend the knee less.",
        "The curve shows the current step; by default the secure setting is used.",
        "Rest for good reasons, stop whenever you like.",
        "Never run through pain.",
    ],
)
def test_a_plain_or_denying_sentence_passes(text):
    assert doubtful_words(text) == ()


def test_a_denial_in_one_sentence_does_not_excuse_the_next():
    (found,) = doubtful_words("It is not so bad. It is dangerous.")

    assert (found.word, found.sentence) == ("dangerous", "It is dangerous.")


def test_words_come_in_the_order_of_the_text_with_what_to_write_instead():
    found = doubtful_words("It destroys cartilage. This cures it. You have arthritis.")

    assert [doubt.reason for doubt in found] == ["fear", "promise", "diagnosis"]
    assert all(doubt.instead.endswith(".") for doubt in found)


def test_sources_may_name_a_method_where_that_is_allowed():
    assert doubtful_words("Trials of the Feldenkrais method", names_allowed=True) == ()


@given(st.text())
def test_any_text_can_be_looked_at(text):
    assert all(doubt.word in text.replace("\u2019", "'") for doubt in doubtful_words(text))
