"""Bringing a store to the form this version of the program wants."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect, text

from midstance.journal.backups import back_up
from midstance.journal.faults import StoreError

if TYPE_CHECKING:
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from sqlalchemy import Connection

    from midstance.journal.database import Database

__all__ = ["HEAD", "bring_up_to_date", "revision_of"]

HEAD = "0002"  # the newest step in migrations/; a test holds that it is
_STEPS = Path(__file__).parent / "migrations"
_LOCK = 0x6D696473  # "mids": one program migrates at a time


def revision_of(connection: Connection) -> str | None:
    """Return the step a store has reached; None where it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def bring_up_to_date(
    database: Database, files: Path, *, steps: Path = _STEPS, head: str = HEAD
) -> Path | None:
    """Take every step that is missing, all or none, with a backup first.

    Parameters
    ----------
    database
        The store.
    files
        Its folder of files.
    steps
        Folder of the steps.
    head
        The newest of them.

    Returns
    -------
    Path or None
        The backup, where one was made.

    Raises
    ------
    StoreError
        If the store was written by a newer program.
    """
    with database.reading() as connection:
        if revision_of(connection) == head:
            return None
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        before = revision_of(connection)  # another program may have been quicker
        return None if before == head else _migrate(database, connection, files, steps, before)


def _migrate(
    database: Database, connection: Connection, files: Path, steps: Path, before: str | None
) -> Path | None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415  # slow to load, seldom needed

    script = ScriptDirectory(str(steps), version_locations=[str(steps)])
    if before is not None and before not in {step.revision for step in script.walk_revisions()}:
        raise StoreError(
            f"the store has the form {before}, which Midstance {version('midstance')} does not know",
            database.where,
            "it was written by a newer Midstance: install that one; nothing was changed",
        )
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    backup = back_up(database, connection, files, f"journal-{before}-{stamp}") if before else None
    _take_steps(connection, script)
    return backup


def _take_steps(connection: Connection, script: ScriptDirectory) -> None:
    from alembic.migration import MigrationContext  # noqa: PLC0415  # slow to load, seldom needed
    from alembic.operations import Operations  # noqa: PLC0415

    def missing(revision: Any, _context: MigrationContext) -> Any:  # noqa: ANN401  # alembic's own
        return script._upgrade_revs("head", revision)  # noqa: SLF001  # as alembic's own command does

    context = MigrationContext.configure(connection, opts={"fn": missing})
    with Operations.context(context):
        context.run_migrations()
