"""The recordings of a store: what was filmed, where its file lies, what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import insert, select, update

from midstance.errors import InputError
from midstance.journal.columns import new_id
from midstance.journal.rows import row_of
from midstance.journal.tables import recordings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from midstance.journal.database import Database
    from midstance.journal.removing import Remover
    from midstance.journal.rows import Fields
    from midstance.journal.vault import Vault

__all__ = ["Recording", "Recordings", "recording_from"]

Kind = Literal["video", "lab"]
View = Literal["side", "rear", "unknown"]
_CHANGEABLE = {"name", "view", "pair_of", "filmed"}


@dataclass(frozen=True, slots=True)
class Recording:
    """A file that was taken in.

    Parameters
    ----------
    id
        Name in the store.
    person_id
        Who is seen in it.
    sha256
        Hash of its content: `store.vault.path(sha256)` is the file.
    size_bytes
        Its length.
    name
        What the file was called where it came from; for people only, never a path.
    kind
        `video` or `lab`.
    view
        `side`, `rear` or `unknown`.
    pair_of
        The recording of the same run from the other side; None where there is none.
    facts
        What is known of it by now: the outcome of the clip check, and the like.
    filmed
        When it was filmed; when it was taken in, where that is not known.
    added
        When it was taken in.
    """

    id: str
    person_id: str
    sha256: str
    size_bytes: int
    name: str
    kind: Kind
    view: View
    pair_of: str | None
    facts: Mapping[str, Any]
    filmed: datetime
    added: datetime


class Recordings:
    """The recordings of a store."""

    def __init__(self, database: Database, vault: Vault, remover: Remover) -> None:
        self._database, self._vault, self._remover = database, vault, remover

    def add(  # noqa: PLR0913  # what a recording is made of
        self,
        person_id: str,
        sha256: str,
        name: str,
        kind: Kind = "video",
        view: View = "unknown",
        size: int | None = None,
        pair_of: str | None = None,
        facts: Mapping[str, Any] | None = None,
        *,
        filmed: datetime | None = None,
    ) -> str:
        """Take in a recording whose file is in the vault, and return its name in the store.

        Parameters
        ----------
        person_id
            Who is seen in it.
        sha256
            Hash of the file, as the vault returned it.
        name
            What the file was called.
        kind, view
            `video` or `lab`; `side`, `rear` or `unknown`.
        size
            Its length [bytes]; looked up where not given.
        pair_of
            The recording of the same run from the other side.
        facts
            What is known of it.
        filmed
            When it was filmed; now, where not known.
        """
        name_in_store = new_id()
        with self._database.writing() as connection:
            self._remover.hold(connection)  # the file cannot be swept away under our hands
            length = self._vault.path(sha256).stat().st_size
            now = self._database.now(connection)
            connection.execute(
                insert(recordings).values(
                    id=name_in_store,
                    person_id=person_id,
                    sha256=sha256,
                    size_bytes=length if size is None else size,
                    name=name,
                    kind=kind,
                    view=view,
                    pair_of=pair_of,
                    facts=dict(facts or {}),
                    filmed=filmed or now,
                    added=now,
                )
            )
        return name_in_store

    def one(self, recording_id: str) -> Recording:
        """Return one recording."""
        with self._database.reading() as connection:
            return recording_from(row_of(connection, recordings, recording_id, "recording"))

    def of(self, person_id: str, limit: int | None = None) -> list[Recording]:
        """Return a person's recordings, the newest first."""
        newest = (recordings.c.filmed.desc(), recordings.c.number.desc())
        query = select(recordings).where(recordings.c.person_id == person_id).order_by(*newest).limit(limit)
        with self._database.reading() as connection:
            return [recording_from(row) for row in connection.execute(query).mappings()]

    def set_facts(self, recording_id: str, facts: Mapping[str, Any]) -> None:
        """Note what became known; facts of other names stay, None forgets one."""
        with self._database.writing() as connection:
            known = row_of(connection, recordings, recording_id, "recording", lock=True)["facts"]
            kept = {name: value for name, value in {**known, **facts}.items() if value is not None}
            _set(connection, recording_id, facts=kept)

    def change(self, recording_id: str, **fields: Any) -> None:  # noqa: ANN401  # any of the fields
        """Change `name`, `view`, `pair_of` or `filmed`."""
        if wrong := sorted(set(fields) - _CHANGEABLE):
            what = f"{', '.join(wrong)} of a recording cannot be changed"
            raise InputError(what, "recording", f"one of {sorted(_CHANGEABLE)}")
        with self._database.writing() as connection:
            row_of(connection, recordings, recording_id, "recording", lock=True)
            _set(connection, recording_id, **fields)

    def delete(self, recording_id: str) -> None:
        """Remove a recording with its analyses and files; a file another recording shares stays."""
        with self._database.writing() as connection:
            self._remover.hold(connection)
            row_of(connection, recordings, recording_id, "recording")
            self._remover.doom_recordings(connection, [recording_id])
        self._remover.sweep()


def _set(connection: Connection, recording_id: str, **values: Any) -> None:  # noqa: ANN401  # any column
    connection.execute(update(recordings).where(recordings.c.id == recording_id).values(**values))


_FIELDS = tuple(Recording.__dataclass_fields__)


def recording_from(row: Fields, prefix: str = "") -> Recording:
    """Return a recording from a row of the table, its columns perhaps with a prefix."""
    return Recording(**{name: row[prefix + name] for name in _FIELDS})
