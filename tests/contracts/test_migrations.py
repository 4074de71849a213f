"""A store that grew step by step is the same as a new one, and no step loses anything."""

from __future__ import annotations

import json
import sqlite3
import textwrap
import threading
import zipfile
from contextlib import closing
from pathlib import Path
from shutil import copy

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from midstance.journal import Person, Store, StoreError, migrations
from midstance.journal.columns import METADATA
from midstance.journal.database import Database, server_url
from midstance.journal.migrating import HEAD, bring_up_to_date, revision_of

STEPS = Path(migrations.__file__).parent
BOTH = pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)
_NEXT = '''
    """A step of tomorrow: people have a favourite colour."""
    import sqlalchemy as sa
    from alembic import op
    revision, down_revision = "9999", "{head}"
    def upgrade():
        op.add_column("people", sa.Column("colour", sa.String(20)))
        {then}
    def downgrade():
        op.drop_column("people", "colour")
'''


@pytest.fixture
def address(request, tmp_path):
    """Where nothing is yet."""
    if request.param == "sqlite":
        return str(tmp_path / "store")
    return request.getfixturevalue("postgresql").database()


@pytest.fixture
def database(address, tmp_path):
    """The database itself, with nothing in it."""
    if address.startswith("postgresql"):
        opened = Database.of_server(server_url(address), 15.0, None)
    else:
        Path(address).mkdir(exist_ok=True)
        opened = Database.of_file(Path(address) / "journal.sqlite", 15.0, None)
    (tmp_path / "files").mkdir()
    yield opened
    opened.engine.dispose()


def tomorrow(folder: Path, then: str = "pass") -> Path:
    """Return the steps as the program of tomorrow will have them: ours and one more."""
    folder.mkdir()
    for step in STEPS.glob("[a-z]*.py"):
        copy(step, folder)
    (folder / "next.py").write_text(textwrap.dedent(_NEXT).format(head=HEAD, then=then))
    return folder


def clauses(statement: str) -> list[str]:
    """Return the parts of a statement; in which order its constraints stand does not matter."""
    return sorted(" ".join(statement.split()).removesuffix(" )").split(", "))


def form(database: Database) -> object:
    """Return everything that makes up the form of a database, in an order of its own."""
    if database.is_sqlite:
        query = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE tbl_name != 'alembic_version'"
        with database.reading() as connection:
            rows = connection.execute(text(query)).all()
        return sorted((kind, name, table, clauses(sql or "")) for kind, name, table, sql in rows)
    with database.reading() as connection:
        looked = inspect(connection)
        names = sorted(set(looked.get_table_names()) - {"alembic_version"})
        return {
            name: [
                sorted(
                    (str(sorted((key, str(value)) for key, value in thing.items()))) for thing in things(name)
                )
                for things in (
                    looked.get_columns,
                    looked.get_indexes,
                    looked.get_foreign_keys,
                    looked.get_unique_constraints,
                    looked.get_check_constraints,
                )
            ]
            + [looked.get_pk_constraint(name)]
            for name in names
        }


@BOTH
def test_a_migrated_store_has_the_form_of_a_new_one(database, tmp_path):
    bring_up_to_date(database, tmp_path / "files")
    migrated = form(database)
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    with database.writing() as connection:
        METADATA.drop_all(connection)
        METADATA.create_all(connection)

    assert migrated == form(database)


def test_the_newest_step_is_the_one_the_program_names():
    assert ScriptDirectory(str(STEPS), version_locations=[str(STEPS)]).get_heads() == [HEAD]


@BOTH
def test_every_step_can_be_taken_back(database, tmp_path):
    bring_up_to_date(database, tmp_path / "files")
    script = ScriptDirectory(str(STEPS), version_locations=[str(STEPS)])

    with database.writing() as connection:
        options = {"fn": lambda revision, _: script._downgrade_revs("base", revision)}  # noqa: SLF001  # as alembic
        context = MigrationContext.configure(connection, opts=options)
        with Operations.context(context):
            context.run_migrations()

    with database.reading() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]


@BOTH
@pytest.mark.parametrize("first", ["first.py"])
def test_a_store_of_an_earlier_step_is_backed_up_and_keeps_what_is_in_it(database, address, tmp_path, first):
    early = tmp_path / "early"
    early.mkdir()
    copy(STEPS / first, early)
    files = tmp_path / "files"
    assert bring_up_to_date(database, files, steps=early, head="0001") is None
    with database.writing() as connection:
        connection.execute(
            METADATA.tables["people"]
            .insert()
            .values(
                id="a" * 16, name="Ann", sought="ann", units="km", note="", added=database.now(connection)
            )
        )

    with Store.open(address, files) as store:
        assert store.people.one("a" * 16).name == "Ann"
        store.papers.put("a" * 16, "plan", {})

    (backup,) = (Path(address) if database.is_sqlite else files).glob("backups/journal-0001-*")
    assert names_in(backup) == ["Ann"]
    with database.reading() as connection:
        assert revision_of(connection) == HEAD


def names_in(backup: Path) -> list[str]:
    if backup.suffix == ".zip":
        with zipfile.ZipFile(backup) as archive:
            lines = archive.read("people.jsonl").decode().splitlines()
        return [json.loads(line)["name"] for line in lines]
    with closing(sqlite3.connect(backup)) as copied:
        return [name for (name,) in copied.execute("SELECT name FROM people")]


@BOTH
def test_a_step_that_fails_changes_nothing(address, database, tmp_path):
    with Store.open(address, tmp_path / "files") as store:
        person = store.people.add(Person("Ann"))
    before = form(database)
    steps = tomorrow(tmp_path / "steps", then="raise RuntimeError('half way')")

    with pytest.raises(RuntimeError, match="half way"):
        bring_up_to_date(database, tmp_path / "files", steps=steps, head="9999")

    assert form(database) == before
    with Store.open(address, tmp_path / "files") as store:
        assert store.people.one(person).name == "Ann"


@BOTH
def test_a_store_of_a_newer_program_is_left_alone_and_that_is_said(address, database, tmp_path):
    Store.open(address, tmp_path / "files").close()
    bring_up_to_date(database, tmp_path / "files", steps=tomorrow(tmp_path / "steps"), head="9999")
    before = form(database)

    with pytest.raises(StoreError, match=r"form 9999, which Midstance .* does not know .* newer Midstance"):
        Store.open(address, tmp_path / "files")

    assert form(database) == before


@BOTH
def test_programs_that_open_a_new_store_at_once_make_it_once(address, tmp_path):
    together, errors = threading.Barrier(6), []

    def begin():
        together.wait()
        try:
            with Store.open(address, tmp_path / "files") as store:
                store.people.add(Person("Ann"))
        except BaseException as error:  # noqa: BLE001  # shown below
            errors.append(error)

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    with Store.open(address, tmp_path / "files") as store:
        assert store.people.count() == 6


@BOTH
def test_programs_that_upgrade_a_store_at_once_back_it_up_once(address, database, tmp_path):
    Store.open(address, tmp_path / "files").close()
    steps = tomorrow(tmp_path / "steps")
    together, backups = threading.Barrier(4), []

    def upgrade():
        together.wait()
        backups.append(bring_up_to_date(database, tmp_path / "files", steps=steps, head="9999"))

    threads = [threading.Thread(target=upgrade) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(backups) == 4
    assert len([backup for backup in backups if backup]) == 1
