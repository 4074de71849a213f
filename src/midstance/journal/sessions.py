"""Who is let in: sessions of browsers, and one-time codes for devices on the same network."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from midstance.journal.columns import new_id
from midstance.journal.rows import affected, row_of, unknown
from midstance.journal.service_tables import accounts, codes, sessions

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from midstance.journal.database import Database
    from midstance.journal.rows import Fields

__all__ = ["Session", "Sessions"]

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that looks like another
_CODE_LENGTH = 8
_MOST_MISSES = 20  # wrong codes before every code that is out becomes void
_SEEN_EVERY = timedelta(hours=1)
_DAYS = 90.0


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that was let in.

    Parameters
    ----------
    id
        Name in the store; not the token.
    account_id
        Whose it is; None for a device let in by a code.
    device
        What it is called.
    added, seen, ends
        When it was let in, when it was last seen (to the hour), and until when it is let in.
    """

    id: str
    account_id: str | None
    device: str
    added: datetime
    seen: datetime
    ends: datetime


class Sessions:
    """The sessions of a store; only hashes of tokens and codes are kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start_session(self, account_id: str | None, device_name: str, days: float = _DAYS) -> str:
        """Let a browser in and return its token, which is told this once.

        Parameters
        ----------
        account_id
            Whose it is; None for a device let in by a code.
        device_name
            What it is called.
        days
            For how long.
        """
        with self._database.writing() as connection:
            if account_id is not None:
                row_of(connection, accounts, account_id, "account")
            return self._start(connection, account_id, device_name, days)

    def _start(self, connection: Connection, account_id: str | None, device: str, days: float) -> str:
        token, now = secrets.token_urlsafe(32), self._database.now(connection)
        times = {"added": now, "seen": now, "ends": now + timedelta(days=days)}
        own = {"id": new_id(), "token": _hash(token), "account_id": account_id, "device": device}
        connection.execute(delete(sessions).where(sessions.c.ends <= now))
        connection.execute(insert(sessions).values(**own, **times))
        return token

    def session(self, token: str) -> Session | None:
        """Return the session of a token; None where it has ended or never was."""
        with self._database.reading() as connection:
            now = self._database.now(connection)
            query = select(sessions).where(sessions.c.token == _hash(token), sessions.c.ends > now)
            row = connection.execute(query).mappings().first()
        if row is not None and abs(now - row["seen"]) > _SEEN_EVERY:
            with self._database.writing() as connection:
                change = update(sessions).where(sessions.c.id == row["id"]).values(seen=now)
                connection.execute(change)
        return None if row is None else _session(row)

    def end_session(self, token: str) -> None:
        """Let a browser out; nothing happens where it is out already."""
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.token == _hash(token)))

    def devices(self) -> list[Session]:
        """Return every browser that is let in, the newest first."""
        with self._database.reading() as connection:
            now = self._database.now(connection)
            query = select(sessions).where(sessions.c.ends > now).order_by(sessions.c.number.desc())
            return [_session(row) for row in connection.execute(query).mappings()]

    def end_device(self, session_id: str) -> None:
        """Let a browser out by the name of its session."""
        with self._database.writing() as connection:
            if not affected(connection.execute(delete(sessions).where(sessions.c.id == session_id))):
                raise unknown("device", session_id)

    def end_all_of(self, connection: Connection, account_id: str) -> None:
        """Let every browser of an account out."""
        connection.execute(delete(sessions).where(sessions.c.account_id == account_id))

    def new_code(self, minutes: float = 10.0) -> str:
        """Return a code that lets one device in, once, within so many minutes."""
        code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
        with self._database.writing() as connection:
            now = self._database.now(connection)
            connection.execute(delete(codes).where(codes.c.ends <= now))
            ends = now + timedelta(minutes=minutes)
            connection.execute(insert(codes).values(code=_hash(code), ends=ends, misses=0))
        return code

    def redeem(self, code: str, device_name: str) -> str | None:
        """Let a device in by its code and return its token; None where the code is wrong or used up."""
        plain = "".join(letter for letter in code.upper() if letter in _LETTERS)
        with self._database.writing() as connection:
            now = self._database.now(connection)
            good = (codes.c.ends > now, codes.c.misses < _MOST_MISSES)
            used = delete(codes).where(codes.c.code == _hash(plain), *good)
            if affected(connection.execute(used)) != 1:
                connection.execute(update(codes).values(misses=codes.c.misses + 1))
                return None
            return self._start(connection, None, device_name, _DAYS)


def _hash(secret: str) -> str:
    """Return what is kept of a token: enough to know it again, not to make it."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


_FIELDS = tuple(Session.__dataclass_fields__)


def _session(row: Fields) -> Session:
    return Session(**{name: row[name] for name in _FIELDS})
