from __future__ import annotations

import json

import pytest

from midstance.formats import check_record
from midstance.model import CheckItem, ClipCheck, Fitness

GOOD, BETTER, BAD = Fitness.GOOD, Fitness.BETTER, Fitness.BAD


def checked(*states):
    items = tuple(CheckItem(f"item {i}", state, "It is so.") for i, state in enumerate(states))
    return ClipCheck("video", items, 60.0, float("nan"))


@pytest.mark.parametrize(
    ("states", "worst"),
    [((), GOOD), ((GOOD, GOOD), GOOD), ((GOOD, BETTER), BETTER), ((BETTER, BAD, GOOD), BAD)],
)
def test_a_check_is_as_good_as_its_worst_item(states, worst):
    assert checked(*states).state is worst
    assert check_record(checked(*states))["state"] == worst.value


def test_a_check_is_plain_json_with_null_for_what_is_unknown():
    record = json.loads(json.dumps(check_record(checked(BETTER)), allow_nan=False))

    assert record["duration_s"] is None
    assert record["items"] == [{"key": "item 0", "state": "better", "sentence": "It is so.", "remedy": ""}]
