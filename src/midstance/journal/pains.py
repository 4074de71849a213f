"""The diary of pain."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from midstance.journal.columns import new_id
from midstance.journal.rows import affected, row_of, unknown
from midstance.journal.tables import pains
from midstance.model import PAIN_MOMENTS, PainEntry, PainSite, Tried

if TYPE_CHECKING:
    from datetime import date, datetime

    from midstance.journal.database import Database
    from midstance.journal.rows import Fields

__all__ = ["PainRow", "Pains", "pain_row"]


@dataclass(frozen=True, slots=True)
class PainRow:
    """An entry of the diary, with its name in the store.

    Parameters
    ----------
    id
        Name in the store.
    person_id
        Whose it is.
    entry
        What was written down.
    added
        When.
    """

    id: str
    person_id: str
    entry: PainEntry
    added: datetime


class Pains:
    """The diaries of a store; two entries of one day and place are both kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, person_id: str, entry: PainEntry) -> str:
        """Write down an entry and return its name in the store."""
        name = new_id()
        with self._database.writing() as connection:
            known = {"id": name, "person_id": person_id, "added": self._database.now(connection)}
            connection.execute(insert(pains).values(**_values(entry), **known))
        return name

    def one(self, pain_id: str) -> PainRow:
        """Return one entry."""
        with self._database.reading() as connection:
            return pain_row(row_of(connection, pains, pain_id, "entry"))

    def of(self, person_id: str, since: date | None = None, until: date | None = None) -> list[PainRow]:
        """Return a person's entries, the oldest first.

        Parameters
        ----------
        person_id
            Whose.
        since, until
            First and last day, both included; None for no bound.
        """
        query = select(pains).where(pains.c.person_id == person_id).order_by(pains.c.day, pains.c.number)
        if since is not None:
            query = query.where(pains.c.day >= since)
        if until is not None:
            query = query.where(pains.c.day <= until)
        with self._database.reading() as connection:
            return [pain_row(row) for row in connection.execute(query).mappings()]

    def worst_of_days(self, person_id: str, since: date | None = None) -> list[tuple[date, float]]:
        """Return each day with a rating and its worst one, the oldest first: a look at years at once.

        Parameters
        ----------
        person_id
            Whose.
        since
            First day; None for no bound.
        """
        ratings = [func.max(pains.c[moment]) for moment in PAIN_MOMENTS]
        query = select(pains.c.day, *ratings).where(pains.c.person_id == person_id)
        if since is not None:
            query = query.where(pains.c.day >= since)
        with self._database.reading() as connection:
            rows = connection.execute(query.group_by(pains.c.day).order_by(pains.c.day)).all()
        given = [(day, [rating for rating in worst if rating is not None]) for day, *worst in rows]
        return [(day, max(worst)) for day, worst in given if worst]

    def change(self, pain_id: str, entry: PainEntry) -> None:
        """Put another entry in the place of one."""
        with self._database.writing() as connection:
            changed = update(pains).where(pains.c.id == pain_id).values(**_values(entry))
            if not affected(connection.execute(changed)):
                raise unknown("entry", pain_id)

    def delete(self, pain_id: str) -> None:
        """Remove an entry."""
        with self._database.writing() as connection:
            if not affected(connection.execute(delete(pains).where(pains.c.id == pain_id))):
                raise unknown("entry", pain_id)


_FIELDS = tuple(PainEntry.__dataclass_fields__)


def _values(entry: PainEntry) -> dict[str, Any]:
    words = {"site": entry.site.value, "tried": sorted(tried.value for tried in entry.tried)}
    return asdict(entry) | words


def pain_row(row: Fields) -> PainRow:
    """Return an entry from a row of the table."""
    kept = {name: row[name] for name in _FIELDS}
    tried = frozenset(Tried(word) for word in row["tried"])
    entry = PainEntry(**kept | {"site": PainSite(row["site"]), "tried": tried})
    return PainRow(row["id"], row["person_id"], entry, row["added"])
