"""Which questions come, in which order, and what counts as an answer."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.interview.runners import ACHILLES, CALM, OUTSIDE, answered

from midstance.errors import InputError
from midstance.interview import checked, in_words, next_question, question, questions, triage
from midstance.interview.question import all_questions, table
from midstance.model import PainSite, Tried


def test_red_flags_are_asked_first_and_emergencies_before_them():
    assert [asked.key for asked in questions({})][:2] == ["emergency", "urgent"]
    asked = next_question({})
    assert asked is not None
    assert asked.key == "emergency"


@pytest.mark.parametrize(("runner", "most"), [(CALM, 12), (OUTSIDE, 12), (ACHILLES, 13)])
def test_a_usual_interview_is_short_and_comes_to_an_end(runner, most):
    given = answered(runner)

    assert next_question(given) is None
    assert len(given) <= most
    assert triage(given).complete


def test_nobody_without_pain_is_asked_about_pain():
    given = answered(CALM | {"site": "nowhere"})

    assert set(given) == {"emergency", "urgent", "site", "load", "goal"}
    assert triage(given).route == "no_pain"


def test_an_interview_broken_off_goes_on_where_it_stopped():
    whole = answered(CALM)
    kept = json.loads(json.dumps({key: whole[key] for key in list(whole)[:5]}))

    asked = next_question(kept)

    assert asked is not None
    assert asked.key == list(whole)[5]


def test_an_answer_that_a_later_change_makes_needless_no_longer_counts():
    given = answered(CALM | {"worst": 9}) | {"site": checked(question("site"), "nowhere")}

    assert triage(given).worst is None
    assert triage(given).site is None


def test_what_an_older_version_kept_and_nobody_understands_is_asked_again():
    given = answered(CALM) | {"start": "on_thursdays", "left_over": 3}

    asked = next_question(given)

    assert asked is not None
    assert asked.key == "start"
    assert not triage(given).complete


def test_answers_can_be_read_by_people():
    said = dict(in_words(answered(CALM)))

    assert said["Where does it hurt most?"] == "Around or behind the kneecap (right)"
    assert said["How bad was the worst of it in the last week?"] == "4 of 10"
    assert said["What brings it on, and what is it like?"] == "Sitting for long; Stairs"


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("start", "never"),
        ("start", ["late_in_run", "first_steps"]),
        ("feels", []),
        ("feels", ["sitting", "flying"]),
        ("worst", 11),
        ("worst", "much"),
        ("worst", float("nan")),
        ("worst", True),
        ("worst", None),
        ("site", {"place": "kneecap"}),
        ("site", {"place": "ear", "side": "left"}),
        ("site", {"place": "kneecap", "side": "middle"}),
        ("site", {"place": "kneecap", "side": "left", "also": ["ear"]}),
    ],
)
def test_what_is_no_answer_is_refused_with_what_to_do(key, given):
    with pytest.raises(InputError) as caught:
        checked(question(key), given)

    assert caught.value.remedy


def test_answers_are_taken_as_forms_give_them():
    assert checked(question("worst"), "3.5") == 3.5
    assert checked(question("feels"), "sitting") == ["sitting"]
    assert checked(question("feels"), ("stairs", "sitting")) == ["sitting", "stairs"]
    assert checked(question("site"), {"place": "back", "side": ""}) == {
        "place": "back",
        "side": "both",
        "also": [],
    }
    also = {"place": "kneecap", "side": "left", "also": ["kneecap", "achilles"]}
    assert checked(question("site"), also)["also"] == ["achilles"]


def test_a_question_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(InputError, match="emergency"):
        question("colour")


def test_every_place_and_every_remedy_of_the_diary_can_be_chosen():
    assert {option.key for option in question("site").options} - {"nowhere"} == set(PainSite)
    assert {option.key for option in question("tried").options} - {"tried_nothing"} == set(Tried)


def test_keys_that_are_passed_on_mean_one_thing_only():
    keys = [option.key for asked in all_questions() if asked.context for option in asked.options]

    assert sorted(keys) == sorted(set(keys))


def test_every_flag_says_what_to_do_and_every_condition_asks_for_something_known():
    known = {asked.key: {option.key for option in asked.options} for asked in all_questions()}
    for asked in all_questions():
        assert all(option.do in table("questions")["do"] for option in asked.options if option.flag)
        for condition in asked.when:
            assert condition.of in known or condition.of == "flag"
            assert (condition.any | condition.none) <= known.get(condition.of, {"urgent", "emergency"})


@given(st.dictionaries(st.sampled_from([asked.key for asked in all_questions()]), st.from_type(object)))
def test_whatever_was_kept_an_outcome_comes(kept):
    assert triage(kept).route


@given(st.data())
def test_any_honest_way_through_ends_within_fifteen_questions(data):
    given: dict[str, object] = {}
    while (asked := next_question(given)) is not None:
        keys = [option.key for option in asked.options]
        if asked.kind == "number":
            given[asked.key] = data.draw(st.integers(0, 10))
        elif asked.kind == "many":
            given[asked.key] = data.draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3))
        elif asked.kind == "map":
            given[asked.key] = {"place": data.draw(st.sampled_from(keys)), "side": "left"}
        else:
            given[asked.key] = data.draw(st.sampled_from(keys))
        assert len(given) <= 15
    assert triage(given).stop != triage(given).complete
