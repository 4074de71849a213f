"""The runs of training, each kept once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, insert, or_, select

from midstance.journal.columns import new_id
from midstance.journal.rows import affected, row_of, unknown
from midstance.journal.tables import people, runs
from midstance.model import TrainingRun

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from midstance.journal.database import Database
    from midstance.journal.rows import Fields

__all__ = ["RunRow", "Runs"]

_NEAR = timedelta(minutes=10)  # wider than TrainingRun.same_as looks


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run, with its name in the store.

    Parameters
    ----------
    id
        Name in the store.
    person_id
        Who ran.
    run
        The run.
    added
        When it came into the store.
    """

    id: str
    person_id: str
    run: TrainingRun
    added: datetime


class Runs:
    """The runs of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, person_id: str, run: TrainingRun) -> tuple[str, bool]:
        """Keep a run; one that is known already is left as it is.

        Parameters
        ----------
        person_id
            Who ran.
        run
            The run.

        Returns
        -------
        tuple
            Its name in the store, and whether it is new.
        """
        with self._database.writing() as connection:
            row_of(connection, people, person_id, "person", lock=True)  # one import at a time
            for known in self._near(connection, person_id, run):
                if known.run.same_as(run):
                    return known.id, False
            name = new_id()
            told = {"id": name, "person_id": person_id, "added": self._database.now(connection)}
            connection.execute(insert(runs).values(**_values(run), **told))
        return name, True

    def one(self, run_id: str) -> RunRow:
        """Return one run."""
        with self._database.reading() as connection:
            return _run_row(row_of(connection, runs, run_id, "run"))

    def of(
        self, person_id: str, since: datetime | None = None, until: datetime | None = None
    ) -> list[RunRow]:
        """Return a person's runs, the oldest first.

        Parameters
        ----------
        person_id
            Whose.
        since, until
            Span in which they began, `until` not included; None for no bound.
        """
        query = select(runs).where(runs.c.person_id == person_id).order_by(runs.c.started, runs.c.number)
        if since is not None:
            query = query.where(runs.c.started >= since)
        if until is not None:
            query = query.where(runs.c.started < until)
        with self._database.reading() as connection:
            return [_run_row(row) for row in connection.execute(query).mappings()]

    def delete(self, run_id: str) -> None:
        """Remove a run."""
        with self._database.writing() as connection:
            if not affected(connection.execute(delete(runs).where(runs.c.id == run_id))):
                raise unknown("run", run_id)

    def _near(self, connection: Connection, person_id: str, run: TrainingRun) -> list[RunRow]:
        """Return the runs that may be the same one."""
        began = and_(runs.c.started >= run.started - _NEAR, runs.c.started <= run.started + _NEAR)
        same_file = and_(runs.c.sha256 == run.sha256, runs.c.sha256 != "")
        query = select(runs).where(runs.c.person_id == person_id, or_(began, same_file))
        return [_run_row(row) for row in connection.execute(query).mappings()]


_FIELDS = tuple(TrainingRun.__dataclass_fields__)


def _values(run: TrainingRun) -> dict[str, Any]:
    offset = run.started.utcoffset() or timedelta()
    return asdict(run) | {"utc_offset_s": offset.total_seconds()}


def _run_row(row: Fields) -> RunRow:
    kept = {name: row[name] for name in _FIELDS}
    zone = timezone(timedelta(seconds=row["utc_offset_s"]))
    run = TrainingRun(**kept | {"started": row["started"].astimezone(zone)})
    return RunRow(row["id"], row["person_id"], run, row["added"])
