from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event
from tests.unit.journal.samples import HIP, filled, outcome, recorded

from midstance.errors import InputError, SettingsError
from midstance.journal import Person, UnknownIdError
from midstance.model import PainEntry, PainSite, Runner


def test_a_person_comes_back_as_given(store):
    person = Person("Änne O'Neill", 1.68, 59.5, "female", 1988, "left knee\nsince May", "miles")

    back = store.people.one(store.people.add(person))

    assert back == Person(
        "Änne O'Neill", 1.68, 59.5, "female", 1988, "left knee\nsince May", "miles", back.id
    )
    assert back.runner() == Runner(1.68, 59.5, "female", "Änne O'Neill")
    assert len(back.id) >= 12


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name": "  "}, InputError),
        ({"name": "A", "height_m": 17.0}, SettingsError),
        ({"name": "A", "born_year": 85}, InputError),
        ({"name": "A", "units": "leagues"}, InputError),
    ],
)
def test_what_no_person_is_is_refused(fields, error):
    with pytest.raises(error):
        Person(**fields)


def test_a_name_with_letters_no_database_takes_is_kept_without_them(store):
    person = store.people.add(Person("A\x00nn\udcff"))

    assert store.people.one(person).name == "Ann?"


def test_people_are_found_by_a_part_of_their_name_in_any_case(store):
    for name in ("Zoë Ärger", "anna", "Bert 100%", "Anton"):
        store.people.add(Person(name))

    def names(text):
        return [row.person.name for row in store.people.find(text)]

    assert names("") == ["anna", "Anton", "Bert 100%", "Zoë Ärger"]
    assert names("AN") == ["anna", "Anton"]
    assert names("ärg") == ["Zoë Ärger"]
    assert names("0%") == ["Bert 100%"]
    assert names("_") == []


def test_the_list_comes_in_pages(store):
    for number in range(7):
        store.people.add(Person(f"runner {number}"))

    pages = [store.people.find(limit=3, offset=offset) for offset in (0, 3, 6)]

    assert [[row.person.name[-1] for row in page] for page in pages] == [list("012"), list("345"), ["6"]]
    assert store.people.count() == 7


def test_the_list_shows_last_pain_last_analysis_and_open_questions(store):
    person, recording, first = filled(store)
    again = store.analyses.add(recording)
    store.analyses.complete(again, outcome(left_m=0.05, right_m=None))
    for day, during in ((3, 2.0), (5, 4.0), (4, 8.0)):
        store.pains.add(person, PainEntry(date(2026, 5, day), PainSite.KNEECAP, "left", during=during))
    store.comments.add(again, "coach", "how was it?", question=True)
    store.comments.add(first, "coach", "and here?", question=True)
    store.comments.settle(store.comments.add(again, "coach", "shoes?", question=True))
    store.comments.add(again, "coach", "good")
    other = store.people.add(Person("Zed"))

    row, empty = store.people.find()

    assert (row.id, empty.id) == (person, other)
    assert row.last_pain is not None
    assert row.last_pain.entry.during == 4.0
    assert row.last_analysis is not None
    assert (row.last_analysis.id, row.last_analysis.recording_id) == (again, recording)
    assert row.last_analysis.hips["left"].value == 0.05
    assert row.last_analysis.hips["right"].value is None
    assert row.last_analysis.hips["right"].tier == "refused"
    assert (row.open_questions, row.recordings) == (2, 1)
    assert (empty.last_pain, empty.last_analysis, empty.open_questions, empty.recordings) == (
        None,
        None,
        0,
        0,
    )


def test_the_list_asks_as_often_for_many_people_as_for_one(store):
    asked: list[str] = []
    engine = store.people._database.engine  # noqa: SLF001  # to count what reaches the database
    event.listen(engine, "before_cursor_execute", lambda *words: asked.append(words[2]))

    def questions():
        asked.clear()
        store.people.find()
        return len(asked)

    filled(store, "one")
    for_one = questions()
    for number in range(12):
        filled(store, f"more {number}")

    assert questions() == for_one
    assert for_one <= 8


def test_fields_of_a_person_change_together_or_not_at_all(store):
    person = store.people.add(Person("Ann", 1.7))

    store.people.change(person, name="Anna", mass_kg=60)
    with pytest.raises(SettingsError, match="mass_kg is 600"):
        store.people.change(person, name="Annie", mass_kg=600)
    with pytest.raises(InputError, match="no id, shoe_size"):
        store.people.change(person, shoe_size=40, id="x")

    back = store.people.one(person)
    assert (back.name, back.height_m, back.mass_kg) == ("Anna", 1.7, 60)
    assert store.people.find("anna")[0].id == person


def test_who_is_not_there_is_an_error_of_its_own(store):
    for act in (store.people.one, store.people.delete, store.people.change):
        with pytest.raises(UnknownIdError, match="no person 'nobody-at-all'"):
            act("nobody-at-all")
    with pytest.raises(UnknownIdError):
        store.pains.add("nobody-at-all", PainEntry(date(2026, 1, 1), PainSite.SHIN, "left"))


def test_one_person_does_not_see_the_numbers_of_another(store):
    ann, _, _ = filled(store, "Ann")
    bob = store.people.add(Person("Bob"))
    recorded(store, bob)

    assert len(store.analyses.measures(ann, HIP)) == 2
    assert store.analyses.measures(bob, HIP) == []
    assert store.analyses.latest(bob) is None
