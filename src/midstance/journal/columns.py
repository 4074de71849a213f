"""The columns' own types: times, words, names; the same on SQLite and PostgreSQL."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, Column, DateTime, ForeignKey, Integer, MetaData, String, Text
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Dialect
    from sqlalchemy.types import TypeEngine

__all__ = [
    "ID_PATTERN",
    "METADATA",
    "Document",
    "Instant",
    "Words",
    "clean",
    "named",
    "needed",
    "new_id",
    "numbered",
    "part_of",
]

ID_PATTERN = r"[A-Za-z0-9_-]{12,64}"
_ID_BYTES = 8


def new_id() -> str:
    """Return a name nobody can guess and no file system minds."""
    return secrets.token_hex(_ID_BYTES)


def clean(text: str) -> str:
    """Return words as every database can hold them: without NUL and broken surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


class Instant(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite holds it as text that sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose text where the database knows no time zones."""
        kind = String(27) if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(kind)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """Return what puts a time in UTC, and refuses one without a zone."""
        as_text = dialect.name == "sqlite"

        def bound(value: datetime | None) -> Any:  # noqa: ANN401  # per database
            if value is None:
                return None
            if value.tzinfo is None:
                raise ValueError("a time in the store needs its time zone")
            utc = value.astimezone(UTC)
            return utc.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z" if as_text else utc

        return bound

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:  # noqa: ARG002  # given
        """Return what makes an aware time in UTC."""
        return _read


def _read(value: str | datetime | None) -> datetime | None:
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    return None if value is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text of people, whatever they paste."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:  # noqa: ARG002  # given
        """Return what leaves out that which a database cannot hold."""
        return lambda value: None if value is None else clean(value)


Document = JSON(none_as_null=True)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def numbered() -> Column[int]:
    """Return the key that tells the order of entry, whatever the clock says."""
    return Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def named(name: str = "id") -> Column[str]:
    """Return the name a row is known by outside."""
    return Column(name, String(64), nullable=False, unique=True)


def needed(name: str, kind: Any) -> Column[Any]:  # noqa: ANN401  # any column type
    """Return a column that is never empty."""
    return Column(name, kind, nullable=False)


def part_of(table: str, name: str, *, always: bool = True, on_delete: str = "CASCADE") -> Column[str]:
    """Return a column that names a row of another table and goes with it."""
    key = ForeignKey(f"{table}.id", ondelete=on_delete)
    return Column(name, String(64), key, nullable=not always)
