"""The analyses of a store: settings, corrections, the whole record, and its numbers as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, or_, select, update

from midstance.journal.analysis_rows import analysis_query, analysis_row
from midstance.journal.columns import new_id
from midstance.journal.measures import measure_query, measure_row, set_up_of, store_measures
from midstance.journal.rows import row_of, unknown
from midstance.journal.tables import analyses, measures, recordings, records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Select

    from midstance.journal.analysis_rows import AnalysisRow
    from midstance.journal.database import Database
    from midstance.journal.measures import MeasureRow
    from midstance.journal.removing import Remover
    from midstance.journal.rows import Fields
    from midstance.journal.vault import Vault

__all__ = ["Analyses"]


class Analyses:
    """The analyses of a store."""

    def __init__(self, database: Database, vault: Vault, remover: Remover) -> None:
        self._database, self._vault, self._remover = database, vault, remover

    def add(
        self,
        recording_id: str,
        settings: Mapping[str, Any] | None = None,
        corrections: Sequence[Mapping[str, Any]] = (),
        parent: str | None = None,
    ) -> str:
        """Ask for an analysis and return its name in the store; its job is added by itself.

        Parameters
        ----------
        recording_id
            Of which recording.
        settings
            Options that differ from the default.
        corrections
            What was corrected by hand, as plain dictionaries.
        parent
            The analysis they were made in.
        """
        name = new_id()
        with self._database.writing() as connection:
            recording = row_of(connection, recordings, recording_id, "recording")
            connection.execute(
                insert(analyses).values(
                    id=name,
                    recording_id=recording_id,
                    person_id=recording["person_id"],
                    parent=parent,
                    settings=dict(settings or {}),
                    corrections=[dict(correction) for correction in corrections],
                    versions={},
                    set_up={},
                    filmed=recording["filmed"],
                    added=self._database.now(connection),
                    current=False,
                )
            )
        return name

    def complete(
        self, analysis_id: str, analysis_record: Mapping[str, Any], versions: Mapping[str, str] | None = None
    ) -> None:
        """Keep the outcome; its numbers become rows, and it becomes the current one of its recording.

        Parameters
        ----------
        analysis_id
            Which analysis; doing it twice leaves the later outcome.
        analysis_record
            The analysis as in `analysis.json`.
        versions
            Of program, libraries and networks; those of the record where not given.

        Raises
        ------
        UnknownIdError
            If it was deleted in the meantime; its folder of files is removed then.
        """
        with self._database.writing() as connection:
            found = connection.execute(_where(analysis_id).with_for_update(of=recordings)).mappings().first()
            if found is not None:
                self._keep(connection, found, analysis_record, versions)
        if found is None:
            self._vault.drop_folder(analysis_id)
            raise unknown("analysis", analysis_id)

    def _keep(
        self,
        connection: Connection,
        found: Fields,
        record: Mapping[str, Any],
        versions: Mapping[str, str] | None,
    ) -> None:
        name = found["id"]
        connection.execute(delete(records).where(records.c.analysis_id == name))
        connection.execute(insert(records).values(analysis_id=name, record=dict(record)))
        store_measures(connection, name, found["person_id"], record)
        values = {
            "versions": dict(versions if versions is not None else record.get("versions") or {}),
            "set_up": set_up_of(record, found["view"]),
            "completed": self._database.now(connection),
        }
        connection.execute(update(analyses).where(analyses.c.id == name).values(**values))
        _make_current(connection, found["recording_id"])

    def one(self, analysis_id: str) -> AnalysisRow:
        """Return one analysis, without its numbers."""
        with self._database.reading() as connection:
            row = connection.execute(analysis_query().where(analyses.c.id == analysis_id)).mappings().first()
        if row is None:
            raise unknown("analysis", analysis_id)
        return analysis_row(row)

    def record(self, analysis_id: str) -> dict[str, Any]:
        """Return the whole outcome of an analysis, as in `analysis.json`."""
        with self._database.reading() as connection:
            query = select(records.c.record).where(records.c.analysis_id == analysis_id)
            found: dict[str, Any] | None = connection.execute(query).scalar()
        if found is None:
            raise unknown("finished analysis", analysis_id)
        return found

    def of(self, owner_id: str, limit: int | None = None) -> list[AnalysisRow]:
        """Return the analyses of a person or of a recording, the newest first."""
        owned = or_(analyses.c.person_id == owner_id, analyses.c.recording_id == owner_id)
        newest = (analyses.c.filmed.desc(), analyses.c.number.desc())
        with self._database.reading() as connection:
            rows = connection.execute(analysis_query().where(owned).order_by(*newest).limit(limit)).mappings()
            return [analysis_row(row) for row in rows]

    def latest(self, person_id: str) -> AnalysisRow | None:
        """Return a person's newest complete analysis, by when it was filmed; None where there is none."""
        newest = (analyses.c.filmed.desc(), analyses.c.number.desc())
        of_person = (analyses.c.person_id == person_id, analyses.c.current.is_(True))
        with self._database.reading() as connection:
            query = analysis_query().where(*of_person).order_by(*newest).limit(1)
            row = connection.execute(query).mappings().first()
        return None if row is None else analysis_row(row)

    def measures(
        self, person_id: str, key: str, side: str | None = None, *, since: datetime | None = None
    ) -> list[MeasureRow]:
        """Return the trend of one number, the oldest first; of each recording its current analysis.

        Parameters
        ----------
        person_id
            Whose.
        key
            Name in the metric catalogue.
        side
            `left`, `right` or `both`; None for every side.
        since
            Filmed when, at the earliest; None for no bound.
        """
        query = measure_query().where(measures.c.person_id == person_id, measures.c.key == key)
        query = query.where(analyses.c.current.is_(True)).order_by(analyses.c.filmed, analyses.c.number)
        if side is not None:
            query = query.where(measures.c.side == side)
        if since is not None:
            query = query.where(analyses.c.filmed >= since)
        with self._database.reading() as connection:
            return [measure_row(row) for row in connection.execute(query)]

    def numbers(self, analysis_id: str) -> list[MeasureRow]:
        """Return every number of one analysis, in the order of its record."""
        query = measure_query().where(measures.c.analysis_id == analysis_id).order_by(measures.c.place)
        with self._database.reading() as connection:
            return [measure_row(row) for row in connection.execute(query)]

    def delete(self, analysis_id: str) -> None:
        """Remove an analysis with its files; an earlier one of the recording becomes current again."""
        with self._database.writing() as connection:
            row = row_of(connection, analyses, analysis_id, "analysis")
            row_of(connection, recordings, row["recording_id"], "recording", lock=True)
            self._remover.doom_analysis(connection, analysis_id)
            _make_current(connection, row["recording_id"])
        self._remover.sweep()


def _where(analysis_id: str) -> Select[Any]:
    of_recording = analyses.c.recording_id == recordings.c.id
    columns = (analyses.c.id, analyses.c.person_id, analyses.c.recording_id, recordings.c.view)
    return select(*columns).join(recordings, of_recording).where(analyses.c.id == analysis_id)


def _make_current(connection: Connection, recording_id: str) -> None:
    """Let the analysis that was asked for last, of those complete, be the current one of a recording."""
    of_recording = analyses.c.recording_id == recording_id
    newest = select(analyses.c.id).where(of_recording, analyses.c.completed.is_not(None))
    name = connection.execute(newest.order_by(analyses.c.number.desc()).limit(1)).scalar()
    connection.execute(update(analyses).where(of_recording).values(current=analyses.c.id == (name or "")))
