"""Everything in a zip of open formats: tables as CSV, all of it exactly as JSON, files as they came."""

from __future__ import annotations

import csv
import io
import json
import re
import secrets
import zipfile
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from midstance.journal.export_tables import SHEETS
from midstance.journal.faults import disk_trouble
from midstance.journal.rows import row_of
from midstance.journal.tables import people, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sqlalchemy import Connection

    from midstance.journal.database import Database
    from midstance.journal.export_tables import Sheet
    from midstance.journal.vault import Vault

__all__ = ["write_export"]

_PACKED = {".csv", ".html", ".json", ".jsonl", ".mot", ".trc", ".txt"}  # others are compressed already
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_LONGEST_NAME = 100
_README = """Midstance {version}: everything it remembers{whose}, written {when}.

*.csv          one row per thing; units are part of the column names; times are in UTC
journal.json   the same rows exactly, with what a table cannot hold
recordings/    the files as they were taken in, one folder per recording
analyses/      one folder per analysis; analysis.json holds every number with its interval

In the .csv files a text that begins with = + - or @ has a ' before it, so that no table program
runs it. journal.json has it as it was written. Passwords and sessions are not part of an export.
{missing}"""


def write_export(database: Database, vault: Vault, target: Path, person_id: str | None) -> Path:
    """Write everything, or everything of one person, as a zip; it is there whole or not at all.

    Parameters
    ----------
    database
        Where the rows are.
    vault
        Where the files are.
    target
        The zip.
    person_id
        Whose; None for everybody.

    Returns
    -------
    Path
        The zip.
    """
    draft = target.with_name(f".{target.stem}.{secrets.token_hex(4)}.draft")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(draft, "w", strict_timestamps=False) as archive:
            _write(_Export(archive, vault, person_id), database)
        draft.replace(target)
    except OSError as error:
        raise disk_trouble(error, str(target)) from error
    finally:
        draft.unlink(missing_ok=True)
    return target


class _Export:
    """A zip being written."""

    def __init__(self, archive: zipfile.ZipFile, vault: Vault, person_id: str | None) -> None:
        self.archive, self.vault, self.person_id = archive, vault, person_id
        self.missing: list[str] = []

    def text(self, name: str, words: str) -> None:
        self.archive.writestr(name, words.encode("utf-8", "replace"), zipfile.ZIP_DEFLATED)

    def file(self, path: Path, name: str) -> None:
        """Add a file; one that is gone is named in the README."""
        packed = zipfile.ZIP_DEFLATED if path.suffix in _PACKED else zipfile.ZIP_STORED
        try:
            self.archive.write(path, name, packed)
        except FileNotFoundError:
            self.missing.append(name)


def _write(export: _Export, database: Database) -> None:
    with database.reading() as connection:
        if export.person_id is not None:
            row_of(connection, people, export.person_id, "person")
        everything = {sheet.name: list(_rows(connection, sheet, export.person_id)) for sheet in SHEETS}
        for row in everything["analyses"]:
            _write_analysis(export, connection, row["id"])
    for sheet in SHEETS:
        export.text(f"{sheet.name}.csv", _csv(sheet, everything[sheet.name]))
    for row in everything["recordings"]:
        export.file(export.vault.place_of(row["sha256"]), row["file"])
    about = {"midstance": version("midstance"), "written": datetime.now(UTC)}
    export.text("journal.json", _json(about | everything))
    export.text("README.txt", _readme(export, everything))


def _rows(connection: Connection, sheet: Sheet, person_id: str | None) -> Iterator[dict[str, Any]]:
    hidden = {"number", "sought", "job_id", "turn"}
    for row in connection.execute(sheet.question(person_id)).mappings():
        kept = {name: value for name, value in row.items() if name not in hidden}
        if sheet.name == "recordings":
            kept["file"] = f"recordings/{row['id']}/{_safe(row['name'])}"
        yield kept


def _write_analysis(export: _Export, connection: Connection, analysis_id: str) -> None:
    folder = f"analyses/{analysis_id}"
    record = select(records.c.record).where(records.c.analysis_id == analysis_id)
    found = connection.execute(record).scalar()
    if found is not None:
        export.text(f"{folder}/analysis.json", _json(found))
    for path in export.vault.files_of(analysis_id):
        if path.name != "analysis.json" or found is None:
            export.file(path, f"{folder}/{path.name}")


def _csv(sheet: Sheet, rows: list[dict[str, Any]]) -> str:
    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\n")
    table.writerow(sheet.columns)
    table.writerows([_cell(row[name]) for name in sheet.columns.values()] for row in rows)
    return lines.getvalue()


def _cell(value: Any) -> Any:  # noqa: ANN401  # any column
    """Return a value as a cell of a table; text that a table program would run gets a ' before it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case list() if all(isinstance(item, str) for item in value):
            return ";".join(value)
        case list() | dict():
            return _json(value, indent=None)
        case datetime() | date():
            return _in_words(value)
        case str() if _FORMULA.match(value):
            return f"'{value}"
        case _:
            return value


def _json(value: Any, indent: int | None = 1) -> str:  # noqa: ANN401  # plain values and times
    return json.dumps(value, ensure_ascii=False, indent=indent, default=_in_words)


def _in_words(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat().replace("+00:00", "Z")
    raise TypeError(f"{type(value).__name__} has no place in an export")


def _safe(name: str) -> str:
    """Return the name of a file as any system can hold it."""
    plain = re.sub(r"[^\w.\- ]", "_", name).strip(". ")[-_LONGEST_NAME:]
    return plain or "recording"


def _readme(export: _Export, everything: Mapping[str, list[dict[str, Any]]]) -> str:
    whose = f" of {everything['people'][0]['name']}" if export.person_id is not None else ""
    lost = "\n".join(export.missing)
    missing = f"\nNot there, though the store has a row for it:\n{lost}\n" if lost else ""
    when = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return _README.format(version=version("midstance"), whose=whose, when=when, missing=missing)
