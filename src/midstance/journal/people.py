"""Who runs: the people of the store, and the list a coach looks at."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import delete, func, insert, select, update

from midstance.errors import InputError
from midstance.journal.columns import clean, new_id
from midstance.journal.overview import hips_of, last_analyses, last_pains, open_questions, recordings_of
from midstance.journal.rows import affected, row_of, unknown
from midstance.journal.tables import people, recordings
from midstance.model import Runner

if TYPE_CHECKING:
    from sqlalchemy import Select

    from midstance.journal.database import Database
    from midstance.journal.overview import LastAnalysis
    from midstance.journal.pains import PainRow
    from midstance.journal.removing import Remover
    from midstance.journal.rows import Fields

__all__ = ["People", "Person", "PersonRow", "person_from"]

_BORN = (1900, 2100)
_FIELDS = {"name", "height_m", "mass_kg", "sex", "born_year", "units", "note"}


@dataclass(frozen=True, slots=True)
class Person:
    """A runner the store knows.

    Parameters
    ----------
    name
        As people say it; never empty.
    height_m
        Stature without shoes [m].
    mass_kg
        Body mass [kg].
    sex
        Which tables to use, `female` or `male`.
    born_year
        Year of birth.
    note
        In words.
    units
        `km` or `miles`, for texts.
    id
        Name in the store; empty for one who is not in it yet.
    """

    name: str
    height_m: float | None = None
    mass_kg: float | None = None
    sex: Literal["female", "male"] | None = None
    born_year: int | None = None
    note: str = ""
    units: Literal["km", "miles"] = "km"
    id: str = ""

    def __post_init__(self) -> None:
        """Refuse what no runner is."""
        if not self.name.strip():
            raise InputError("a person needs a name", "name", "any name will do")
        if self.born_year is not None and not _BORN[0] <= self.born_year <= _BORN[1]:
            raise InputError(f"{self.born_year} is no year of birth", "born_year", "for example 1985")
        if self.units not in {"km", "miles"} or self.sex not in {None, "female", "male"}:
            raise InputError("units or sex are none of the choices", "person", "choose from the list")
        self.runner()

    def runner(self) -> Runner:
        """Return what an analysis wants to know of this person."""
        return Runner(self.height_m, self.mass_kg, self.sex, self.name)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list of a coach.

    Parameters
    ----------
    person
        Who it is.
    last_pain
        The newest entry of the diary; None where there is none.
    last_analysis
        The newest complete analysis with its hip over ankle; None where there is none.
    open_questions
        How many questions in comments nobody has settled.
    recordings
        How many recordings there are.
    """

    person: Person
    last_pain: PainRow | None
    last_analysis: LastAnalysis | None
    open_questions: int
    recordings: int

    @property
    def id(self) -> str:
        """Name in the store."""
        return self.person.id


class People:
    """The people of a store."""

    def __init__(self, database: Database, remover: Remover) -> None:
        self._database, self._remover = database, remover

    def add(self, person: Person) -> str:
        """Take in a person and return the name in the store."""
        name = new_id()
        with self._database.writing() as connection:
            known = {"id": name, "added": self._database.now(connection)}
            connection.execute(insert(people).values(**_values(person), **known))
        return name

    def one(self, person_id: str) -> Person:
        """Return one person; `UnknownIdError` where there is none of this name."""
        with self._database.reading() as connection:
            return person_from(row_of(connection, people, person_id, "person"))

    def count(self) -> int:
        """Return how many people there are."""
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(people)).scalar_one()

    def find(self, text: str = "", limit: int = 50, offset: int = 0) -> list[PersonRow]:
        """Return people by a part of their name, by name; each with what a coach looks for.

        Parameters
        ----------
        text
            Part of the name, large or small letters alike; empty for all.
        limit, offset
            Which page of the list.

        Notes
        -----
        One query each for people, pains, analyses, hips, questions and recordings, however many people.
        """
        query = select(people).order_by(people.c.sought, people.c.number).limit(limit).offset(offset)
        with self._database.reading() as connection:
            found = [person_from(row) for row in connection.execute(_named(query, text)).mappings()]
            ids = [person.id for person in found]
            pains, last = last_pains(connection, ids), last_analyses(connection, ids)
            hips = hips_of(connection, last)
            questions = open_questions(connection, ids)
            films = recordings_of(connection, ids)
        return [
            PersonRow(p, pains.get(p.id), hips.get(p.id), questions.get(p.id, 0), films.get(p.id, 0))
            for p in found
        ]

    def change(self, person_id: str, **fields: Any) -> Person:  # noqa: ANN401  # any field of Person
        """Change fields of a person, all of them or none, and return the person as it is now."""
        if wrong := sorted(set(fields) - _FIELDS):
            raise InputError(f"a person has no {', '.join(wrong)}", "person", f"one of {sorted(_FIELDS)}")
        with self._database.writing() as connection:
            person = replace(
                person_from(row_of(connection, people, person_id, "person", lock=True)), **fields
            )
            connection.execute(update(people).where(people.c.id == person_id).values(**_values(person)))
        return person

    def delete(self, person_id: str) -> None:
        """Remove a person with everything: recordings, analyses, files, diary, runs, comments, papers."""
        with self._database.writing() as connection:
            self._remover.hold(connection)  # no recording comes in unseen
            owned = select(recordings.c.id).where(recordings.c.person_id == person_id)
            self._remover.doom_recordings(connection, list(connection.execute(owned).scalars()))
            if not affected(connection.execute(delete(people).where(people.c.id == person_id))):
                raise unknown("person", person_id)
        self._remover.sweep()


def _values(person: Person) -> dict[str, Any]:
    values = asdict(person)
    del values["id"]
    name = clean(person.name).strip()
    return values | {"name": name, "sought": name.casefold()}


def _named(query: Select[Any], text: str) -> Select[Any]:
    sought = clean(text).strip().casefold()
    return query.where(people.c.sought.contains(sought, autoescape=True)) if sought else query


def person_from(row: Fields, prefix: str = "") -> Person:
    """Return a person from a row of the table, its columns perhaps with a prefix."""
    kept = {name: row[prefix + name] for name in (*_FIELDS, "id")}
    return Person(**kept)
