"""Comments on an analysis, and papers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.unit.journal.samples import filled

from midstance.errors import InputError
from midstance.journal import Person, UnknownIdError


def test_a_thread_keeps_its_order_frames_and_answers(store):
    person, _, analysis = filled(store)
    asked = store.comments.add(analysis, "Physio", "Does it hurt here?", frame=31, question=True)
    answer = store.comments.add(analysis, "Ann", "Yes.", reply_to=asked)

    first, second = store.comments.of(analysis)

    assert (first.id, first.author, first.text, first.frame, first.question) == (
        asked, "Physio", "Does it hurt here?", 31, True
    )  # fmt: skip
    assert (second.id, second.reply_to, second.person_id) == (answer, asked, person)
    assert [comment.id for comment in store.comments.open_of(person)] == [asked]


def test_a_question_is_settled_once(store):
    person, _, analysis = filled(store)
    asked = store.comments.add(analysis, "Physio", "Does it hurt?", question=True)

    store.comments.settle(asked)
    when = store.comments.one(asked).settled
    store.comments.settle(asked)

    assert when is not None
    assert store.comments.one(asked).settled == when
    assert store.comments.open_of(person) == []


def test_answers_to_a_deleted_comment_stay(store):
    _, _, analysis = filled(store)
    asked = store.comments.add(analysis, "Physio", "Does it hurt?", question=True)
    store.comments.add(analysis, "Ann", "Yes.", reply_to=asked)

    store.comments.delete(asked)

    assert [(c.text, c.reply_to) for c in store.comments.of(analysis)] == [("Yes.", None)]
    with pytest.raises(UnknownIdError):
        store.comments.delete(asked)


def test_an_answer_belongs_to_the_analysis_of_its_question(store):
    _, _, analysis = filled(store, "Ann")
    _, _, other = filled(store, "Bob")
    asked = store.comments.add(other, "Physio", "Does it hurt?", question=True)

    with pytest.raises(UnknownIdError):
        store.comments.add(analysis, "Ann", "Yes.", reply_to=asked)
    with pytest.raises(InputError, match="empty"):
        store.comments.add(analysis, "Ann", " \x00 ")


def test_a_paper_comes_back_and_can_be_written_anew(store):
    ann = store.people.add(Person("Ann"))
    name = store.papers.put(ann, "interview", {"answers": {"where": "knee", "n": 1.5, "list": [None, True]}})

    same = store.papers.put(ann, "interview", {"answers": {}}, id=name)

    paper = store.papers.one(name)
    assert same == name
    assert (paper.person_id, paper.kind, paper.payload) == (ann, "interview", {"answers": {}})
    assert paper.changed >= paper.added


def test_the_latest_paper_is_the_one_written_last_even_when_the_clock_is_set_back(reopened):
    now = [datetime(2026, 5, 1, tzinfo=UTC)]
    store = reopened(clock=lambda: now[0])
    ann = store.people.add(Person("Ann"))
    first = store.papers.put(ann, "plan", {"week": 1})
    now[0] -= timedelta(hours=5)
    second = store.papers.put(ann, "plan", {"week": 2})

    assert store.papers.latest(ann, "plan").id == second
    store.papers.put(ann, "plan", {"week": 3}, id=first)
    assert store.papers.latest(ann, "plan").payload == {"week": 3}
    assert store.papers.latest(ann, "interview") is None


def test_papers_are_of_one_person_or_of_everybody(store):
    ann, bob = store.people.add(Person("Ann")), store.people.add(Person("Bob"))
    own = store.papers.put(ann, "plan", {})
    log = store.papers.put(ann, "lesson_log", {})
    common = store.papers.put(None, "own_lesson", {})

    assert [paper.id for paper in store.papers.of(ann)] == [own, log]
    assert [paper.id for paper in store.papers.of(ann, "plan")] == [own]
    assert [paper.id for paper in store.papers.of(None)] == [common]
    assert store.papers.of(bob) == []


def test_nobody_writes_over_a_paper_of_somebody_else(store):
    ann, bob = store.people.add(Person("Ann")), store.people.add(Person("Bob"))
    own = store.papers.put(ann, "plan", {"week": 1})

    for whose, kind in ((bob, "plan"), (None, "plan"), (ann, "interview")):
        with pytest.raises(UnknownIdError):
            store.papers.put(whose, kind, {}, id=own)

    assert store.papers.one(own).payload == {"week": 1}
    store.papers.delete(own)
    with pytest.raises(UnknownIdError):
        store.papers.one(own)
