"""Papers: documents of a person that other rooms understand: interview, plan, logs of lessons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from midstance.journal.columns import new_id
from midstance.journal.rows import affected, row_of, unknown
from midstance.journal.tables import papers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from midstance.journal.database import Database
    from midstance.journal.rows import Fields

__all__ = ["Paper", "Papers"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document.

    Parameters
    ----------
    id
        Name in the store.
    person_id
        Whose it is; None for what belongs to everybody.
    kind
        `interview`, `plan`, `lesson_log`, `cue_log`, `own_lesson`, `settings` …
    payload
        What it says, as JSON holds it.
    added, changed
        When it was first and last written.
    """

    id: str
    person_id: str | None
    kind: str
    payload: Mapping[str, Any]
    added: datetime
    changed: datetime


_NEWEST = (papers.c.turn.desc(), papers.c.number.desc())


class Papers:
    """The papers of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self,
        person_id: str | None,
        kind: str,
        payload: Mapping[str, Any],
        id: str | None = None,  # noqa: A002  # as agreed
    ) -> str:
        """Keep a document and return its name in the store.

        Parameters
        ----------
        person_id
            Whose it is; None for what belongs to everybody.
        kind
            What it is.
        payload
            What it says.
        id
            The document it takes the place of; None for a new one.
        """
        with self._database.writing() as connection:
            values = {"payload": dict(payload), "changed": self._database.now(connection)}
            values["turn"] = (
                connection.execute(select(func.coalesce(func.max(papers.c.turn), 0))).scalar_one() + 1
            )
            if id is not None:
                _own(connection, id, person_id, kind)
                connection.execute(update(papers).where(papers.c.id == id).values(**values))
                return id
            name, added = new_id(), values["changed"]
            whose = {"id": name, "person_id": person_id, "kind": kind, "added": added}
            connection.execute(insert(papers).values(**whose, **values))
        return name

    def one(self, paper_id: str) -> Paper:
        """Return one document."""
        with self._database.reading() as connection:
            return _paper(row_of(connection, papers, paper_id, "paper"))

    def latest(self, person_id: str | None, kind: str) -> Paper | None:
        """Return the document of a kind that was written last; None where there is none."""
        query = select(papers).where(_whose(person_id), papers.c.kind == kind)
        with self._database.reading() as connection:
            row = connection.execute(query.order_by(*_NEWEST).limit(1)).mappings().first()
        return None if row is None else _paper(row)

    def of(self, person_id: str | None, kind: str | None = None) -> list[Paper]:
        """Return a person's documents, of one kind or all, in the order they were first written."""
        query = select(papers).where(_whose(person_id)).order_by(papers.c.number)
        if kind is not None:
            query = query.where(papers.c.kind == kind)
        with self._database.reading() as connection:
            return [_paper(row) for row in connection.execute(query).mappings()]

    def delete(self, paper_id: str) -> None:
        """Remove a document."""
        with self._database.writing() as connection:
            if not affected(connection.execute(delete(papers).where(papers.c.id == paper_id))):
                raise unknown("paper", paper_id)


def _own(connection: Connection, name: str, person_id: str | None, kind: str) -> None:
    """Refuse to write over a document of somebody else, or of another kind."""
    row = row_of(connection, papers, name, "paper", lock=True)
    if (row["person_id"], row["kind"]) != (person_id, kind):
        raise unknown("paper", name)


def _whose(person_id: str | None) -> ColumnElement[bool]:
    return papers.c.person_id.is_(None) if person_id is None else papers.c.person_id == person_id


_FIELDS = tuple(Paper.__dataclass_fields__)


def _paper(row: Fields) -> Paper:
    return Paper(**{name: row[name] for name in _FIELDS})
